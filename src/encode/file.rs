//! The converted model: one file, mapped into memory, made once by [`super::install()`].
//!
//! ```text
//! header   4096 bytes: magic, version, file length, SHA-256 of the wheel, checksum of the mapped part,
//!          one entry a section (offset, length, SHA-256), and the header's own SHA-256 at its end
//! sections in the order of SECTIONS, each on a 64-byte boundary
//! table    the quantised embeddings, one record a row with a checksum; not mapped
//! ```
//!
//! Opening checks the header and a fast checksum of the mapped part; each row of the table is checked when it is
//! read. So a damaged file is an error and never a wrong vector. [`verify`] checks the SHA-256 of every section.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use memmap2::{Mmap, MmapOptions};
use pulp::bytemuck;
use sha2::{Digest, Sha256};

use super::forward::{BRANCHES, CHANNELS, CHUNKS, FEATURES, INNER, WIDTH};
use super::kernel::{Packed, packed_size};
use crate::error::{Error, ErrorKind, Result};

/// Name of the file in the model's folder.
pub(super) const FILE_NAME: &str = "encoder.bin";
/// Pieces of the vocabulary.
pub(super) const PIECES: usize = 128_000;
/// Rows of the table: the last chunks are filled up.
pub(super) const ROWS: usize = 128_010;
/// A row's levels and their checksum.
pub(super) const RECORD: usize = WIDTH + 8;

#[cfg(target_endian = "big")]
compile_error!("the model file is mapped as it is, and it is little-endian");

const MAGIC: [u8; 8] = *b"claimdfE";
const VERSION: u32 = 2;
const HEADER: usize = 4096;
const ENTRIES: usize = 80;
const ENTRY: usize = 48;
const DIGEST: usize = 32;

/// What a section holds.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// As many 32-bit units or bytes as it takes.
    Free,
    /// So many 32-bit floats.
    Floats(usize),
    /// A packed matrix of so many rows and columns.
    Packed(usize, usize),
    /// The table.
    Table,
}

/// The first sections are the tokenizer's, the others the network's.
pub(super) const TOKENIZER_SECTIONS: usize = 4;

