//! The encoder's file, opened and checked. Its form is that of [`super::encoder_layout`].

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::f16;
use half::slice::HalfFloatSliceExt;
use memmap2::{Mmap, MmapOptions};
use pulp::bytemuck;
use sha2::{Digest, Sha256};

use super::encoder_layout::{
    EncoderHeader, FILE_NAME, HEADER_BYTES, MAGIC, RECORD_BYTES, SECTIONS, SectionShape, VERSION, WORD_IDS,
    WORD_UNITS, damaged_file_error, fletcher_checksum, read_at, read_error, u32_at,
};
use super::kernel::PackedMatrix;
use crate::error::{Error, ErrorKind, Result};

/// An open, checked file; its sections are mapped into memory.
#[derive(Debug)]
pub(super) struct EncoderFile {
    path: PathBuf,
    file: File,
    map: Mmap,
    /// Byte ranges of all sections and tables.
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
    /// If the section is not a matrix.
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

    /// Writes the vector of the text of this one piece to `vector`; `false` if it is not one of the words.
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

    /// Reads `record` from offset `at` and returns it without the checksum at its end, which is checked.
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

/// Whether `folder` holds a file of an earlier format.
pub(super) fn is_older(folder: &Path) -> bool {
    let mut start = [0; 12];
    let read = File::open(folder.join(FILE_NAME)).and_then(|file| read_at(&file, &mut start, 0));
    read.is_ok() && start[..8] == MAGIC && u32_at(&start, 8) < VERSION
}

/// Reads the whole of `folder`'s file and checks every section's SHA-256; `progress` is called with the share done, 0 to 1.
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

fn missing_file_error(path: &Path) -> Error {
    Error::new(ErrorKind::Model, format!("{}: no encoder is installed here", path.display()))
        .with_advice("run `claimdiff model install`")
}
