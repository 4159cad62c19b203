//! Comparisons of two versions, cached on disk between runs.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::plan::PlannedText;
use crate::atomic_file;
use crate::corpus::manifest::find_by_name;
use crate::divergence::glossary::Glossary;
use crate::divergence::{
    self, Change, ClaimPlace, Comparison, DivergenceScores, Finding, FindingKind, RULES, Severity,
};
use crate::encode::Encoder;
use crate::error::Result;
use crate::text::{Span, to_hex};

/// The parts of a comparison that a check needs: no values of places, no measurements of rules.
#[derive(Debug, PartialEq)]
pub(super) struct PairComparison {
    pub(super) scores: DivergenceScores,
    pub(super) parallel: bool,
    /// Whether any sentences of the two are aligned.
    pub(super) shares_sentences: bool,
    /// The bounds that were reached.
    pub(super) notes: Vec<String>,
    /// The findings, each with the byte of B that is reported as its position.
    pub(super) findings: Vec<(Finding, usize)>,
}

/// A folder with the comparisons of earlier runs. Deleting it, or any file in it, is safe: the pair is compared again.
#[derive(Debug)]
pub struct ComparisonCache {
    /// The folder of this build of the program.
    folder: PathBuf,
    /// Text of the glossary, part of the cache key.
    glossary: String,
}

/// Hexadecimal digits of the name of a build's folder.
const BUILD_DIGITS: usize = 16;

#[derive(Serialize, Deserialize)]
struct CacheRecord {
    scores: [f32; 4],
    parallel: bool,
    meet: bool,
    #[serde(default)]
    notes: Vec<String>,
    findings: Vec<CachedFinding>,
}

#[derive(Serialize, Deserialize)]
struct CachedFinding {
    id: String,
    change: String,
    kind: String,
    severity: String,
    rule: String,
    /// Sentence, first byte, byte after the last.
    a: Option<[usize; 3]>,
    b: Option<[usize; 3]>,
    at: usize,
    message: String,
}

/// Compares two versions, or reads the comparison from the cache.
pub(super) fn compare_cached(
    a: &PlannedText,
    b: &PlannedText,
    (encoder, glossary): (&dyn Encoder, &Glossary),
    cache: Option<&ComparisonCache>,
) -> Result<PairComparison> {
    let path = cache.map(|cache| cache.entry_path(a, b, encoder));
    if let Some(cached) = path.as_deref().and_then(|path| load_entry(path, a, b)) {
        return Ok(cached);
    }
    let compared = compare_anew(a, b, encoder, glossary)?;
    if let Some(path) = path {
        // Without a cache the next run is slower, which is no failure.
        let _ = store_entry(&path, &compared);
    }
    Ok(compared)
}

fn compare_anew(
    a: &PlannedText,
    b: &PlannedText,
    encoder: &dyn Encoder,
    glossary: &Glossary,
) -> Result<PairComparison> {
    let comparison = divergence::compare_with_glossary(a.version(), b.version(), encoder, glossary)?;
    let at: Vec<usize> = comparison.findings.iter().map(|f| locate_in_b(f, &comparison, a, b)).collect();
    Ok(PairComparison {
        scores: comparison.scores,
        parallel: comparison.is_parallel,
        shares_sentences: !comparison.groups.is_empty(),
        notes: comparison.notes,
        findings: comparison.findings.into_iter().zip(at).collect(),
    })
}

/// The byte of B that is reported for a finding: its place in B, or else the start of the last sentence aligned with
/// the place in A or with the nearest aligned sentence before it; 0 where there is none.
fn locate_in_b(finding: &Finding, comparison: &Comparison, a: &PlannedText, b: &PlannedText) -> usize {
    if let Some(place) = &finding.b {
        return place.span.start;
    }
    let Some(place) = &finding.a else { return 0 };
    let preceding = a.version().compared_sentences.iter().rev().filter(|k| **k < place.sentence);
    let group = std::iter::once(&place.sentence)
        .chain(preceding)
        .find_map(|k| comparison.groups.iter().find(|g| g.a.contains(k)));
    group.and_then(|group| group.b.last()).map_or(0, |k| b.version().sentences[*k].span.start)
}

