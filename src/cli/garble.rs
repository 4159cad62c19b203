//! `garble`: signs of spinning and machine translation in one text, or in two versions.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::options::{DocumentFormat, LayoutOptions, ModelOptions};
use super::{input, model, output};
use crate::atomic_file;
use crate::divergence::Version;
use crate::divergence::glossary::Glossary;
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::garble::{compare_garbling, judge_garbling};
use crate::report::{self, GarbledTexts};
use crate::text::Lang;

const AFTER_GARBLE: &str = "\
Examples:
  claimdiff garble copy.txt
          Judge a text by itself, for example for names that a table of synonyms corrupted
  claimdiff garble copy.txt report.en.txt --write-glossary copy.toml
  claimdiff compare report.en.txt copy.txt --glossary copy.toml
          List what the copy replaced, then compare it for its content

Exit status:
  0  judged, whatever the verdict
  2  could not run: wrong arguments, unreadable input, no encoder, nothing to write";

/// One text, or two of which one may be a garbled copy of the other.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_GARBLE)]
pub(super) struct GarbleOptions {
    /// Text to judge; - is standard input
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// Another version, in the same or another language
    #[arg(value_name = "B")]
    pub(super) b: Option<String>,
    /// Language of A [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of B [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    /// Write what was replaced as allowed equivalents, for compare --glossary; FILE must be new
    #[arg(long, value_name = "FILE", requires = "b")]
    pub(super) write_glossary: Option<PathBuf>,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

pub(super) fn run(options: &GarbleOptions) -> Result<Exit> {
    let paths: Vec<&String> = std::iter::once(&options.a).chain(&options.b).collect();
    input::refuse_stdin_twice(&paths)?;
    let mut versions = Vec::new();
    for (path, lang) in paths.iter().zip([options.lang_a, options.lang_b]) {
        versions.push(Version::new(input::read_article(path, lang)?));
    }
    let mut garbled =
        GarbledTexts { paths: &paths, versions: &versions, garbles: &[], between: None, encoder: None };
    let [a, b] = &versions[..] else {
        let garbles: Vec<_> = versions.iter().map(judge_garbling).collect();
        garbled.garbles = &garbles;
        return print_garble_report(options, &garbled);
    };
    let encoder = model::open_encoder(&options.model)?;
    let between = compare_garbling(a, b, &encoder)?;
    garbled.garbles = &between.versions;
    garbled.between = Some(&between);
    garbled.encoder = Some(encoder.encoder_identity());
    let exit = print_garble_report(options, &garbled)?;
    if let Some(path) = &options.write_glossary {
        write_new_glossary(path, &between.substitution_glossary([a, b]))?;
    }
    Ok(exit)
}

fn print_garble_report(options: &GarbleOptions, garbled: &GarbledTexts<'_>) -> Result<Exit> {
    output::write_stdout(|out| match options.format {
        DocumentFormat::Json => report::write_garbled_json(garbled, out),
        DocumentFormat::Text => {
            report::write_garbled_text(garbled, output::stdout_style(&options.layout), out)
        }
    })?;
    Ok(Exit::Clean)
}

/// Writes a glossary to a new file. No file is overwritten: somebody may have edited the glossary in it.
fn write_new_glossary(path: &Path, glossary: &Glossary) -> Result<()> {
    let display_path = path.display();
    if glossary.is_empty() {
        return Err(Error::new(
            ErrorKind::Output,
            format!("{display_path}: not written, for no replaced words were found"),
        )
        .with_advice("name a garbled text and a version of it that is not"));
    }
    let written = atomic_file::create_file(path, |out| out.write_all(glossary.to_toml().as_bytes()));
    written.map_err(|e| {
        Error::new(ErrorKind::Output, format!("{display_path}: cannot be written"))
            .with_advice("name a file that does not exist yet, in a folder that does")
            .with_cause(e)
    })
}
