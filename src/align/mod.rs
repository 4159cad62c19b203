//! Sentence alignment of two versions, from the vectors, lengths and words of their sentences.
//!
//! Two steps. First the best *monotone* path of m:n groups and nulls ([`path`]), under a model fitted on parallel
//! text ([`score`]). Then every group is checked for its similarity ([`evidence`]). The share of the shorter version that
//! passes decides whether the two are *parallel* (a translation, a spun copy) or only *comparable* (two newsrooms on one
//! event). In parallel texts the unaligned sentences are matched again without order, as *moved*. In comparable texts
//! order carries no information: there groups are the mutually best pairs, and a sentence may be in more than one.
//!
//! This room knows no claims; of the text it reads the words alone.

mod anchors;
mod band;
mod chance;
mod comparable;
mod coverage;
mod evidence;
mod group;
mod moved;
mod path;
mod score;
mod side;
mod unordered;
mod word_cosines;

pub use comparable::{PAIR_FEATURES, PairFeatures, SentencePair};
pub use evidence::{Evidence, MIN_ORDERED_STRENGTH, MIN_SURE_STRENGTH};
pub use group::{Alignment, Relation, SentenceGroup};
pub use score::{GROUP_FEATURES, GroupFeatures, Weights};
pub use side::{
    AlignmentSide, MAX_GROUP, MAX_LEXICON, MAX_PAIRS, MAX_SENTENCES, MAX_WINDOW, MAX_WORDS, PairWordIndex,
    WordContext, WordLexicon, encode_versions,
};
pub use unordered::NearestSentences;

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use group::MIN_PARALLEL_SHARE;
use path::Bead;
use score::Scorer;

/// Aligns two sides. Intermediate results that several steps need are computed once.
#[derive(Debug)]
pub struct Aligner<'a> {
    scorer: Scorer<'a>,
    scored_pairs: OnceLock<Vec<(usize, usize, Evidence)>>,
    nearest_sentences: OnceLock<NearestSentences>,
}

impl<'a> Aligner<'a> {
    /// Estimates the chance level of both texts.
    #[must_use]
    pub fn new(a: &'a AlignmentSide, b: &'a AlignmentSide, lexicon: &'a WordLexicon) -> Self {
        Self {
            scorer: Scorer::new(a, b, lexicon),
            scored_pairs: OnceLock::new(),
            nearest_sentences: OnceLock::new(),
        }
    }

    /// The alignment under the fitted weights.
    #[must_use]
    pub fn align_sentences(&self) -> Alignment {
        self.align_with(&Weights::default(), &mut |_| {})
    }

