//! Words in quotation marks, and who says them.
//!
//! The marks of the three languages, nested and over paragraphs; apostrophes are none. A speaker is taken from the
//! words of the same sentence, or from the tag that the quotation before ends with; a pronoun is not resolved.

mod marks;
mod speaker;

use super::name::lexicon::{Lexicon, class};
use super::name::token::{Shape, tokens};
use super::{Claim, Kind, Value};
use crate::text::{Lang, Span};
use marks::Pair;

pub use marks::{MAX_DEPTH, MAX_UNCLOSED};

/// The quotations in one block of text, ordered by start; a span covers the marks.
///
/// A quotation inside another is a claim of its own. Empty for a language without data.
#[must_use]
pub fn extract(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lexicon) = Lexicon::of(lang) else { return Vec::new() };
    let pairs: Vec<Pair> = marks::pairs(text)
        .into_iter()
        .filter(|p| p.inner.of(text).chars().filter(|c| c.is_alphanumeric()).nth(1).is_some())
        .collect();
    let mut found = Vec::with_capacity(pairs.len());
    let mut last: Option<(Span, Option<String>)> = None;
    let mut from = 0;
    for (i, pair) in pairs.iter().enumerate() {
        let nested = pair.outer.start < from;
        let to =
            pairs[i + 1..].iter().map(|p| p.outer.start).find(|s| *s >= pair.outer.end).unwrap_or(text.len());
        let mut tag = speaker::Tag::default();
        if !nested {
            tag = speaker::tag(text, pair.outer, pair.inner, from, to, lexicon);
        }
        let words = clean(pair.inner.of(text));
        let mut speaker = tag.speaker.map(|s| clean(s.of(text)));
        let whole = words.starts_with(char::is_uppercase) && words.ends_with(['.', '!', '?', ',', '…']);
        if !tag.reported && !nested && whole {
            speaker = last
                .as_ref()
                .and_then(|(before, who)| continues(text, *before, pair.outer).then(|| who.clone())?);
        }
        let said = tag.reported || speaker.is_some();
        let speech = is_speech(text, pair, &words, said, tag.direct, lexicon);
        if !nested {
            let who = if tag.reported || speaker.is_some() { speaker.clone() } else { None };
            last = Some((pair.outer, who));
            from = pair.outer.end;
        }
        let speaker = speaker.filter(|_| speech);
        found.push(Claim {
            kind: Kind::Quote,
            span: pair.outer,
            value: Value::Quote { words, speaker, speech },
            range: None,
        });
    }
    found
}

/// Two quotations are compared in this form: no marks inside, small letters, single spaces, no mark at the end.
#[must_use]
pub fn fold(words: &str) -> String {
    let plain: String = words
        .chars()
        .filter_map(|c| match c {
            '“' | '”' | '„' | '"' | '«' | '»' | '‹' | '›' | '‘' | '‚' => None,
            '’' | 'ʼ' => Some('\''),
            '–' | '—' | '‑' => Some('-'),
            _ => Some(c),
        })
        .flat_map(char::to_lowercase)
        .collect();
    let spaced = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced
        .trim_matches(|c: char| matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '…' | '\'' | ' '))
        .to_owned()
}

/// Single spaces, and no mark where a paragraph of the quotation begins.
fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for paragraph in words.split("\n\n") {
        let paragraph = paragraph
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '„' | '«' | '»' | '"'));
        for word in paragraph.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Whether the second quotation goes on after the tag of the first: “…,” said X. “…”
fn continues(text: &str, before: Span, here: Span) -> bool {
    if before.end > here.start || here.start - before.end > 160 {
        return false;
    }
    let between = text[before.end..here.start].trim();
    let stops = between.matches(['.', '!', '?']).count();
    !between.contains('\n') && stops == 1 && between.ends_with('.')
}

/// Words said, as against a title or a word at arm's length: reported and more than a word or two, or with a verb
/// of a sentence.
fn is_speech(text: &str, pair: &Pair, words: &str, said: bool, direct: bool, lexicon: &Lexicon) -> bool {
    let inner = tokens(words, lexicon);
    let verb = inner
        .iter()
        .any(|w| w.is(class::VERB) && w.shape == Shape::Lower || w.is(class::VERB) && w.span.start == 0);
    let sentence = words.ends_with(['.', '!', '?', ',', '…']);
    let start = pair.outer.start;
    let mut reach = start.saturating_sub(40);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let lead = tokens(&text[reach..start], lexicon);
    let titled = lead.iter().rev().take(2).any(|w| w.is(class::WORK) && !w.is(class::SAYS));
    let capitals = inner.iter().filter(|w| w.capital()).count();
    let title_case = !lexicon.grammar.nouns_capitalised && inner.len() > 1 && capitals * 4 >= inner.len() * 3;
    if (titled || title_case) && !(sentence && direct) {
        return false;
    }
    match inner.len() {
        0 => false,
        1 => direct,
        2 => direct || said && sentence,
        3..=5 => said || verb && sentence,
        6..=8 => said || verb,
        _ => true,
    }
}
