//! A graded story: its versions and an editor's grades of each pair.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::manifest::{DifferenceClass, MANIFEST_FILE, Manifest, RelationEntry, VersionInfo};
use crate::align::Relation;
use crate::divergence::{Change, FindingKind, Severity, Version};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Span;

/// A difference that an editor marked.
#[derive(Clone, Debug)]
pub struct GradedFinding {
    /// What happened.
    pub change: Change,
    /// To what kind of claim.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Its place in A's text, where there is one.
    pub a: Option<Span>,
    /// Its place in B's text, where there is one.
    pub b: Option<Span>,
    /// The editor's reason.
    pub why: String,
}

/// A rewording that an editor found harmless.
#[derive(Clone, Debug)]
pub struct HarmlessRewording {
    /// Its place in A's text.
    pub a: Span,
    /// Its place in B's text.
    pub b: Span,
    /// What kind of rewording.
    pub why: String,
}

/// A group of sentences that a reader aligned, by their indices in the versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradedGroup {
    /// Sentences of A, ascending.
    pub a: Vec<usize>,
    /// Sentences of B, ascending.
    pub b: Vec<usize>,
    /// Relation of the two sides.
    pub relation: Relation,
}

/// Two versions with an editor's grades.
#[derive(Clone, Debug)]
pub struct GradedPair {
    /// Index into [`Case::versions`].
    pub a: usize,
    /// Index into [`Case::versions`].
    pub b: usize,
    /// Whether the editor calls them versions of one text, rather than texts on one event.
    pub parallel: bool,
    /// Whether the differences are graded; else only the groups are.
    pub findings_graded: bool,
    /// The differences.
    pub findings: Vec<GradedFinding>,
    /// The harmless rewordings.
    pub silent: Vec<HarmlessRewording>,
    /// The alignment, where a reader graded it: in `groups/A--B.tsv`, in the form of `claimdiff align`, with the
    /// relation in place of the score.
    pub groups: Option<Vec<GradedGroup>>,
}

/// One story.
#[derive(Debug)]
pub struct Case {
    /// Title in the manifest.
    pub title: String,
    /// The versions: the entry of the manifest, and the version read.
    pub versions: Vec<(VersionInfo, Version)>,
    /// Index of the reference version.
    pub reference: usize,
    /// The graded pairs.
    pub pairs: Vec<GradedPair>,
}

impl Case {
    /// Reads a story's folder.
    ///
    /// # Errors
    /// [`ErrorKind::Corpus`] where the manifest is missing, has an unknown key or value, names a file outside of its
    /// folder, or grades words that do not occur exactly once in their text.
    pub fn read_folder(folder: &Path) -> Result<Self> {
        let at = folder.join(MANIFEST_FILE).display().to_string();
        let manifest =
            Manifest::read_folder(folder)?.ok_or_else(|| manifest_error(&at, "there is no manifest"))?;
        let mut versions = Vec::new();
        for info in manifest.version {
            let version = read_version(folder, &info)?;
            versions.push((info, version));
        }
        let ids: BTreeMap<&str, usize> =
            versions.iter().enumerate().map(|(k, (info, _))| (info.id.as_str(), k)).collect();
        let version_index = |id: &str| {
            ids.get(id).copied().ok_or_else(|| manifest_error(&at, &format!("no version is called {id:?}")))
        };
        let mut pairs = Vec::new();
        for entry in manifest.pair {
            let (a, b) = (version_index(&entry.a)?, version_index(&entry.b)?);
            let (text_a, text_b) = (&versions[a].1.article.text, &versions[b].1.article.text);
            let findings = entry.finding.iter().map(|f| {
                let DifferenceClass { change, kind, severity } = f.resolve_names(&at)?;
                Ok(GradedFinding {
                    change,
                    kind,
                    severity,
                    a: f.a.as_deref().map(|words| locate_words(&at, text_a, words)).transpose()?,
                    b: f.b.as_deref().map(|words| locate_words(&at, text_b, words)).transpose()?,
                    why: f.why.clone(),
                })
            });
            let silent = entry.silent.iter().map(|s| {
                Ok(HarmlessRewording {
                    a: locate_words(&at, text_a, &s.a)?,
                    b: locate_words(&at, text_b, &s.b)?,
                    why: s.why.clone(),
                })
            });
            pairs.push(GradedPair {
                a,
                b,
                parallel: entry.relation.ok_or_else(|| manifest_error(&at, "a pair without relation"))?
                    == RelationEntry::Parallel,
                findings_graded: entry.findings_graded,
                findings: findings.collect::<Result<_>>()?,
                silent: silent.collect::<Result<_>>()?,
                groups: read_groups(folder, [&versions[a], &versions[b]])?,
            });
        }
        let reference = manifest.reference.ok_or_else(|| manifest_error(&at, "names no reference"))?;
        let reference = version_index(&reference)?;
        Ok(Self { title: manifest.title, versions, reference, pairs })
    }
}

