//! Two versions compared, or what an earlier run kept of that.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::plan::Text;
use crate::atomic_file;
use crate::corpus::manifest::{CHANGES, SEVERITIES, named};
use crate::divergence::glossary::Glossary;
use crate::divergence::{self, Change, Comparison, Finding, Kind, Place, RULES, Scores, Severity};
use crate::encode::Encoder;
use crate::error::Result;
use crate::text::{Span, hex};

/// What a check needs of a comparison. Values of places and what rules measured are left out.
#[derive(Debug, PartialEq)]
pub(super) struct Compared {
    pub(super) scores: Scores,
    pub(super) parallel: bool,
    /// Whether any sentence of one tells the same as one of the other.
    pub(super) meet: bool,
    /// The bounds that were reached.
    pub(super) notes: Vec<String>,
    /// The findings, each with the byte of B where a person should look.
    pub(super) findings: Vec<(Finding, usize)>,
}

/// What earlier runs compared, kept in a folder. Deleting it, or any file in it, costs time and nothing else.
#[derive(Debug)]
pub struct Cache {
    /// That of this build of the program.
    folder: PathBuf,
    /// What the runs were told may differ.
    glossary: String,
}

/// Hexadecimal digits of the name of a build's folder.
const BUILD: usize = 16;

#[derive(Serialize, Deserialize)]
struct Record {
    scores: [f32; 4],
    parallel: bool,
    meet: bool,
    #[serde(default)]
    notes: Vec<String>,
    findings: Vec<Kept>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
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

/// Compares two versions, or takes what is kept of that.
pub(super) fn compare(
    a: &Text,
    b: &Text,
    (encoder, glossary): (&dyn Encoder, &Glossary),
    cache: Option<&Cache>,
) -> Result<Compared> {
    let path = cache.map(|cache| cache.path(a, b, encoder));
    if let Some(kept) = path.as_deref().and_then(|path| load(path, a, b)) {
        return Ok(kept);
    }
    let compared = anew(a, b, encoder, glossary)?;
    if let Some(path) = path {
        // A cache that cannot be written is a slow run and no failure.
        let _ = keep(&path, &compared);
    }
    Ok(compared)
}

fn anew(a: &Text, b: &Text, encoder: &dyn Encoder, glossary: &Glossary) -> Result<Compared> {
    let comparison = divergence::compare_with(a.version(), b.version(), encoder, glossary)?;
    let at: Vec<usize> = comparison.findings.iter().map(|f| look(f, &comparison, a, b)).collect();
    Ok(Compared {
        scores: comparison.scores,
        parallel: comparison.parallel,
        meet: !comparison.groups.is_empty(),
        notes: comparison.notes,
        findings: comparison.findings.into_iter().zip(at).collect(),
    })
}

/// Where in B a finding is to be looked at: at its place, or else where what stands in A alone would follow.
fn look(finding: &Finding, comparison: &Comparison, a: &Text, b: &Text) -> usize {
    if let Some(place) = &finding.b {
        return place.span.start;
    }
    let Some(place) = &finding.a else { return 0 };
    let start = |k: usize| b.version().sentences[k].span.start;
    let own = comparison.groups.iter().find(|g| g.a.contains(&place.sentence));
    let before = || {
        let mut told = a.version().told.iter().rev().filter(|k| **k < place.sentence);
        told.find_map(|k| comparison.groups.iter().find(|g| g.a.contains(k)))
    };
    own.or_else(before).and_then(|group| group.b.last()).map_or(0, |k| start(*k))
}

impl Cache {
    /// Opens what is kept below `folder` by the build of the program that `build` tells from every other, under what
    /// `glossary` allows. What other builds kept there is removed: nobody reads it any more.
    #[must_use]
    pub fn open(folder: &Path, build: &str, glossary: String) -> Self {
        let own = &hex(&Sha256::new().chain_update(env!("CARGO_PKG_VERSION")).chain_update(build).finalize())
            [..BUILD];
        let is_build = |name: &str| name.len() == BUILD && name.bytes().all(|b| b.is_ascii_hexdigit());
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| is_build(name) && name != own) {
                remove(&entry.path());
            }
        }
        Self { folder: folder.join(own), glossary }
    }

    fn path(&self, a: &Text, b: &Text, encoder: &dyn Encoder) -> PathBuf {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        };
        add(self.glossary.as_bytes());
        add(encoder.identity().sha256.as_bytes());
        for text in [a, b] {
            add(text.real.extension().unwrap_or_default().as_encoded_bytes());
            add(text.article.lang.code().as_bytes());
            add(format!("{:?}", text.day).as_bytes());
            add(&text.bytes);
        }
        self.folder.join(format!("{}.json", hex(&hash.finalize())))
    }
}

