//! `compare`: two or more versions to findings and scores.

use std::io;

use super::args::{Compare, CompareFormat};
use super::exit::Exit;
use super::{input, model, output};
use crate::divergence::{self, Version};
use crate::encode::Encoder;
use crate::error::Result;
use crate::report::{self, Report, Style};

pub(super) fn run(options: &Compare) -> Result<Exit> {
    let paths: Vec<&String> = options.files.iter().collect();
    input::only_once(&paths)?;
    let mut versions = Vec::new();
    for (k, path) in options.files.iter().enumerate() {
        let lang = if k == 0 { options.lang_a } else { options.lang_b };
        let article = input::article(path, lang)?;
        input::note_language(path, article.lang);
        versions.push(Version::new(article));
        if k > 0 && path == &options.files[0] {
            output::note(&format!("{path} is compared with itself"));
        }
    }
    let encoder = model::open(&options.model)?;
    let comparisons = versions[1..]
        .iter()
        .map(|b| divergence::compare(&versions[0], b, &encoder))
        .collect::<Result<Vec<_>>>()?;
    let report = Report {
        paths: &options.files,
        versions: &versions,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::print(|out| match options.format {
        CompareFormat::Json => report::write_json(&report, out),
        CompareFormat::Text => report::write_text(&report, style(options), out),
    })?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}

fn style(options: &Compare) -> Style {
    let color = match options.color {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        // Knows NO_COLOR, CLICOLOR_FORCE and what is no terminal.
        clap::ColorChoice::Auto => {
            anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    };
    let width = options.width.or_else(|| Some(terminal_size::terminal_size_of(io::stdout())?.0.0));
    Style { width: usize::from(width.unwrap_or(80)), color }
}
