//! Vectors, lengths and words of two versions to groups of sentences that tell the same.
//!
//! Two steps. First the best *monotone* path of m:n groups and nulls ([`path`]), under a model fitted on parallel
//! text ([`score`]). Then every group has to show that it tells the same at all; how much of the shorter version
//! does, says how far the two are *parallel* (a translation, a spun copy) or only *comparable* (two newsrooms on one
//! event). In parallel text what is left alone is matched again without order, as *moved*. In comparable text order
//! means nothing: there groups are the mutually best pairs, and a sentence may stand in more than one.
//!
//! This room knows no claims and reads no text but its words.

mod free;
mod path;
mod score;
mod side;

pub use score::{Evidence, MAX_GROUP, Weights};
pub use side::{Lexicon, MAX_RUN, MAX_SENTENCES, Side, encode, encode_single};

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

/// Sentences of A and sentences of B that tell the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
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
    pub groups: Vec<Group>,
    /// For each sentence of A the single sentence of B that comes nearest, however far that is. `None` where the two
    /// are too long for every pair to be looked at.
    pub nearest_a: Vec<Option<(usize, Evidence)>>,
    /// The same for B.
    pub nearest_b: Vec<Option<(usize, Evidence)>>,
    /// Share of the information of the shorter version that the monotone path aligns surely, 0 to 1.
    pub parallel: f32,
}

impl Alignment {
    /// Whether the two are versions of one text, in one order, rather than two texts on one event.
    #[must_use]
    pub fn is_parallel(&self) -> bool {
        self.parallel >= PARALLEL
    }

    /// Each sentence exactly once: the groups without overlap (the strongest first), then each unaligned sentence
    /// by itself, all in the order of A, then of B.
    #[must_use]
    pub fn disjoint(&self, len_a: usize, len_b: usize) -> Vec<(Vec<usize>, Vec<usize>, f32)> {
        let (mut used_a, mut used_b) = (vec![false; len_a], vec![false; len_b]);
        let mut order: Vec<&Group> = self.groups.iter().collect();
        order.sort_by(|x, y| y.evidence.strength().total_cmp(&x.evidence.strength()));
        let mut lines = Vec::new();
        for group in order {
            if group.a.iter().all(|i| !used_a[*i]) && group.b.iter().all(|j| !used_b[*j]) {
                group.a.iter().for_each(|i| used_a[*i] = true);
                group.b.iter().for_each(|j| used_b[*j] = true);
                lines.push((group.a.clone(), group.b.clone(), group.evidence.strength()));
            }
        }
        let alone =
            |used: &[bool]| (0..used.len()).filter(|k| !used[*k]).map(|k| vec![k]).collect::<Vec<_>>();
        lines.extend(alone(&used_a).into_iter().map(|a| (a, Vec::new(), 0.0)));
        lines.sort_by_key(|(a, b, _)| (a.first().copied(), b.first().copied()));
        lines.extend(alone(&used_b).into_iter().map(|b| (Vec::new(), b, 0.0)));
        lines
    }
}

/// Least [`Evidence::strength`] of a group that counts as surely telling the same. Read off the five pairs of real
/// comparable reports in development: true pairs start at .62, the best false ones end at .55.
pub const SURE: f32 = 0.58;

/// Least strength of a group that the order of a parallel text speaks for as well.
pub const IN_ORDER: f32 = 0.25;

/// From this share on two texts are parallel. The graded parallel pairs have .85 and more, the comparable ones .59 and
/// less.
const PARALLEL: f32 = 0.72;

/// A group is partial where one side is covered so much more than the other. Across languages and in garbled text both
/// are covered little, and alike.
const ONE_SIDED: f32 = 0.25;

/// Aligns two sides.
#[must_use]
pub fn align(a: &Side, b: &Side, lexicon: &Lexicon) -> Alignment {
    align_with(a, b, lexicon, Weights::default())
}

