//! The aligner against a plain full-table implementation, and what must hold for any two texts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use claimdiff::align::{Aligner, Alignment, MAX_GROUP, Weights, encode_versions};
use claimdiff::corpus::{GroupGrade, grade_groups};
use claimdiff::divergence::{Version, compare_versions};

use crate::support::{encoder, stories};

fn version(id: &str) -> &'static Version {
    let versions = stories().iter().flat_map(|(_, case)| &case.versions);
    &versions.into_iter().find(|(info, _)| info.id == id).unwrap().1
}

fn told(version: &Version) -> Vec<&str> {
    version.compared_sentences.iter().map(|k| version.sentence_text(*k)).collect()
}

/// Sentences that differ from each other: those of all English reports.
fn different() -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let versions = stories().iter().flat_map(|(_, case)| &case.versions);
    let english = versions.filter(|(info, _)| info.language.as_deref() == Some("en") && info.from.is_none());
    english.flat_map(|(_, version)| told(version)).filter(|text| seen.insert(*text)).collect()
}

fn aligned(a: &[&str], b: &[&str]) -> Alignment {
    let (a, b, lexicon) = encode_versions(encoder(), a, b).unwrap();
    Aligner::new(&a, &b, &lexicon).align_sentences()
}

fn pairs(alignment: &Alignment) -> Vec<(Vec<usize>, Vec<usize>)> {
    alignment.groups.iter().map(|g| (g.a.clone(), g.b.clone())).collect()
}

fn one_to_one(numbers: impl IntoIterator<Item = (usize, usize)>) -> Vec<(Vec<usize>, Vec<usize>)> {
    numbers.into_iter().map(|(i, j)| (vec![i], vec![j])).collect()
}

type Beads = Vec<(Range<usize>, Range<usize>)>;

/// The score of a path; groups are scored by their first sentences and sizes.
fn total(beads: &Beads, scores: &BTreeMap<[usize; 4], f64>, null: f64) -> f64 {
    let of = |(a, b): &(Range<usize>, Range<usize>)| match (a.len(), b.len()) {
        (p, 0) => p as f64 * null,
        (0, q) => q as f64 * null,
        (p, q) => scores[&[a.start, p, b.start, q]],
    };
    beads.iter().map(of).sum()
}

/// The best path by filling the whole table, cell by cell.
fn full_table(n: usize, m: usize, scores: &BTreeMap<[usize; 4], f64>, null: f64) -> Beads {
    let mut value = vec![vec![f64::NEG_INFINITY; m + 1]; n + 1];
    let mut from = vec![vec![(0, 0); m + 1]; n + 1];
    value[0][0] = 0.0;
    for i in 0..=n {
        for j in 0..=m {
            for p in 0..=i.min(MAX_GROUP) {
                for q in 0..=j.min(MAX_GROUP) {
                    let step = match (p, q) {
                        (1, 0) | (0, 1) => null,
                        (0, _) | (_, 0) => continue,
                        _ => match scores.get(&[i - p, p, j - q, q]) {
                            Some(score) => *score,
                            None => continue,
                        },
                    };
                    if value[i - p][j - q] + step > value[i][j] {
                        value[i][j] = value[i - p][j - q] + step;
                        from[i][j] = (p, q);
                    }
                }
            }
        }
    }
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while (i, j) != (0, 0) {
        let (p, q) = from[i][j];
        beads.push((i - p..i, j - q..j));
        (i, j) = (i - p, j - q);
    }
    beads.reverse();
    beads
}

#[test]
fn the_path_is_the_best_of_the_full_table() {
    let weights = Weights::default();
    for (a, b) in [("report.en", "report.de"), ("report.fr", "second.spun"), ("tech.fr", "tech.en")] {
        let (texts_a, texts_b) = (told(version(a)), told(version(b)));
        let (side_a, side_b, lexicon) = encode_versions(encoder(), &texts_a, &texts_b).unwrap();
        let aligner = Aligner::new(&side_a, &side_b, &lexicon);
        let mut scores = BTreeMap::new();
        aligner.each_group(|(i, p), (j, q), features| {
            let score: f32 = weights.group.iter().zip(features).map(|(w, f)| w * f).sum();
            scores.insert([i, p, j, q], f64::from(score));
        });
        let null = f64::from(weights.null);
        let best = full_table(texts_a.len(), texts_b.len(), &scores, null);
        let found = aligner.monotone_path(&weights);
        let (best, found) = (total(&best, &scores, null), total(&found, &scores, null));
        assert!((best - found).abs() < 1e-3, "{a} {b}: {best} {found}");
    }
}

#[test]
fn a_text_goes_with_itself_sentence_by_sentence_at_no_cost() {
    for (info, version) in stories().iter().flat_map(|(_, case)| &case.versions).step_by(3) {
        let texts = told(version);
        let alignment = aligned(&texts, &texts);
        assert_eq!(pairs(&alignment), one_to_one((0..texts.len()).map(|k| (k, k))), "{}", info.id);
        for group in &alignment.groups {
            assert!((1.0 - group.evidence.cosine).abs() < 1e-3 && !group.moved, "{group:?}");
        }
    }
}

