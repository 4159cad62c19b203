//! `corrections`: what to do to a version so that it tells what the reference tells.

use super::args::{Corrections, Versions};
use super::exit::Exit;
use super::{compare, input, model, output};
use crate::divergence;
use crate::divergence::garble::{Garble, garble};
use crate::encode::Encoder;
use crate::error::Result;
use crate::report::{self, Report};

pub(super) fn run(options: &Corrections) -> Result<Exit> {
    let files = std::iter::once(&options.reference).chain(&options.files).cloned().collect();
    let named = Versions {
        files,
        lang_a: options.lang_a,
        lang_b: options.lang_b,
        date: options.date,
        glossary: options.glossary.clone(),
    };
    let versions = compare::read(&named)?;
    let glossary = input::glossary(named.glossary.as_deref())?;
    let encoder = model::open(&options.model)?;
    let comparisons = versions[1..]
        .iter()
        .map(|b| divergence::compare_with(&versions[0], b, &encoder, &glossary))
        .collect::<Result<Vec<_>>>()?;
    let garbles: Vec<Garble> = versions.iter().map(garble).collect();
    let report = Report {
        paths: &named.files,
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::print(|out| report::write_corrections(&report, out))?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}
