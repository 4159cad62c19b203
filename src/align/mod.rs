//! Vectors, lengths and words of two versions to groups of sentences that tell the same.
//!
//! Two steps. First the best *monotone* path of m:n groups and nulls ([`path`]), under a model fitted on parallel
//! text ([`score`]). Then every group has to show that it tells the same at all; how much of the shorter version
//! does, says how far the two are *parallel* (a translation, a spun copy) or only *comparable* (two newsrooms on one
//! event). In parallel text what is left alone is matched again without order, as *moved*. In comparable text order
//! means nothing: there groups are the mutually best pairs, and a sentence may stand in more than one.
//!
//! This room knows no claims and reads no text but its words.

mod anchors;
mod band;
mod chance;
mod comparable;
mod coverage;
mod evidence;
mod moved;
mod path;
mod score;
mod side;
mod unordered;

pub use comparable::{PAIR_FEATURES, PairFeatures, SentencePair};
pub use evidence::Evidence;
pub use score::{GROUP_FEATURES, GroupFeatures, Weights};
pub use side::{
    AlignmentSide, MAX_GROUP, MAX_LEXICON, MAX_SENTENCES, MAX_WINDOW, MAX_WORDS, PairWordIndex, WordContext,
    WordLexicon, encode_versions,
};
pub use unordered::{MAX_PAIRS, NearestSentences};

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use path::Bead;
use score::Scorer;

/// How two sides of a group stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Both tell the same.
    Equivalent,
    /// One tells part of what the other tells.
    Partial,
    /// One denies what the other tells.
    Contradicts,
}

impl Relation {
    /// Its name in reports and gradings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Partial => "partial",
            Self::Contradicts => "contradicts",
        }
    }
}

/// Sentences of A and sentences of B that tell the same.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceGroup {
    /// Indices of A's sentences, ascending and consecutive.
    pub a: Vec<usize>,
    /// Indices of B's sentences, ascending and consecutive.
    pub b: Vec<usize>,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Equivalent, partial or contradicting.
    pub relation: Relation,
    /// Whether it crosses the order that the other groups keep.
    pub moved: bool,
}

/// How two versions go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Ordered by A, then by B. Sentences in no group are unaligned.
    pub groups: Vec<SentenceGroup>,
    /// Share of the information of the shorter version that the monotone path aligns surely, 0 to 1.
    pub parallel_share: f32,
}

impl Alignment {
    /// Whether the two are versions of one text, in one order, rather than two texts on one event.
    #[must_use]
    pub fn is_parallel(&self) -> bool {
        self.parallel_share >= MIN_PARALLEL_SHARE
    }

    /// What is to be said where the two keep no order and have too many sentences, `counts` on A and B, to be matched
    /// without one.
    #[must_use]
    pub fn unmatched_note(&self, counts: [usize; 2]) -> Option<String> {
        let [a, b] = counts;
        (!self.is_parallel() && a.saturating_mul(b) > MAX_PAIRS).then(|| {
            format!(
                "the two keep no common order, and {a} x {b} sentences are too many to be matched without one \
                 (at most {MAX_PAIRS} pairs)"
            )
        })
    }

    /// Groups without overlap, in order: the strongest first, then what no longer shares a sentence with one taken.
    #[must_use]
    pub fn disjoint_groups(&self) -> Vec<SentenceGroup> {
        let mut strongest: Vec<&SentenceGroup> = self.groups.iter().collect();
        strongest.sort_by(|x, y| y.evidence.match_strength().total_cmp(&x.evidence.match_strength()));
        let (mut used_a, mut used_b): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        let mut taken: Vec<SentenceGroup> = Vec::new();
        for group in strongest {
            if group.a.iter().all(|i| !used_a.contains(i)) && group.b.iter().all(|j| !used_b.contains(j)) {
                used_a.extend(&group.a);
                used_b.extend(&group.b);
                taken.push(group.clone());
            }
        }
        taken.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        taken
    }
}

/// Least [`Evidence::strength`] of a group that counts as surely telling the same. Read off the five pairs of real
/// comparable reports in development: true pairs start at .62, the best false ones end at .55.
pub const MIN_SURE_STRENGTH: f32 = 0.58;

/// Least strength of a group that the order of a parallel text speaks for as well.
pub const MIN_ORDERED_STRENGTH: f32 = 0.25;

/// From this share on two texts are parallel. The graded parallel pairs have .85 and more, the comparable ones .59 and
/// less.
const MIN_PARALLEL_SHARE: f32 = 0.72;

