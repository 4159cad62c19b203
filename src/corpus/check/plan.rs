//! A story's folder to the pairs of versions that are compared.

use std::cell::OnceCell;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use super::config::{Config, Effective};
use super::find::{Folder, join};
use super::suppress::{self, Rule};
use crate::article::{Article, MAX_BYTES};
use crate::claims::{self, Date};
use crate::corpus::manifest::{FindingEntry, MANIFEST, Manifest, PairEntry, Suppression, VersionInfo};
use crate::divergence::Version;
use crate::error::{Error, ErrorKind, Result};

/// A story that is read.
pub(super) struct Plan {
    pub(super) texts: Vec<Text>,
    pub(super) reference: usize,
    pub(super) pairs: Vec<PlannedPair>,
    /// Versions that are compared with nothing, each with the reason.
    pub(super) left_out: Vec<(String, &'static str)>,
    /// The suppressions of the manifest.
    pub(super) suppressions: Vec<Rule>,
    /// The manifest, without links: a change of it concerns the whole story.
    pub(super) manifest: PathBuf,
}

/// One version that is read.
pub(super) struct Text {
    pub(super) id: String,
    /// Its path as people see it.
    pub(super) shown: String,
    /// Its path as the configuration and the baseline write it.
    pub(super) key: String,
    /// The same without links.
    pub(super) real: PathBuf,
    pub(super) bytes: Vec<u8>,
    pub(super) article: Article,
    pub(super) day: Option<Date>,
    pub(super) effective: Effective,
    version: OnceCell<Version>,
}

/// Two versions to compare, by their indices.
pub(super) struct PlannedPair {
    pub(super) a: usize,
    pub(super) b: usize,
    /// The differences that are meant.
    pub(super) expected: Vec<FindingEntry>,
}

impl Text {
    fn read(folder: &Folder, path: PathBuf, info: Option<&VersionInfo>, config: &Config) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = join(&folder.shown, &name);
        let mut bytes = Vec::new();
        // One byte more than an article may have: the reader of the bytes says that it is too many.
        File::open(&path)
            .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|e| Error::new(ErrorKind::Input, format!("{shown}: cannot be read")).because(e))?;
        let lang = info.map(|info| info.lang(&shown)).transpose()?.flatten();
        let article = Article::read(&shown, &bytes, lang)?;
        let day = match info.and_then(|info| info.date.as_deref()) {
            Some(day) => Some(day.parse().map_err(|form: &str| {
                Error::new(ErrorKind::Corpus, format!("{shown}: {day:?} is no day")).advise(form)
            })?),
            None => claims::published(&article),
        };
        let key = config.key(&path);
        let effective = config.of(&key)?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let version = OnceCell::new();
        Ok(Self { id, shown, key, real: path, bytes, article, day, effective, version })
    }

    /// Its sentences and claims.
    pub(super) fn version(&self) -> &Version {
        self.version.get_or_init(|| Version::dated(self.article.clone(), self.day))
    }

    /// The same by itself.
    pub(super) fn into_version(self) -> Version {
        self.version.into_inner().unwrap_or_else(|| Version::dated(self.article, self.day))
    }
}

impl Plan {
    /// Reads a story.
    pub(super) fn read(folder: &Folder, config: &Config) -> Result<Self> {
        let manifest = Manifest::read(&folder.real)?.unwrap_or_default();
        let at = join(&folder.shown, MANIFEST);
        let mut texts = Vec::new();
        for info in &manifest.version {
            let path = info.file(&folder.real)?;
            texts.push(Text::read(folder, path, Some(info), config)?);
        }
        for name in &folder.files {
            let path = folder.real.join(name);
            if !texts.iter().any(|text| text.real == path) {
                texts.push(Text::read(folder, path, None, config)?);
            }
        }
        if texts.len() < 2 {
            return Err(wrong(&folder.shown, "has fewer than two versions")
                .advise("a story is a folder with two or more versions of one article"));
        }
        let named = manifest.reference.as_deref().map(|id| find(&texts, id, &at)).transpose()?;
        let reference = named.map_or_else(|| reference(&texts, &folder.shown), Ok)?;
        let suppressions = suppressions(manifest.suppress, folder, &at)?;
        let (pairs, left_out) = pairs(manifest.pair, &texts, reference, &at)?;
        let manifest = folder.real.join(MANIFEST);
        Ok(Self { texts, reference, pairs, left_out, suppressions, manifest })
    }
}