/// Aligns two sides with other weights than the fitted ones.
#[must_use]
pub fn align_with(a: &Side, b: &Side, lexicon: &Lexicon, weights: Weights) -> Alignment {
    if a.is_empty() || b.is_empty() {
        return Alignment {
            groups: Vec::new(),
            nearest_a: vec![None; a.len()],
            nearest_b: vec![None; b.len()],
            parallel: 0.0,
        };
    }
    let scorer = Scorer::new(a, b, lexicon, weights);
    let beads = path::best(&scorer, &path::band(a.len(), b.len()));
    let monotone: Vec<(Bead, Evidence)> = beads
        .into_iter()
        .filter(|bead| !bead.a.is_empty() && !bead.b.is_empty())
        .map(|bead| trimmed(&scorer, bead))
        .collect();
    let parallel = parallel_share(&scorer, &monotone);
    let nearest = free::best(&scorer, &vec![true; a.len()], &vec![true; b.len()]);
    let mut groups = if parallel >= PARALLEL {
        let kept = monotone.into_iter().filter(|(_, evidence)| evidence.strength() >= IN_ORDER);
        let mut groups: Vec<Group> =
            kept.map(|(bead, evidence)| group(bead.a.collect(), bead.b.collect(), evidence)).collect();
        free::match_alone(&scorer, &mut groups);
        groups
    } else {
        free::match_all(&nearest)
    };
    groups.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    free::mark_moved(&mut groups);
    Alignment { groups, nearest_a: nearest.of_row, nearest_b: nearest.of_column, parallel }
}

/// How much stronger a group has to become by leaving a sentence at its edge out.
const TRIMMED: f32 = 0.1;

/// The path pays for each null, so it would rather put a sentence that has no partner into its neighbour's group.
/// Leaves such sentences out, and says what speaks for the rest.
fn trimmed(scorer: &Scorer<'_>, mut bead: Bead) -> (Bead, Evidence) {
    let of = |bead: &Bead| scorer.evidence((bead.a.start, bead.a.len()), (bead.b.start, bead.b.len()));
    let mut evidence = of(&bead);
    loop {
        let Bead { a, b } = bead.clone();
        let cuts = [
            Bead { a: a.start + 1..a.end, b: b.clone() },
            Bead { a: a.start..a.end - 1, b: b.clone() },
            Bead { a: a.clone(), b: b.start + 1..b.end },
            Bead { a, b: b.start..b.end - 1 },
        ];
        let cuts =
            cuts.into_iter().filter(|cut| !cut.a.is_empty() && !cut.b.is_empty()).map(|cut| (of(&cut), cut));
        let best = cuts.max_by(|x, y| x.0.strength().total_cmp(&y.0.strength()));
        match best {
            Some((better, cut)) if better.strength() > evidence.strength() + TRIMMED => {
                (bead, evidence) = (cut, better);
            }
            _ => return (bead, evidence),
        }
    }
}

fn group(a: Vec<usize>, b: Vec<usize>, evidence: Evidence) -> Group {
    let relation = if (evidence.covered_a - evidence.covered_b).abs() > ONE_SIDED {
        Relation::Partial
    } else {
        Relation::Equivalent
    };
    Group { a, b, evidence, relation, moved: false }
}

fn parallel_share(scorer: &Scorer<'_>, beads: &[(Bead, Evidence)]) -> f32 {
    let sure = beads.iter().filter(|(_, evidence)| evidence.strength() >= SURE);
    let (mut info_a, mut info_b) = (0.0, 0.0);
    for (bead, _) in sure {
        info_a += scorer.info_a(bead.a.start, bead.a.len());
        info_b += scorer.info_b(bead.b.start, bead.b.len());
    }
    let (all_a, all_b) = (scorer.info_a(0, scorer.a.len()), scorer.info_b(0, scorer.b.len()));
    if all_a <= all_b { info_a / all_a } else { info_b / all_b }
}
