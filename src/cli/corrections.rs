//! `corrections`: what to do to a version so that it tells what the reference tells.

use super::args::{Corrections, Versions};
use super::exit::Exit;
use super::{compare, model, output};
use crate::divergence;
use crate::encode::Encoder;
use crate::error::Result;
use crate::report::{self, Report};

pub(super) fn run(options: &Corrections) -> Result<Exit> {
    let files = std::iter::once(&options.reference).chain(&options.files).cloned().collect();
    let named = Versions { files, lang_a: options.lang_a, lang_b: options.lang_b, date: options.date };
    let versions = compare::read(&named)?;
    let encoder = model::open(&options.model)?;
    let comparisons = versions[1..]
        .iter()
        .map(|b| divergence::compare(&versions[0], b, &encoder))
        .collect::<Result<Vec<_>>>()?;
    let report = Report {
        paths: &named.files,
        versions: &versions,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::print(|out| report::write_corrections(&report, out))?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}
