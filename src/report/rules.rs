//! `claimdiff.rules/1` and its text: the rules as they document themselves.

use std::io::{self, Write};

use serde::Serialize;

#[cfg(feature = "cli")]
use super::layout::{BOLD, DIM, Look, Style};
use super::round_score;
use crate::divergence;

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.rules/1";

#[derive(Serialize)]
struct RulesDocument<'a> {
    schema: &'static str,
    rules: Vec<RuleRecord<'a>>,
}

/// A rule without what it makes.
#[derive(Serialize)]
pub(super) struct RuleHead<'a> {
    name: &'a str,
    finds: &'a str,
    matters: &'a str,
    confidence: f64,
    graded: PrecisionRecord,
}

#[derive(Serialize)]
struct PrecisionRecord {
    right: u16,
    #[serde(rename = "false")]
    wrong: u16,
}

#[derive(Serialize)]
struct RuleRecord<'a> {
    #[serde(flatten)]
    head: RuleHead<'a>,
    kinds: Vec<EmitsRecord<'a>>,
}

#[derive(Serialize)]
struct EmitsRecord<'a> {
    kind: &'a str,
    severities: Vec<&'a str>,
    examples: Vec<ExampleRecord<'a>>,
}

#[derive(Serialize)]
struct ExampleRecord<'a> {
    text: &'a str,
    fires: &'a str,
    silent: &'a str,
}

impl<'a> RuleHead<'a> {
    pub(super) fn from_rule(rule: &'a divergence::Rule) -> Self {
        let divergence::Precision { right, wrong } = rule.measured_precision();
        Self {
            name: rule.name,
            finds: rule.finds,
            matters: rule.matters,
            confidence: round_score(rule.measured_precision().laplace_confidence()),
            graded: PrecisionRecord { right, wrong },
        }
    }
}

impl<'a> EmitsRecord<'a> {
    fn from_emits(makes: &'a divergence::Emits) -> Self {
        let example =
            |e: &'a divergence::RuleExample| ExampleRecord { text: e.text, fires: e.fires, silent: e.silent };
        Self {
            kind: makes.kind.name(),
            severities: makes.severities.iter().map(|s| s.name()).collect(),
            examples: makes.examples.iter().map(example).collect(),
        }
    }
}

pub(super) fn write_json(rules: &[&divergence::Rule], out: &mut dyn Write) -> io::Result<()> {
    let document = RulesDocument {
        schema: SCHEMA,
        rules: rules
            .iter()
            .map(|rule| RuleRecord {
                head: RuleHead::from_rule(rule),
                kinds: rule.emits.iter().map(EmitsRecord::from_emits).collect(),
            })
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
    let style = style.with_min_width();
    for (k, rule) in rules.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        let sure = format!("confidence {:.2}", rule.measured_precision().laplace_confidence());
        writeln!(out, "{}  {}", style.paint_text(BOLD, rule.name), style.paint_text(DIM, &sure))?;
        style.write_indented(&vec![(rule.finds, Look::Plain)], "  ", out)?;
        if full {
            style.write_indented(&vec![(rule.matters, Look::Plain)], "  ", out)?;
            style.write_indented(&vec![(precision_text(rule).as_str(), Look::Dim)], "  ", out)?;
        }
        for makes in rule.emits {
            let severities: Vec<&str> = makes.severities.iter().map(|s| s.name()).collect();
            let kind = format!("{} ({})", makes.kind.name(), severities.join(", "));
            style.write_indented(&vec![(kind.as_str(), Look::Plain)], "  ", out)?;
            if full {
                makes.examples.iter().try_for_each(|e| write_example(e, style, out))?;
            }
        }
        if !full {
            write_example(&rule.emits[0].examples[0], style, out)?;
        }
    }
    Ok(())
}

/// How often an editor agreed.
#[cfg(feature = "cli")]
pub(super) fn precision_text(rule: &divergence::Rule) -> String {
    let divergence::Precision { right, wrong } = rule.measured_precision();
    format!(
        "On the graded corpus {right} of its {} findings at medium and above are right. Confidence is \
         (right + 1) / (all + 2).",
        right + wrong
    )
}

#[cfg(feature = "cli")]
fn write_example(example: &divergence::RuleExample, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (label, text) in [("text", example.text), ("fires", example.fires), ("silent", example.silent)] {
        style.write_labelled(&format!("    {label:<8}"), &vec![(text, Look::Plain)], out)?;
    }
    Ok(())
}
