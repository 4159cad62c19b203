//! `garble`: one text by itself, or with another version at hand.

use std::path::Path;

use super::args::{DocumentFormat, Garble};
use super::exit::Exit;
use super::{input, model, output};
use crate::divergence::Version;
use crate::divergence::garble::{between, garble};
use crate::divergence::glossary::Glossary;
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, Garbled};
use crate::whole;

pub(super) fn run(options: &Garble) -> Result<Exit> {
    let paths: Vec<&String> = std::iter::once(&options.a).chain(&options.b).collect();
    input::only_once(&paths)?;
    let mut versions = Vec::new();
    for (path, lang) in paths.iter().zip([options.lang_a, options.lang_b]) {
        versions.push(Version::new(input::article(path, lang)?));
    }
    let mut garbled =
        Garbled { paths: &paths, versions: &versions, garbles: &[], between: None, encoder: None };
    let [a, b] = &versions[..] else {
        let garbles: Vec<_> = versions.iter().map(garble).collect();
        garbled.garbles = &garbles;
        return print(options, &garbled);
    };
    let encoder = model::open(&options.model)?;
    let between = between(a, b, &encoder)?;
    garbled.garbles = &between.versions;
    garbled.between = Some(&between);
    garbled.encoder = Some(encoder.identity());
    let exit = print(options, &garbled)?;
    if let Some(path) = &options.write_glossary {
        write(path, &between.glossary([a, b]))?;
    }
    Ok(exit)
}

fn print(options: &Garble, garbled: &Garbled<'_>) -> Result<Exit> {
    output::print(|out| match options.format {
        DocumentFormat::Json => report::write_garbled_json(garbled, out),
        DocumentFormat::Text => report::write_garbled_text(garbled, output::style(&options.layout), out),
    })?;
    Ok(Exit::Clean)
}

/// A glossary is somebody's work as soon as they have read it over: no file is overwritten.
fn write(path: &Path, glossary: &Glossary) -> Result<()> {
    let shown = path.display();
    if glossary.is_empty() {
        return Err(Error::new(
            ErrorKind::Output,
            format!("{shown}: not written, for no replaced words were found"),
        )
        .advise("name a garbled text and a version of it that is not"));
    }
    let written = whole::create(path, |out| out.write_all(glossary.to_toml().as_bytes()));
    written.map_err(|e| {
        Error::new(ErrorKind::Output, format!("{shown}: cannot be written"))
            .advise("name a file that does not exist yet, in a folder that does")
            .because(e)
    })
}
