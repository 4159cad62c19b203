//! Options that several commands share.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args as ClapArgs, ValueEnum};

use crate::claims::Date;
use crate::divergence::Severity;
use crate::report;
use crate::text::Lang;

/// Versions of an article.
#[derive(Debug, ClapArgs)]
pub(super) struct VersionOptions {
    /// Articles; the first is the reference, - is standard input
    #[arg(value_name = "FILE", num_args = 2.., required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

/// How versions are read, and what may differ.
#[derive(Debug, ClapArgs)]
pub(super) struct ReadingOptions {
    /// Language of the reference [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of the other versions [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Day of the articles, to which "yesterday" is relative [default: the one in their own byline]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Date>,
    /// Allowed equivalents, TOML or TBX: what it allows is no difference
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Option<String>,
}

/// A corpus, for every command that looks through one.
#[derive(Debug, ClapArgs)]
pub(super) struct CorpusOptions {
    /// Folder of the corpus
    #[arg(value_name = "CORPUS", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Configuration [default: the nearest claimdiff.toml in the corpus or above]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(super) config: Option<PathBuf>,
    /// Findings that were there before [default: that of claimdiff.toml, else claimdiff-baseline.json if there is one]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(super) baseline: Option<PathBuf>,
    /// Compare again what an earlier run compared
    #[arg(long, help_heading = "Configuration")]
    pub(super) no_cache: bool,
    /// Folder for what was compared [default: in the user's cache folder]
    #[arg(
        long,
        value_name = "DIR",
        env = "CLAIMDIFF_CACHE_DIR",
        hide_env_values = true,
        help_heading = "Configuration"
    )]
    pub(super) cache_dir: Option<PathBuf>,
    /// Day from which suppressions expire [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Configuration")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// How much a finding has to matter to be reported.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportLevel {
    /// Everything, also what is tolerable
    Low,
    /// What an editor would act on
    Medium,
    /// Money, denials and accusations, who says so, quotations
    High,
}

impl From<ReportLevel> for Severity {
    fn from(level: ReportLevel) -> Self {
        match level {
            ReportLevel::Low => Self::Low,
            ReportLevel::Medium => Self::Medium,
            ReportLevel::High => Self::High,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DocumentFormat {
    /// For reading in a terminal
    Text,
    /// One JSON document
    Json,
}

/// How text is laid out.
#[derive(Debug, ClapArgs)]
pub(super) struct LayoutOptions {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
    /// Colours of the terminal
    #[arg(long, value_enum, value_name = "NAME", env = "CLAIMDIFF_THEME", hide_env_values = true, default_value_t = ThemeOption::Default)]
    pub(super) theme: ThemeOption,
    /// Columns of the output, 40 to 1000 [default: the terminal's, else 80]
    // The minimum is that of the text report's layout; the maximum bounds the padding of a line.
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub(super) width: Option<u16>,
}

/// Colours that colour-blind readers can distinguish.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ThemeOption {
    /// Orange and blue for dark and light ground
    Default,
    /// Brighter ones for dark ground
    Dark,
    /// Darker ones for light ground
    Light,
    /// None: reversed, underlined, bold
    Plain,
}

impl From<ThemeOption> for report::Theme {
    fn from(theme: ThemeOption) -> Self {
        match theme {
            ThemeOption::Default => Self::Default,
            ThemeOption::Dark => Self::Dark,
            ThemeOption::Light => Self::Light,
            ThemeOption::Plain => Self::Plain,
        }
    }
}

/// Where the encoder is, and whether it may be fetched; for every command that uses it.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct ModelOptions {
    /// Never use the network: fail if the encoder is not installed
    #[arg(long, env = "CLAIMDIFF_OFFLINE", value_parser = FalseyValueParser::new(), hide_env_values = true)]
    pub(super) offline: bool,
    /// Folder of the encoder [default: in the user's cache folder]
    #[arg(long, value_name = "DIR", env = "CLAIMDIFF_MODEL_DIR", hide_env_values = true)]
    pub(super) model_dir: Option<PathBuf>,
}

/// Parses the id of a finding or a prefix of one, in lower case.
pub(super) fn parse_finding_id(text: &str) -> Result<String, String> {
    let is_id = (4..=12).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit());
    if is_id {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("write 4 to 12 of the digits 0-9 and a-f".to_owned())
    }
}

/// Parses a text with at least one visible character, trimmed.
pub(super) fn parse_nonempty_text(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("write at least a word".to_owned()) } else { Ok(text.to_owned()) }
}
