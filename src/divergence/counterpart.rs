//! Words that turn, weaken, count or give away what is said, and those that stand for them on the other side.
//!
//! A cue by itself says little: *not* may be *ohne*, *allegedly* may be *soll*. So each is led over to the other side by
//! the words around it, and taken together with the nearest cue there that can stand for it.

use super::pair::Pair;
use super::version::Version;
use crate::claims::{Cue, Effect, cues};
use crate::segment;
use crate::text::{Sides, Span, Which};
use crate::words::each_once;

/// A cue in one sentence of a group.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) sentence: usize,
    pub(super) cue: Cue,
    /// Its first word, and the one after its last.
    pub(super) words: (usize, usize),
}

/// Words before and after a cue that lead to the other side.
const AROUND: usize = 5;

/// Information in nats from which a word leads anywhere: function words stand everywhere.
const LEADS: f32 = 9.0;

/// Least mean cosine of a word that leads.
const NEAR: f32 = 0.4;

/// Signs that part what is said from who says it.
const PARTS: [char; 9] = [',', ';', ':', '"', '“', '”', '„', '«', '»'];

/// Words between where a cue leads and its counterpart. German verbs stand at the end.
const REACH: usize = 8;

/// Words further off that a cue of the same effect may stand than one that can stand for it.
const RANK: usize = 5;

/// The cues of a sentence, in order.
pub(super) fn placed(version: &Version, sentence: usize) -> Vec<Placed> {
    let text = version.text_of(sentence);
    let words: Vec<Span> = segment::words(text).collect();
    let mut found: Vec<Placed> = Vec::new();
    for cue in cues(text, version.lang_of(sentence)) {
        let first = words.partition_point(|w| w.end <= cue.span.start);
        let last = words.partition_point(|w| w.start < cue.span.end);
        // "Could possibly": one cue of two words, but not '"nobody asked us," said'.
        let doubled = |p: &Placed| {
            p.words.1 + 1 >= first
                && p.cue.effect == cue.effect
                && !text[p.cue.span.end.min(cue.span.start)..cue.span.start].contains(PARTS)
        };
        if !found.last().is_some_and(doubled) {
            found.push(Placed { sentence, cue, words: (first, last) });
        }
    }
    found
}

/// The cues of one group with an effect that `of` names which stand for one another, but are not the `same`.
pub(super) fn turned<'p>(
    pair: &'p Pair<'_>,
    group: usize,
    of: impl Fn(Effect) -> bool,
    same: impl Fn(Effect, Effect) -> bool,
) -> Vec<(&'p Placed, &'p Placed)> {
    let cues = cues_with(pair, group, of);
    let (mut pairs, _) = matched(pair, &cues, |x, y| Some(u8::from(!same(x, y))));
    pairs.retain(|(a, b)| !same(a.cue.effect, b.cue.effect));
    pairs
}

/// The cues of both sides of a group with an effect that `of` names.
pub(super) fn cues_with<'p>(
    pair: &'p Pair<'_>,
    group: usize,
    of: impl Fn(Effect) -> bool,
) -> Sides<Vec<&'p Placed>> {
    Sides::from_fn(|which| pair.cues_in(group, which).filter(|p| of(p.cue.effect)).collect())
}

