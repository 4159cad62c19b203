//! `claimdiff.rules/1` and its text: the rules as they document themselves.

use std::io::{self, Write};

use serde::Serialize;

#[cfg(feature = "cli")]
use super::layout::{BOLD, DIM, Look, Style};
use super::rounded;
use crate::divergence;

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.rules/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rules: Vec<Rule<'a>>,
}

/// A rule without what it makes.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    name: &'a str,
    finds: &'a str,
    matters: &'a str,
    confidence: f64,
    graded: Graded,
}

#[derive(Serialize)]
struct Graded {
    right: u16,
    #[serde(rename = "false")]
    wrong: u16,
}

#[derive(Serialize)]
struct Rule<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    kinds: Vec<Makes<'a>>,
}

#[derive(Serialize)]
struct Makes<'a> {
    kind: &'a str,
    severities: Vec<&'a str>,
    examples: Vec<Example<'a>>,
}

#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    fires: &'a str,
    silent: &'a str,
}

impl<'a> Head<'a> {
    pub(super) fn of(rule: &'a divergence::Rule) -> Self {
        let divergence::Precision { right, wrong } = rule.precision();
        Self {
            name: rule.name,
            finds: rule.finds,
            matters: rule.matters,
            confidence: rounded(rule.precision().confidence()),
            graded: Graded { right, wrong },
        }
    }
}

impl<'a> Makes<'a> {
    fn of(makes: &'a divergence::Makes) -> Self {
        let example = |e: &'a divergence::Example| Example { text: e.text, fires: e.fires, silent: e.silent };
        Self {
            kind: makes.kind.name(),
            severities: makes.severities.iter().map(|s| s.name()).collect(),
            examples: makes.examples.iter().map(example).collect(),
        }
    }
}

pub(super) fn write_json(rules: &[&divergence::Rule], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        rules: rules
            .iter()
            .map(|rule| Rule { head: Head::of(rule), kinds: rule.makes.iter().map(Makes::of).collect() })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// The rules one after the other. In short each has one example, in full one or more for each kind.
#[cfg(feature = "cli")]
pub(super) fn write_text(
    rules: &[&divergence::Rule],
    full: bool,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style.readable();
    for (k, rule) in rules.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        let sure = format!("confidence {:.2}", rule.precision().confidence());
        writeln!(out, "{}  {}", style.paint(BOLD, rule.name), style.paint(DIM, &sure))?;
        style.indented(&vec![(rule.finds, Look::Plain)], "  ", out)?;
        if full {
            style.indented(&vec![(rule.matters, Look::Plain)], "  ", out)?;
            style.indented(&vec![(graded(rule).as_str(), Look::Dim)], "  ", out)?;
        }
        for makes in rule.makes {
            let severities: Vec<&str> = makes.severities.iter().map(|s| s.name()).collect();
            let kind = format!("{} ({})", makes.kind.name(), severities.join(", "));
            style.indented(&vec![(kind.as_str(), Look::Plain)], "  ", out)?;
            if full {
                makes.examples.iter().try_for_each(|e| example(e, style, out))?;
            }
        }
        if !full {
            example(&rule.makes[0].examples[0], style, out)?;
        }
    }
    Ok(())
}

/// How often an editor agreed.
#[cfg(feature = "cli")]
pub(super) fn graded(rule: &divergence::Rule) -> String {
    let divergence::Precision { right, wrong } = rule.precision();
    format!(
        "On the graded corpus {right} of its {} findings at medium and above are right. Confidence is \
         (right + 1) / (all + 2).",
        right + wrong
    )
}

#[cfg(feature = "cli")]
fn example(example: &divergence::Example, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (label, text) in [("text", example.text), ("fires", example.fires), ("silent", example.silent)] {
        style.labelled(&format!("    {label:<8}"), &vec![(text, Look::Plain)], out)?;
    }
    Ok(())
}
