//! The rules as they document themselves, for a terminal.

use std::io::{self, Write};

use crate::divergence::{Rule, RuleExample};
use crate::report::layout::{BOLD, DIM, Look, Style};
use crate::report::view::precision_text;

/// Writes the documentation of rules for a terminal: in short with one example each; in full with the examples of every
/// kind of finding, and the precision.
///
/// # Errors
/// If writing fails.
pub fn write_rules_text(rules: &[&Rule], full: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    for (k, rule) in rules.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        let confidence = format!("confidence {:.2}", rule.measured_precision().laplace_confidence());
        writeln!(out, "{}  {}", style.paint_text(BOLD, rule.name), style.paint_text(DIM, &confidence))?;
        style.write_indented(&vec![(rule.finds, Look::Plain)], "  ", out)?;
        if full {
            style.write_indented(&vec![(rule.matters, Look::Plain)], "  ", out)?;
            style.write_indented(&vec![(precision_text(rule).as_str(), Look::Dim)], "  ", out)?;
        }
        for emits in rule.emits {
            let severities: Vec<&str> = emits.severities.iter().map(|s| s.name()).collect();
            let kind = format!("{} ({})", emits.kind.name(), severities.join(", "));
            style.write_indented(&vec![(kind.as_str(), Look::Plain)], "  ", out)?;
            if full {
                emits.examples.iter().try_for_each(|e| write_example(e, style, out))?;
            }
        }
        if !full {
            write_example(&rule.emits[0].examples[0], style, out)?;
        }
    }
    Ok(())
}

fn write_example(example: &RuleExample, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (label, text) in [("text", example.text), ("fires", example.fires), ("silent", example.silent)] {
        style.write_labelled(&format!("    {label:<8}"), &vec![(text, Look::Plain)], out)?;
    }
    Ok(())
}
