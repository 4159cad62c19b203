//! Cues of negation, hedging, quantity and attribution, matched between the two sides of a group.
//!
//! A cue has no fixed translation: *not* may become *ohne*, *allegedly* may become *soll*. So a cue is projected to the
//! other side by the words around it, and matched with the nearest cue there that can be its counterpart.

use super::pair::VersionPair;
use super::placed_cue::PlacedCue;
use crate::claims::CueKind;
use crate::segment;
use crate::text::{Sides, Span, Which};
use crate::words::assign_greedily;

/// Number of words before and after a cue by which it is projected to the other side.
const PROJECTING_WORDS: usize = 5;

/// Minimum information in nats of a word for projection: function words occur everywhere.
const MIN_PROJECTION_INFO: f32 = 9.0;

/// Minimum mean cosine of a word and its match for projection.
const MIN_PROJECTION_SIM: f32 = 0.4;

/// Maximum number of words between a projected cue and its counterpart: German verbs are at the end of the clause.
const MAX_CUE_DISTANCE: usize = 8;

/// Distance in words that one rank of substitution weighs: a cue of the same kind is preferred to a substitute even if
/// it is this much farther away.
const RANK_DISTANCE: usize = 5;

/// The matched cues of one group whose kinds pass `has_kind` and are not `same`.
pub(super) fn changed_cues<'p>(
    pair: &'p VersionPair<'_>,
    group: usize,
    has_kind: impl Fn(CueKind) -> bool,
    same: impl Fn(CueKind, CueKind) -> bool,
) -> Vec<(&'p PlacedCue, &'p PlacedCue)> {
    let cues = cues_with(pair, group, has_kind);
    let (mut pairs, _) = match_cues(pair, &cues, |x, y| Some(u8::from(!same(x, y))));
    pairs.retain(|(a, b)| !same(a.cue.kind, b.cue.kind));
    pairs
}

/// The cues of both sides of a group whose kinds pass `has_kind`.
pub(super) fn cues_with<'p>(
    pair: &'p VersionPair<'_>,
    group: usize,
    has_kind: impl Fn(CueKind) -> bool,
) -> Sides<Vec<&'p PlacedCue>> {
    Sides::from_fn(|which| pair.cues_in(group, which).filter(|p| has_kind(p.cue.kind)).collect())
}

/// Matches the cues of both sides greedily, the nearest and most similar first. Returns the pairs in the order of A,
/// and the unmatched cues of each side.
///
/// `substitution_rank` ranks how well two kinds match: 0 is best, `None` never.
pub(super) fn match_cues<'c>(
    pair: &VersionPair<'_>,
    cues: &Sides<Vec<&'c PlacedCue>>,
    substitution_rank: impl Fn(CueKind, CueKind) -> Option<u8>,
) -> (Vec<(&'c PlacedCue, &'c PlacedCue)>, Sides<Vec<&'c PlacedCue>>) {
    let Sides { a, b } = cues;
    let images = Sides::from_fn(|which| {
        if a.is_empty() || b.is_empty() {
            return Vec::new();
        }
        cues[which].iter().map(|cue| projected_words(pair, which, cue)).collect::<Vec<_>>()
    });
    let mut candidates = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let Some(rank) = substitution_rank(x.cue.kind, y.cue.kind) else { continue };
            if let Some(apart) = cue_distance((x, &images.a[i]), (y, &images.b[j])) {
                candidates.push((rank, apart, i, j));
            }
        }
    }
    // Candidates of equal sum `i + j` share no cue, so that exchanging the sides changes nothing.
    candidates.sort_by_key(|(rank, apart, i, j)| (usize::from(*rank) * RANK_DISTANCE + *apart, i + j));
    let taken = assign_greedily(candidates, |(.., i, j)| (*i, *j));
    let unpaired = |all: &[&'c PlacedCue], of: fn(&(u8, usize, usize, usize)) -> usize| {
        let free = |k: &usize| !taken.iter().any(|pair| of(pair) == *k);
        (0..all.len()).filter(free).map(|k| all[k]).collect()
    };
    let unpaired = Sides::new(unpaired(a, |pair| pair.2), unpaired(b, |pair| pair.3));
    let mut pairs: Vec<(&PlacedCue, &PlacedCue)> = taken.iter().map(|(.., i, j)| (a[*i], b[*j])).collect();
    pairs.sort_by_key(|(x, _)| (x.sentence, x.word_range));
    (pairs, unpaired)
}

