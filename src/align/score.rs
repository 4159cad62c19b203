//! The score of a group on the monotone path.
//!
//! The score of a group is linear in a few features; with nulls it defines a semi-Markov conditional random field
//! over all monotone alignments (Sarawagi and Cohen 2004), and [`Weights`] are its maximum-likelihood estimate.
//! Two measures of similarity are combined: the cosine of the two runs as whole texts, and the share of each side's
//! information, word by word, that has a similar word on the other side. Both are counted above chance.

use std::ops::Range;
use std::sync::LazyLock;

use super::anchors::SharedAnchors;
use super::chance::{ChanceLevel, running_sums};
use super::coverage::Coverage;
use super::side::{AlignmentSide, MAX_GROUP, MAX_WINDOW, Window, WordLexicon};
use crate::encode::dot_products;
use crate::models::{self, LinearModel};

/// The sizes (sentences of A, sentences of B) of the groups that the search tries.
pub(super) fn group_shapes() -> impl Iterator<Item = (usize, usize)> {
    (1..=MAX_WINDOW).flat_map(|p| (1..=MAX_WINDOW).map(move |q| (p, q))).filter(|(p, q)| p + q <= MAX_GROUP)
}

/// Names of the features of a group, in the order of [`Weights::group`].
pub const GROUP_FEATURES: [&str; 8] =
    ["bias", "cosine", "cosine_info", "info", "cover", "cover_info", "length", "ratio"];

/// Values of [`GROUP_FEATURES`] for one group.
///
/// - `bias`: 1.
/// - `cosine`: cosine of the two runs above chance; `cosine_info`: that, times `info`.
/// - `info`: information of both sides, in units of 100 nats.
/// - `cover`: share of the information that has a similar word on the other side, above chance; `cover_info`: that,
///   times `info`.
/// - `length`: difference of the lengths in characters, in standard deviations (Gale and Church 1993), at most 6.
/// - `ratio`: absolute natural logarithm of the ratio of the lengths.
pub type GroupFeatures = [f32; GROUP_FEATURES.len()];

/// The weight of each feature, in nats.
#[derive(Clone, Debug)]
pub struct Weights {
    /// One for each of [`GROUP_FEATURES`].
    pub group: GroupFeatures,
    /// Score of a sentence without a partner.
    pub null: f32,
}

impl Default for Weights {
    /// The fitted weights. Shared figures were tried as a feature and got a negative weight: the words carry that
    /// information already.
    fn default() -> Self {
        static MODEL: LazyLock<LinearModel<{ GROUP_FEATURES.len() + 1 }>> = LazyLock::new(|| {
            let [a, b, c, d, e, f, g, h] = GROUP_FEATURES;
            LinearModel::load(models::ALIGNMENT_PATH, &[a, b, c, d, e, f, g, h, "null"])
        });
        let [group @ .., null] = MODEL.weights();
        Self { group, null }
    }
}

/// Unit of the feature `info` in nats: about eight content words.
const INFO_UNIT: f32 = 100.0;

/// Information in nats of a sentence beside that of its words, so that a sentence of signs alone has some.
const INFO_SENTENCE: f32 = 5.0;

/// Variance of the length difference per character (Gale and Church 1993, section 3.2).
const LENGTH_VARIANCE: f32 = 6.8;

/// Running sums over the sentences of one side.
#[derive(Debug)]
struct RunningSums {
    /// Information before each sentence, in nats.
    info: Vec<f32>,
    /// Characters before each sentence.
    chars: Vec<f32>,
}

impl RunningSums {
    fn new(side: &AlignmentSide, lexicon: &WordLexicon) -> Self {
        Self {
            info: running_sums(side.words.iter().map(|words| {
                INFO_SENTENCE + words.iter().map(|w| lexicon.weights[*w as usize]).sum::<f32>()
            })),
            chars: running_sums(side.chars.iter().copied()),
        }
    }

    /// Number of characters of all sentences, at least 1.
    fn total_chars(&self) -> f32 {
        self.chars.last().copied().unwrap_or(0.0).max(1.0)
    }

    /// Whether a sentence of the run is an empty line.
    fn has_empty_line(&self, (i, p): Window) -> bool {
        (i..i + p).any(|k| self.chars[k + 1] <= self.chars[k])
    }
}

