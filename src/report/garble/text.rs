//! The signs of spinning and of machine translation, for a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::divergence::Version;
use crate::garble::{DirectionReason, GarbleComparison, GarbleJudgement, GarbleSign, Garbling};
use crate::report::contents::GarbledTexts;
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Look, Style};
use crate::report::view::{SIDE_NAMES, verdict_text};

/// Writes the judgement of garbled texts for a terminal.
///
/// # Errors
/// If writing fails.
pub fn write_garbled_text(garbled: &GarbledTexts<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    for (k, path) in garbled.paths.iter().enumerate() {
        let (version, garble) = (&garbled.versions[k], &garbled.garbles[k]);
        if k > 0 {
            writeln!(out)?;
        }
        writeln!(
            out,
            "{} {} ({}, {} words): {}",
            style.paint_text(BOLD, SIDE_NAMES[k]),
            escape_terminal(path),
            version.article.lang,
            garble.words,
            verdict_text(garble)
        )?;
        write_signs(version, garble, style, out)?;
    }
    match garbled.between {
        Some(between) => write_between(between, style, out),
        None => Ok(()),
    }
}

/// The distinct signs, each once.
fn write_signs(
    version: &Version,
    garble: &GarbleJudgement,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = &version.article.text;
    let mut distinct: BTreeMap<(&str, String), Vec<&GarbleSign>> = BTreeMap::new();
    for sign in &garble.signs {
        distinct.entry((sign.rule.name, sign.span.slice(text).to_lowercase())).or_default().push(sign);
    }
    let mut distinct: Vec<Vec<&GarbleSign>> = distinct.into_values().collect();
    distinct.sort_by_key(|signs| signs[0].span);
    for garbling in [Garbling::Spun, Garbling::Translated] {
        let mut own = distinct.iter().filter(|signs| signs[0].rule.garbling == garbling).peekable();
        if own.peek().is_some() {
            let title = match garbling {
                Garbling::Spun => "Signs of a table of synonyms",
                Garbling::Translated => "Signs of a machine translation",
            };
            writeln!(out, "{}", style.paint_text(BOLD, title))?;
        }
        for signs in own {
            let first = signs[0];
            let times = if signs.len() > 1 { format!(" {} times,", signs.len()) } else { String::new() };
            let meant = first.meant.first().map(|meant| format!(" for “{meant}”")).unwrap_or_default();
            let from = first.from_lang.map(|lang| format!(" of {lang}")).unwrap_or_default();
            let place = format!("”{meant}{from},{times} sentence {}", first.sentence);
            let line = vec![
                ("“", Look::Plain),
                (first.span.slice(text), Look::Plain),
                (place.as_str(), Look::Plain),
            ];
            style.write_labelled(&format!("  {:<12} ", first.rule.name), &line, out)?;
        }
    }
    Ok(())
}

fn write_between(between: &GarbleComparison, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let Some(side) = between.garbled else {
        return writeln!(out, "Neither reads as garbled, so nothing is said of their words.");
    };
    match &between.direction {
        Some(direction) => {
            let (own, other) = (side.side_letter(), direction.original.side_letter());
            writeln!(
                out,
                "{} {other} is the original, or nearer to it:",
                style.paint_text(BOLD, "Direction")
            )?;
            for reason in &direction.reasons {
                style.write_labelled(
                    "  ",
                    &vec![(describe_reason(*reason, own, other).as_str(), Look::Plain)],
                    out,
                )?;
            }
        }
        None => writeln!(out, "{} is not clear", style.paint_text(BOLD, "Direction"))?,
    }
    if between.passed_over > 0 {
        let over = between.passed_over;
        writeln!(out, "groups of sentences that are too long to be looked at: {over}")?;
    }
    let count = between.substitutions.len();
    let title = style.paint_text(BOLD, "Replaced");
    if count == 0 {
        return writeln!(out, "\n{title} nothing that was recognised");
    }
    writeln!(
        out,
        "\n{title} in {}, and the words of {} in its place ({count}):",
        side.side_letter(),
        side.other_side().side_letter()
    )?;
    for row in &between.substitutions {
        let meant = row.meant.as_ref().map(|meant| format!(" ({meant})")).unwrap_or_default();
        let note = format!("  {} {:.2}", row.basis.name(), row.similarity);
        let line = vec![
            (row.garbled.as_str(), Look::Plain),
            (" → ", Look::Plain),
            (row.original.as_str(), Look::Plain),
            (meant.as_str(), Look::Plain),
            (note.as_str(), Look::Dim),
        ];
        style.write_labelled(&format!("  {:>3}× ", row.places.len()), &line, out)?;
    }
    writeln!(
        out,
        "{}",
        style.paint_text(DIM, "known: from the language data; aligned: word by word; the cosine last")
    )
}

fn describe_reason(reason: DirectionReason, garbled: &str, original: &str) -> String {
    match reason {
        DirectionReason::Scores([own, other]) => {
            format!("{garbled} has a chance of {own:.2} to be garbled, {original} of {other:.2}")
        }
        DirectionReason::Leftovers([own, other]) => {
            format!("words of another language that were left: {own} in {garbled}, {other} in {original}")
        }
        DirectionReason::Names(count) => {
            format!("names of {garbled} that are corrupted forms of {original}'s: {count}")
        }
        DirectionReason::Known(count) => {
            format!("words of {garbled} that programs are known to put in the place of {original}'s: {count}")
        }
        DirectionReason::Aligned(count) => {
            format!("further words of {garbled} in the place of near ones of {original}: {count}")
        }
        DirectionReason::Lengths([own, other]) => {
            format!("aligned sentences have {own} words in {garbled}, {other} in {original}")
        }
    }
}
