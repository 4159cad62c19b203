//! `corrections`: what to do to a version so that it tells what the reference tells.

use super::args::Corrections;
use super::exit::Exit;
use super::{compare, output};
use crate::error::Result;
use crate::report;

pub(super) fn run(options: &Corrections) -> Result<Exit> {
    let files: Vec<String> = std::iter::once(&options.reference).chain(&options.files).cloned().collect();
    compare::reported(&files, &options.reading, (options.level, &options.model), |report| {
        output::print(|out| report::write_corrections(report, out))
    })
}
