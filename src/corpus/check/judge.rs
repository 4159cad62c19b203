//! The alerts of a comparison: findings at or above a level, expected differences that are missing, exceeded
//! thresholds.

use sha2::{Digest, Sha256};

use super::comparison_cache::PairComparison;
use super::plan::{PlannedPair, PlannedText};
use super::suppress::SuppressionRule;
use crate::claims::{self, Date};
use crate::corpus::case::{GradedFinding, GradedPair};
use crate::corpus::grade::{FindingVerdict, grade_findings};
use crate::corpus::manifest::{FindingEntry, MANIFEST_FILE};
use crate::divergence::{Finding, Severity};
use crate::error::Result;
use crate::report::check::{Alert, AlertSource, AlertState, CheckedPair, FileLocation};
use crate::text::{Span, to_hex};

/// The versions of a pair with the plan for it.
pub(super) struct PairJudge<'a> {
    pub(super) a: &'a PlannedText,
    pub(super) b: &'a PlannedText,
    pub(super) planned: &'a PlannedPair,
}

impl PairJudge<'_> {
    /// The alerts of the pair before baseline and suppressions: each is new or expected.
    pub(super) fn judge_pair(&self, compared: PairComparison) -> Result<CheckedPair> {
        let (a, b, effective) = (self.a, self.b, &self.b.effective);
        let mut alerts = Vec::new();
        if compared.shares_sentences {
            let (findings, positions): (Vec<Finding>, Vec<usize>) = compared
                .findings
                .into_iter()
                .filter(|(finding, _)| effective.kinds.contains(&finding.kind))
                .unzip();
            let (expected, mut missing) = self.expected_findings()?;
            let verdicts = grade_findings(&expected, &findings, effective.level);
            let lines = [LineIndex::index_text(a), LineIndex::index_text(b)];
            for judged in &verdicts.judged {
                match (judged.finding, judged.graded) {
                    (Some(k), graded) => {
                        let reason = graded.map(|g| expected.findings[g].why.clone());
                        alerts.push(finding_alert(&findings[k], positions[k], &lines, reason));
                    }
                    (None, Some(g)) => missing.push(expected.findings[g].clone()),
                    (None, None) => {}
                }
                debug_assert_eq!(judged.graded.is_none(), judged.verdict == FindingVerdict::False);
            }
            missing.retain(|m| m.severity >= effective.level && effective.kinds.contains(&m.kind));
            alerts.extend(missing.iter().map(|m| Self::missing_alert(m, &lines)));
            for (name, value, limit) in effective.thresholds(&compared.scores) {
                if value > limit {
                    alerts.push(self.threshold_alert(name, value, limit, &lines));
                }
            }
        }
        Ok(CheckedPair {
            a: a.display_path.clone(),
            b: b.display_path.clone(),
            parallel: compared.parallel,
            scores: compared.scores,
            doubt: self.doubt_reason(compared.shares_sentences),
            alerts,
        })
    }

    fn doubt_reason(&self, meet: bool) -> Option<String> {
        if !meet {
            return Some(format!(
                "no sentence of it is aligned with one of {}: are they versions of one story?",
                self.a.display_path
            ));
        }
        let unsupported =
            [self.a, self.b].into_iter().find(|text| !claims::has_claim_data(text.article.lang))?;
        let lang = unsupported.article.lang;
        let what = if lang.is_known() { lang.code() } else { "not recognised" };
        Some(format!("the language of {} is {what}, so its claims are not read", unsupported.display_path))
    }

    /// The differences that the manifest expects: those whose words occur in the texts, and those whose words are gone.
    fn expected_findings(&self) -> Result<(GradedPair, Vec<GradedFinding>)> {
        let mut pair = GradedPair {
            a: self.planned.a,
            b: self.planned.b,
            parallel: true,
            findings_graded: true,
            findings: Vec::new(),
            silent: Vec::new(),
            groups: None,
        };
        let mut gone = Vec::new();
        for entry in &self.planned.expected {
            let named =
                entry.resolve_names(&format!("{}: {MANIFEST_FILE} of its story", self.b.display_path))?;
            let places = [(&entry.a, self.a), (&entry.b, self.b)].map(|(words, text)| {
                words.as_deref().map(|words| text.article.text.find(words).map(|at| (at, words)))
            });
            let has_all_words = places.iter().all(|place| !matches!(place, Some(None)));
            let [a, b] =
                places.map(|place| place.flatten().map(|(at, words)| Span::new(at, at + words.len())));
            let (change, kind, severity) = (named.change, named.kind, named.severity);
            let finding = GradedFinding { change, kind, severity, a, b, why: reason_text(entry) };
            if has_all_words { pair.findings.push(finding) } else { gone.push(finding) }
        }
        Ok((pair, gone))
    }

    fn missing_alert(missing: &GradedFinding, lines: &[LineIndex<'_>; 2]) -> Alert {
        let [a, b] =
            [missing.a.map(|span| lines[0].spot_at(span)), missing.b.map(|span| lines[1].spot_at(span))];
        let [text_a, text_b] = [&a, &b].map(|spot| spot.as_ref().map_or("", |spot| spot.text.as_str()));
        Alert {
            id: hash_alert_id(&[
                "unmet",
                missing.change.name(),
                missing.kind.name(),
                text_a,
                text_b,
                &missing.why,
            ]),
            source: AlertSource::Unmet,
            claim: Some((missing.change, missing.kind)),
            severity: missing.severity,
            confidence: 1.0,
            state: AlertState::New,
            reason: None,
            at: b.unwrap_or_else(|| lines[1].spot_at(Span::new(0, 0))),
            against: a,
            message: format!("expected and not found: {}", missing.why),
        }
    }

    fn threshold_alert(&self, name: &str, value: f32, limit: f32, lines: &[LineIndex<'_>; 2]) -> Alert {
        let (value, limit) = (format!("{value:.2}"), format!("{limit:.2}"));
        Alert {
            id: hash_alert_id(&["threshold", name, &value]),
            source: AlertSource::Threshold,
            claim: None,
            severity: Severity::Medium,
            confidence: 1.0,
            state: AlertState::New,
            reason: None,
            at: lines[1].spot_at(Span::new(0, 0)),
            against: Some(lines[0].spot_at(Span::new(0, 0))),
            message: format!("{name} from {} is {value}, over {limit}", self.a.display_path),
        }
    }
}

fn reason_text(entry: &FindingEntry) -> String {
    entry.why.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn finding_alert(
    finding: &Finding,
    position_b: usize,
    lines: &[LineIndex<'_>; 2],
    reason: Option<String>,
) -> Alert {
    let b = finding.b.as_ref().map_or_else(|| Span::new(position_b, position_b), |place| place.span);
    Alert {
        id: finding.id.clone(),
        source: AlertSource::Rule(finding.rule),
        claim: Some((finding.change, finding.kind)),
        severity: finding.severity,
        confidence: finding.confidence,
        state: if reason.is_some() { AlertState::Expected } else { AlertState::New },
        reason,
        at: lines[1].spot_at(b),
        against: finding.a.as_ref().map(|place| lines[0].spot_at(place.span)),
        message: finding.message.clone(),
    }
}

/// The alert for an expired suppression.
pub(super) fn expired_alert(rule: &SuppressionRule) -> Alert {
    let day = rule.expires.map(|day| day.to_string()).unwrap_or_default();
    Alert {
        id: hash_alert_id(&["suppression", &rule.id, &day]),
        source: AlertSource::Expired,
        claim: None,
        severity: Severity::Medium,
        confidence: 1.0,
        state: AlertState::New,
        reason: None,
        at: FileLocation {
            path: rule.file.clone(),
            start: rule.id_position,
            end: rule.id_position,
            text: String::new(),
            line: String::new(),
        },
        against: None,
        message: format!(
            "the suppression of {} by {} expired after {day}: {}",
            rule.id, rule.author, rule.reason
        ),
    }
}

/// Marks suppressed alerts, and returns for each suppression whether it applied to any.
pub(super) fn apply_suppressions(
    pair: &mut CheckedPair,
    key: &str,
    rules: &[&SuppressionRule],
    today: &Date,
) -> Vec<bool> {
    let mut used = vec![false; rules.len()];
    for alert in &mut pair.alerts {
        for (k, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.applies_to(&alert.id, key)) {
            used[k] = true;
            if alert.state == AlertState::New && !rule.has_expired(today) {
                alert.state = AlertState::Suppressed;
                alert.reason = Some(format!("{} ({})", rule.reason, rule.author));
            }
        }
    }
    used
}

/// An id of 12 hexadecimal digits, as findings have.
fn hash_alert_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    to_hex(&hash.finalize()[..6])
}

/// A text with the byte offsets of its lines.
struct LineIndex<'a> {
    path: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    fn index_text(text: &'a PlannedText) -> Self {
        let source = text.article.text.as_str();
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: &text.display_path, text: source, starts }
    }

    fn spot_at(&self, span: Span) -> FileLocation {
        let start = self.line_and_column(span.start);
        let line = &self.text[self.starts[start.0 - 1]..];
        FileLocation {
            path: self.path.to_owned(),
            start,
            end: self.line_and_column(span.end),
            text: span.slice(self.text).to_owned(),
            line: line.lines().next().unwrap_or_default().to_owned(),
        }
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        (line, self.text[start..at].chars().count() + 1)
    }
}
