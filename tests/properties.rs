//! What holds for any pair of articles: a version does not differ from itself, swapping the sides mirrors, and where
//! the lines break says nothing. Held on every pair of `corpus/` and on articles put together at random.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use claimdiff::divergence::{
    AlignedGroup, ClaimPlace, Comparison, Finding, Severity, Version, compare_versions,
};
use claimdiff::text::Lang;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;

use crate::support::{encoder, stories};

/// Scores are printed with four decimals; sums in another order may differ below that.
const PRINTED: f32 = 5e-5;

fn read(text: &str, lang: Lang) -> Version {
    Version::read("article.txt", text.as_bytes(), Some(lang)).unwrap()
}

/// Every graded pair with its name.
fn pairs() -> Vec<(String, &'static Version, &'static Version)> {
    let mut pairs = Vec::new();
    for (story, case) in stories() {
        for pair in &case.pairs {
            let ((a_info, a), (b_info, b)) = (&case.versions[pair.a], &case.versions[pair.b]);
            pairs.push((format!("{story} {} {}", a_info.id, b_info.id), a, b));
        }
    }
    assert!(pairs.len() >= 10);
    pairs
}

/// Fails with everything that is wrong, not with the first.
fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

// A version against itself.

fn noise(of: &Version) -> Option<String> {
    let comparison = compare_versions(of, of, encoder()).unwrap();
    let mut text = String::new();
    for finding in &comparison.findings {
        let _ = write!(text, "\n  {}", shown(finding, of, of));
    }
    let scores = comparison.scores;
    let silent = comparison.findings.is_empty() && scores.divergence < PRINTED && scores.order < PRINTED;
    (!silent).then(|| format!("divergence {} order {}{text}", scores.divergence, scores.order))
}

#[test]
fn a_version_does_not_differ_from_itself() {
    let versions: Vec<_> = stories()
        .iter()
        .flat_map(|(story, case)| {
            case.versions.iter().map(move |(info, version)| (format!("{story} {}", info.id), version))
        })
        .collect();
    assert!(versions.len() >= 15);
    let wrong: Vec<String> = versions
        .par_iter()
        .filter_map(|(name, version)| noise(version).map(|noise| format!("{name}: {noise}")))
        .collect();
    nothing_wrong(&wrong);
}

// Sides swapped.

fn shown(finding: &Finding, a: &Version, b: &Version) -> String {
    let side = |place: Option<&ClaimPlace>, version: &Version| {
        place.map_or("-".to_owned(), |p| format!("{:?}", p.span.slice(&version.article.text)))
    };
    format!(
        "{} {} {} | {} | {}",
        finding.severity.name(),
        finding.change.name(),
        finding.kind.name(),
        side(finding.a.as_ref(), a),
        side(finding.b.as_ref(), b)
    )
}

/// The finding as it has to look from the other side. Its id and message speak of A and B and are others.
fn mirrored(finding: &Finding) -> Finding {
    let mut mirrored = without_words(finding);
    mirrored.change = finding.change.mirrored_change();
    std::mem::swap(&mut mirrored.a, &mut mirrored.b);
    mirrored
}

/// The finding without what names its sides: id, message and measurements.
fn without_words(finding: &Finding) -> Finding {
    let mut plain = finding.clone();
    (plain.id, plain.message, plain.measurements) = (String::new(), String::new(), Vec::new());
    plain
}

fn same_group(x: &AlignedGroup, mirror: &AlignedGroup) -> bool {
    x.a == mirror.b
        && x.b == mirror.a
        && x.relation == mirror.relation
        && (x.divergence - mirror.divergence).abs() < PRINTED
}

fn asymmetries(a: &Version, b: &Version) -> Vec<String> {
    let (there, back) =
        (compare_versions(a, b, encoder()).unwrap(), compare_versions(b, a, encoder()).unwrap());
    let mut wrong = Vec::new();
    for (name, x, y) in scores(&there, &back) {
        if (x - y).abs() >= PRINTED {
            wrong.push(format!("  {name} {x:.4} and back {y:.4}"));
        }
    }
    if there.is_parallel != back.is_parallel {
        wrong.push(format!("  parallel {} and back {}", there.is_parallel, back.is_parallel));
    }
    for x in &there.groups {
        if !back.groups.iter().any(|mirror| same_group(x, mirror)) {
            wrong.push(format!("  group only there: {:?} {:?} {:.4}", x.a, x.b, x.divergence));
        }
    }
    for x in &back.groups {
        if !there.groups.iter().any(|mirror| same_group(x, mirror)) {
            wrong.push(format!("  group only back: {:?} {:?} {:.4}", x.b, x.a, x.divergence));
        }
    }
    let (forth, home): (Vec<_>, Vec<_>) =
        (there.findings.iter().map(without_words).collect(), back.findings.iter().map(mirrored).collect());
    for x in forth.iter().filter(|x| !home.contains(x)) {
        wrong.push(format!("  only there: {}", shown(x, a, b)));
    }
    for x in home.iter().filter(|x| !forth.contains(x)) {
        wrong.push(format!("  only back: {}", shown(x, a, b)));
    }
    wrong
}

