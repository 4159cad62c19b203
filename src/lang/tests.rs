//! A language is one folder and one line: a made-up one, under its private tag, is segmented and read.

use std::fs;
use std::path::Path;

use super::{LANGUAGES, grammar};
use crate::article::{Article, Role};
use crate::claims::{self, ClaimKind, CueKind};
use crate::divergence::Version;
use crate::garble::judge_garbling;
use crate::segment;
use crate::text::Lang;

const KELVAN: Lang = Lang::from_subtag("qaa");

#[test]
fn a_new_language_is_a_folder_and_a_line() {
    let text = "Zuk pagate Dok. Alda Sorin nek dul milon kron, tsel 3 marzol 2021. Zuk smutar orvi Dojla.";
    let sentences = segment::split_sentences(text, KELVAN);
    assert_eq!(sentences.len(), 2, "{:?}", sentences.iter().map(|s| s.slice(text)).collect::<Vec<_>>());
    let claims: Vec<(ClaimKind, &str)> =
        claims::extract_claims(text, KELVAN).iter().map(|c| (c.kind, c.span.slice(text))).collect();
    for claim in [
        (ClaimKind::Name, "Alda Sorin"),
        (ClaimKind::Quantity, "dul milon"),
        (ClaimKind::Date, "3 marzol 2021"),
        (ClaimKind::Name, "Dojla"),
    ] {
        assert!(claims.contains(&claim), "{claim:?} in {claims:?}");
    }
    let cues: Vec<(CueKind, String)> =
        claims::find_cues(text, KELVAN).iter().map(|c| (c.kind, c.span.slice(text).to_owned())).collect();
    assert_eq!(cues, [(CueKind::Negation, "nek".to_owned()), (CueKind::Hedge, "smutar".to_owned())]);
    assert_eq!(claims::events(text, KELVAN).len(), 1);
    assert_eq!(grammar(KELVAN).name, "Kelvan");
}

#[test]
fn its_articles_are_told_by_their_words_and_cleared_of_their_frame() {
    let text = "Zuk nek orvi tsel Alda.\n\nZuk orvi bulten\n\nOrvi tsel nek Sorin zuk.\n";
    let article = Article::read("a.txt", text.as_bytes(), None).unwrap();
    assert_eq!(article.lang, KELVAN);
    let left_out: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.role == Role::Boilerplate)
        .map(|block| block.span.slice(&article.text))
        .collect();
    assert_eq!(left_out, ["Zuk orvi bulten"]);
    let version = Version::new(article);
    assert!(version.is_read());
    assert!(judge_garbling(&version).signs.is_empty());
}

/// A language name or tag in another room is knowledge that a new language would have to add to.
#[test]
fn no_other_room_lists_languages() {
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_none_or(|name| name != "lang") {
                sources(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 150);
    let mut wrong = Vec::new();
    for (path, source) in files.iter().filter(|(path, _)| !path.ends_with("text/lang.rs")) {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in (1..).zip(code.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            if ["Lang::EN", "Lang::DE", "Lang::FR"].iter().any(|tag| line.contains(tag)) {
                wrong.push(format!("{path}:{number}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_is_in_the_registry_and_read_whole() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang")).unwrap();
    let mut folders: Vec<String> = folders
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut tags: Vec<&str> =
        LANGUAGES.iter().map(|language| language.tag.code()).filter(|tag| *tag != "qaa").collect();
    tags.sort_unstable();
    assert_eq!(folders, tags);
    for language in LANGUAGES {
        // Every table is made of its file here, so that no user meets one that cannot be read.
        let text = "Zuk 3.";
        assert!(!grammar(language.tag).name.is_empty());
        assert!(!segment::split_sentences(text, language.tag).is_empty());
        let _ = claims::extract_claims(text, language.tag);
        let _ = claims::find_cues(text, language.tag);
        let _ = claims::events(text, language.tag);
    }
}