/// A cue and the words of the other side that it is projected to, see [`projected_words`].
type ProjectedCue<'c> = (&'c PlacedCue, &'c [(usize, usize)]);

/// Number of words between a cue of one side and the projection of a cue of the other, the smaller of both directions;
/// `None` if above [`MAX_CUE_DISTANCE`].
fn cue_distance(a: ProjectedCue<'_>, b: ProjectedCue<'_>) -> Option<usize> {
    let distances = [projection_distance(a.1, b.0), projection_distance(b.1, a.0)];
    distances.into_iter().flatten().min().filter(|apart| *apart <= MAX_CUE_DISTANCE)
}

/// Number of words between projected words and a cue in their sentence; 0 inside it, `None` in other sentences.
fn projection_distance(projected: &[(usize, usize)], cue: &PlacedCue) -> Option<usize> {
    let (first, last) = cue.word_range;
    let words = projected.iter().filter(|(sentence, _)| *sentence == cue.sentence).map(|(_, word)| *word);
    words.map(|word| if word < first { first - word } else { (word + 1).saturating_sub(last) }).min()
}

/// Signs between clauses.
const CLAUSE_SIGNS: [char; 5] = [';', ':', '–', '—', '…'];

/// Numbers of up to `before` and `after` words around a cue, none across a sign of [`CLAUSE_SIGNS`].
fn words_around(
    pair: &VersionPair<'_>,
    which: Which,
    cue: &PlacedCue,
    before: usize,
    after: usize,
) -> Vec<usize> {
    let text = pair.side_version(which).sentence_text(cue.sentence);
    let words: Vec<Span> = segment::word_spans(text).collect();
    let (first, last) = cue.word_range;
    // Whether no clause sign separates a word from the next.
    let joined = |k: &usize| {
        words.get(k + 1).is_none_or(|next| !text[words[*k].end..next.start].contains(CLAUSE_SIGNS))
    };
    let before = (first.saturating_sub(before)..first).rev().take_while(joined);
    let after =
        (last..words.len().min(last + after)).take_while(|k| k.checked_sub(1).is_none_or(|k| joined(&k)));
    before.chain(after).collect()
}

/// The matches of the words around a cue on the other side: sentence, and number of the word in it.
pub(super) fn projected_words(pair: &VersionPair<'_>, which: Which, cue: &PlacedCue) -> Vec<(usize, usize)> {
    let matches = pair.matches_of(which, cue.sentence);
    words_around(pair, which, cue, PROJECTING_WORDS, PROJECTING_WORDS)
        .into_iter()
        .filter(|k| matches[*k].info >= MIN_PROJECTION_INFO && matches[*k].context_sim >= MIN_PROJECTION_SIM)
        .filter_map(|k| pair.word_place(which.other_side(), matches[k].target?))
        .collect()
}

/// The sentence of the other side with the most matches of the words around a cue; the first of the group without
/// matches.
pub(super) fn facing_sentence(pair: &VersionPair<'_>, group: usize, which: Which, cue: &PlacedCue) -> usize {
    let projected = projected_words(pair, which, cue);
    let sentences = pair.group_sentences(group, which.other_side());
    let most =
        sentences.iter().rev().copied().max_by_key(|k| projected.iter().filter(|(s, _)| s == k).count());
    most.unwrap_or(sentences[0])
}

/// Coverage of the words around a cue by the other side, weighted by information, 0 to 1.
pub(super) fn surrounding_coverage(
    pair: &VersionPair<'_>,
    which: Which,
    cue: &PlacedCue,
    before: usize,
    after: usize,
) -> f32 {
    let matches = pair.matches_of(which, cue.sentence);
    let context = words_around(pair, which, cue, before, after).into_iter().map(|k| matches[k]);
    crate::words::word_coverage(&context.collect::<Vec<_>>())
}