impl ComparisonCache {
    /// Opens the cache below `folder` for the build of the program that `build` identifies, and a glossary's text. The
    /// caches of other builds are removed.
    #[must_use]
    pub fn open_folder(folder: &Path, build: &str, glossary: String) -> Self {
        let own =
            &to_hex(&Sha256::new().chain_update(env!("CARGO_PKG_VERSION")).chain_update(build).finalize())
                [..BUILD_DIGITS];
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| is_build_name(name) && name != own) {
                remove_build_folder(&entry.path());
            }
        }
        Self { folder: folder.join(own), glossary }
    }

    fn entry_path(&self, a: &PlannedText, b: &PlannedText, encoder: &dyn Encoder) -> PathBuf {
        let mut hash = Sha256::new();
        hash_part(&mut hash, self.glossary.as_bytes());
        hash_part(&mut hash, encoder.encoder_identity().sha256.as_bytes());
        for text in [a, b] {
            hash_part(&mut hash, text.real_path.extension().unwrap_or_default().as_encoded_bytes());
            hash_part(&mut hash, text.article.lang.code().as_bytes());
            hash_part(&mut hash, format!("{:?}", text.day).as_bytes());
            hash_part(&mut hash, &text.bytes);
        }
        self.folder.join(format!("{}.json", to_hex(&hash.finalize())))
    }
}

/// Adds a part with its length, so that no two lists of parts give the same bytes.
fn hash_part(hash: &mut Sha256, part: &[u8]) {
    hash.update(part.len().to_le_bytes());
    hash.update(part);
}

fn is_build_name(name: &str) -> bool {
    name.len() == BUILD_DIGITS && name.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a file name is that of a cached comparison, or of one that was being written.
fn is_entry_name(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".claimdiff-") || name.get(..64).is_some_and(|n| n.iter().all(u8::is_ascii_hexdigit))
}

/// Removes the cache of a build. A folder with any other file in it is left alone: it may be the user's.
fn remove_build_folder(folder: &Path) {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    if entries.iter().all(|entry| is_entry_name(&entry.file_name())) {
        for entry in &entries {
            let _ = fs::remove_file(entry.path());
        }
        let _ = fs::remove_dir(folder);
    }
}

/// Reads a cached comparison; `None` where it is missing or damaged.
fn load_entry(path: &Path, a: &PlannedText, b: &PlannedText) -> Option<PairComparison> {
    let record: CacheRecord = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let [divergence, content, claims, order] = record.scores;
    let findings =
        record.findings.into_iter().map(|kept| kept.restore_finding(a, b)).collect::<Option<_>>()?;
    Some(PairComparison {
        scores: DivergenceScores { divergence, content, claims, order },
        parallel: record.parallel,
        shares_sentences: record.meet,
        notes: record.notes,
        findings,
    })
}

fn store_entry(path: &Path, compared: &PairComparison) -> std::io::Result<()> {
    let DivergenceScores { divergence, content, claims, order } = compared.scores;
    let record = CacheRecord {
        scores: [divergence, content, claims, order],
        parallel: compared.parallel,
        meet: compared.shares_sentences,
        notes: compared.notes.clone(),
        findings: compared
            .findings
            .iter()
            .map(|(finding, at)| CachedFinding::from_finding(finding, *at))
            .collect(),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes = serde_json::to_vec(&record)?;
    atomic_file::replace_file(path, |out| out.write_all(&bytes))
}

impl CachedFinding {
    fn from_finding(finding: &Finding, at: usize) -> Self {
        let [a, b] = [&finding.a, &finding.b]
            .map(|place| place.as_ref().map(|place| [place.sentence, place.span.start, place.span.end]));
        Self {
            id: finding.id.clone(),
            change: finding.change.name().to_owned(),
            kind: finding.kind.name().to_owned(),
            severity: finding.severity.name().to_owned(),
            rule: finding.rule.name.to_owned(),
            a,
            b,
            at,
            message: finding.message.clone(),
        }
    }

    fn restore_finding(self, a: &PlannedText, b: &PlannedText) -> Option<(Finding, usize)> {
        let rule = RULES.iter().find(|rule| rule.name == self.rule)?;
        let place = |kept: Option<[usize; 3]>, text: &PlannedText| match kept {
            None => Some(None),
            Some([sentence, start, end]) => {
                text.article.text.get(start..end)?;
                Some(Some(ClaimPlace { sentence, span: Span { start, end }, value: None }))
            }
        };
        b.article.text.get(self.at..)?;
        let finding = Finding {
            id: self.id,
            change: find_by_name(&self.change, Change::ALL, Change::name, "").ok()?,
            kind: find_by_name(&self.kind, FindingKind::ALL, FindingKind::name, "").ok()?,
            severity: find_by_name(&self.severity, Severity::ALL, Severity::name, "").ok()?,
            confidence: rule.measured_precision().laplace_confidence(),
            rule,
            a: place(self.a, a)?,
            b: place(self.b, b)?,
            message: self.message,
            measurements: Vec::new(),
        };
        Some((finding, self.at))
    }
}
