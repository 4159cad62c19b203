//! The converted model: one file, mapped into memory, made once by [`super::install()`].
//!
//! ```text
//! header   4096 bytes: magic, version, file length, SHA-256 of the wheel, checksum of the mapped part,
//!          one entry a section (offset, length, SHA-256), and the header's own SHA-256 at its end
//! sections in the order of SECTIONS, each on a 64-byte boundary
//! table    the quantised embeddings, one record a row with a checksum; not mapped
//! words    the finished vectors of common words, in the same way; not mapped
//! ```
//!
//! Opening checks the header and a fast checksum of the mapped part; each record of the table and of the words is checked
//! when it is read. So a damaged file is an error and never a wrong vector. [`verify`] checks the SHA-256 of every section.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::f16;
use half::slice::HalfFloatSliceExt;
use memmap2::{Mmap, MmapOptions};
use pulp::bytemuck;
use sha2::{Digest, Sha256};

use super::forward::{BRANCHES, CHANNELS, FEATURES, INNER, TABLE_CHUNKS, WIDTH};
use super::kernel::{PackedMatrix, packed_size};
use crate::error::{Error, ErrorKind, Result};

/// Name of the file in the model's folder.
pub(super) const FILE_NAME: &str = "encoder.bin";
/// Pieces of the vocabulary.
pub(super) const PIECE_COUNT: usize = 128_000;
/// Rows of the table: the last chunks are filled up.
pub(super) const TABLE_ROWS: usize = 128_010;
/// A row's levels and their checksum.
pub(super) const RECORD_BYTES: usize = WIDTH + 8;
/// The words whose vectors stand in the file: two thirds of the different words of an English and of a German article.
/// Twice as many would be 7 % more of them.
pub(super) const WORD_COUNT: usize = 16_384;
/// 64-bit units of a word's vector in half precision and its checksum.
pub(super) const WORD_UNITS: usize = WIDTH / 4 + 1;

#[cfg(target_endian = "big")]
compile_error!("the model file is mapped as it is, and it is little-endian");

const MAGIC: [u8; 8] = *b"claimdfE";
const VERSION: u32 = 2;
const HEADER_BYTES: usize = 4096;
const ENTRIES_OFFSET: usize = 80;
const ENTRY_BYTES: usize = 48;
const DIGEST_BYTES: usize = 32;

/// What a section holds.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum SectionShape {
    /// As many 32-bit units or bytes as it takes.
    Free,
    /// So many 32-bit numbers.
    Numbers(usize),
    /// A packed matrix of so many rows and columns.
    Packed(usize, usize),
    /// The table.
    Table,
    /// The words, or nothing while they are worked out.
    Words,
}

/// The first sections are the tokenizer's, the others the network's.
pub(super) const TOKENIZER_SECTIONS: usize = 5;

/// The section with the ids of the words.
const WORD_IDS: usize = 4;

/// What follows the sections.
const TABLES: [SectionShape; 2] = [SectionShape::Table, SectionShape::Words];