/// A group is partial where one side is covered so much more than the other. Across languages and in garbled text both
/// are covered little, and alike.
const MIN_PARTIAL_DIFFERENCE: f32 = 0.25;

/// Aligns two sides. What is the same for all steps is worked out once.
#[derive(Debug)]
pub struct Aligner<'a> {
    scorer: Scorer<'a>,
    scored_pairs: OnceLock<Vec<(usize, usize, Evidence)>>,
    nearest_sentences: OnceLock<NearestSentences>,
}

impl<'a> Aligner<'a> {
    /// Looks at both texts as wholes.
    #[must_use]
    pub fn new(a: &'a AlignmentSide, b: &'a AlignmentSide, lexicon: &'a WordLexicon) -> Self {
        Self {
            scorer: Scorer::new(a, b, lexicon),
            scored_pairs: OnceLock::new(),
            nearest_sentences: OnceLock::new(),
        }
    }

    /// Groups of sentences that tell the same.
    #[must_use]
    pub fn align_sentences(&self) -> Alignment {
        self.align_with(&Weights::default(), &mut |_| {})
    }

    /// The same with other weights than the fitted ones; `progress` hears the share of the work that is done, 0 to 1.
    #[must_use]
    pub fn align_with(&self, weights: &Weights, progress: &mut dyn FnMut(f64)) -> Alignment {
        let scorer = &self.scorer;
        if scorer.a.is_empty() || scorer.b.is_empty() {
            return Alignment { groups: Vec::new(), parallel_share: 0.0 };
        }
        let band = band::search_band(scorer.a, scorer.b);
        let beads = path::best_beads(scorer, weights, &band, progress);
        let monotone: Vec<(Bead, Evidence)> = beads
            .into_par_iter()
            .filter(|bead| !bead.a.is_empty() && !bead.b.is_empty())
            .map(|bead| trim_bead(scorer, bead))
            .collect();
        let parallel = parallel_share(scorer, &monotone);
        let mut groups = if parallel >= MIN_PARALLEL_SHARE {
            let kept = monotone
                .into_iter()
                .filter(|(_, evidence)| evidence.match_strength() >= MIN_ORDERED_STRENGTH);
            let mut groups = kept.map(|(bead, evidence)| build_group(bead.a, bead.b, evidence)).collect();
            unordered::match_unaligned(scorer, &mut groups);
            groups
        } else {
            unordered::match_unordered(scorer, self.scored_pairs())
        };
        groups.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        moved::mark_moved(&mut groups);
        Alignment { groups, parallel_share: parallel }
    }

    /// The best monotone path under the model, before its groups are judged: runs of A and B in order, one of them
    /// empty for a null.
    #[must_use]
    pub fn monotone_path(&self, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        self.path_in_band(&band::search_band(self.scorer.a, self.scorer.b), weights)
    }

    /// The same, searched in the whole table of all pairs of sentences: what [`Aligner::path`] is measured against. Time and
    /// memory grow with the product of the lengths.
    #[must_use]
    pub fn path_in_full_table(&self, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        self.path_in_band(&band::full_band(self.scorer.a.len(), self.scorer.b.len()), weights)
    }

    fn path_in_band(&self, band: &band::Band, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        let beads = path::best_beads(&self.scorer, weights, band, &mut |_| {}).into_iter();
        beads.map(|bead| (bead.a, bead.b)).collect()
    }

    /// For each sentence of either side the single sentence of the other that comes nearest. Where the two have more
    /// than [`MAX_PAIRS`] pairs it is not looked for.
    #[must_use]
    pub fn nearest_sentences(&self) -> &NearestSentences {
        self.nearest_sentences.get_or_init(|| NearestSentences::from_pairs(&self.scorer, self.scored_pairs()))
    }

    /// All pairs of sentences that may tell the same.
    fn scored_pairs(&self) -> &[(usize, usize, Evidence)] {
        let all = |side: &AlignmentSide| (0..side.len()).collect::<Vec<_>>();
        self.scored_pairs.get_or_init(|| {
            unordered::find_scored_pairs(&self.scorer, &all(self.scorer.a), &all(self.scorer.b))
        })
    }

    /// What each pair of sentences that may tell the same is judged by in comparable texts, ordered by A, then B.
    #[must_use]
    pub fn sentence_pairs(&self) -> Vec<SentencePair> {
        comparable::judge_pairs(&self.scorer, self.scored_pairs())
    }

