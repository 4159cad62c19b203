//! Garbled texts are found and clean ones are not: the versions of the corpus and the texts of `tests/garble`.
//!
//! `cargo test --test integration garble -- --nocapture` prints the figures that docs/evaluation.md gives.

use std::fs;
use std::path::{Path, PathBuf};

use claimdiff::article::Article;
use claimdiff::corpus::{Case, Origin};
use claimdiff::divergence::Version;
use claimdiff::divergence::glossary::Glossary;
use claimdiff::encode::Model;
use claimdiff::garble::{Basis, GarbleVerdict, SIGNS, compare_garbling, judge_garbling};
use claimdiff::text::{Lang, Which};

use crate::support::repository;

fn folders(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn read(path: &Path) -> Version {
    Version::read(&path.display().to_string(), &fs::read(path).unwrap(), None).unwrap()
}

/// Every text with its name and with what a reader says of it.
fn texts() -> Vec<(String, GarbleVerdict, Version)> {
    let mut texts = Vec::new();
    for folder in folders("corpus").into_iter().filter(|path| path.join("case.toml").exists()) {
        for (info, version) in Case::read_folder(&folder).unwrap().versions {
            let verdict = match info.origin.expect("the corpus tells where each version is from") {
                Origin::Written | Origin::Translated => GarbleVerdict::Clean,
                Origin::Spun => GarbleVerdict::Spun,
                Origin::RoundTrip => GarbleVerdict::MachineTranslated,
            };
            let story = folder.file_name().unwrap().to_string_lossy().into_owned();
            texts.push((format!("{story}/{}", info.id), verdict, version));
        }
    }
    for path in folders("tests/garble/clean").into_iter().chain(folders("tests/garble/garbled")) {
        let name = path.strip_prefix(repository().join("tests/garble")).unwrap().display().to_string();
        let verdict = match &name {
            name if name.starts_with("clean") => GarbleVerdict::Clean,
            name if name.contains(".spun.") => GarbleVerdict::Spun,
            _ => GarbleVerdict::MachineTranslated,
        };
        texts.push((name, verdict, read(&path)));
    }
    texts
}

/// Texts that are judged wrongly, so that a change for the better is seen as well.
const MISSED: [&str; 0] = [];

#[test]
fn garbled_texts_are_found_and_clean_ones_are_not() {
    let texts = texts();
    let clean: Vec<Lang> = texts
        .iter()
        .filter(|(_, is, _)| *is == GarbleVerdict::Clean)
        .map(|(_, _, v)| v.article.lang)
        .collect();
    assert!(clean.len() >= 40 && [Lang::EN, Lang::DE, Lang::FR].iter().all(|lang| clean.contains(lang)));
    let mut wrong = Vec::new();
    for is in [GarbleVerdict::Spun, GarbleVerdict::MachineTranslated, GarbleVerdict::Clean] {
        let [mut right, mut false_alarms, mut all] = [0; 3];
        for (name, expected, version) in &texts {
            let found = judge_garbling(version).verdict;
            all += usize::from(*expected == is);
            match (found == is, *expected == is) {
                (true, true) => right += 1,
                (true, false) => false_alarms += 1,
                (false, true) => wrong.push(name.as_str()),
                (false, false) => {}
            }
        }
        println!("{}: {right} of {all} right, {false_alarms} others called so", is.name());
    }
    assert_eq!(wrong, MISSED);
}

#[test]
fn every_sign_is_found_in_some_text() {
    let found: Vec<&str> =
        texts().iter().flat_map(|(_, _, v)| judge_garbling(v).signs).map(|sign| sign.rule.name).collect();
    for rule in &SIGNS {
        assert!(found.contains(&rule.name), "{}", rule.name);
    }
}

#[track_caller]
fn signs(text: &str, lang: Lang, expected: &[(&str, &str)]) {
    let article = Article::read("a.txt", format!("Title\n\n{text}\n").as_bytes(), Some(lang)).unwrap();
    let version = Version::new(article);
    let found = judge_garbling(&version).signs;
    let found: Vec<(&str, &str)> =
        found.iter().map(|sign| (sign.rule.name, sign.span.slice(&version.article.text))).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn signs_stand_where_they_are_and_nowhere_else() {
    use Lang as L;
    signs(
        "She read The New York Occasions’ report in Might.",
        L::EN,
        &[("name", "New York Occasions"), ("name", "in Might")],
    );
    signs("It might rain on such occasions in New York.", L::EN, &[]);
    signs(
        "The firm asked for folks’s trust on its weblog publish.",
        L::EN,
        &[("contraction", "folks’s"), ("phrase", "weblog publish")],
    );
    signs("James’s boss’s virus’s lens’s and the Joneses’ bus’s crisis’s end.", L::EN, &[]);
    signs("Celui- this, he said, is new.", L::EN, &[("leftover", "Celui")]);
    signs("The Institut für Sozialforschung showed “Dans avec pour” by Chez Pour.", L::EN, &[]);
    signs("On the door stood: nicht und auf der bei.", L::EN, &[]);
    signs("Er las auf a Brücke Dies im Regen.", L::DE, &[("leftover", "a"), ("capital", "Dies")]);
    signs("Die Bank of America lud ein. Und dann: Dies war alles.", L::DE, &[]);
    signs(
        "The fine of 35 % was paid the 14 October 2025, he said .",
        L::EN,
        &[("shape", "35 %"), ("shape", "the 14 October 2025"), ("shape", "said .")],
    );
    signs("The 14 October attack cost 35% of it; on the 14th all was over.", L::EN, &[]);
    signs("Il a perdu 35 % : « Tout va bien ! », dit-il le 14 octobre 2025.", L::FR, &[]);
    signs(
        "Que il parte de la maison avec le argent.",
        L::FR,
        &[("contraction", "Que il"), ("contraction", "le argent")],
    );
    signs("Le onze et la une de le Monde, le oui et le huit.", L::FR, &[]);
    signs(
        "It is his yard [chantier naval – Ed.] and theirs [sic].",
        L::EN,
        &[("note", "[chantier naval – Ed.]")],
    );
}

#[test]
fn a_short_text_and_an_unknown_language_cannot_be_judged() {
    let judge = |text: &str, lang| {
        judge_garbling(&Version::new(Article::read("a.txt", text.as_bytes(), lang).unwrap())).verdict
    };
    assert_eq!(judge("A short report.\n", Some(Lang::EN)), GarbleVerdict::Undecided);
    assert_eq!(
        judge(&"Una frase que no dice nada. ".repeat(40), "es".parse().ok()),
        GarbleVerdict::Undecided
    );
}

fn pair(story: &str, a: &str, b: &str) -> [Version; 2] {
    [a, b].map(|name| read(&repository().join("corpus").join(story).join(format!("{name}.txt"))))
}

#[test]
fn a_spun_copy_gives_away_what_it_replaced() {
    let encoder = Model::open_folder(crate::support::folder()).unwrap();
    for (a, b, garbled) in [
        ("report.en", "spun.en", Which::B),
        ("spun.en", "report.en", Which::A),
        ("spun.en", "report.de", Which::A),
    ] {
        let [a, b] = pair("water-audit", a, b);
        let found = compare_garbling(&a, &b, &encoder).unwrap();
        let direction = found.direction.as_ref().unwrap();
        assert_eq!((found.garbled, direction.original), (Some(garbled), garbled.other_side()));
        let versions = [&a, &b];
        for row in &found.substitutions {
            for [own, other] in &row.places {
                assert!(
                    !own.is_empty()
                        && other.end <= versions[garbled.other_side().list_index()].article.text.len()
                );
            }
            // What the editors planted is no synonym.
            assert!(
                !["eighteen", "eighteen years", "second-largest"].contains(&row.garbled.as_str()),
                "{row:?}"
            );
        }
        let row = |garbled: &str| found.substitutions.iter().find(|row| row.garbled == garbled);
        assert_eq!(row("ingesting water").unwrap().basis, Basis::Known);
        assert!(found.substitutions.len() >= 30, "{}", found.substitutions.len());
        let glossary = found.substitution_glossary([&a, &b]);
        assert_eq!(Glossary::parse("g.toml", &glossary.to_toml()).unwrap(), glossary);
    }
}

#[test]
fn clean_versions_replace_nothing() {
    let encoder = Model::open_folder(crate::support::folder()).unwrap();
    let [a, b] = pair("water-audit", "report.en", "rival.en");
    let found = compare_garbling(&a, &b, &encoder).unwrap();
    assert!(found.garbled.is_none() && found.direction.is_none() && found.substitutions.is_empty());
    assert!(found.substitution_glossary([&a, &b]).is_empty());
}
