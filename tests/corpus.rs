//! Every graded pair of `corpus/`: the findings against what an editor marked, and what must hold for any pair.

use std::collections::{BTreeMap, BTreeSet};

use claimdiff::corpus::{FindingVerdict, grade_findings};
use claimdiff::divergence::{Comparison, FindingKind, Precision, RULES, Severity, Version, compare_versions};

use crate::support::{encoder, stories};

#[test]
fn findings_agree_with_the_editor() {
    let mut kinds: BTreeMap<FindingKind, [usize; 3]> = BTreeMap::new();
    let mut all: BTreeMap<bool, [usize; 3]> = BTreeMap::new();
    let mut rules: BTreeMap<&str, Precision> = BTreeMap::new();
    let mut undocumented = BTreeSet::new();
    for (story, case) in stories() {
        for pair in case.pairs.iter().filter(|pair| pair.findings_graded) {
            let ((a_info, a), (b_info, b)) = (&case.versions[pair.a], &case.versions[pair.b]);
            let comparison = compare_versions(a, b, encoder()).unwrap();
            let grade = grade_findings(pair, &comparison.findings, Severity::Medium);
            let counts = [FindingVerdict::Right, FindingVerdict::False, FindingVerdict::Missed]
                .map(|v| grade.count_verdict(v));
            println!(
                "{story} {} {} {} {:.2}: right {} false {} missed {}, disturbed {} of {} harmless; divergence {:.2}",
                a_info.id,
                b_info.id,
                if comparison.is_parallel { "parallel" } else { "comparable" },
                comparison.parallel_share,
                counts[0],
                counts[1],
                counts[2],
                grade.disturbed,
                pair.silent.len(),
                comparison.scores.divergence
            );
            assert_eq!(comparison.is_parallel, pair.parallel, "{story} {} {}", a_info.id, b_info.id);
            for finding in &comparison.findings {
                let mut makes = finding.rule.emits.iter().filter(|makes| makes.kind == finding.kind);
                if !makes.any(|makes| makes.severities.contains(&finding.severity)) {
                    let (kind, severity) = (finding.kind.name(), finding.severity.name());
                    undocumented.insert(format!("{} makes {severity} {kind}", finding.rule.name));
                }
            }
            for judged in &grade.judged {
                if let Some(k) = judged.finding {
                    let of_rule = rules.entry(comparison.findings[k].rule.name).or_default();
                    let count = if judged.verdict == FindingVerdict::Right {
                        &mut of_rule.right
                    } else {
                        &mut of_rule.wrong
                    };
                    *count += 1;
                }
                let verdict = judged.verdict as usize;
                kinds.entry(judged.kind).or_default()[verdict] += 1;
                all.entry(pair.parallel).or_default()[verdict] += 1;
                if std::env::var_os("SHOW").is_some() && judged.verdict != FindingVerdict::Right {
                    show(judged, pair, &comparison, a, b);
                }
            }
        }
    }
    let mut rows = Vec::new();
    for (kind, counts) in &kinds {
        rows.push(row(kind.name(), counts));
    }
    let total = |parallel| all.get(&parallel).copied().unwrap_or_default();
    rows.push(row("parallel", &total(true)));
    rows.push(row("comparable", &total(false)));
    println!("{}", rows.join("\n"));
    // What the documentation of each rule says.
    assert!(undocumented.is_empty(), "{undocumented:?}");
    let documented = RULES.iter().map(|rule| (rule.name, rule.measured_precision())).collect();
    assert_eq!(rules, documented, "the left is what was counted, for src/models/rule_precision.toml");
    for (parallel, floors) in [(true, FLOORS_PARALLEL), (false, FLOORS_COMPARABLE)] {
        let (precision, recall) = rates(&total(parallel));
        assert!(
            precision >= floors.0 && recall >= floors.1,
            "parallel {parallel}: {precision:.3} {recall:.3}"
        );
    }
}

/// Least precision and recall, at medium and above. Raise them with every gain; lower them only where fresh stories
/// join that no rule was written on, as two of the five graded ones did.
const FLOORS_PARALLEL: (f64, f64) = (0.90, 0.73);
const FLOORS_COMPARABLE: (f64, f64) = (0.84, 0.71);

fn rates(counts: &[usize; 3]) -> (f64, f64) {
    let [right, wrong, missed] = counts.map(|c| c as f64);
    (right / (right + wrong).max(1.0), right / (right + missed).max(1.0))
}

fn row(name: &str, counts: &[usize; 3]) -> String {
    let (precision, recall) = rates(counts);
    format!(
        "{name:<12} right {:>3} false {:>3} missed {:>3}  precision {precision:.2} recall {recall:.2}",
        counts[0], counts[1], counts[2]
    )
}

fn show(
    judged: &claimdiff::corpus::JudgedFinding,
    pair: &claimdiff::corpus::GradedPair,
    comparison: &Comparison,
    a: &Version,
    b: &Version,
) {
    match (judged.finding, judged.graded) {
        (Some(k), _) => {
            let f = &comparison.findings[k];
            let text = |v: &Version, p: &Option<claimdiff::divergence::ClaimPlace>| {
                p.as_ref().map(|p| p.span.slice(&v.article.text).to_owned()).unwrap_or_default()
            };
            println!("  FALSE {} {} | {} | {}", f.change.name(), f.kind.name(), text(a, &f.a), text(b, &f.b));
        }
        (None, Some(g)) => {
            let f = &pair.findings[g];
            let (left, right) =
                (f.a.map(|s| s.slice(&a.article.text)), f.b.map(|s| s.slice(&b.article.text)));
            println!(
                "  MISSED {} {} | {} | {}",
                f.change.name(),
                f.kind.name(),
                left.unwrap_or_default(),
                right.unwrap_or_default()
            );
        }
        (None, None) => {}
    }
}
