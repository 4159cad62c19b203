//! `claimdiff.rules/1`: the rules as they document themselves.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::divergence::{Emits, Rule};
use crate::report::records::RuleHead;
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.rules/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct RulesDocument<'a> {
    schema: &'static str,
    rules: Vec<RuleRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct RuleRecord<'a> {
    #[serde(flatten)]
    head: RuleHead<'a>,
    kinds: Vec<EmitsRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct EmitsRecord<'a> {
    #[schemars(schema_with = "schema_parts::kind_schema")]
    kind: &'a str,
    severities: Vec<&'a str>,
    examples: Vec<ExampleRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ExampleRecord<'a> {
    text: &'a str,
    fires: &'a str,
    silent: &'a str,
}

impl<'a> EmitsRecord<'a> {
    fn from_emits(emits: &'a Emits) -> Self {
        Self {
            kind: emits.kind.name(),
            severities: emits.severities.iter().map(|s| s.name()).collect(),
            examples: emits
                .examples
                .iter()
                .map(|e| ExampleRecord { text: e.text, fires: e.fires, silent: e.silent })
                .collect(),
        }
    }
}

/// Writes the documentation of rules as one JSON document, schema `claimdiff.rules/1`.
///
/// # Errors
/// If writing fails.
pub fn write_rules_json(rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
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