    /// The features of every group that the search looks at: its first sentence of A and of B, how many of each, and
    /// [`Features`]. For fitting [`Weights`].
    pub fn each_group(&self, mut found: impl FnMut((usize, usize), (usize, usize), GroupFeatures)) {
        let scorer = &self.scorer;
        let band = band::search_band(scorer.a, scorer.b);
        for (rows, columns) in path::band_rectangles(&band, scorer.b.len()) {
            let of_shape =
                path::each_group(scorer, &rows, &columns, &Vec::new(), |found, place, features| {
                    found.extend(features.map(|features| (place, features)));
                });
            for ((p, q), all) in score::group_shapes().zip(of_shape) {
                let inside = |((i, j), _): &((usize, usize), GroupFeatures)| {
                    band[*i].contains(j) && band[i + p].contains(&(j + q))
                };
                all.into_iter().filter(inside).for_each(|((i, j), features)| found((i, p), (j, q), features));
            }
        }
    }
}

/// For each sentence of either side the sentences that it stands in a group with; the nearest where there are none.
pub(crate) fn partner_sentences(alignment: &Alignment, nearest: &NearestSentences) -> [Vec<Vec<usize>>; 2] {
    let nearest = [&nearest.of_a, &nearest.of_b];
    let mut partners = nearest.map(|nearest| vec![Vec::new(); nearest.len()]);
    for group in &alignment.groups {
        group.a.iter().for_each(|i| partners[0][*i].extend(&group.b));
        group.b.iter().for_each(|j| partners[1][*j].extend(&group.a));
    }
    for (partners, nearest) in partners.iter_mut().zip(nearest) {
        for (partners, nearest) in partners.iter_mut().zip(nearest) {
            if partners.is_empty() {
                partners.extend(nearest.map(|(sentence, _)| sentence));
            }
        }
    }
    partners
}

/// How much stronger a group has to become for each sentence that is left out at its edges.
const TRIM_COST: f32 = 0.1;

/// The path pays for each null, so it would rather put sentences that have no partner into their neighbour's group.
/// Leaves such sentences at the edges out, and says what speaks for the rest.
fn trim_bead(scorer: &Scorer<'_>, bead: Bead) -> (Bead, Evidence) {
    let (rows, columns) = (bead.a.clone(), bead.b.clone());
    let cover = scorer.measure_coverage(rows.clone(), columns.clone(), rows.len().max(columns.len()));
    let of = |a: &Range<usize>, b: &Range<usize>| {
        scorer.evidence_within((a.start, a.len()), (b.start, b.len()), &cover)
    };
    let parts = inner_ranges(&rows).flat_map(|a| inner_ranges(&columns).map(move |b| (a.clone(), b)));
    let judged = parts.map(|(a, b)| {
        let left_out = rows.len() + columns.len() - a.len() - b.len();
        let evidence = of(&a, &b);
        (evidence.match_strength() - TRIM_COST * left_out as f32, evidence, Bead { a, b })
    });
    // Of equals the last, which is not smaller; the whole group is always there.
    let best = judged.max_by(|x, y| x.0.total_cmp(&y.0));
    best.map_or_else(|| (bead, of(&rows, &columns)), |(_, evidence, part)| (part, evidence))
}

/// Every run of consecutive sentences inside a run.
fn inner_ranges(run: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let run = run.clone();
    run.clone().flat_map(move |start| (start + 1..=run.end).map(move |end| start..end))
}

fn build_group(a: Range<usize>, b: Range<usize>, evidence: Evidence) -> SentenceGroup {
    let relation =
        if (evidence.lexical_coverage_a - evidence.lexical_coverage_b).abs() > MIN_PARTIAL_DIFFERENCE {
            Relation::Partial
        } else {
            Relation::Equivalent
        };
    SentenceGroup { a: a.collect(), b: b.collect(), evidence, relation, moved: false }
}

fn parallel_share(scorer: &Scorer<'_>, beads: &[(Bead, Evidence)]) -> f32 {
    let surely_aligned = beads.iter().filter(|(_, evidence)| evidence.match_strength() >= MIN_SURE_STRENGTH);
    let (mut info_a, mut info_b) = (0.0, 0.0);
    for (bead, _) in surely_aligned {
        info_a += scorer.info_a((bead.a.start, bead.a.len()));
        info_b += scorer.info_b((bead.b.start, bead.b.len()));
    }
    let (all_a, all_b) = (scorer.info_a((0, scorer.a.len())), scorer.info_b((0, scorer.b.len())));
    if all_a <= all_b { info_a / all_a } else { info_b / all_b }
}
