//! Two versions: which of them was garbled, and which words were put in the place of which.

use super::judgement::{GarbleJudgement, judge_garbling};
use super::substitutions::{Basis, Substitution, find_substitutions};
use crate::divergence::glossary::{ANY, Glossary, GlossaryEntry};
use crate::divergence::{Version, VersionPair};
use crate::encode::Encoder;
use crate::error::Result;
use crate::text::{Sides, Which};

/// The garbling of two versions of one text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GarbleComparison {
    /// The judgement of each by itself.
    pub versions: [GarbleJudgement; 2],
    /// The version that was garbled, or was so more than the other; `None` where neither was.
    pub garbled: Option<Which>,
    /// Which of the two is the original, or nearer to it.
    pub direction: Option<CopyDirection>,
    /// The words of the garbled version that were put in the place of words of the other; empty where neither is garbled.
    pub substitutions: Vec<Substitution>,
    /// Groups of sentences that are too long to be searched for substitutions.
    pub passed_over: usize,
}

/// Which version came first.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyDirection {
    /// The version that is the original, or nearer to it.
    pub original: Which,
    /// The evidence, the strongest first.
    pub reasons: Vec<DirectionReason>,
}

/// A reason for a direction; the figures are the garbled version's, then the original's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DirectionReason {
    /// The chances that they were garbled, 0 to 1.
    Scores([f32; 2]),
    /// The numbers of leftover words of another language.
    Leftovers([usize; 2]),
    /// The number of names of the garbled version that are corrupted forms of the original's.
    Names(usize),
    /// The number of words of the garbled version that the language data list as replacements of the original's.
    Known(usize),
    /// The number of words of the garbled version that are in the place of words of the original with a near meaning.
    Aligned(usize),
    /// The numbers of words of the aligned sentences: programs seldom shorten.
    Lengths([usize; 2]),
}

/// Least difference between the scores of two versions for one of them to be the garbled one.
const MIN_SCORE_GAP: f32 = 0.25;

/// Least share by which lengths have to differ to be a reason.
const MIN_LENGTH_GAP: f32 = 0.03;

/// Judges each of two versions, the direction between them, and the substitutions.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn compare_garbling(a: &Version, b: &Version, encoder: &dyn Encoder) -> Result<GarbleComparison> {
    let versions = [judge_garbling(a), judge_garbling(b)];
    let garbled = garbled_side(&versions);
    let mut comparison =
        GarbleComparison { versions, garbled, direction: None, substitutions: Vec::new(), passed_over: 0 };
    if let Some(garbled) = garbled {
        let glossary = Glossary::default();
        let pair = VersionPair::new(a, b, encoder, &glossary)?;
        let table = find_substitutions(&pair, garbled, encoder)?;
        (comparison.substitutions, comparison.passed_over) = (table.rows, table.passed_over);
        comparison.direction = judge_direction(&comparison, &pair, garbled);
    }
    Ok(comparison)
}

impl GarbleComparison {
    /// The substitutions as allowed equivalents, so that a garbled version can be compared for its content.
    #[must_use]
    pub fn substitution_glossary(&self, versions: [&Version; 2]) -> Glossary {
        let mut glossary = Glossary::default();
        let Some(garbled) = self.garbled else { return glossary };
        let versions = Sides::from(versions);
        let (own, other) = (versions[garbled], versions[garbled.other_side()]);
        for row in &self.substitutions {
            let name = row.basis == Basis::Name;
            let [own_lang, other_lang] = [own, other].map(|v| if name { ANY } else { v.article.lang.code() });
            let mut entry = GlossaryEntry::new();
            for [from, to] in &row.places {
                add_form(&mut entry, other_lang, to.slice(&other.article.text));
                add_form(&mut entry, own_lang, from.slice(&own.article.text));
            }
            if let Some(meant) = &row.meant {
                add_form(&mut entry, own_lang, meant);
            }
            if name { glossary.names.push(entry) } else { glossary.terms.push(entry) }
        }
        glossary
    }
}

fn add_form(entry: &mut GlossaryEntry, lang: &str, form: &str) {
    let forms = entry.entry(lang.to_owned()).or_default();
    if !forms.iter().any(|known| known == form) {
        forms.push(form.to_owned());
    }
}

/// The side that was garbled, or was so more than the other.
fn garbled_side(versions: &[GarbleJudgement; 2]) -> Option<Which> {
    let [a, b] = [0, 1].map(|k| if versions[k].verdict.is_garbled() { versions[k].score } else { 0.0 });
    match () {
        () if a == 0.0 && b == 0.0 => None,
        () if a >= b => Some(Which::A),
        () => Some(Which::B),
    }
}

/// Which version is nearer to the original; `None` where both are garbled alike.
fn judge_direction(
    comparison: &GarbleComparison,
    pair: &VersionPair<'_>,
    garbled: Which,
) -> Option<CopyDirection> {
    let sides = [garbled, garbled.other_side()];
    let judgements = Sides::from(comparison.versions.each_ref());
    let scores = sides.map(|which| judgements[which].score);
    let leftovers =
        sides.map(|which| judgements[which].signs.iter().filter(|sign| sign.rule.name == "leftover").count());
    let by_basis = |basis, reason: fn(usize) -> DirectionReason| {
        let count = comparison.substitutions.iter().filter(|row| row.basis == basis).count();
        (count > 0).then(|| reason(count))
    };
    let lengths = sides.map(|which| aligned_words(pair, which));
    let longer = lengths[0] as f32 > lengths[1] as f32 * (1.0 + MIN_LENGTH_GAP);
    let one_language = pair.a.article.lang == pair.b.article.lang;
    let reasons = [
        (scores[0] - scores[1] >= MIN_SCORE_GAP).then_some(DirectionReason::Scores(scores)),
        by_basis(Basis::Name, DirectionReason::Names),
        by_basis(Basis::Known, DirectionReason::Known),
        (leftovers[0] > leftovers[1]).then_some(DirectionReason::Leftovers(leftovers)),
        by_basis(Basis::Aligned, DirectionReason::Aligned),
        (one_language && longer).then_some(DirectionReason::Lengths(lengths)),
    ];
    let reasons: Vec<DirectionReason> = reasons.into_iter().flatten().collect();
    // Without a difference in score the other reasons may come from two programs at work on one text.
    matches!(reasons.first(), Some(DirectionReason::Scores(_)))
        .then_some(CopyDirection { original: sides[1], reasons })
}

/// The number of words in the aligned sentences of a side.
fn aligned_words(pair: &VersionPair<'_>, which: Which) -> usize {
    let sentences = (0..pair.groups.len()).flat_map(|group| pair.group_sentences(group, which));
    sentences
        .map(|sentence| pair.side_version(which).sentence_text(*sentence).split_whitespace().count())
        .sum()
}
