//! What garbled texts show, for reading in a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::layout::{BOLD, DIM, Look, Style};
use super::{Garbled, escape};
use crate::divergence::Version;
use crate::garble::{Between, Garble, Garbling, Reason, Sign, Verdict};

const NAMES: [&str; 2] = ["A", "B"];

pub(super) fn write(garbled: &Garbled<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.readable();
    for (k, path) in garbled.paths.iter().enumerate() {
        let (version, garble) = (&garbled.versions[k], &garbled.garbles[k]);
        if k > 0 {
            writeln!(out)?;
        }
        writeln!(
            out,
            "{} {} ({}, {} words): {}",
            style.paint(BOLD, NAMES[k]),
            escape::terminal(path),
            version.article.lang,
            garble.words,
            verdict(garble)
        )?;
        signs(version, garble, style, out)?;
    }
    match garbled.between {
        Some(between) => both(between, style, out),
        None => Ok(()),
    }
}

/// The verdict with its chance.
pub(super) fn verdict(garble: &Garble) -> String {
    let from = garble.from.map(|lang| format!(" from {lang}")).unwrap_or_default();
    match garble.verdict {
        Verdict::Clean => format!("clean, {:.2} that it was garbled", garble.score),
        Verdict::Spun => format!("spun, {:.2}", garble.spun),
        Verdict::MachineTranslated => format!("machine-translated{from}, {:.2}", garble.translated),
        Verdict::CannotTell => "cannot tell: too short, or in a language without data".to_owned(),
    }
}

/// The different signs, each once.
fn signs(version: &Version, garble: &Garble, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let text = &version.article.text;
    let mut different: BTreeMap<(&str, String), Vec<&Sign>> = BTreeMap::new();
    for sign in &garble.signs {
        different.entry((sign.rule.name, sign.span.of(text).to_lowercase())).or_default().push(sign);
    }
    let mut different: Vec<Vec<&Sign>> = different.into_values().collect();
    different.sort_by_key(|signs| signs[0].span);
    for of in [Garbling::Spun, Garbling::Translated] {
        let mut own = different.iter().filter(|signs| signs[0].rule.of == of).peekable();
        if own.peek().is_some() {
            let title = match of {
                Garbling::Spun => "Signs of a table of synonyms",
                Garbling::Translated => "Signs of a machine translation",
            };
            writeln!(out, "{}", style.paint(BOLD, title))?;
        }
        for signs in own {
            let first = signs[0];
            let times = if signs.len() > 1 { format!(" {} times,", signs.len()) } else { String::new() };
            let meant = first.meant.first().map(|meant| format!(" for “{meant}”")).unwrap_or_default();
            let from = first.from.map(|lang| format!(" of {lang}")).unwrap_or_default();
            let place = format!("”{meant}{from},{times} sentence {}", first.sentence);
            let line =
                vec![("“", Look::Plain), (first.span.of(text), Look::Plain), (place.as_str(), Look::Plain)];
            style.labelled(&format!("  {:<12} ", first.rule.name), &line, out)?;
        }
    }
    Ok(())
}

fn both(between: &Between, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let Some(side) = between.garbled else {
        return writeln!(out, "Neither reads as garbled, so nothing is said of their words.");
    };
    match &between.direction {
        Some(direction) => {
            let (own, other) = (NAMES[side], NAMES[direction.original]);
            writeln!(out, "{} {other} is the original, or nearer to it:", style.paint(BOLD, "Direction"))?;
            for reason in &direction.reasons {
                style.labelled("  ", &vec![(told(*reason, own, other).as_str(), Look::Plain)], out)?;
            }
        }
        None => writeln!(out, "{} cannot be told", style.paint(BOLD, "Direction"))?,
    }
    if between.passed_over > 0 {
        let over = between.passed_over;
        writeln!(out, "groups of sentences that are too long to be looked at: {over}")?;
    }
    let count = between.substitutions.len();
    let title = style.paint(BOLD, "Replaced");
    if count == 0 {
        return writeln!(out, "\n{title} nothing that can be told");
    }
    writeln!(
        out,
        "\n{title} in {}, and what stands in its place in {} ({count}):",
        NAMES[side],
        NAMES[1 - side]
    )?;
    for row in &between.substitutions {
        let meant = row.meant.as_ref().map(|meant| format!(" ({meant})")).unwrap_or_default();
        let note = format!("  {} {:.2}", row.basis.name(), row.near);
        let line = vec![
            (row.garbled.as_str(), Look::Plain),
            (" → ", Look::Plain),
            (row.original.as_str(), Look::Plain),
            (meant.as_str(), Look::Plain),
            (note.as_str(), Look::Dim),
        ];
        style.labelled(&format!("  {:>3}× ", row.places.len()), &line, out)?;
    }
    writeln!(
        out,
        "{}",
        style.paint(DIM, "known: from the language data; aligned: word by word; the cosine last")
    )
}

fn told(reason: Reason, garbled: &str, original: &str) -> String {
    match reason {
        Reason::Scores([own, other]) => {
            format!("{garbled} has a chance of {own:.2} to be garbled, {original} of {other:.2}")
        }
        Reason::Leftovers([own, other]) => {
            format!("words of another language that were left: {own} in {garbled}, {other} in {original}")
        }
        Reason::Names(count) => {
            format!("names of {garbled} that are corrupted forms of {original}'s: {count}")
        }
        Reason::Known(count) => {
            format!("words of {garbled} that programs are known to put in the place of {original}'s: {count}")
        }
        Reason::Aligned(count) => {
            format!("further words of {garbled} in the place of near ones of {original}: {count}")
        }
        Reason::Lengths([own, other]) => {
            format!("the sentences that go together have {own} words in {garbled}, {other} in {original}")
        }
    }
}