#[test]
fn swapping_the_texts_mirrors_the_groups() {
    for (_, case) in stories() {
        for pair in case.pairs.iter().step_by(2) {
            let (a, b) = (told(&case.versions[pair.a].1), told(&case.versions[pair.b].1));
            let (there, back) = (aligned(&a, &b), aligned(&b, &a));
            let mut mirrored: Vec<_> =
                back.groups.iter().map(|g| (g.b.clone(), g.a.clone(), g.moved)).collect();
            mirrored.sort();
            let own: Vec<_> = there.groups.iter().map(|g| (g.a.clone(), g.b.clone(), g.moved)).collect();
            assert_eq!(own, mirrored, "{}", case.title);
        }
    }
}

#[test]
fn a_permuted_copy_is_found_again() {
    let texts = different();
    let texts = &texts[..60];
    // 17 and 60 have no common divisor: a permutation that keeps no neighbours together.
    let order: Vec<usize> = (0..texts.len()).map(|k| k * 17 % texts.len()).collect();
    let copy: Vec<&str> = order.iter().map(|k| texts[*k]).collect();
    let mut expected: Vec<(usize, usize)> = order.iter().enumerate().map(|(j, i)| (*i, j)).collect();
    expected.sort_unstable();
    let alignment = aligned(texts, &copy);
    assert_eq!(pairs(&alignment), one_to_one(expected));
    assert!(alignment.groups.iter().any(|g| g.moved));
}

#[test]
fn a_missing_page_leaves_the_rest_in_place() {
    // More than the table that is searched whole, so that the band has to find its way.
    let texts: Vec<&str> = different().into_iter().cycle().take(300).collect();
    let copy: Vec<&str> = texts[..100].iter().chain(&texts[160..]).copied().collect();
    let kept = (0..100).map(|k| (k, k)).chain((160..300).map(|k| (k, k - 60)));
    let expected: BTreeSet<_> = one_to_one(kept).into_iter().collect();
    let found: BTreeSet<_> = pairs(&aligned(&texts, &copy)).into_iter().collect();
    let wrong: Vec<_> = expected.symmetric_difference(&found).collect();
    // One sentence at the edge of the page is lost to a chance group inside it: a known failure, kept in view.
    assert!(wrong.len() <= 2, "{wrong:?}");
}

#[test]
fn unrelated_texts_align_nowhere() {
    let texts: Vec<Vec<&str>> = stories().iter().map(|(_, case)| told(&case.versions[0].1)).collect();
    for (k, a) in texts.iter().enumerate() {
        let b = &texts[(k + 1) % texts.len()];
        let alignment = aligned(a, b);
        assert!(alignment.groups.is_empty(), "{}: {:?}", stories()[k].1.title, pairs(&alignment));
    }
    let rival = told(version("rival.de"));
    let alignment = aligned(&texts[1], &rival);
    assert!(alignment.groups.is_empty(), "{:?}", pairs(&alignment));
}

#[test]
fn odd_sizes_have_a_right_answer() {
    let texts = different();
    assert!(aligned(&[], &texts).groups.is_empty() && aligned(&texts, &[]).groups.is_empty());
    let one = aligned(&texts[40..41], &texts);
    assert_eq!(pairs(&one), one_to_one([(0, 40)]));
    let same = vec!["The council adopted the new statute on Monday."; 300];
    assert!(pairs(&aligned(&same, &same)) == one_to_one((0..300).map(|k| (k, k))), "equal lines");
    let long = "The council adopted the new statute, and ".repeat(7_000);
    let alignment = aligned(&[texts[0], &long, texts[1]], &[texts[0], &long, texts[1]]);
    assert_eq!(pairs(&alignment), one_to_one((0..3).map(|k| (k, k))));
    assert!(aligned(&["", " "], &["", "…"]).groups.is_empty());
}

#[test]
fn groups_without_overlap_hold_each_sentence_once() {
    for (a, b) in [("report.en", "rival.en"), ("report.en", "rival.de"), ("second.en", "second.spun")] {
        let alignment = aligned(&told(version(a)), &told(version(b)));
        let groups = alignment.disjoint_groups();
        for side in [
            |g: &claimdiff::align::SentenceGroup| g.a.clone(),
            |g: &claimdiff::align::SentenceGroup| g.b.clone(),
        ] {
            let all: Vec<usize> = groups.iter().flat_map(side).collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        }
    }
}

/// Least F1 on the graded groups: whole groups of parallel pairs, links of comparable ones. Raise them with every
/// gain; never lower them.
const FLOORS: [(bool, f64); 2] = [(true, 0.99), (false, 0.59)];

#[test]
fn groups_agree_with_the_reader() {
    let mut all: BTreeMap<bool, GroupGrade> = BTreeMap::new();
    for (_, case) in stories() {
        for pair in &case.pairs {
            let comparison =
                compare_versions(&case.versions[pair.a].1, &case.versions[pair.b].1, encoder()).unwrap();
            if let Some(grade) = grade_groups(pair, &comparison) {
                *all.entry(pair.parallel).or_default() += grade;
            }
        }
    }
    for (parallel, floor) in FLOORS {
        let grade = &all[&parallel];
        println!(
            "{}: groups F1 {:.3}, links F1 {:.3} ({:?}), contradicting links F1 {:.3}",
            if parallel { "parallel" } else { "comparable" },
            grade.groups.f1_score(),
            grade.links.f1_score(),
            grade.links,
            grade.contradicting.f1_score()
        );
        let reached = if parallel { grade.groups.f1_score() } else { grade.links.f1_score() };
        assert!(reached >= floor, "{parallel}: {reached}");
    }
}
