//! Marks, figures and dates as another language writes them.

use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::article::Role;
use crate::claims::{Date, Value};
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "shape",
    finds: "marks, figures or dates in the form of another language",
    garbling: Garbling::Translated,
    find_hits: find_shapes,
};

/// The end of a shape that begins at a byte of a sentence.
type ShapeMatcher = fn(&str, usize) -> Option<usize>;

/// The shapes by name; the language data list those that are foreign to the language.
const SHAPES: [(&str, ShapeMatcher); 5] = [
    // Question ? Later , in August
    ("space before mark", |own, at| spaced_mark_end(own, at, ['?', '!', ';', ':', ','])),
    ("space before stop", |own, at| spaced_mark_end(own, at, ['.', ',', ',', ',', ','])),
    // 35 %
    ("space before percent", |own, at| {
        let digit = own[..at].ends_with(|c: char| c.is_ascii_digit());
        let blank = own[at..].chars().next().filter(|c| c.is_whitespace())?;
        let end = at + blank.len_utf8();
        (digit && own[end..].starts_with('%')).then_some(end + 1)
    }),
    ("angle quotes", |own, at| own[at..].starts_with('«').then(|| at + '«'.len_utf8())),
    // 3 800
    ("spaced thousands", |own, at| {
        let before = own[..at].chars().rev().take_while(char::is_ascii_digit).count();
        let blank = own[at..].chars().next().filter(|c| c.is_whitespace())?;
        let start = at + blank.len_utf8();
        let digits = own[start..].chars().take_while(char::is_ascii_digit).count();
        let bare = !own[..at - before].ends_with(['.', ',', '-']) && own[start + digits..].starts_with(' ');
        (matches!(before, 1..=3) && digits == 3 && bare).then_some(start + digits)
    }),
];

/// The name of the shape that needs the claims of a sentence: the 14 October.
const ARTICLE_BEFORE_DATE: &str = "article before date";

fn spaced_mark_end(own: &str, at: usize, marks: [char; 5]) -> Option<usize> {
    let blank = own[at..].chars().next().filter(|c| *c == ' ')?;
    let end = at + blank.len_utf8();
    let letter = own[..at].ends_with(char::is_alphanumeric);
    let sign = own[end..].chars().next().filter(|c| marks.contains(c))?;
    // Not " :)", " ..." and " .txt".
    let closed = own[end + sign.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
    (letter && closed).then_some(end + sign.len_utf8())
}

fn find_shapes(text: &GarbleText<'_>) -> Vec<SignHit> {
    let lines = text.compared_lines().filter(|line| line.role != Role::Caption);
    let mut hits: Vec<SignHit> = lines.flat_map(|line| shapes_in_line(text, line)).collect();
    if text.lexicon.shapes.iter().any(|shape| shape == ARTICLE_BEFORE_DATE) {
        hits.extend(find_article_dates(text));
    }
    hits.sort_by_key(|hit| hit.span.start);
    hits
}

fn shapes_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let own = line.span.slice(text.full_text());
    let foreign: Vec<ShapeMatcher> = SHAPES
        .iter()
        .filter(|(name, _)| text.lexicon.shapes.iter().any(|shape| shape == name))
        .map(|(_, matcher)| *matcher)
        .collect();
    let mut hits: Vec<SignHit> = Vec::new();
    let mut end_before = 0;
    for (at, _) in own.char_indices() {
        let end = foreign.iter().find_map(|shape_end| shape_end(own, at)).filter(|_| at >= end_before);
        if let Some(end) = end {
            end_before = end;
            // The span includes the letters before the shape, so that it is visible.
            let start = own[..at].rfind(char::is_whitespace).map_or(0, |k| k + 1);
            let start = own.ceil_char_boundary(start).min(at);
            hits.push(SignHit::new(line, Span::new(start, end).shifted_by(line.span.start)));
        }
    }
    hits
}

/// Dates with their day before the month after an article.
fn find_article_dates(text: &GarbleText<'_>) -> Vec<SignHit> {
    let full_text = text.full_text();
    let claims = text.version.claims.iter().filter_map(|sentence_claim| {
        let Value::Date(Date { day: Some(_), .. }) = &sentence_claim.claim.value else { return None };
        let span = sentence_claim.claim.span;
        let first = full_text[..span.start].trim_end();
        let before = text.lexicon.articles_before_dates.iter().find(|word| first.ends_with(word.as_str()))?;
        let after = full_text[span.end..].trim_start_matches(' ');
        // The 6 January attack, the May 5 meeting: there the date is an attribute of a noun.
        let which = after.starts_with(char::is_alphabetic)
            && !span.slice(full_text).ends_with(|c: char| c.is_ascii_digit());
        let day_first = span.slice(full_text).starts_with(|c: char| c.is_ascii_digit());
        (day_first && !which)
            .then(|| (sentence_claim.sentence, Span::new(first.len() - before.len(), span.end)))
    });
    claims
        .filter_map(|(sentence, span)| {
            let line = text.compared_lines().find(|line| line.sentence == sentence)?;
            Some(SignHit::new(line, span))
        })
        .collect()
}