    /// The alignment under other weights; `progress` is called with the share of the work done, 0 to 1.
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
            let mut groups =
                kept.map(|(bead, evidence)| SentenceGroup::from_ranges(bead.a, bead.b, evidence)).collect();
            unordered::match_unaligned(scorer, &mut groups);
            groups
        } else {
            unordered::match_unordered(scorer, self.scored_pairs())
        };
        groups.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        moved::mark_moved(&mut groups);
        Alignment { groups, parallel_share: parallel }
    }

    /// The best monotone path under the model, before its groups are checked: runs of A and B in order, one of them
    /// empty for a null.
    #[must_use]
    pub fn monotone_path(&self, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        self.path_in_band(&band::search_band(self.scorer.a, self.scorer.b), weights)
    }

    /// The best path of the whole table of all pairs of sentences, the reference for [`Aligner::monotone_path`]. Time and
    /// memory grow with the product of the lengths.
    #[must_use]
    pub fn path_in_full_table(&self, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        self.path_in_band(&band::full_band(self.scorer.a.len(), self.scorer.b.len()), weights)
    }

    fn path_in_band(&self, band: &band::Band, weights: &Weights) -> Vec<(Range<usize>, Range<usize>)> {
        let beads = path::best_beads(&self.scorer, weights, band, &mut |_| {}).into_iter();
        beads.map(|bead| (bead.a, bead.b)).collect()
    }

    /// For each sentence of either side the most similar single sentence of the other. All are `None` where the two have
    /// more than [`MAX_PAIRS`] pairs.
    #[must_use]
    pub fn nearest_sentences(&self) -> &NearestSentences {
        self.nearest_sentences.get_or_init(|| NearestSentences::from_pairs(&self.scorer, self.scored_pairs()))
    }

    /// The candidate pairs of sentences with their evidence, ordered by A, then B.
    fn scored_pairs(&self) -> &[(usize, usize, Evidence)] {
        self.scored_pairs.get_or_init(|| {
            let [a, b] = [self.scorer.a, self.scorer.b].map(|side| (0..side.len()).collect::<Vec<_>>());
            unordered::find_scored_pairs(&self.scorer, &a, &b)
        })
    }

    /// The candidate pairs of sentences with the features of the model for comparable texts, ordered by A, then B.
    #[doc(hidden)]
    #[must_use]
    pub fn sentence_pairs(&self) -> Vec<SentencePair> {
        comparable::judge_pairs(&self.scorer, self.scored_pairs())
    }

    /// Calls `visit` with every group of the search band: the first sentence and the number of sentences of A, the same of
    /// B, and its features. For fitting [`Weights`].
    #[doc(hidden)]
    pub fn each_group(&self, mut visit: impl FnMut((usize, usize), (usize, usize), GroupFeatures)) {
        let scorer = &self.scorer;
        let band = band::search_band(scorer.a, scorer.b);
        for (rows, columns) in path::band_rectangles(&band, scorer.b.len()) {
            let groups_by_shape =
                path::each_group(scorer, &rows, &columns, &Vec::new(), |groups, start, features| {
                    groups.extend(features.map(|features| (start, features)));
                });
            for ((p, q), groups) in score::group_shapes().zip(groups_by_shape) {
                for ((i, j), features) in groups {
                    if band[i].contains(&j) && band[i + p].contains(&(j + q)) {
                        visit((i, p), (j, q), features);
                    }
                }
            }
        }
    }
}

/// For each sentence of either side the sentences that it is aligned with; the most similar one where it is unaligned.
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

/// Least gain in [`Evidence::match_strength`] for each sentence that is trimmed from a group.
const TRIM_COST: f32 = 0.1;

/// The strongest part of a group, and its evidence. The path pays for each null and so tends to put sentences without a
/// partner into their neighbour's group; such sentences at the edges are left out.
fn trim_bead(scorer: &Scorer<'_>, bead: Bead) -> (Bead, Evidence) {
    let (rows, columns) = (bead.a.clone(), bead.b.clone());
    let cover = scorer.measure_coverage(rows.clone(), columns.clone(), rows.len().max(columns.len()));
    let evidence_of = |a: &Range<usize>, b: &Range<usize>| {
        scorer.evidence_within((a.start, a.len()), (b.start, b.len()), &cover)
    };
    let parts = inner_ranges(&rows).flat_map(|a| inner_ranges(&columns).map(move |b| (a.clone(), b)));
    let judged = parts.map(|(a, b)| {
        let left_out = rows.len() + columns.len() - a.len() - b.len();
        let evidence = evidence_of(&a, &b);
        (evidence.match_strength() - TRIM_COST * left_out as f32, evidence, Bead { a, b })
    });
    // Of equals the last, which is not smaller; the whole group is always among them.
    let best = judged.max_by(|x, y| x.0.total_cmp(&y.0));
    best.map_or_else(|| (bead, evidence_of(&rows, &columns)), |(_, evidence, part)| (part, evidence))
}

/// Every non-empty range inside a range.
fn inner_ranges(range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let range = range.clone();
    range.clone().flat_map(move |start| (start + 1..=range.end).map(move |end| start..end))
}

/// [`Alignment::parallel_share`] of the groups of the monotone path.
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