fn manifest_error(at: &str, what: &str) -> Error {
    Error::new(ErrorKind::Corpus, format!("{at}: {what}"))
}

const RELATIONS: [Relation; 3] = [Relation::Equivalent, Relation::Partial, Relation::Contradicts];

fn read_version(folder: &Path, info: &VersionInfo) -> Result<Version> {
    let path = info.locate_file(folder)?;
    let display_path = path.display().to_string();
    let bytes = fs::read(&path).map_err(|e| {
        Error::new(ErrorKind::Corpus, format!("{display_path}: cannot be read")).with_cause(e)
    })?;
    Version::read(&display_path, &bytes, info.declared_lang(&display_path)?)
}

fn read_groups(folder: &Path, [a, b]: [&(VersionInfo, Version); 2]) -> Result<Option<Vec<GradedGroup>>> {
    let path = folder.join("groups").join(format!("{}--{}.tsv", a.0.id, b.0.id));
    let display_path = path.display();
    let source = match fs::read_to_string(&path) {
        Ok(source) => source,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            return Err(
                Error::new(ErrorKind::Corpus, format!("{display_path}: cannot be read")).with_cause(e)
            );
        }
    };
    let counts = [a.1.sentences.len(), b.1.sentences.len()];
    let mut lines = source.lines();
    if lines.next() != Some(&format!("# {} : {}", counts[0], counts[1])) {
        let message = format!("{display_path}: was graded on other sentences");
        return Err(Error::new(ErrorKind::Corpus, message)
            .with_advice(format!("grade it anew and begin it with: # {} : {}", counts[0], counts[1])));
    }
    let groups = lines.map(|line| {
        parse_group(line, counts).ok_or_else(|| {
            Error::new(ErrorKind::Corpus, format!("{display_path}: {line:?} is no group"))
                .with_advice("write the sentences of A, those of B and the relation: [3, 4]:[5]:equivalent")
        })
    });
    groups.collect::<Result<_>>().map(Some)
}

/// Parses a line such as `[3, 4]:[5]:equivalent`; `counts` are the numbers of sentences of A and B.
fn parse_group(line: &str, counts: [usize; 2]) -> Option<GradedGroup> {
    let mut parts = line.split(':');
    let a = parse_sentences(parts.next()?, counts[0])?;
    let b = parse_sentences(parts.next()?, counts[1])?;
    let relation = parts.next()?;
    let relation = RELATIONS.into_iter().find(|r| r.name() == relation)?;
    parts.next().is_none().then_some(GradedGroup { a, b, relation })
}

/// Parses ascending sentence indices below `count`, at least one.
fn parse_sentences(part: &str, count: usize) -> Option<Vec<usize>> {
    let indices: Vec<usize> = serde_json::from_str(part).ok()?;
    (!indices.is_empty() && indices.is_sorted() && indices.iter().all(|k| *k < count)).then_some(indices)
}

fn locate_words(at: &str, text: &str, words: &str) -> Result<Span> {
    let mut occurrences = text.match_indices(words);
    match (occurrences.next(), occurrences.next()) {
        (Some((start, _)), None) => Ok(Span::new(start, start + words.len())),
        (None, _) => Err(Error::new(ErrorKind::Corpus, format!("{at}: {words:?} is not in its text"))),
        (Some(_), Some(_)) => {
            Err(Error::new(ErrorKind::Corpus, format!("{at}: {words:?} is in its text more than once"))
                .with_advice("quote more words around it"))
        }
    }
}
