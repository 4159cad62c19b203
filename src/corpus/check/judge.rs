//! A comparison to the findings that count: at or above a level, and unknown to manifest, baseline and suppressions.

use sha2::{Digest, Sha256};

use super::compared::Compared;
use super::plan::{PlannedPair, Text};
use super::suppress::Rule;
use crate::claims::{self, Date};
use crate::corpus::manifest::{FindingEntry, MANIFEST};
use crate::corpus::{GradedFinding, GradedPair, Verdict, grade};
use crate::divergence::{Finding, Severity};
use crate::error::Result;
use crate::report::check::{Alert, Pair, Source, Spot, State};
use crate::text::{Span, hex};

/// The versions of a pair, and what was planned for it.
pub(super) struct Judged<'a> {
    pub(super) a: &'a Text,
    pub(super) b: &'a Text,
    pub(super) planned: &'a PlannedPair,
}

impl Judged<'_> {
    /// The verdict on the pair before baseline and suppressions: everything is new or expected.
    pub(super) fn pair(&self, compared: Compared) -> Result<Pair> {
        let (a, b, effective) = (self.a, self.b, &self.b.effective);
        let mut alerts = Vec::new();
        if compared.meet {
            let within = |(finding, _): &(Finding, usize)| effective.kinds.contains(&finding.kind);
            let (findings, look): (Vec<Finding>, Vec<usize>) =
                compared.findings.into_iter().filter(within).unzip();
            let (expected, mut missing) = self.expected()?;
            let verdicts = grade(&expected, &findings, effective.level);
            let lines = [Lines::of(a), Lines::of(b)];
            for judged in &verdicts.judged {
                match (judged.finding, judged.graded) {
                    (Some(k), graded) => {
                        let reason = graded.map(|g| expected.findings[g].why.clone());
                        alerts.push(alert(&findings[k], look[k], &lines, reason));
                    }
                    (None, Some(g)) => missing.push(expected.findings[g].clone()),
                    (None, None) => {}
                }
                debug_assert_eq!(judged.graded.is_none(), judged.verdict == Verdict::False);
            }
            missing.retain(|m| m.severity >= effective.level && effective.kinds.contains(&m.kind));
            alerts.extend(missing.iter().map(|m| Self::missing(m, &lines)));
            for (name, value, limit) in effective.thresholds(&compared.scores) {
                if value > limit {
                    alerts.push(self.over(name, value, limit, &lines));
                }
            }
        }
        Ok(Pair {
            a: a.shown.clone(),
            b: b.shown.clone(),
            parallel: compared.parallel,
            scores: compared.scores,
            doubt: self.doubt(compared.meet),
            alerts,
        })
    }

    fn doubt(&self, meet: bool) -> Option<String> {
        if !meet {
            return Some(format!(
                "no sentence of it tells the same as one of {}: are they versions of one story?",
                self.a.shown
            ));
        }
        let unread = [self.a, self.b].into_iter().find(|text| !claims::is_read(text.article.lang))?;
        let lang = unread.article.lang;
        let what = if lang.is_known() { lang.code() } else { "not recognised" };
        Some(format!("the language of {} is {what}, so its claims are not read", unread.shown))
    }

    /// The differences that the manifest expects: those whose words stand in their texts, and those whose words are
    /// gone.
    fn expected(&self) -> Result<(GradedPair, Vec<GradedFinding>)> {
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
            let named = entry.named(&format!("{}: {MANIFEST} of its story", self.b.shown))?;
            let places = [(&entry.a, self.a), (&entry.b, self.b)].map(|(words, text)| {
                words.as_deref().map(|words| text.article.text.find(words).map(|at| (at, words)))
            });
            let stands = places.iter().all(|place| !matches!(place, Some(None)));
            let [a, b] =
                places.map(|place| place.flatten().map(|(at, words)| Span::new(at, at + words.len())));
            let (change, kind, severity) = (named.change, named.kind, named.severity);
            let finding = GradedFinding { change, kind, severity, a, b, why: why(entry) };
            if stands { pair.findings.push(finding) } else { gone.push(finding) }
        }
        Ok((pair, gone))
    }

    fn missing(missing: &GradedFinding, lines: &[Lines<'_>; 2]) -> Alert {
        let [a, b] = [missing.a.map(|span| lines[0].spot(span)), missing.b.map(|span| lines[1].spot(span))];
        let text = |spot: &Option<Spot>| spot.as_ref().map_or_else(String::new, |spot| spot.text.clone());
        Alert {
            id: id(&[
                "unmet",
                missing.change.name(),
                missing.kind.name(),
                &text(&a),
                &text(&b),
                &missing.why,
            ]),
            source: Source::Unmet,
            claim: Some((missing.change, missing.kind)),
            severity: missing.severity,
            confidence: 1.0,
            state: State::New,
            reason: None,
            at: b.unwrap_or_else(|| lines[1].spot(Span::new(0, 0))),
            against: a,
            message: format!("expected and not found: {}", missing.why),
        }
    }

    fn over(&self, name: &str, value: f32, limit: f32, lines: &[Lines<'_>; 2]) -> Alert {
        let (value, limit) = (format!("{value:.2}"), format!("{limit:.2}"));
        Alert {
            id: id(&["threshold", name, &value]),
            source: Source::Threshold,
            claim: None,
            severity: Severity::Medium,
            confidence: 1.0,
            state: State::New,
            reason: None,
            at: lines[1].spot(Span::new(0, 0)),
            against: Some(lines[0].spot(Span::new(0, 0))),
            message: format!("{name} from {} is {value}, over {limit}", self.a.shown),
        }
    }
}

fn why(entry: &FindingEntry) -> String {
    entry.why.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn alert(finding: &Finding, look: usize, lines: &[Lines<'_>; 2], reason: Option<String>) -> Alert {
    let b = finding.b.as_ref().map_or_else(|| Span::new(look, look), |place| place.span);
    Alert {
        id: finding.id.clone(),
        source: Source::Rule(finding.rule),
        claim: Some((finding.change, finding.kind)),
        severity: finding.severity,
        confidence: finding.confidence,
        state: if reason.is_some() { State::Expected } else { State::New },
        reason,
        at: lines[1].spot(b),
        against: finding.a.as_ref().map(|place| lines[0].spot(place.span)),
        message: finding.message.clone(),
    }
}

/// A finding of its own for a suppression whose last day is over.
pub(super) fn expired(rule: &Rule) -> Alert {
    let day = rule.expires.map(|day| day.to_string()).unwrap_or_default();
    Alert {
        id: id(&["suppression", &rule.id, &day]),
        source: Source::Expired,
        claim: None,
        severity: Severity::Medium,
        confidence: 1.0,
        state: State::New,
        reason: None,
        at: Spot {
            path: rule.file.clone(),
            start: rule.place,
            end: rule.place,
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

/// Marks what is suppressed, and says which of the suppressions were of use.
pub(super) fn suppress(pair: &mut Pair, key: &str, rules: &[&Rule], today: &Date) -> Vec<bool> {
    let mut used = vec![false; rules.len()];
    for alert in &mut pair.alerts {
        for (k, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.means(&alert.id, key)) {
            used[k] = true;
            if alert.state == State::New && !rule.has_expired(today) {
                alert.state = State::Suppressed;
                alert.reason = Some(format!("{} ({})", rule.reason, rule.author));
            }
        }
    }
    used
}

/// An id of the form of a finding's.
fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize()[..6])
}

/// A text with the bytes at which its lines begin.
struct Lines<'a> {
    path: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a Text) -> Self {
        let source = text.article.text.as_str();
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: &text.shown, text: source, starts }
    }

    fn spot(&self, span: Span) -> Spot {
        let start = self.place(span.start);
        let line = &self.text[self.starts[start.0 - 1]..];
        Spot {
            path: self.path.to_owned(),
            start,
            end: self.place(span.end),
            text: span.of(self.text).to_owned(),
            line: line.lines().next().unwrap_or_default().to_owned(),
        }
    }

    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        (line, self.text[start..at].chars().count() + 1)
    }
}