/// The sections in order; the readers take them in this order too.
pub(super) const SECTIONS: [Shape; 32] = [
    Shape::Free, // trie of the pieces
    Shape::Floats(PIECES),
    Shape::Free, // trie of the character map
    Shape::Free, // its replacements
    Shape::Floats(CHUNKS),
    Shape::Floats(CHUNKS),
    Shape::Packed(WIDTH, BRANCHES),
    Shape::Floats(BRANCHES),
    Shape::Floats(BRANCHES),
    Shape::Floats(BRANCHES),
    Shape::Packed(CHANNELS, 2 * CHANNELS),
    Shape::Packed(CHANNELS, 3 * CHANNELS),
    Shape::Packed(CHANNELS, 5 * CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Packed(2 * CHANNELS, CHANNELS),
    Shape::Packed(3 * CHANNELS, CHANNELS),
    Shape::Packed(5 * CHANNELS, CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Floats(CHANNELS),
    Shape::Floats(FEATURES),
    Shape::Floats(FEATURES),
    Shape::Packed(FEATURES, WIDTH),
    Shape::Floats(WIDTH),
    Shape::Packed(WIDTH, INNER),
    Shape::Packed(WIDTH, INNER),
    Shape::Packed(INNER, INNER),
    Shape::Packed(INNER, WIDTH),
    Shape::Packed(INNER, WIDTH),
    Shape::Packed(WIDTH, WIDTH),
];

/// An open, checked file.
#[derive(Debug)]
pub(super) struct ModelFile {
    path: PathBuf,
    file: File,
    map: Mmap,
    sections: Vec<Range<usize>>,
    table: u64,
}

impl ModelFile {
    /// Opens and checks `folder`'s file.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let file = File::open(&path).map_err(|e| missing(&path).because(e))?;
        let header = Header::read(&file, &path)?;
        let mapped = header.sections.last().map_or(HEADER, |table| table.start);
        // SAFETY: the map is read-only and private. Whoever shortens or rewrites the file while it is mapped could
        // pull the bytes away from under us; installing never does (it writes another file and renames it over),
        // and the file lies in the user's own cache folder. Reading it instead costs 16 MB and 4 ms at each start.
        #[expect(unsafe_code, reason = "mapping a file has no safe form")]
        let map = unsafe { MmapOptions::new().len(mapped).map(&file) }.map_err(|e| unreadable(&path, e))?;
        if checksum(&map[HEADER..]) != header.checksum {
            return Err(damaged(&path, "its weights do not match their checksum"));
        }
        let mut sections = header.sections;
        sections.pop();
        Ok(Self { path, file, map, sections, table: mapped as u64 })
    }

    /// The bytes of section `index`.
    pub(super) fn bytes(&self, index: usize) -> &[u8] {
        &self.map[self.sections[index].clone()]
    }

    /// Section `index` as numbers.
    pub(super) fn numbers<T: bytemuck::AnyBitPattern>(&self, index: usize) -> &[T] {
        bytemuck::cast_slice(self.bytes(index))
    }

    /// Section `index` as a packed matrix.
    ///
    /// # Panics
    /// If it is none.
    pub(super) fn packed(&self, index: usize) -> Packed<'_> {
        match SECTIONS[index] {
            Shape::Packed(depth, columns) => Packed::new(self.numbers(index), depth, columns),
            _ => unreachable!("section {index} is no matrix"),
        }
    }

    /// Appends the table's rows for `ids` to `rows`.
    ///
    /// Read by position: touching the map would keep most of its 65 MB in memory after a few hundred sentences,
    /// and costs no less.
    pub(super) fn read_rows(&self, ids: &[u32], rows: &mut Vec<u8>) -> Result<()> {
        let mut record = [0; RECORD];
        for &id in ids {
            let at = self.table + u64::from(id) * RECORD as u64;
            read_at(&self.file, &mut record, at).map_err(|e| unreadable(&self.path, e))?;
            let (row, sum) = record.split_at(WIDTH);
            if checksum(row).to_le_bytes() != sum {
                return Err(damaged(
                    &self.path,
                    &format!("row {id} of its table does not match its checksum"),
                ));
            }
            rows.extend_from_slice(row);
        }
        Ok(())
    }
}

struct Header {
    checksum: u64,
    /// Offsets; the last is the table.
    sections: Vec<Range<usize>>,
    digests: Vec<[u8; DIGEST]>,
}

