//! `claimdiff.toml`: the settings of a corpus, for all of it and by path.

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::path_globs::PathGlobs;
use super::suppress::SuppressionRule;
use crate::corpus::manifest::{Suppression, find_by_name};
use crate::divergence::{DivergenceScores, FindingKind, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// Name of the file, in the folder of the corpus or above.
pub const CONFIG_FILE: &str = "claimdiff.toml";

/// The settings of `claimdiff.toml`, or the defaults without one.
#[derive(Debug)]
pub struct CorpusConfig {
    /// The file, where there is one.
    pub file: Option<PathBuf>,
    /// The folder that paths in the file, the baseline and suppressions are relative to.
    pub folder: PathBuf,
    /// Path of the baseline.
    pub baseline: Option<PathBuf>,
    /// Path of the glossary for all stories.
    pub glossary: Option<PathBuf>,
    source: String,
    exclude: PathGlobs,
    base_settings: CheckSettings,
    path_settings: Vec<(PathGlobs, CheckSettings)>,
    pub(super) suppressions: Vec<SuppressionRule>,
}

/// The settings of a file or of a `[[path]]` in it as written; all are optional.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CheckSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kinds: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    languages: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_divergence: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_content: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_claims: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_order: Option<f32>,
}

/// The settings for one version, with defaults filled in.
#[derive(Clone, Debug)]
pub(super) struct EffectiveSettings {
    pub(super) level: Severity,
    pub(super) kinds: Vec<FindingKind>,
    /// The languages whose versions are checked; all where none is named.
    pub(super) languages: Vec<Lang>,
    /// The threshold of each score, in the order of [`DivergenceScores`].
    thresholds: [Option<f32>; 4],
}

impl EffectiveSettings {
    /// The name, value and threshold of each score that has a threshold.
    pub(super) fn thresholds(
        &self,
        scores: &DivergenceScores,
    ) -> impl Iterator<Item = (&'static str, f32, f32)> {
        let named = [
            ("divergence", scores.divergence),
            ("content", scores.content),
            ("claims", scores.claims),
            ("order", scores.order),
        ];
        let limits = self.thresholds;
        named.into_iter().zip(limits).filter_map(|((name, value), limit)| Some((name, value, limit?)))
    }
}

impl CorpusConfig {
    /// Reads the nearest `claimdiff.toml` in the corpus or above it; the defaults where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Corpus`] where it cannot be read or has an unknown key or value.
    pub fn find_nearest(corpus: &Path) -> Result<Self> {
        let real = real_path(corpus)?;
        match real.ancestors().map(|folder| folder.join(CONFIG_FILE)).find(|path| path.is_file()) {
            Some(file) => Self::open_file(&file, &display_config_path(corpus, &real, &file), corpus),
            None => Self::without_file(corpus),
        }
    }

    /// The defaults, without a file.
    ///
    /// # Errors
    /// If the corpus does not exist.
    pub fn without_file(corpus: &Path) -> Result<Self> {
        Self::parse("", None, CONFIG_FILE, real_path(corpus)?)
    }

    /// Reads one file. Paths in it are relative to its folder, or to the corpus where that is not below its folder.
    ///
    /// # Errors
    /// As [`CorpusConfig::find_nearest`].
    pub fn read_file(file: &Path, corpus: &Path) -> Result<Self> {
        Self::open_file(file, &file.display().to_string(), corpus)
    }

    fn open_file(file: &Path, display_path: &str, corpus: &Path) -> Result<Self> {
        let source = fs::read_to_string(file).map_err(|e| {
            Error::new(ErrorKind::Corpus, format!("{display_path}: cannot be read")).with_cause(e)
        })?;
        let file = real_path(file)?;
        let (own, corpus) = (file.parent().map(Path::to_owned).unwrap_or_default(), real_path(corpus)?);
        let folder = if corpus.starts_with(&own) { own } else { corpus };
        Self::parse(&source, Some(file), display_path, folder)
    }

