//! SARIF 2.1.0 (OASIS, errata 01), which code scanning reads. Columns count characters.

use std::io;

use serde_json::{Value, json};

use crate::divergence::{RULES, Rule, Severity};
use crate::report::checked::{Alert, AlertSource, AlertState, CheckedCorpus, FileLocation};
use crate::report::records::round_score;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Stand-ins for rules, for findings that no rule made: name, what it finds, what to do.
const OTHER_RULES: [(&str, &str, &str); 3] = [
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

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn io::Write) -> io::Result<()> {
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": build_rules(),
                "properties": {
                    "claimdiff/encoder": checked.encoder.name,
                    "claimdiff/encoderSha256": checked.encoder.sha256,
                },
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": checked.failed_stories().next().is_none(),
                "toolExecutionNotifications": build_notifications(checked),
            }],
            "results": checked.all_alerts().map(build_result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn build_rules() -> Vec<Value> {
    let others = OTHER_RULES.map(|(name, finds, help)| {
        json!({
            "id": name,
            "shortDescription": {"text": finds},
            "help": {"text": format!("{finds} {help}")},
            "defaultConfiguration": {"level": "warning"},
        })
    });
    RULES.iter().map(build_rule).chain(others).collect()
}

fn build_rule(rule: &Rule) -> Value {
    let severities = rule.emits.iter().flat_map(|emits| emits.severities).copied();
    let gravest = severities.max().unwrap_or(Severity::Low);
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.finds},
        "fullDescription": {"text": format!("{} {}", rule.finds, rule.matters)},
        "help": {"text": rule_help(rule, ""), "markdown": rule_help(rule, "**")},
        "defaultConfiguration": {"level": sarif_level(gravest)},
        "properties": {"claimdiff/confidence": round_score(rule.measured_precision().laplace_confidence())},
    })
}

/// What a rule finds, why it matters, and examples by kind; kinds are put between two `mark`s.
fn rule_help(rule: &Rule, mark: &str) -> String {
    let kinds = rule.emits.iter().map(|emits| {
        let examples = emits.examples.iter().map(|example| {
            format!("\n- text: {}\n- fires: {}\n- silent: {}\n", example.text, example.fires, example.silent)
        });
        format!("\n{mark}{}{mark}\n{}", emits.kind.name(), examples.collect::<String>())
    });
    format!("{}\n\n{}\n{}", rule.finds, rule.matters, kinds.collect::<String>())
}

fn sarif_level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn build_result(alert: &Alert) -> Value {
    let rule = alert.source.name();
    let names = RULES.iter().map(|rule| rule.name).chain(OTHER_RULES.map(|(name, ..)| name));
    let mut result = json!({
        "ruleId": rule,
        "ruleIndex": names.into_iter().position(|name| name == rule),
        "level": sarif_level(alert.severity),
        "message": {"text": format!("{}: {}", alert.alert_title(), alert.message)},
        "locations": [{"physicalLocation": physical_location(&alert.at)}],
        "partialFingerprints": {"claimdiff/1": alert.id, "primaryLocationLineHash": alert.id},
        "baselineState": if alert.is_new() { "new" } else { "unchanged" },
        "properties": {
            "claimdiff/severity": alert.severity.name(),
            "claimdiff/confidence": round_score(alert.confidence),
            "claimdiff/state": alert.state.name(),
        },
    });
    if let Some(against) = &alert.against {
        let message =
            if alert.source == AlertSource::Threshold { "measured against" } else { "the other version" };
        result["relatedLocations"] = json!([
            {"id": 1, "physicalLocation": physical_location(against), "message": {"text": message}}
        ]);
    }
    if matches!(alert.state, AlertState::Suppressed | AlertState::Expected) {
        let reason = alert.reason.as_deref().unwrap_or_default();
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": reason}]);
    }
    result
}

fn physical_location(spot: &FileLocation) -> Value {
    json!({
        "artifactLocation": {"uri": path_uri(&spot.path)},
        "region": {
            "startLine": spot.start.0,
            "startColumn": spot.start.1,
            "endLine": spot.end.0,
            "endColumn": spot.end.1,
        },
    })
}

/// A path as a relative reference (RFC 3986): all but unreserved characters and slashes percent-encoded.
fn path_uri(path: &str) -> String {
    path.bytes().map(uri_byte).collect()
}

fn uri_byte(byte: u8) -> String {
    let is_plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

fn build_notifications(checked: &CheckedCorpus) -> Vec<Value> {
    let failed =
        checked.failed_stories().map(|(story, why)| build_notification("error", Some(&story.name), why));
    let unclear = checked.unclear_pairs().map(|pair| {
        let doubt = pair.doubt.as_deref().unwrap_or_default();
        build_notification("warning", Some(&pair.b), &format!("cannot tell: {doubt}"))
    });
    let notes = checked.notes.iter().map(|text| build_notification("note", None, text));
    failed.chain(unclear).chain(notes).collect()
}

fn build_notification(level: &str, path: Option<&str>, text: &str) -> Value {
    let mut notification = json!({"level": level, "message": {"text": text}});
    if let Some(path) = path {
        notification["locations"] =
            json!([{"physicalLocation": {"artifactLocation": {"uri": path_uri(path)}}}]);
    }
    notification
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(path_uri("a b/ü#1:%.txt"), "a%20b/%C3%BC%231%3A%25.txt");
    }
}