/// The sections in order; the readers take them in this order too.
pub(super) const SECTIONS: [SectionShape; 33] = [
    SectionShape::Free, // trie of the pieces
    SectionShape::Numbers(PIECE_COUNT),
    SectionShape::Free,                // trie of the character map
    SectionShape::Free,                // its replacements
    SectionShape::Numbers(WORD_COUNT), // ids of the words, ascending
    SectionShape::Numbers(TABLE_CHUNKS),
    SectionShape::Numbers(TABLE_CHUNKS),
    SectionShape::Packed(WIDTH, BRANCHES),
    SectionShape::Numbers(BRANCHES),
    SectionShape::Numbers(BRANCHES),
    SectionShape::Numbers(BRANCHES),
    SectionShape::Packed(CHANNELS, 2 * CHANNELS),
    SectionShape::Packed(CHANNELS, 3 * CHANNELS),
    SectionShape::Packed(CHANNELS, 5 * CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Packed(2 * CHANNELS, CHANNELS),
    SectionShape::Packed(3 * CHANNELS, CHANNELS),
    SectionShape::Packed(5 * CHANNELS, CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Numbers(CHANNELS),
    SectionShape::Numbers(FEATURES),
    SectionShape::Numbers(FEATURES),
    SectionShape::Packed(FEATURES, WIDTH),
    SectionShape::Numbers(WIDTH),
    SectionShape::Packed(WIDTH, INNER),
    SectionShape::Packed(WIDTH, INNER),
    SectionShape::Packed(INNER, INNER),
    SectionShape::Packed(INNER, WIDTH),
    SectionShape::Packed(INNER, WIDTH),
    SectionShape::Packed(WIDTH, WIDTH),
];

/// An open, checked file.
#[derive(Debug)]
pub(super) struct EncoderFile {
    path: PathBuf,
    file: File,
    map: Mmap,
    /// Of all sections and tables.
    sections: Vec<Range<usize>>,
}

impl EncoderFile {
    /// Opens and checks a file.
    pub(super) fn open_file(path: PathBuf) -> Result<Self> {
        let file = File::open(&path).map_err(|e| missing_file_error(&path).with_cause(e))?;
        let header = EncoderHeader::read_header(&file, &path)?;
        let mapped = header.sections[SECTIONS.len()].start;
        // SAFETY: the map is read-only and private. Whoever shortens or rewrites the file while it is mapped could
        // pull the bytes away from under us; installing never does (it writes another file and renames it over),
        // and the file lies in the user's own cache folder. Reading it instead costs 16 MB and 4 ms at each start.
        #[expect(unsafe_code, reason = "mapping a file has no safe form")]
        let map = unsafe { MmapOptions::new().len(mapped).map(&file) }.map_err(|e| read_error(&path, e))?;
        if fletcher_checksum(&map[HEADER_BYTES..]) != header.mapped_checksum {
            return Err(damaged_file_error(&path, "its weights do not match their checksum"));
        }
        Ok(Self { path, file, map, sections: header.sections })
    }

    /// The bytes of section `index`.
    pub(super) fn section_bytes(&self, index: usize) -> &[u8] {
        &self.map[self.sections[index].clone()]
    }

    /// Section `index` as numbers.
    pub(super) fn section_numbers<T: bytemuck::AnyBitPattern>(&self, index: usize) -> &[T] {
        bytemuck::cast_slice(self.section_bytes(index))
    }

    /// Section `index` as a packed matrix.
    ///
    /// # Panics
    /// If it is none.
    pub(super) fn section_matrix(&self, index: usize) -> PackedMatrix<'_> {
        match SECTIONS[index] {
            SectionShape::Packed(depth, columns) => {
                PackedMatrix::new(self.section_numbers(index), depth, columns)
            }
            _ => unreachable!("section {index} is no matrix"),
        }
    }

    /// Appends the table's rows for `ids` to `rows`.
    ///
    /// Read by position: touching the map would keep most of its 65 MB in memory after a few hundred sentences,
    /// and costs no less.
    pub(super) fn read_rows(&self, ids: &[u32], rows: &mut Vec<u8>) -> Result<()> {
        let mut record = [0; RECORD_BYTES];
        for &id in ids {
            let at = self.sections[SECTIONS.len()].start + id as usize * RECORD_BYTES;
            rows.extend_from_slice(self.read_record(at, &mut record, || format!("row {id} of its table"))?);
        }
        Ok(())
    }

    /// Puts the vector of the text that is this one piece into `vector`, if it is one of the words.
    pub(super) fn read_word(&self, id: u32, vector: &mut [f16]) -> Result<bool> {
        let words = &self.sections[SECTIONS.len() + 1];
        let Ok(row) = self.word_ids().binary_search(&id) else { return Ok(false) };
        if words.is_empty() {
            return Ok(false);
        }
        let mut record = [0u64; WORD_UNITS];
        let at = words.start + row * size_of_val(&record);
        let record = bytemuck::cast_slice_mut(&mut record);
        let values = self.read_record(at, record, || format!("its word {row}"))?;
        vector.reinterpret_cast_mut().copy_from_slice(bytemuck::cast_slice(values));
        Ok(true)
    }

    /// Fills `record` from `at` on, whose end is the checksum of the rest, and gives that.
    fn read_record<'r>(
        &self,
        at: usize,
        record: &'r mut [u8],
        name: impl FnOnce() -> String,
    ) -> Result<&'r [u8]> {
        read_at(&self.file, record, at as u64).map_err(|e| read_error(&self.path, e))?;
        let (values, sum) = record.split_at(record.len() - size_of::<u64>());
        if fletcher_checksum(values).to_le_bytes() != sum {
            return Err(damaged_file_error(&self.path, &format!("{} does not match its checksum", name())));
        }
        Ok(values)
    }

    /// The ids of the words, ascending.
    pub(super) fn word_ids(&self) -> &[u32] {
        self.section_numbers(WORD_IDS)
    }
}

