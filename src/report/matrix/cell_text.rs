//! The wording that formats for people share: letters of versions, short texts of claims, the summary of outliers.

use std::cmp::Reverse;

use crate::claims::Value;
use crate::divergence::{ClaimPlace, FindingKind, Version, describe_value};
use crate::matrix::{MatrixCell, MatrixRow};
use crate::report::contents::MatrixTable;
use crate::report::view::below_level_line;
use crate::text::Span;

/// Most characters of a claim or of its context.
pub(crate) const MAX_CELL_CHARS: usize = 80;

/// A version's letter: A to Z, then AA.
pub(super) fn version_letter(version: usize) -> String {
    let last = char::from(b'A' + (version % 26) as u8);
    match version / 26 {
        0 => last.to_string(),
        more => version_letter(more - 1) + &last.to_string(),
    }
}

impl MatrixTable<'_> {
    /// The words of a version for a claim in quotation marks; or, without them, that they have the reference's value, or
    /// that the claim is absent or unclear. `name` is the format's name for a version.
    pub(in crate::report) fn cell_text(
        &self,
        row: &MatrixRow,
        version: usize,
        name: fn(usize) -> String,
    ) -> String {
        match &row.cells[version] {
            MatrixCell::Present { same_as: 0, .. } if version > 0 => "same".to_owned(),
            MatrixCell::Present { place, same_as } => {
                let words = self.claim_text(row.kind, version, place);
                if *same_as == version { words } else { format!("{words} as {}", name(*same_as)) }
            }
            MatrixCell::Absent => "absent".to_owned(),
            MatrixCell::Unclear => "unclear".to_owned(),
        }
    }

    /// The words of a claim, shortened.
    fn claim_text(&self, kind: FindingKind, version: usize, place: &ClaimPlace) -> String {
        let version = &self.versions[version];
        match &place.value {
            // The text has quotation marks already.
            Some(Value::Quote { .. }) => cut_excerpt(version, place.span, place.span),
            Some(value) => describe_value(value, place.span.slice(&version.article.text)),
            None if kind == FindingKind::Statement => {
                quote_words(&cut_excerpt(version, place.span, place.span))
            }
            None => quote_words(&claim_in_sentence(version, place)),
        }
    }

    /// The sentence around a figure or a name, whose subject isn't visible without it; `None` for other claims.
    pub(in crate::report) fn claim_context(&self, row: &MatrixRow) -> Option<String> {
        let (version, place) = row.first_place()?;
        let is_self_contained = matches!(place.value, None | Some(Value::Quote { .. }));
        (!is_self_contained).then(|| claim_in_sentence(&self.versions[version], place))
    }

    /// The last lines: one for each version that is an outlier, the most frequent one first; that there is no difference;
    /// how many claims are below the level.
    pub(in crate::report) fn summary_lines(&self, name: fn(usize) -> String) -> Vec<String> {
        let claims = self.matrix.rows_at_level().count();
        let level = self.matrix.filter.level;
        let mut outliers: Vec<(usize, [usize; 3])> =
            (0..self.paths.len()).map(|version| (version, self.count_outliers(version))).collect();
        outliers.retain(|(_, counts)| counts.iter().any(|count| *count > 0));
        outliers.sort_by_key(|(version, counts)| (Reverse(counts.iter().sum::<usize>()), *version));
        let none = (claims == 0).then(|| format!("No claim differs at or above {}.", level.name()));
        let below = below_level_line(self.matrix.below_level, level);
        let outliers = outliers.into_iter().map(|(version, counts)| {
            format!("{} {} {}", name(version), self.paths[version], outlier_counts_text(counts, claims))
        });
        outliers.chain(none).chain(below).collect()
    }
}

/// The rows in which a version is the outlier, by kind, of all rows at the level.
fn outlier_counts_text(counts: [usize; 3], claims: usize) -> String {
    let kinds = counts.iter().zip(["different", "missing", "added"]).filter(|(count, _)| **count > 0);
    let kinds: Vec<String> = kinds.map(|(count, kind)| format!("{count} {kind}")).collect();
    format!(
        "is the odd one out in {} of {claims} {}: {}",
        counts.iter().sum::<usize>(),
        if claims == 1 { "claim" } else { "claims" },
        kinds.join(", ")
    )
}

/// Words in quotation marks other than any that they contain.
fn quote_words(words: &str) -> String {
    if words.contains(['“', '”', '"']) { format!("‘{words}’") } else { format!("“{words}”") }
}

/// A claim with as much of its sentence as fits.
fn claim_in_sentence(version: &Version, place: &ClaimPlace) -> String {
    cut_excerpt(version, place.span, version.sentences[place.sentence].span)
}

/// A place with its context within bounds, on one line, of at most [`MAX_CELL_CHARS`] characters; cut between words,
/// where there are any.
fn cut_excerpt(version: &Version, place: Span, bounds: Span) -> String {
    let text = &version.article.text;
    let bounds = Span::new(bounds.start.min(place.start), bounds.end.max(place.end));
    let (mut start, mut end) = (place.start, place.end);
    if text[start..end].chars().count() > MAX_CELL_CHARS {
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
            left = from < start && text[from..end].chars().count() < MAX_CELL_CHARS;
            start = if left { from } else { start };
        }
        if right {
            let rest = &text[end..bounds.end];
            let skipped = rest.len() - rest.trim_start().len();
            let to = rest[skipped..].find(char::is_whitespace).map_or(bounds.end, |at| end + skipped + at);
            right = to > end && text[start..to].chars().count() < MAX_CELL_CHARS;
            end = if right { to } else { end };
        }
    }
    let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (start > bounds.start, !text[end..bounds.end].trim().is_empty());
    format!("{}{words}{}", if before { "… " } else { "" }, if after { " …" } else { "" })
}