impl Header {
    fn read(file: &File, path: &Path) -> Result<Self> {
        let length = file.metadata().map_err(|e| unreadable(path, e))?.len();
        let mut bytes = [0; HEADER];
        if length < HEADER as u64 {
            return Err(damaged(path, "it is too short"));
        }
        read_at(file, &mut bytes, 0).map_err(|e| unreadable(path, e))?;
        if bytes[..8] != MAGIC {
            return Err(damaged(path, "it is no model of claimdiff"));
        }
        let version = u32_at(&bytes, 8);
        if version != VERSION {
            return Err(damaged(
                path,
                &format!("its format has version {version}, this program reads {VERSION}"),
            ));
        }
        if Sha256::digest(&bytes[..HEADER - DIGEST])[..] != bytes[HEADER - DIGEST..] {
            return Err(damaged(path, "its header does not match its checksum"));
        }
        if u64_at(&bytes, 16) != length {
            return Err(damaged(path, &format!("it has {length} bytes, not {}", u64_at(&bytes, 16))));
        }
        let mut header = Self { checksum: u64_at(&bytes, 24), sections: Vec::new(), digests: Vec::new() };
        for entry in bytes[ENTRIES..].chunks_exact(ENTRY).take(SECTIONS.len() + 1) {
            let (start, size) = (u64_at(entry, 0), u64_at(entry, 8));
            header.sections.push(start as usize..(start + size) as usize);
            header.digests.push(entry[16..].try_into().unwrap_or_default());
        }
        let shapes = SECTIONS.iter().chain([&Shape::Table]);
        let fits = header.sections.iter().zip(shapes).all(|(section, shape)| {
            let size = match shape {
                Shape::Free => section.len(),
                Shape::Floats(count) => count * size_of::<f32>(),
                Shape::Packed(depth, columns) => packed_size(*depth, *columns) * size_of::<i32>(),
                Shape::Table => ROWS * RECORD,
            };
            section.start % 64 == 0 && section.len() == size && section.end as u64 <= length
        });
        if fits {
            Ok(header)
        } else {
            Err(damaged(path, "its sections have other sizes than this encoder's"))
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
pub(super) fn verify(folder: &Path, progress: &mut dyn FnMut(f64)) -> Result<()> {
    let path = folder.join(FILE_NAME);
    let file = File::open(&path).map_err(|e| missing(&path).because(e))?;
    let header = Header::read(&file, &path)?;
    let count = header.digests.len();
    let mut buffer = vec![0; 1 << 20];
    for (i, (section, digest)) in header.sections.iter().zip(&header.digests).enumerate() {
        let mut hash = Sha256::new();
        for at in section.clone().step_by(buffer.len()) {
            let part = &mut buffer[..(section.end - at).min(1 << 20)];
            read_at(&file, part, at as u64).map_err(|e| unreadable(&path, e))?;
            hash.update(part);
        }
        if hash.finalize()[..] != digest[..] {
            return Err(damaged(&path, &format!("section {i} does not match its SHA-256")));
        }
        progress((i + 1) as f64 / count as f64);
    }
    Ok(())
}

/// Writes a whole file: `sections` as in [`SECTIONS`], then the table.
pub(super) fn write(out: &mut impl Write, sections: &[Vec<u8>], table: &[u8]) -> io::Result<()> {
    let mut mapped = Vec::new();
    let mut header = vec![0; ENTRIES];
    for section in sections {
        entry(&mut header, HEADER + mapped.len(), section);
        mapped.extend_from_slice(section);
        mapped.resize(mapped.len().next_multiple_of(64), 0);
    }
    entry(&mut header, HEADER + mapped.len(), table);
    header.resize(HEADER - DIGEST, 0);
    header[..8].copy_from_slice(&MAGIC);
    header[8..12].copy_from_slice(&VERSION.to_le_bytes());
    header[16..24].copy_from_slice(&((HEADER + mapped.len() + table.len()) as u64).to_le_bytes());
    header[24..32].copy_from_slice(&checksum(&mapped).to_le_bytes());
    let digest = Sha256::digest(&header);
    header.extend_from_slice(&digest);
    out.write_all(&header)?;
    out.write_all(&mapped)?;
    out.write_all(table)
}

fn entry(header: &mut Vec<u8>, start: usize, section: &[u8]) {
    header.extend_from_slice(&(start as u64).to_le_bytes());
    header.extend_from_slice(&(section.len() as u64).to_le_bytes());
    header.extend_from_slice(&Sha256::digest(section));
}

/// A fast checksum against damage, not against intent: in each of eight lanes the sum of the words and the sum of
/// those sums (Fletcher 1982), so that one changed word or two swapped ones always show. `bytes` is a multiple of 64
/// long.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
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

fn missing(path: &Path) -> Error {
    Error::new(ErrorKind::Model, format!("{}: no encoder is installed here", path.display()))
        .advise("run `claimdiff model install`")
}

fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Model, format!("{}: cannot be read", path.display())).because(cause)
}

fn damaged(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Model, format!("{}: damaged or foreign: {what}", path.display()))
        .advise("`claimdiff model install` replaces it")
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
        let sum = checksum(&bytes);
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(checksum(&bytes), sum, "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        assert_ne!(checksum(&bytes[..128]), checksum(&[0; 128]));
    }
}