/// Pairs the cues of both sides, the nearest and most alike first; the rest stands alone.
///
/// `stands_for` says how well two effects stand for one another: lower first, `None` not at all.
pub(super) fn matched<'c>(
    pair: &Pair<'_>,
    cues: &Sides<Vec<&'c Placed>>,
    stands_for: impl Fn(Effect, Effect) -> Option<u8>,
) -> (Vec<(&'c Placed, &'c Placed)>, Sides<Vec<&'c Placed>>) {
    let Sides { a, b } = cues;
    let images = Sides::from_fn(|which| {
        let image = |cue: &&Placed| image(pair, which, cue);
        if a.is_empty() || b.is_empty() { Vec::new() } else { cues[which].iter().map(image).collect() }
    });
    let mut near = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let Some(rank) = stands_for(x.cue.effect, y.cue.effect) else { continue };
            if let Some(apart) = apart((x, &images.a[i]), (y, &images.b[j])) {
                near.push((rank, apart, i, j));
            }
        }
    }
    // Pairs of one sum share no cue, so that the order of the two sides does not matter.
    near.sort_by_key(|(rank, apart, i, j)| (usize::from(*rank) * RANK + *apart, i + j));
    let taken = each_once(near.into_iter().map(|(_, _, i, j)| (i, j)));
    let alone = |all: &[&'c Placed], of: fn(&(usize, usize)) -> usize| {
        let free = |k: &usize| !taken.iter().any(|pair| of(pair) == *k);
        (0..all.len()).filter(free).map(|k| all[k]).collect()
    };
    let alone = Sides::new(alone(a, |pair| pair.0), alone(b, |pair| pair.1));
    let mut pairs: Vec<(&Placed, &Placed)> = taken.iter().map(|(i, j)| (a[*i], b[*j])).collect();
    pairs.sort_by_key(|(x, _)| (x.sentence, x.words));
    (pairs, alone)
}

/// A cue and where it leads, see [`image`].
type Led<'c> = (&'c Placed, &'c [(usize, usize)]);

/// Words between a cue of B and where one of A leads, or the other way round, at most [`REACH`].
fn apart(a: Led<'_>, b: Led<'_>) -> Option<usize> {
    let led =
        |(_, image): Led<'_>, (to, _): Led<'_>| {
            image
                .iter()
                .filter(|(sentence, _)| *sentence == to.sentence)
                .map(|(_, word)| {
                    if *word < to.words.0 { to.words.0 - word } else { (word + 1).saturating_sub(to.words.1) }
                })
                .min()
        };
    let both = [led(a, b), led(b, a)];
    both.into_iter().flatten().min().filter(|apart| *apart <= REACH)
}

/// Signs that part what is said from what is said beside it.
const APART: [char; 5] = [';', ':', '–', '—', '…'];

/// The words around a cue, so many before and after it and up to a sign that parts.
fn around(pair: &Pair<'_>, which: Which, cue: &Placed, before: usize, after: usize) -> Vec<usize> {
    let text = pair.version(which).text_of(cue.sentence);
    let words: Vec<Span> = segment::words(text).collect();
    let (first, last) = cue.words;
    // Whether nothing parts a word from the next.
    let joined =
        |k: &usize| words.get(k + 1).is_none_or(|next| !text[words[*k].end..next.start].contains(APART));
    let before = (first.saturating_sub(before)..first).rev().take_while(joined);
    let after =
        (last..words.len().min(last + after)).take_while(|k| k.checked_sub(1).is_none_or(|k| joined(&k)));
    before.chain(after).collect()
}

/// The words of the other side that those around a cue lead to: sentence and place.
pub(super) fn image(pair: &Pair<'_>, which: Which, cue: &Placed) -> Vec<(usize, usize)> {
    let links = pair.links_of(which, cue.sentence);
    around(pair, which, cue, AROUND, AROUND)
        .into_iter()
        .filter(|k| links[*k].info >= LEADS && links[*k].both >= NEAR)
        .filter_map(|k| pair.place_of(which.other(), links[k].to?))
        .collect()
}

/// The sentence of the other side that tells what stands around a cue: the one that most of those words lead to, the first
/// where they lead nowhere.
pub(super) fn facing(pair: &Pair<'_>, group: usize, which: Which, cue: &Placed) -> usize {
    let image = image(pair, which, cue);
    let sentences = pair.sentences_of(group, which.other());
    let led = |sentence: usize| image.iter().filter(|(s, _)| *s == sentence).count();
    sentences.iter().rev().copied().max_by_key(|s| led(*s)).unwrap_or(sentences[0])
}

/// How well the words around a cue are told on the other side, weighted by information, 0 to 1.
pub(super) fn told_around(pair: &Pair<'_>, which: Which, cue: &Placed, before: usize, after: usize) -> f32 {
    let links = pair.links_of(which, cue.sentence);
    let near = around(pair, which, cue, before, after).into_iter().map(|k| links[k]);
    crate::words::coverage(&near.collect::<Vec<_>>())
}
