//! SARIF 2.1.0 (OASIS, errata 01), what code scanning reads. Columns count characters.

use std::io;

use serde_json::{Value, json};

use super::{Alert, Checked, Source, Spot, State, Verdict};
use crate::divergence::{RULES, Rule, Severity};
use crate::report::rounded;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands in for a rule: name, what it finds, what to do.
const OTHERS: [(&str, &str, &str); 3] = [
    (
        "unmet",
        "A difference that case.toml of a story expects is not found.",
        "Restore the difference, or take the entry out of case.toml.",
    ),
    (
        "threshold",
        "A score of two versions is over the threshold of claimdiff.toml.",
        "Mend the version, or raise the threshold.",
    ),
    ("suppression", "A suppression has expired.", "Take the entry out, or decide anew and move its day."),
];

pub(super) fn write(checked: &Checked, out: &mut dyn io::Write) -> io::Result<()> {
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
                "properties": {
                    "claimdiff/encoder": checked.encoder.name,
                    "claimdiff/encoderSha256": checked.encoder.sha256,
                },
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": checked.failures().next().is_none(),
                "toolExecutionNotifications": notifications(checked),
            }],
            "results": checked.alerts().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn rules() -> Vec<Value> {
    let others = OTHERS.map(|(name, finds, help)| {
        json!({
            "id": name,
            "shortDescription": {"text": finds},
            "help": {"text": format!("{finds} {help}")},
            "defaultConfiguration": {"level": "warning"},
        })
    });
    RULES.iter().map(rule).chain(others).collect()
}

fn rule(rule: &Rule) -> Value {
    let severities = rule.makes.iter().flat_map(|makes| makes.severities).copied();
    let gravest = severities.max().unwrap_or(Severity::Low);
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.finds},
        "fullDescription": {"text": format!("{} {}", rule.finds, rule.matters)},
        "help": {"text": help(rule, ""), "markdown": help(rule, "**")},
        "defaultConfiguration": {"level": level(gravest)},
        "properties": {"claimdiff/confidence": rounded(rule.precision().confidence())},
    })
}

/// What a rule finds, how much that matters, and texts with and without a finding.
fn help(rule: &Rule, mark: &str) -> String {
    let kinds = rule.makes.iter().map(|makes| {
        let examples = makes.examples.iter().map(|example| {
            format!("\n- text: {}\n- fires: {}\n- silent: {}\n", example.text, example.fires, example.silent)
        });
        format!("\n{mark}{}{mark}\n{}", makes.kind.name(), examples.collect::<String>())
    });
    format!("{}\n\n{}\n{}", rule.finds, rule.matters, kinds.collect::<String>())
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn result(alert: &Alert) -> Value {
    let rule = alert.source.name();
    let names = RULES.iter().map(|rule| rule.name).chain(OTHERS.map(|(name, ..)| name));
    let mut result = json!({
        "ruleId": rule,
        "ruleIndex": names.into_iter().position(|name| name == rule),
        "level": level(alert.severity),
        "message": {"text": format!("{}: {}", alert.title(), alert.message)},
        "locations": [{"physicalLocation": physical(&alert.at)}],
        "partialFingerprints": {"claimdiff/1": alert.id, "primaryLocationLineHash": alert.id},
        "baselineState": if alert.is_new() { "new" } else { "unchanged" },
        "properties": {
            "claimdiff/severity": alert.severity.name(),
            "claimdiff/confidence": rounded(alert.confidence),
            "claimdiff/state": alert.state.name(),
        },
    });
    if let Some(against) = &alert.against {
        let message = if alert.source == Source::Threshold { "measured against" } else { "told here" };
        result["relatedLocations"] = json!([
            {"id": 1, "physicalLocation": physical(against), "message": {"text": message}}
        ]);
    }
    if matches!(alert.state, State::Suppressed | State::Expected) {
        let reason = alert.reason.as_deref().unwrap_or_default();
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": reason}]);
    }
    result
}

fn physical(spot: &Spot) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&spot.path)},
        "region": {
            "startLine": spot.start.0,
            "startColumn": spot.start.1,
            "endLine": spot.end.0,
            "endColumn": spot.end.1,
        },
    })
}

/// A path as a relative reference (RFC 3986): all but unreserved characters and slashes in percents.
fn uri(path: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let show = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(show).collect()
}

fn notifications(checked: &Checked) -> Vec<Value> {
    let note = |level: &str, path: Option<&str>, text: &str| {
        let mut note = json!({"level": level, "message": {"text": text}});
        if let Some(path) = path {
            note["locations"] = json!([{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}]);
        }
        note
    };
    let failed = checked.failures().map(|(story, why)| note("error", Some(&story.name), why));
    let unsure = checked.pairs().filter(|pair| pair.verdict() == Verdict::CannotTell);
    let unsure = unsure.map(|pair| {
        let doubt = pair.doubt.as_deref().unwrap_or_default();
        note("warning", Some(&pair.b), &format!("cannot tell: {doubt}"))
    });
    let notes = checked.notes.iter().map(|text| note("note", None, text));
    failed.chain(unsure).chain(notes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("a b/ü#1:%.txt"), "a%20b/%C3%BC%231%3A%25.txt");
    }
}