/// The record of a word.
pub(super) fn word_record(vector: &[f16]) -> Vec<u8> {
    let mut record: Vec<u8> = bytemuck::cast_slice(vector.reinterpret_cast()).to_vec();
    record.extend_from_slice(&fletcher_checksum(&record).to_le_bytes());
    record
}

struct EncoderHeader {
    mapped_checksum: u64,
    /// Of all sections and tables.
    sections: Vec<Range<usize>>,
    digests: Vec<[u8; DIGEST_BYTES]>,
}

impl EncoderHeader {
    fn read_header(file: &File, path: &Path) -> Result<Self> {
        let length = file.metadata().map_err(|e| read_error(path, e))?.len();
        let mut bytes = [0; HEADER_BYTES];
        if length < HEADER_BYTES as u64 {
            return Err(damaged_file_error(path, "it is too short"));
        }
        read_at(file, &mut bytes, 0).map_err(|e| read_error(path, e))?;
        if bytes[..8] != MAGIC {
            return Err(damaged_file_error(path, "it is no model of claimdiff"));
        }
        let version = u32_at(&bytes, 8);
        if version != VERSION {
            return Err(damaged_file_error(
                path,
                &format!("its format has version {version}, this program reads {VERSION}"),
            ));
        }
        if Sha256::digest(&bytes[..HEADER_BYTES - DIGEST_BYTES])[..] != bytes[HEADER_BYTES - DIGEST_BYTES..] {
            return Err(damaged_file_error(path, "its header does not match its checksum"));
        }
        if u64_at(&bytes, 16) != length {
            return Err(damaged_file_error(
                path,
                &format!("it has {length} bytes, not {}", u64_at(&bytes, 16)),
            ));
        }
        let mut header =
            Self { mapped_checksum: u64_at(&bytes, 24), sections: Vec::new(), digests: Vec::new() };
        for entry in bytes[ENTRIES_OFFSET..].chunks_exact(ENTRY_BYTES).take(SECTIONS.len() + TABLES.len()) {
            let (start, size) = (u64_at(entry, 0), u64_at(entry, 8));
            header.sections.push(start as usize..(start + size) as usize);
            header.digests.push(entry[16..].try_into().unwrap_or_default());
        }
        let shapes = SECTIONS.iter().chain(&TABLES);
        let fits = header.sections.iter().zip(shapes).all(|(section, shape)| {
            let size = match shape {
                SectionShape::Free => section.len(),
                SectionShape::Numbers(count) => count * size_of::<f32>(),
                SectionShape::Packed(depth, columns) => packed_size(*depth, *columns) * size_of::<i32>(),
                SectionShape::Table => TABLE_ROWS * RECORD_BYTES,
                SectionShape::Words if section.is_empty() => 0,
                SectionShape::Words => WORD_COUNT * WORD_UNITS * size_of::<u64>(),
            };
            section.start % 64 == 0 && section.len() == size && section.end as u64 <= length
        });
        if fits {
            Ok(header)
        } else {
            Err(damaged_file_error(path, "its sections have other sizes than this encoder's"))
        }
    }
}

/// Whether `folder` holds a file of an earlier format.
pub(super) fn is_older(folder: &Path) -> bool {
    let mut start = [0; 12];
    let read = File::open(folder.join(FILE_NAME)).and_then(|file| read_at(&file, &mut start, 0));
    read.is_ok() && start[..8] == MAGIC && u32_at(&start, 8) < VERSION
}

