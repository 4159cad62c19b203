//! `rules`: the documentation of the rules.

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;

use super::exit::Exit;
use super::options::{DocumentFormat, LayoutOptions};
use super::output;
use crate::divergence::{FindingKind, RULES, Rule};
use crate::error::Result;
use crate::report;

const AFTER_RULES: &str = "\
Examples:
  claimdiff rules
          List all rules, each with one example
  claimdiff rules polarity
          Print all that is known of one rule
  claimdiff rules quote --format json
          Print all rules that make findings on quotations, for a program

Examples are an English text with two German versions: one on which the rule fires, and one on which
it stays silent. Confidence is the share of a rule's findings that the graded corpus confirms.";

/// What the rules say of themselves.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_RULES)]
pub(super) struct RulesOptions {
    /// A rule, or a kind of finding for the rules that make it; without it all rules in short
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(rule_and_kind_names()))]
    pub(super) name: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
}

/// The names of all rules, then those of the kinds of findings that no rule is named after.
fn rule_and_kind_names() -> Vec<&'static str> {
    let rules = RULES.iter().map(|rule| rule.name);
    let kinds = FindingKind::ALL.iter().map(|kind| kind.name());
    rules.clone().chain(kinds.filter(|kind| !rules.clone().any(|rule| rule == *kind))).collect()
}

pub(super) fn run(options: &RulesOptions) -> Result<Exit> {
    let rules = select_rules(options.name.as_deref());
    output::write_stdout(|out| match options.format {
        DocumentFormat::Json => report::write_rules_json(&rules, out),
        DocumentFormat::Text => report::write_rules_text(
            &rules,
            options.name.is_some(),
            output::stdout_style(&options.layout),
            out,
        ),
    })?;
    Ok(Exit::Clean)
}

/// The rules with this name, and those that emit findings of the kind with this name; all for `None`.
fn select_rules(name: Option<&str>) -> Vec<&'static Rule> {
    RULES
        .iter()
        .filter(|rule| {
            name.is_none_or(|name| {
                rule.name == name || rule.emits.iter().any(|makes| makes.kind.name() == name)
            })
        })
        .collect()
}