/// Scores groups of one pair of texts, from quantities that are computed once for the pair.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    pub(super) a: &'a AlignmentSide,
    pub(super) b: &'a AlignmentSide,
    pub(super) lexicon: &'a WordLexicon,
    pub(super) anchors: SharedAnchors,
    pub(super) chance: [ChanceLevel; 2],
    sums: [RunningSums; 2],
    /// Square root of the characters of B per character of A. Each side is corrected by it, so that swapping the texts
    /// changes nothing.
    stretch: f32,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(a: &'a AlignmentSide, b: &'a AlignmentSide, lexicon: &'a WordLexicon) -> Self {
        let sums = [RunningSums::new(a, lexicon), RunningSums::new(b, lexicon)];
        let chance = rayon::join(|| ChanceLevel::new(a, b, lexicon), || ChanceLevel::new(b, a, lexicon));
        Self {
            a,
            b,
            lexicon,
            anchors: SharedAnchors::new(a, b),
            chance: chance.into(),
            stretch: (sums[1].total_chars() / sums[0].total_chars()).sqrt(),
            sums,
        }
    }

    /// Information of a run of A in nats.
    pub(super) fn info_a(&self, (i, p): Window) -> f32 {
        self.sums[0].info[i + p] - self.sums[0].info[i]
    }

    /// Information of a run of B in nats.
    pub(super) fn info_b(&self, (j, q): Window) -> f32 {
        self.sums[1].info[j + q] - self.sums[1].info[j]
    }

    /// A cosine minus its chance level.
    pub(super) fn cosine_margin(&self, (i, p): Window, (j, q): Window, cosine: f32) -> f32 {
        cosine - self.chance[0].expected_cosine((i, p), q).midpoint(self.chance[1].expected_cosine((j, q), p))
    }

    /// Word coverage of the groups inside a rectangle of sentences.
    pub(super) fn measure_coverage(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
        longest: usize,
    ) -> Coverage {
        let chance = [&self.chance[0], &self.chance[1]];
        Coverage::new((self.a, rows), (self.b, columns), self.lexicon, chance, longest)
    }

    /// Calls `visit` with the start (i, j) and the features of each group of `p` and `q` sentences that starts in
    /// `rows` x `columns` and lies within both texts, row by row.
    pub(super) fn each_of_shape(
        &self,
        (rows, p): (Range<usize>, usize),
        (columns, q): (Range<usize>, usize),
        cover: &Coverage,
        mut visit: impl FnMut(usize, usize, Option<GroupFeatures>),
    ) {
        let [rows, columns] = [(rows, self.a, p), (columns, self.b, q)].map(|(range, side, count)| {
            range.start..range.end.min((side.len() + 1).saturating_sub(count)).max(range.start)
        });
        let dim = self.lexicon.vectors.vector_dim();
        let cosines = dot_products(
            &self.a.windows.gather_windows(rows.clone(), p),
            &self.b.windows.gather_windows(columns.clone(), q),
            dim,
        );
        for i in rows.clone() {
            let cosines = &cosines[(i - rows.start) * columns.len()..][..columns.len()];
            for (j, cosine) in columns.clone().zip(cosines) {
                visit(i, j, self.group_features((i, p), (j, q), *cosine, cover));
            }
        }
    }

    /// `None` for a group with an empty line, which is never aligned.
    fn group_features(&self, a: Window, b: Window, cosine: f32, cover: &Coverage) -> Option<GroupFeatures> {
        let [sums_a, sums_b] = &self.sums;
        if sums_a.has_empty_line(a) || sums_b.has_empty_line(b) {
            return None;
        }
        let ((i, p), (j, q)) = (a, b);
        let margin = self.cosine_margin(a, b, cosine);
        let nats = self.info_a(a) + self.info_b(b);
        let info = nats / INFO_UNIT;
        let cover = (cover.covered_nats_a(a, b) + cover.covered_nats_b(a, b)) / nats;
        let chars_a = (sums_a.chars[i + p] - sums_a.chars[i]) * self.stretch;
        let chars_b = (sums_b.chars[j + q] - sums_b.chars[j]) / self.stretch;
        let deviation = (chars_a.midpoint(chars_b) * LENGTH_VARIANCE).sqrt().max(1e-6);
        Some([
            1.0,
            margin,
            margin * info,
            info,
            cover,
            cover * info,
            ((chars_b - chars_a).abs() / deviation).min(6.0),
            ((chars_a + 10.0) / (chars_b + 10.0)).ln().abs(),
        ])
    }
}