/// Removes what a build kept, and nothing that only looks like its folder: the place is the user's. What stays takes
/// room and does no harm.
fn remove(folder: &Path) {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    let is_kept = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        name.starts_with(b".claimdiff-")
            || name.get(..64).is_some_and(|n| n.iter().all(u8::is_ascii_hexdigit))
    };
    if entries.iter().all(is_kept) {
        for entry in &entries {
            let _ = fs::remove_file(entry.path());
        }
        let _ = fs::remove_dir(folder);
    }
}

/// What is kept under a name; nothing where it is damaged.
fn load(path: &Path, a: &Text, b: &Text) -> Option<Compared> {
    let record: Record = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let [divergence, content, claims, order] = record.scores;
    let findings = record.findings.into_iter().map(|kept| kept.restored(a, b)).collect::<Option<_>>()?;
    Some(Compared {
        scores: Scores { divergence, content, claims, order },
        parallel: record.parallel,
        meet: record.meet,
        notes: record.notes,
        findings,
    })
}

fn keep(path: &Path, compared: &Compared) -> std::io::Result<()> {
    let Scores { divergence, content, claims, order } = compared.scores;
    let record = Record {
        scores: [divergence, content, claims, order],
        parallel: compared.parallel,
        meet: compared.meet,
        notes: compared.notes.clone(),
        findings: compared.findings.iter().map(|(finding, at)| Kept::of(finding, *at)).collect(),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes = serde_json::to_vec(&record)?;
    atomic_file::replace(path, |out| out.write_all(&bytes))
}

impl Kept {
    fn of(finding: &Finding, at: usize) -> Self {
        let place = |place: &Option<Place>| {
            place.as_ref().map(|place| [place.sentence, place.span.start, place.span.end])
        };
        Self {
            id: finding.id.clone(),
            change: finding.change.name().to_owned(),
            kind: finding.kind.name().to_owned(),
            severity: finding.severity.name().to_owned(),
            rule: finding.rule.name.to_owned(),
            a: place(&finding.a),
            b: place(&finding.b),
            at,
            message: finding.message.clone(),
        }
    }

    fn restored(self, a: &Text, b: &Text) -> Option<(Finding, usize)> {
        let rule = RULES.iter().find(|rule| rule.name == self.rule)?;
        let place = |kept: Option<[usize; 3]>, text: &Text| match kept {
            None => Some(None),
            Some([sentence, start, end]) => {
                text.article.text.get(start..end)?;
                Some(Some(Place { sentence, span: Span { start, end }, value: None }))
            }
        };
        b.article.text.get(self.at..)?;
        let finding = Finding {
            id: self.id,
            change: named(&self.change, &CHANGES, Change::name, "").ok()?,
            kind: named(&self.kind, &Kind::ALL, Kind::name, "").ok()?,
            severity: named(&self.severity, &SEVERITIES, Severity::name, "").ok()?,
            confidence: rule.precision().confidence(),
            rule,
            a: place(self.a, a)?,
            b: place(self.b, b)?,
            message: self.message,
            measured: Vec::new(),
        };
        Some((finding, self.at))
    }
}