/// Reads the whole of `folder`'s file and checks every section's SHA-256; `progress` gets the share done, 0..=1.
pub(super) fn verify_sections(folder: &Path, progress: &mut dyn FnMut(f64)) -> Result<()> {
    let path = folder.join(FILE_NAME);
    let file = File::open(&path).map_err(|e| missing_file_error(&path).with_cause(e))?;
    let header = EncoderHeader::read_header(&file, &path)?;
    let count = header.digests.len();
    let mut buffer = vec![0; 1 << 20];
    for (i, (section, digest)) in header.sections.iter().zip(&header.digests).enumerate() {
        let mut hash = Sha256::new();
        for at in section.clone().step_by(buffer.len()) {
            let part = &mut buffer[..(section.end - at).min(1 << 20)];
            read_at(&file, part, at as u64).map_err(|e| read_error(&path, e))?;
            hash.update(part);
        }
        if hash.finalize()[..] != digest[..] {
            return Err(damaged_file_error(&path, &format!("section {i} does not match its SHA-256")));
        }
        progress((i + 1) as f64 / count as f64);
    }
    Ok(())
}

/// Writes a whole file: `sections` as in [`SECTIONS`], then the table and the words.
pub(super) fn write_model_file(
    out: &mut impl Write,
    sections: &[Vec<u8>],
    tables: [&[u8]; 2],
) -> io::Result<()> {
    let mut mapped = Vec::new();
    let mut header = vec![0; ENTRIES_OFFSET];
    for section in sections {
        append_entry(&mut header, HEADER_BYTES + mapped.len(), section);
        mapped.extend_from_slice(section);
        mapped.resize(mapped.len().next_multiple_of(64), 0);
    }
    let mut end = HEADER_BYTES + mapped.len();
    for table in tables {
        append_entry(&mut header, end, table);
        end += table.len().next_multiple_of(64);
    }
    header.resize(HEADER_BYTES - DIGEST_BYTES, 0);
    header[..8].copy_from_slice(&MAGIC);
    header[8..12].copy_from_slice(&VERSION.to_le_bytes());
    header[16..24].copy_from_slice(&(end as u64).to_le_bytes());
    header[24..32].copy_from_slice(&fletcher_checksum(&mapped).to_le_bytes());
    let digest = Sha256::digest(&header);
    header.extend_from_slice(&digest);
    out.write_all(&header)?;
    out.write_all(&mapped)?;
    for table in tables {
        out.write_all(table)?;
        out.write_all(&[0; 64][..table.len().next_multiple_of(64) - table.len()])?;
    }
    Ok(())
}

fn append_entry(header: &mut Vec<u8>, start: usize, section: &[u8]) {
    header.extend_from_slice(&(start as u64).to_le_bytes());
    header.extend_from_slice(&(section.len() as u64).to_le_bytes());
    header.extend_from_slice(&Sha256::digest(section));
}

/// A fast checksum against damage, not against intent: in each of eight lanes the sum of the words and the sum of
/// those sums (Fletcher 1982), so that one changed word or two swapped ones always show. `bytes` is a multiple of 64
/// long.
pub(super) fn fletcher_checksum(bytes: &[u8]) -> u64 {
    let (mut sums, mut sums_of_sums) = ([0u64; 8], [0u64; 8]);
    for line in bytes.as_chunks::<64>().0 {
        for (lane, word) in line.as_chunks::<8>().0.iter().enumerate() {
            sums[lane] = sums[lane].wrapping_add(u64::from_le_bytes(*word));
            sums_of_sums[lane] = sums_of_sums[lane].wrapping_add(sums[lane]);
        }
    }
    // Multiplying by an odd number loses nothing.
    sums.into_iter()
        .chain(sums_of_sums)
        .fold(bytes.len() as u64, |hash, sum| (hash.rotate_left(5) ^ sum).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap_or_default())
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap_or_default())
}

fn missing_file_error(path: &Path) -> Error {
    Error::new(ErrorKind::Model, format!("{}: no encoder is installed here", path.display()))
        .with_advice("run `claimdiff model install`")
}

fn read_error(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Model, format!("{}: cannot be read", path.display())).with_cause(cause)
}

fn damaged_file_error(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Model, format!("{}: damaged or foreign: {what}", path.display()))
        .with_advice("`claimdiff model install` replaces it")
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                buffer = &mut buffer[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_bit_changes_the_checksum() {
        let mut bytes = [7; 192];
        let sum = fletcher_checksum(&bytes);
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(fletcher_checksum(&bytes), sum, "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        assert_ne!(fletcher_checksum(&bytes[..128]), fletcher_checksum(&[0; 128]));
    }
}