fn wrong(at: &str, what: &str) -> Error {
    Error::new(ErrorKind::Corpus, format!("{at}: {what}"))
}

fn suppressions(written: Vec<Suppression>, folder: &Folder, at: &str) -> Result<Vec<Rule>> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let path = folder.real.join(MANIFEST);
    let source = std::fs::read_to_string(path).map_err(|e| wrong(at, "cannot be read").because(e))?;
    written.into_iter().map(|s| Rule::new(s, at, &source, &folder.real)).collect()
}

/// The version of this id or file name.
fn find(texts: &[Text], id: &str, at: &str) -> Result<usize> {
    let is = |text: &Text| text.id == id || text.real.file_name().is_some_and(|name| name == id);
    let mut found = (0..texts.len()).filter(|k| is(&texts[*k]));
    match (found.next(), found.next()) {
        (Some(k), None) => Ok(k),
        (None, _) => {
            let all: Vec<&str> = texts.iter().map(|text| text.id.as_str()).collect();
            Err(wrong(at, &format!("no version is called {id:?}"))
                .advise(format!("write one of: {}", all.join(", "))))
        }
        (Some(_), Some(_)) => Err(wrong(at, &format!("two versions are called {id:?}"))
            .advise("write the name of the file with its ending")),
    }
}

/// The version that is called so, else the oldest.
fn reference(texts: &[Text], folder: &str) -> Result<usize> {
    let is_called = |text: &Text| {
        let name = text.id.split('.').next().unwrap_or_default();
        ["source", "reference"].iter().any(|word| name.eq_ignore_ascii_case(word))
    };
    let called: Vec<usize> = (0..texts.len()).filter(|k| is_called(&texts[*k])).collect();
    let unclear = |what: String| {
        wrong(folder, &format!("no reference: {what}")).advise(format!(
            "write reference = \"{}\" into {}, or call one file source.txt",
            texts[0].id,
            join(folder, MANIFEST)
        ))
    };
    match called[..] {
        [only] => return Ok(only),
        [] => {}
        [first, second, ..] => {
            return Err(unclear(format!("{} and {} are called so", texts[first].shown, texts[second].shown)));
        }
    }
    if let Some(undated) = texts.iter().find(|text| text.day.is_none()) {
        return Err(unclear(format!("nothing is called source, and {} tells no date", undated.shown)));
    }
    let day = |k: &usize| texts[*k].day.as_ref().map(suppress::in_order);
    let mut by_day: Vec<usize> = (0..texts.len()).collect();
    by_day.sort_by_key(day);
    if day(&by_day[0]) == day(&by_day[1]) {
        let [first, second] = [by_day[0], by_day[1]].map(|k| &texts[k].shown);
        return Err(unclear(format!("{first} and {second} are both the oldest")));
    }
    Ok(by_day[0])
}

type Pairs = (Vec<PlannedPair>, Vec<(String, &'static str)>);

/// Each version against those that the manifest pairs it with, or else against the reference.
fn pairs(written: Vec<PairEntry>, texts: &[Text], reference: usize, at: &str) -> Result<Pairs> {
    let (mut pairs, mut left_out) = (Vec::new(), Vec::new());
    let mut paired = vec![false; texts.len()];
    paired[reference] = true;
    for entry in written {
        let (a, b) = (find(texts, &entry.a, at)?, find(texts, &entry.b, at)?);
        if a == b {
            return Err(wrong(at, &format!("{:?} is paired with itself", entry.a)));
        }
        // Nobody has said which differences of such a pair are meant.
        if entry.findings_graded {
            pairs.push(PlannedPair { a, b, expected: entry.finding });
        } else if !paired[b] {
            left_out.push((texts[b].shown.clone(), "its manifest says findings_graded = false"));
        }
        paired[b] = true;
    }
    for b in (0..texts.len()).filter(|b| !paired[*b]) {
        pairs.push(PlannedPair { a: reference, b, expected: Vec::new() });
    }
    pairs.retain(|pair| {
        let text = &texts[pair.b];
        let wanted = &text.effective.languages;
        let is_wanted = wanted.is_empty() || wanted.contains(&text.article.lang);
        if !is_wanted {
            left_out.push((text.shown.clone(), "its language is none of those in languages"));
        }
        is_wanted
    });
    Ok((pairs, left_out))
}