    fn parse(source: &str, file: Option<PathBuf>, at: &str, folder: PathBuf) -> Result<Self> {
        let wrong = |e: toml::de::Error| {
            Error::new(ErrorKind::Corpus, format!("{at}: is no configuration"))
                .with_cause(e)
                .with_advice("claimdiff --schema config prints what it can hold")
        };
        let mut table: Table = toml::from_str(source).map_err(wrong)?;
        let baseline: Option<String> = take_key(&mut table, "baseline").map_err(wrong)?;
        let glossary: Option<String> = take_key(&mut table, "glossary").map_err(wrong)?;
        let exclude = take_key(&mut table, "exclude").map_err(wrong)?.unwrap_or_default();
        let suppress: Vec<Suppression> = take_key(&mut table, "suppress").map_err(wrong)?.unwrap_or_default();
        let parts: Vec<Table> = take_key(&mut table, "path").map_err(wrong)?.unwrap_or_default();
        let all: CheckSettings = Value::Table(table).try_into().map_err(wrong)?;
        all.resolve_effective(at)?;
        let mut paths = Vec::new();
        for mut part in parts {
            let files: Option<Vec<String>> = take_key(&mut part, "files").map_err(wrong)?;
            let files = files.filter(|files| !files.is_empty()).ok_or_else(|| {
                Error::new(ErrorKind::Corpus, format!("{at}: a [[path]] names no files"))
                    .with_advice("write for example files = [\"opinion/\"]")
            })?;
            let settings: CheckSettings = Value::Table(part).try_into().map_err(wrong)?;
            settings.resolve_effective(at)?;
            paths.push((PathGlobs::new(&folder, files, at)?, settings));
        }
        let suppressions = suppress
            .into_iter()
            .map(|s| SuppressionRule::new(s, at, source, &folder))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            baseline: baseline.map(|baseline| folder.join(baseline)),
            glossary: glossary.map(|glossary| folder.join(glossary)),
            exclude: PathGlobs::new(&folder, exclude, at)?,
            source: source.to_owned(),
            file,
            folder,
            base_settings: all,
            path_settings: paths,
            suppressions,
        })
    }

    /// The settings for the version at a path relative to [`Self::folder`]: later `[[path]]` entries override earlier
    /// ones.
    pub(super) fn settings_for(&self, path: &str) -> Result<EffectiveSettings> {
        let parts = self.path_settings.iter().filter(|(globs, _)| globs.matches_path(path, false));
        let merged = parts.fold(self.base_settings.clone(), |under, (_, over)| under.overlay_with(over));
        merged.resolve_effective(path)
    }

    pub(super) fn excludes_path(&self, path: &str, is_folder: bool) -> bool {
        self.exclude.matches_path(path, is_folder)
    }

    /// A path relative to [`Self::folder`], as the configuration, the baseline and suppressions write it.
    #[must_use]
    pub fn path_key(&self, real: &Path) -> String {
        let below = real.strip_prefix(&self.folder).unwrap_or(real);
        slash_path(below)
    }

    /// All settings with their defaults, as TOML.
    ///
    /// # Errors
    /// Never for a configuration that was read.
    pub fn dump_toml(&self) -> Result<String> {
        let effective = self.base_settings.resolve_effective(CONFIG_FILE)?;
        let all = CheckSettings {
            level: Some(effective.level.name().to_owned()),
            kinds: Some(effective.kinds.iter().map(|kind| kind.name().to_owned()).collect()),
            ..self.base_settings.clone()
        };
        let mut table = Table::try_from(&all).map_err(dump_error)?;
        if let Some(baseline) = &self.baseline {
            table.insert("baseline".to_owned(), Value::String(self.path_key(baseline)));
        }
        if let Some(glossary) = &self.glossary {
            table.insert("glossary".to_owned(), Value::String(self.path_key(glossary)));
        }
        if !self.exclude.patterns.is_empty() {
            let globs = self.exclude.patterns.iter().cloned().map(Value::String);
            table.insert("exclude".to_owned(), Value::Array(globs.collect()));
        }
        let mut paths = Vec::new();
        for (globs, settings) in &self.path_settings {
            let mut part = Table::try_from(settings).map_err(dump_error)?;
            let files = globs.patterns.iter().cloned().map(Value::String);
            part.insert("files".to_owned(), Value::Array(files.collect()));
            paths.push(Value::Table(part));
        }
        if !paths.is_empty() {
            table.insert("path".to_owned(), Value::Array(paths));
        }
        // Suppressions have no defaults: they are copied as written.
        let source_table: Table = toml::from_str(&self.source).unwrap_or_default();
        if let Some(suppress) = source_table.get("suppress") {
            table.insert("suppress".to_owned(), suppress.clone());
        }
        toml::to_string(&table).map_err(dump_error)
    }
}

