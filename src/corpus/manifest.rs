//! `case.toml`: the manifest of a story with its versions, their pairs and the expected differences.

use std::fs;
use std::io::ErrorKind as IoErrorKind;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::divergence::{Change, FindingKind, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// Name of the manifest in a story's folder.
pub const MANIFEST_FILE: &str = "case.toml";

/// Endings of the files that are versions.
pub(super) const ARTICLE_ENDINGS: [&str; 6] = ["txt", "md", "markdown", "mdown", "html", "htm"];

/// Origin of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Written by a newsroom independently.
    Written,
    /// Translated from another version by a person.
    Translated,
    /// Machine-translated from another version into a further language and back.
    RoundTrip,
    /// Spun from another version: words replaced from a table of synonyms.
    Spun,
}

/// One version as the manifest names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionInfo {
    /// Its name; the text is the file `<id>.txt`, or the only one of that name with another ending of an article.
    pub id: String,
    /// Its language; detected where it is not named.
    pub language: Option<String>,
    /// Date of the article, `YYYY-MM-DD`; the one in its byline where it is not named.
    pub date: Option<String>,
    /// Origin.
    pub origin: Option<Origin>,
    /// The version it was made from.
    pub from: Option<String>,
    /// The intermediate languages of a round trip.
    #[serde(default)]
    pub via: Vec<String>,
    /// A remark for people.
    #[serde(default)]
    pub note: String,
}

/// The manifest as written; all fields are optional.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    #[expect(dead_code, reason = "the topic is for people who read the file")]
    topic: String,
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) version: Vec<VersionInfo>,
    #[serde(default)]
    pub(super) pair: Vec<PairEntry>,
    #[serde(default)]
    pub(super) suppress: Vec<Suppression>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PairEntry {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) relation: Option<RelationEntry>,
    #[serde(default = "default_true")]
    pub(super) findings_graded: bool,
    #[serde(default)]
    pub(super) finding: Vec<FindingEntry>,
    #[serde(default)]
    pub(super) silent: Vec<SilentEntry>,
}

fn default_true() -> bool {
    true
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RelationEntry {
    Parallel,
    Comparable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingEntry {
    pub(super) change: String,
    pub(super) kind: String,
    #[serde(default = "medium_severity")]
    pub(super) severity: String,
    pub(super) a: Option<String>,
    pub(super) b: Option<String>,
    pub(super) why: String,
}

fn medium_severity() -> String {
    Severity::Medium.name().to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SilentEntry {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) why: String,
}

/// An accepted finding in a story's manifest or in `claimdiff.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suppression {
    /// Id of the finding, or a prefix of it.
    pub(super) id: String,
    /// Patterns of the versions in which it is suppressed, in the form of `.gitignore`; all versions if empty.
    #[serde(default)]
    pub(super) files: Vec<String>,
    pub(super) reason: String,
    pub(super) author: String,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub(super) expires: Option<String>,
}

impl Manifest {
    /// Reads the manifest of a story's folder; `None` where there is none.
    pub(super) fn read_folder(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST_FILE);
        let at = path.display();
        let source = match fs::read_to_string(&path) {
            Ok(source) => source,
            Err(e) if e.kind() == IoErrorKind::NotFound => return Ok(None),
            Err(e) => {
                return Err(Error::new(ErrorKind::Corpus, format!("{at}: cannot be read")).with_cause(e));
            }
        };
        toml::from_str(&source)
            .map(Some)
            .map_err(|e| Error::new(ErrorKind::Corpus, format!("{at}: is no manifest")).with_cause(e))
    }
}

impl VersionInfo {
    /// The declared language.
    pub(super) fn declared_lang(&self, at: &str) -> Result<Option<Lang>> {
        let parsed = self.language.as_deref().map(str::parse).transpose();
        parsed.map_err(|message: String| Error::new(ErrorKind::Corpus, format!("{at}: {message}")))
    }

    /// The file with the version's text.
    pub(super) fn locate_file(&self, folder: &Path) -> Result<PathBuf> {
        let wrong = |what: String| Error::new(ErrorKind::Corpus, format!("{}: {what}", folder.display()));
        let mut parts = Path::new(&self.id).components();
        if !matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) {
            return Err(wrong(format!("{:?} is no name of a version", self.id))
                .with_advice("a version's file lies in its story's folder"));
        }
        let candidates = ARTICLE_ENDINGS.map(|ending| folder.join(format!("{}.{ending}", self.id)));
        let mut existing = candidates.into_iter().filter(|path| path.symlink_metadata().is_ok());
        let path = existing.next().ok_or_else(|| {
            wrong(format!("the version {:?} has no file", self.id))
                .with_advice(format!("write its text to {}.txt", self.id))
        })?;
        if let Some(other) = existing.next() {
            return Err(wrong(format!("{} and {} are both {:?}", path.display(), other.display(), self.id))
                .with_advice("give each version a name of its own"));
        }
        // A link out of the folder would let a manifest read any file on the machine.
        let real_path = |path: &Path| {
            path.canonicalize()
                .map_err(|e| wrong(format!("{}: cannot be read", path.display())).with_cause(e))
        };
        if real_path(&path)?.parent() != Some(&real_path(folder)?) {
            return Err(wrong(format!("{} is a link to another folder", path.display()))
                .with_advice("a version's file lies in its story's folder"));
        }
        Ok(path)
    }
}

/// The element of `all` whose name is `word`.
pub(super) fn find_by_name<T: Copy>(
    word: &str,
    all: &[T],
    name: fn(T) -> &'static str,
    at: &str,
) -> Result<T> {
    all.iter().copied().find(|x| name(*x) == word).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|x| name(*x)).collect();
        Error::new(ErrorKind::Corpus, format!("{at}: {word:?} is not known"))
            .with_advice(format!("write one of: {}", known.join(", ")))
    })
}

/// What a difference is, without its places.
pub(super) struct DifferenceClass {
    pub(super) change: Change,
    pub(super) kind: FindingKind,
    pub(super) severity: Severity,
}

impl FindingEntry {
    /// Change, kind and severity, where all three are known.
    pub(super) fn resolve_names(&self, at: &str) -> Result<DifferenceClass> {
        Ok(DifferenceClass {
            change: find_by_name(&self.change, Change::ALL, Change::name, at)?,
            kind: find_by_name(&self.kind, FindingKind::ALL, FindingKind::name, at)?,
            severity: find_by_name(&self.severity, Severity::ALL, Severity::name, at)?,
        })
    }
}
