//! `rules`: what the rules say of themselves.

use super::args::{DocumentFormat, Rules};
use super::exit::Exit;
use super::output;
use crate::divergence::{RULES, Rule};
use crate::error::Result;
use crate::report;

pub(super) fn run(options: &Rules) -> Result<Exit> {
    let rules = named(options.name.as_deref());
    output::print(|out| match options.format {
        DocumentFormat::Json => report::write_rules_json(&rules, out),
        DocumentFormat::Text => {
            report::write_rules_text(&rules, options.name.is_some(), output::style(&options.layout), out)
        }
    })?;
    Ok(Exit::Clean)
}

/// The rules of this name, and those that make findings of the kind of this name; all without a name.
fn named(name: Option<&str>) -> Vec<&'static Rule> {
    let is =
        |rule: &&Rule, name| rule.name == name || rule.makes.iter().any(|makes| makes.kind.name() == name);
    RULES.iter().filter(|rule| name.is_none_or(|name| is(rule, name))).collect()
}
