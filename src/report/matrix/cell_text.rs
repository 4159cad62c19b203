//! What people read of a table, in every format alike: names of versions, short words of a claim, who stands alone.

use std::cmp::Reverse;

use super::MatrixTable;
use crate::claims::Value;
use crate::divergence::{ClaimPlace, FindingKind, Version, describe_value};
use crate::matrix::{MatrixCell, MatrixRow};
use crate::text::Span;

/// Most characters of a claim, or of the words around one.
pub(crate) const MAX_CELL_CHARS: usize = 80;

/// A version's short name: A to Z, then AA.
pub(super) fn version_letter(version: usize) -> String {
    let last = char::from(b'A' + (version % 26) as u8);
    match version / 26 {
        0 => last.to_string(),
        more => version_letter(more - 1) + &last.to_string(),
    }
}

impl MatrixTable<'_> {
    /// What a version has of a claim: its own words in quotation marks; or, without them, that it tells the same as the
    /// reference, or nothing.
    /// `name` is how the format calls a version.
    pub(in crate::report) fn cell_text(
        &self,
        row: &MatrixRow,
        version: usize,
        name: fn(usize) -> String,
    ) -> String {
        match &row.cells[version] {
            MatrixCell::Present { same_as: 0, .. } if version > 0 => "same".to_owned(),
            MatrixCell::Present { place, same_as: like } => {
                let words = self.claim_text(row.kind, version, place);
                if *like == version { words } else { format!("{words} as {}", name(*like)) }
            }
            MatrixCell::Absent => "absent".to_owned(),
            MatrixCell::Unclear => "unclear".to_owned(),
        }
    }

    /// The words of a claim, in short.
    fn claim_text(&self, kind: FindingKind, version: usize, place: &ClaimPlace) -> String {
        let version = &self.versions[version];
        match &place.value {
            // Its marks are those of the text.
            Some(Value::Quote { .. }) => cut_excerpt(version, place.span, place.span),
            Some(value) => describe_value(value, place.span.slice(&version.article.text)),
            None if kind == FindingKind::Statement => {
                quote_words(&cut_excerpt(version, place.span, place.span))
            }
            None => quote_words(&claim_in_sentence(version, place)),
        }
    }

    /// The sentence around a figure or a name, which by itself does not say what it is about.
    pub(in crate::report) fn claim_context(&self, row: &MatrixRow) -> Option<String> {
        let (version, place) = row.first_place()?;
        let is_self_contained = matches!(place.value, None | Some(Value::Quote { .. }));
        (!is_self_contained).then(|| claim_in_sentence(&self.versions[version], place))
    }

    /// What is said last: a line a version that stands alone, the one that does most often first; that there is no
    /// difference; how much is not shown.
    pub(in crate::report) fn summary_lines(&self, name: fn(usize) -> String) -> Vec<String> {
        let claims = self.matrix.rows_at_level().count();
        let (level, below) = (self.matrix.filter.level.name(), self.matrix.below_level);
        let mut outliers: Vec<(usize, [usize; 3])> =
            (0..self.paths.len()).map(|version| (version, self.count_outliers(version))).collect();
        outliers.retain(|(_, counts)| counts.iter().any(|count| *count > 0));
        outliers.sort_by_key(|(version, counts)| (Reverse(counts.iter().sum::<usize>()), *version));
        let outlier_line = |(version, counts): &(usize, [usize; 3])| {
            let ways = [("tells", " otherwise"), ("lacks", ""), ("adds", "")];
            let ways = counts.iter().zip(ways).filter(|(count, _)| **count > 0);
            let ways: Vec<String> = ways.map(|(count, (verb, how))| format!("{verb} {count}{how}")).collect();
            format!(
                "{} {} stands alone in {} of {claims} {}: {}",
                name(*version),
                self.paths[*version],
                counts.iter().sum::<usize>(),
                if claims == 1 { "claim" } else { "claims" },
                ways.join(", ")
            )
        };
        let none = (claims == 0).then(|| format!("No claim differs at or above {level}."));
        let low = (below > 0).then(|| format!("{below} below {level} not shown; --level low shows all"));
        outliers.iter().map(outlier_line).chain(none).chain(low).collect()
    }
}

/// Words in quotation marks that are not those of the words.
fn quote_words(words: &str) -> String {
    if words.contains(['“', '”', '"']) { format!("‘{words}’") } else { format!("“{words}”") }
}

/// A claim with as much of its sentence as there is room for.
fn claim_in_sentence(version: &Version, place: &ClaimPlace) -> String {
    cut_excerpt(version, place.span, version.sentences[place.sentence].span)
}

/// A place and what stands around it within bounds, on one line, at most [`MAX_SHOWN`] characters; whole words, where there
/// are any.
fn cut_excerpt(version: &Version, place: Span, bounds: Span) -> String {
    let text = &version.article.text;
    let bounds = Span::new(bounds.start.min(place.start), bounds.end.max(place.end));
    let chars = |from: usize, to: usize| text[from..to].chars().count();
    let (mut start, mut end) = (place.start, place.end);
    if chars(start, end) > MAX_CELL_CHARS {
        end = text[start..].char_indices().nth(MAX_CELL_CHARS - 1).map_or(end, |(at, _)| start + at);
        end = text[start..end].rfind(char::is_whitespace).filter(|at| *at > 0).map_or(end, |at| start + at);
    }
    // Words are added on both sides in turn.
    let (mut left, mut right) = (true, end >= place.end);
    while left || right {
        if left {
            let before = text[bounds.start..start].trim_end();
            let from = before.rfind(char::is_whitespace).map_or(bounds.start, |at| {
                bounds.start + at + before[at..].chars().next().map_or(0, char::len_utf8)
            });
            left = from < start && chars(from, end) < MAX_CELL_CHARS;
            start = if left { from } else { start };
        }
        if right {
            let rest = &text[end..bounds.end];
            let skipped = rest.len() - rest.trim_start().len();
            let to = rest[skipped..].find(char::is_whitespace).map_or(bounds.end, |at| end + skipped + at);
            right = to > end && chars(start, to) < MAX_CELL_CHARS;
            end = if right { to } else { end };
        }
    }
    let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (start > bounds.start, !text[end..bounds.end].trim().is_empty());
    format!("{}{words}{}", if before { "… " } else { "" }, if after { " …" } else { "" })
}
