//! `compare`: two or more versions to findings and scores.

use super::args::{Compare, CompareFormat, Versions};
use super::exit::Exit;
use super::{input, model, output};
use crate::divergence::garble::{Garble, garble};
use crate::divergence::{self, Version};
use crate::encode::Encoder;
use crate::error::Result;
use crate::report::{self, Report};

/// Reads versions, and says on standard error what is remarkable about them.
pub(super) fn read(options: &Versions) -> Result<Vec<Version>> {
    let paths: Vec<&String> = options.files.iter().chain(&options.glossary).collect();
    input::only_once(&paths)?;
    let mut versions = Vec::new();
    for (k, path) in options.files.iter().enumerate() {
        let lang = if k == 0 { options.lang_a } else { options.lang_b };
        let article = input::article(path, lang)?;
        versions.push(Version::dated(article, options.date));
        if k > 0 && path == &options.files[0] {
            output::note(&format!("{path} is compared with itself"));
        }
    }
    Ok(versions)
}

pub(super) fn run(options: &Compare) -> Result<Exit> {
    let versions = read(&options.versions)?;
    let glossary = input::glossary(options.versions.glossary.as_deref())?;
    let encoder = model::open(&options.model)?;
    let comparisons = versions[1..]
        .iter()
        .map(|b| divergence::compare_with(&versions[0], b, &encoder, &glossary))
        .collect::<Result<Vec<_>>>()?;
    let garbles: Vec<Garble> = versions.iter().map(garble).collect();
    let report = Report {
        paths: &options.versions.files,
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::print(|out| match options.format {
        CompareFormat::Json => report::write_json(&report, out),
        CompareFormat::Text => report::write_text(&report, output::style(&options.layout), out),
    })?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}
