//! The plan of a story: its versions, and the pairs of them to compare.

use std::cell::OnceCell;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use super::config::{CorpusConfig, EffectiveSettings};
use super::discover::{StoryFolder, join_display_path};
use super::suppress::{self, SuppressionRule};
use crate::article::{Article, MAX_ARTICLE_BYTES};
use crate::claims::{self, Date};
use crate::corpus::manifest::{FindingEntry, MANIFEST_FILE, Manifest, PairEntry, Suppression, VersionInfo};
use crate::divergence::Version;
use crate::error::{Error, ErrorKind, Result};

/// A story that is read.
pub(super) struct StoryPlan {
    pub(super) texts: Vec<PlannedText>,
    pub(super) reference: usize,
    pub(super) pairs: Vec<PlannedPair>,
    /// Versions that are compared with nothing, each with the reason.
    pub(super) left_out: Vec<(String, &'static str)>,
    /// The suppressions of the manifest.
    pub(super) suppressions: Vec<SuppressionRule>,
    /// The manifest's path with symbolic links resolved: a change of it concerns the whole story.
    pub(super) manifest: PathBuf,
}

/// One version that is read.
pub(super) struct PlannedText {
    pub(super) id: String,
    /// Display path.
    pub(super) display_path: String,
    /// The path as the configuration and the baseline write it.
    pub(super) path_key: String,
    /// The same with symbolic links resolved.
    pub(super) real_path: PathBuf,
    pub(super) bytes: Vec<u8>,
    pub(super) article: Article,
    pub(super) day: Option<Date>,
    pub(super) effective: EffectiveSettings,
    version: OnceCell<Version>,
}

/// Two versions to compare, by their indices.
pub(super) struct PlannedPair {
    pub(super) a: usize,
    pub(super) b: usize,
    /// The differences that the manifest expects.
    pub(super) expected: Vec<FindingEntry>,
}

impl PlannedText {
    fn read_file(
        folder: &StoryFolder,
        path: PathBuf,
        info: Option<&VersionInfo>,
        config: &CorpusConfig,
    ) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let display_path = join_display_path(&folder.display_path, &name);
        let mut bytes = Vec::new();
        // One byte more than the limit, so that `Article::read` rejects an article that is too long.
        File::open(&path).and_then(|file| file.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes)).map_err(
            |e| Error::new(ErrorKind::Input, format!("{display_path}: cannot be read")).with_cause(e),
        )?;
        let lang = info.map(|info| info.declared_lang(&display_path)).transpose()?.flatten();
        let article = Article::read(&display_path, &bytes, lang)?;
        let day = match info.and_then(|info| info.date.as_deref()) {
            Some(day) => Some(day.parse().map_err(|form: &str| {
                Error::new(ErrorKind::Corpus, format!("{display_path}: {day:?} is no day")).with_advice(form)
            })?),
            None => claims::published_date(&article),
        };
        let key = config.path_key(&path);
        let effective = config.settings_for(&key)?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let version = OnceCell::new();
        Ok(Self { id, display_path, path_key: key, real_path: path, bytes, article, day, effective, version })
    }

    /// The version with its sentences and claims, computed on first use.
    pub(super) fn version(&self) -> &Version {
        self.version.get_or_init(|| Version::with_date(self.article.clone(), self.day))
    }

    /// As [`Self::version`], by value.
    pub(super) fn into_version(self) -> Version {
        self.version.into_inner().unwrap_or_else(|| Version::with_date(self.article, self.day))
    }
}

impl StoryPlan {
    /// Reads a story.
    pub(super) fn read_story(folder: &StoryFolder, config: &CorpusConfig) -> Result<Self> {
        let manifest = Manifest::read_folder(&folder.real_path)?.unwrap_or_default();
        let at = join_display_path(&folder.display_path, MANIFEST_FILE);
        let mut texts = Vec::new();
        for info in &manifest.version {
            let path = info.locate_file(&folder.real_path)?;
            texts.push(PlannedText::read_file(folder, path, Some(info), config)?);
        }
        for name in &folder.files {
            let path = folder.real_path.join(name);
            if !texts.iter().any(|text| text.real_path == path) {
                texts.push(PlannedText::read_file(folder, path, None, config)?);
            }
        }
        if texts.len() < 2 {
            return Err(story_error(&folder.display_path, "has fewer than two versions")
                .with_advice("a story is a folder with two or more versions of one article"));
        }
        let named = manifest.reference.as_deref().map(|id| find_version(&texts, id, &at)).transpose()?;
        let reference = named.map_or_else(|| find_reference(&texts, &folder.display_path), Ok)?;
        let suppressions = read_suppressions(manifest.suppress, folder, &at)?;
        let (pairs, left_out) = plan_pairs(manifest.pair, &texts, reference, &at)?;
        let manifest = folder.real_path.join(MANIFEST_FILE);
        Ok(Self { texts, reference, pairs, left_out, suppressions, manifest })
    }
}