fn scores(x: &Comparison, y: &Comparison) -> [(&'static str, f32, f32); 4] {
    let (x, y) = (x.scores, y.scores);
    [
        ("divergence", x.divergence, y.divergence),
        ("content", x.content, y.content),
        ("claims", x.claims, y.claims),
        ("order", x.order, y.order),
    ]
}

/// What is wrong on each pair, with the pair's name.
fn wrong_on_pairs(check: impl Fn(&Version, &Version) -> Vec<String> + Sync) -> Vec<String> {
    pairs()
        .par_iter()
        .filter_map(|(name, a, b)| {
            let wrong = check(a, b);
            (!wrong.is_empty()).then(|| format!("{name}:\n{}", wrong.join("\n")))
        })
        .collect()
}

#[test]
fn swapping_the_sides_mirrors() {
    nothing_wrong(&wrong_on_pairs(asymmetries));
}

#[test]
fn swapping_the_sides_keeps_what_moved() {
    let moved = |a: &Version, b: &Version| {
        let (there, back) =
            (compare_versions(a, b, encoder()).unwrap(), compare_versions(b, a, encoder()).unwrap());
        let differs =
            |x: &&AlignedGroup| back.groups.iter().any(|y| x.a == y.b && x.b == y.a && x.moved != y.moved);
        there.groups.iter().filter(differs).map(|x| format!("  {:?} {:?}", x.a, x.b)).collect()
    };
    nothing_wrong(&wrong_on_pairs(moved));
}

// Lines broken elsewhere.

/// Every line broken at spaces so that none is longer than `columns` characters, as an editor's hard wrap does.
fn wrapped(text: &str, columns: usize) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split(' ') {
            if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > columns {
                lines.push(std::mem::take(&mut current));
            } else if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines.join("\n") + "\n"
}

/// What re-reading both versions with other line breaks changes.
fn disturbance(a: &Version, b: &Version, rewrap: &dyn Fn(&str) -> String) -> Vec<String> {
    let again = |v: &Version| read(&rewrap(&v.article.text), v.article.lang);
    let (a2, b2) = (again(a), again(b));
    let mut wrong = Vec::new();
    for (name, v, again) in [("A", a, &a2), ("B", b, &b2)] {
        let words = |v: &Version| -> Vec<String> {
            (0..v.sentences.len())
                .map(|k| {
                    let text = v.sentence_text(k).split_whitespace().collect::<Vec<_>>().join(" ");
                    format!("{:?} {text}", v.sentences[k].role)
                })
                .collect()
        };
        let (old, new) = (words(v), words(again));
        let only = |x: &[String], y: &[String]| x.iter().find(|s| !y.contains(s)).cloned();
        if old != new {
            wrong.push(format!(
                "  sentences of {name}: {:?} became {:?}",
                only(&old, &new),
                only(&new, &old)
            ));
        }
    }
    let (before, after) =
        (compare_versions(a, b, encoder()).unwrap(), compare_versions(&a2, &b2, encoder()).unwrap());
    for (name, x, y) in scores(&before, &after) {
        if (x - y).abs() >= PRINTED {
            wrong.push(format!("  {name} {x:.4} became {y:.4}"));
        }
    }
    let lost = |x: &Comparison, y: &Comparison| -> Vec<Finding> {
        x.findings.iter().filter(|f| !y.findings.iter().any(|g| g.id == f.id)).cloned().collect()
    };
    wrong.extend(lost(&before, &after).iter().map(|f| format!("  gone: {} {}", f.id, shown(f, a, b))));
    wrong.extend(lost(&after, &before).iter().map(|f| format!("  new: {} {}", f.id, shown(f, &a2, &b2))));
    wrong
}

#[test]
fn line_ends_of_windows_change_nothing() {
    nothing_wrong(&wrong_on_pairs(|a, b| disturbance(a, b, &|text| text.replace('\n', "\r\n"))));
}

#[test]
fn wrapping_at_100_columns_changes_nothing() {
    nothing_wrong(&wrong_on_pairs(|a, b| disturbance(a, b, &|text| wrapped(text, 100))));
}

#[test]
#[ignore = "claims::name::find takes a quoted name before a line break for a headline; article::lines takes a no-break space for a place to wrap"]
fn wrapping_at_72_columns_changes_nothing() {
    nothing_wrong(&wrong_on_pairs(|a, b| disturbance(a, b, &|text| wrapped(text, 72))));
}

#[test]
#[ignore = "as at 72 columns; article::lines splits a headline that is wrapped below 60 columns and goes on with a capital"]
fn wrapping_at_60_columns_changes_nothing() {
    nothing_wrong(&wrong_on_pairs(|a, b| disturbance(a, b, &|text| wrapped(text, 60))));
}

// Articles put together at random.

/// Sentences in three languages that tell the same; `#` stands for a figure.
const STATEMENTS: [[&str; 3]; 8] = [
    [
        "The harbour authority spent # million euros on a new pier.",
        "Die Hafenbehörde gab # Millionen Euro für einen neuen Pier aus.",
        "L’autorité portuaire a dépensé # millions d’euros pour une nouvelle jetée.",
    ],
    [
        "Some # ships docked there in the first week.",
        "In der ersten Woche legten dort etwa # Schiffe an.",
        "Quelque # navires y ont accosté la première semaine.",
    ],
    [
        "The mayor did not answer questions from reporters.",
        "Die Bürgermeisterin beantwortete keine Fragen von Journalisten.",
        "La maire n’a pas répondu aux questions des journalistes.",
    ],
    [
        "“We counted every bolt twice,” said the engineer Paula Brandt.",
        "„Wir haben jede Schraube zweimal gezählt“, sagte die Ingenieurin Paula Brandt.",
        "« Nous avons compté chaque boulon deux fois », a déclaré l’ingénieure Paula Brandt.",
    ],
    [
        "Rents in the old town rose by # per cent last year.",
        "Die Mieten in der Altstadt stiegen im vergangenen Jahr um # Prozent.",
        "Les loyers de la vieille ville ont augmenté de # pour cent l’an dernier.",
    ],
    [
        "The concert begins on # May 2025 in the town hall.",
        "Das Konzert beginnt am #. Mai 2025 im Rathaus.",
        "Le concert commence le # mai 2025 à l’hôtel de ville.",
    ],
    [
        "Fishermen fear for their jobs and demand talks with the ministry.",
        "Die Fischer fürchten um ihre Arbeit und verlangen Gespräche mit dem Ministerium.",
        "Les pêcheurs craignent pour leur emploi et réclament des discussions avec le ministère.",
    ],
    [
        "Two hospitals allegedly sold old beds to a dealer in Hamburg.",
        "Zwei Krankenhäuser sollen alte Betten an einen Händler in Hamburg verkauft haben.",
        "Deux hôpitaux auraient vendu de vieux lits à un marchand de Hambourg.",
    ],
];

const LANGS: [Lang; 3] = [Lang::EN, Lang::DE, Lang::FR];

/// An article: its language, and different statements with their figures, some of them ending a paragraph. Three at
/// least: see [`a_single_sentence_does_not_differ_from_itself`].
fn article() -> impl Strategy<Value = (String, Lang)> {
    let all: Vec<usize> = (0..STATEMENTS.len()).collect();
    let statements = prop::sample::subsequence(all, 3..=STATEMENTS.len()).prop_shuffle();
    let rest = prop::collection::vec((2..29_u32, prop::bool::weighted(0.3)), STATEMENTS.len());
    (0..LANGS.len(), statements, rest).prop_map(|(lang, statements, rest)| {
        let mut text = String::new();
        for (statement, (figure, ends)) in statements.into_iter().zip(rest) {
            text.push_str(&STATEMENTS[statement][lang].replace('#', &figure.to_string()));
            text.push_str(if ends { "\n\n" } else { " " });
        }
        (text.trim_end().to_owned(), LANGS[lang])
    })
}

/// Statements with their figures, and the same with one of them put elsewhere.
fn twice_told() -> impl Strategy<Value = [Vec<(usize, u32)>; 2]> {
    let all: Vec<usize> = (0..STATEMENTS.len()).collect();
    let statements = prop::sample::subsequence(all, 4..=STATEMENTS.len()).prop_shuffle();
    let figures = prop::collection::vec(2..29_u32, STATEMENTS.len());
    let places = any::<[prop::sample::Index; 2]>();
    (statements, figures, places).prop_map(|(statements, figures, [from, to])| {
        let told: Vec<(usize, u32)> = statements.into_iter().zip(figures).collect();
        let mut moved = told.clone();
        let one = moved.remove(from.index(told.len()));
        moved.insert(to.index(told.len()), one);
        [told, moved]
    })
}

/// A paragraph a statement.
fn told(statements: &[(usize, u32)], lang: usize) -> Version {
    let paragraph = |(k, figure): &(usize, u32)| STATEMENTS[*k][lang].replace('#', &figure.to_string());
    read(&statements.iter().map(paragraph).collect::<Vec<_>>().join("\n\n"), LANGS[lang])
}

/// What is said of figures and dates, at medium and above.
fn of_values(a: &Version, b: &Version) -> Vec<Finding> {
    let findings = compare_versions(a, b, encoder()).unwrap().findings;
    findings.into_iter().filter(|f| f.severity >= Severity::Medium && f.rule.name == "value").collect()
}

#[test]
fn a_single_sentence_does_not_differ_from_itself() {
    let text = STATEMENTS[0][0].replace('#', "2");
    nothing_wrong(noise(&read(&text, Lang::EN)).as_slice());
}

proptest! {
    // The gate asks the same articles each time.
    #![proptest_config(ProptestConfig {
        cases: 12, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn any_article_does_not_differ_from_itself((text, lang) in article()) {
        let noise = noise(&read(&text, lang));
        prop_assert!(noise.is_none(), "{}", noise.unwrap());
    }

    #[test]
    fn swapping_any_two_articles_mirrors((a, lang_a) in article(), (b, lang_b) in article()) {
        let wrong = asymmetries(&read(&a, lang_a), &read(&b, lang_b));
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn wrapping_any_two_articles_changes_nothing(
        (a, lang_a) in article(), (b, lang_b) in article(), columns in 50..120_usize
    ) {
        let wrong = disturbance(&read(&a, lang_a), &read(&b, lang_b), &|text| wrapped(text, columns));
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    #[test]
    fn a_figure_that_stands_elsewhere_is_neither_dropped_nor_added(
        [one, other] in twice_told(), lang_a in 0..3_usize, lang_b in 0..3_usize
    ) {
        let (a, b) = (told(&one, lang_a), told(&other, lang_b));
        let wrong: Vec<String> = of_values(&a, &b).iter().map(|finding| shown(finding, &a, &b)).collect();
        prop_assert!(wrong.is_empty(), "{}\n---\n{}\n---\n{}", a.article.text, b.article.text, wrong.join("\n"));
    }

    #[test]
    fn another_figure_is_found_wherever_it_stands(
        [one, mut other] in twice_told(), lang_a in 0..3_usize, lang_b in 0..3_usize, which in any::<prop::sample::Index>()
    ) {
        let with_figures: Vec<usize> =
            (0..other.len()).filter(|k| STATEMENTS[other[*k].0][0].contains('#')).collect();
        prop_assume!(!with_figures.is_empty());
        let changed = with_figures[which.index(with_figures.len())];
        let before = other[changed].1;
        other[changed].1 = if before > 15 { before - 9 } else { before + 9 };
        let (a, b) = (told(&one, lang_a), told(&other, lang_b));
        let found = of_values(&a, &b);
        let says = |place: Option<&ClaimPlace>, version: &Version, figure: u32| {
            place.is_some_and(|place| place.span.slice(&version.article.text).contains(&figure.to_string()))
        };
        let is_it = |finding: &Finding| {
            says(finding.a.as_ref(), &a, before) || says(finding.b.as_ref(), &b, other[changed].1)
        };
        prop_assert!(
            !found.is_empty() && found.iter().all(is_it),
            "{before}\n{}\n---\n{}\n---\n{}", a.article.text, b.article.text,
            found.iter().map(|finding| shown(finding, &a, &b)).collect::<Vec<_>>().join("\n")
        );
    }

    #[test]
    fn what_stands_before_changes_no_id((a, lang_a) in article(), (b, lang_b) in article()) {
        let ids = |a: &str, b: &str| -> BTreeSet<String> {
            let findings = compare_versions(&read(a, lang_a), &read(b, lang_b), encoder()).unwrap().findings;
            findings.into_iter().map(|finding| finding.id).collect()
        };
        let after = |text: &str| format!("\n\n\n{}", text.replace("\n\n", "\n\n\n\n"));
        prop_assert_eq!(ids(&a, &b), ids(&after(&a), &after(&b)));
    }
}