impl CheckSettings {
    fn overlay_with(self, over: &Self) -> Self {
        let over = over.clone();
        Self {
            level: over.level.or(self.level),
            kinds: over.kinds.or(self.kinds),
            languages: over.languages.or(self.languages),
            max_divergence: over.max_divergence.or(self.max_divergence),
            max_content: over.max_content.or(self.max_content),
            max_claims: over.max_claims.or(self.max_claims),
            max_order: over.max_order.or(self.max_order),
        }
    }

    /// Fills in the defaults. An error for an unknown word or a threshold outside of 0 to 1.
    fn resolve_effective(&self, at: &str) -> Result<EffectiveSettings> {
        let level = self.level.as_deref().unwrap_or(Severity::Medium.name());
        let kinds = self.kinds.as_ref().map(|words| {
            words
                .iter()
                .map(|word| find_by_name(word, FindingKind::ALL, FindingKind::name, at))
                .collect::<Result<Vec<_>>>()
        });
        let languages = self.languages.iter().flatten().map(|tag| {
            tag.parse().map_err(|message: String| Error::new(ErrorKind::Corpus, format!("{at}: {message}")))
        });
        let thresholds = [self.max_divergence, self.max_content, self.max_claims, self.max_order];
        if let Some(limit) = thresholds.into_iter().flatten().find(|limit| !(0.0..=1.0).contains(limit)) {
            return Err(Error::new(ErrorKind::Corpus, format!("{at}: the threshold {limit} is no score"))
                .with_advice("scores go from 0 to 1"));
        }
        Ok(EffectiveSettings {
            level: find_by_name(level, Severity::ALL, Severity::name, at)?,
            kinds: kinds.transpose()?.unwrap_or_else(|| FindingKind::ALL.to_vec()),
            languages: languages.collect::<Result<_>>()?,
            thresholds,
        })
    }
}

/// The display path of a configuration above a corpus, relative to the working directory where the corpus's own path
/// has enough components.
fn display_config_path(corpus: &Path, real: &Path, file: &Path) -> String {
    let above = real.strip_prefix(file.parent().unwrap_or(file)).map_or(0, |below| below.iter().count());
    let parts: Vec<Component<'_>> = corpus.components().filter(|part| *part != Component::CurDir).collect();
    if parts.iter().rev().take(above).filter(|part| matches!(part, Component::Normal(_))).count() < above {
        return file.display().to_string();
    }
    let folder: PathBuf = parts[..parts.len() - above].iter().collect();
    folder.join(CONFIG_FILE).display().to_string()
}

fn dump_error(cause: toml::ser::Error) -> Error {
    Error::new(ErrorKind::Corpus, "the configuration cannot be written").with_cause(cause)
}

/// Takes a key out of a table.
fn take_key<T: serde::de::DeserializeOwned>(
    table: &mut Table,
    key: &str,
) -> std::result::Result<Option<T>, toml::de::Error> {
    table.remove(key).map(Value::try_into).transpose()
}

/// The absolute path without symbolic links and `..`.
pub(super) fn real_path(path: &Path) -> Result<PathBuf> {
    path.canonicalize().map_err(|e| {
        Error::new(ErrorKind::Corpus, format!("{}: cannot be read", path.display())).with_cause(e)
    })
}

/// A relative path with `/` as the separator on every system.
pub(super) fn slash_path(path: &Path) -> String {
    path.iter().map(std::ffi::OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
}