fn story_error(at: &str, what: &str) -> Error {
    Error::new(ErrorKind::Corpus, format!("{at}: {what}"))
}

fn read_suppressions(
    written: Vec<Suppression>,
    folder: &StoryFolder,
    at: &str,
) -> Result<Vec<SuppressionRule>> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let path = folder.real_path.join(MANIFEST_FILE);
    let source =
        std::fs::read_to_string(path).map_err(|e| story_error(at, "cannot be read").with_cause(e))?;
    written.into_iter().map(|s| SuppressionRule::new(s, at, &source, &folder.real_path)).collect()
}

/// The index of the version with this id or file name.
fn find_version(texts: &[PlannedText], id: &str, at: &str) -> Result<usize> {
    let mut matching = (0..texts.len()).filter(|k| {
        let text = &texts[*k];
        text.id == id || text.real_path.file_name().is_some_and(|name| name == id)
    });
    match (matching.next(), matching.next()) {
        (Some(k), None) => Ok(k),
        (None, _) => {
            let all: Vec<&str> = texts.iter().map(|text| text.id.as_str()).collect();
            Err(story_error(at, &format!("no version is called {id:?}"))
                .with_advice(format!("write one of: {}", all.join(", "))))
        }
        (Some(_), Some(_)) => Err(story_error(at, &format!("two versions are called {id:?}"))
            .with_advice("write the name of the file with its ending")),
    }
}

/// Whether the id of a version, without a language, is `source` or `reference`.
fn is_reference_name(id: &str) -> bool {
    let name = id.split('.').next().unwrap_or_default();
    ["source", "reference"].iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// The index of the version named `source` or `reference`, else of the oldest.
fn find_reference(texts: &[PlannedText], folder: &str) -> Result<usize> {
    let named: Vec<usize> = (0..texts.len()).filter(|k| is_reference_name(&texts[*k].id)).collect();
    let unclear = |what: String| {
        story_error(folder, &format!("no reference: {what}")).with_advice(format!(
            "write reference = \"{}\" into {}, or call one file source.txt",
            texts[0].id,
            join_display_path(folder, MANIFEST_FILE)
        ))
    };
    match named[..] {
        [only] => return Ok(only),
        [] => {}
        [first, second, ..] => {
            return Err(unclear(format!(
                "{} and {} are called so",
                texts[first].display_path, texts[second].display_path
            )));
        }
    }
    if let Some(undated) = texts.iter().find(|text| text.day.is_none()) {
        return Err(unclear(format!("nothing is called source, and {} has no date", undated.display_path)));
    }
    let day = |k: &usize| texts[*k].day.as_ref().map(suppress::calendar_key);
    let mut by_day: Vec<usize> = (0..texts.len()).collect();
    by_day.sort_by_key(day);
    if day(&by_day[0]) == day(&by_day[1]) {
        let [first, second] = [by_day[0], by_day[1]].map(|k| &texts[k].display_path);
        return Err(unclear(format!("{first} and {second} are both the oldest")));
    }
    Ok(by_day[0])
}

type PlannedPairs = (Vec<PlannedPair>, Vec<(String, &'static str)>);

/// Each version against those that the manifest pairs it with, or else against the reference.
fn plan_pairs(
    written: Vec<PairEntry>,
    texts: &[PlannedText],
    reference: usize,
    at: &str,
) -> Result<PlannedPairs> {
    let (mut pairs, mut left_out) = (Vec::new(), Vec::new());
    let mut paired = vec![false; texts.len()];
    paired[reference] = true;
    for entry in written {
        let (a, b) = (find_version(texts, &entry.a, at)?, find_version(texts, &entry.b, at)?);
        if a == b {
            return Err(story_error(at, &format!("{:?} is paired with itself", entry.a)));
        }
        // For an ungraded pair the expected differences are unknown.
        if entry.findings_graded {
            pairs.push(PlannedPair { a, b, expected: entry.finding });
        } else if !paired[b] {
            left_out.push((texts[b].display_path.clone(), "its manifest says findings_graded = false"));
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
            left_out.push((text.display_path.clone(), "its language is none of those in languages"));
        }
        is_wanted
    });
    Ok((pairs, left_out))
}
