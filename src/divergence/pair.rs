use std::collections::BTreeSet;

use super::counterpart::{Placed, placed};
use super::glossary::{Allowed, Glossary};
use super::version::{Stated, Version};
use super::{bounds, score};
use crate::align::{Aligner, Evidence, MAX_RUN, Relation, partners};
use crate::claims::{self, Value, figure};
use crate::encode::Encoder;
use crate::error::Result;
use crate::segment;
use crate::text::{Lang, Sides, Span, Which};
use crate::words::{
    BRIEF, Chunks, EncodedSide, FeatureInput, Link, Marked, Standing, WordFeatures, difference, features,
    find, firsts, links,
};

/// Sentences of A and of B, by their indices in the versions, that tell the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Aligned {
    /// Ascending indices into A's sentences.
    pub a: Vec<usize>,
    /// Ascending indices into B's sentences.
    pub b: Vec<usize>,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Equivalent, partial or contradicting.
    pub relation: Relation,
    /// Whether it crosses the order of the others.
    pub moved: bool,
    /// How far the two sides are apart in meaning, 0 to 1; from 0.5 on a careful reader would say that they differ.
    pub divergence: f32,
}

/// Two versions and how they go together: what every rule looks at.
#[derive(Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) a: &'a Version,
    pub(crate) b: &'a Version,
    pub(crate) groups: Vec<Aligned>,
    /// Whether the two are versions of one text rather than texts on one event.
    pub(crate) parallel: bool,
    pub(crate) parallel_share: f32,
    /// The bounds that were reached.
    pub(crate) notes: Vec<String>,
    /// For each sentence of A and of B the groups it stands in.
    in_groups: Sides<Vec<Vec<usize>>>,
    /// For each sentence that takes part its nearest single sentence of the other version.
    nearest: Sides<Vec<Option<(usize, Evidence)>>>,
    /// For each sentence its words' links to the sentences it stands with, or to the nearest.
    links: Sides<Vec<Vec<Link>>>,
    /// For each sentence of A and of B that takes part the number of its first word, as links count them.
    first_words: Sides<Vec<u32>>,
    /// The words of both versions with their differences, for showing; in the order in which links count them.
    pub(crate) words: Sides<Vec<Marked>>,
    /// For each sentence that takes part its cues.
    cues: Sides<Vec<Vec<Placed>>>,
    /// Words of names that are rare enough to be nothing but a name.
    proper: BTreeSet<String>,
    /// What may differ.
    glossary: &'a Glossary,
    /// Where A and B have forms of the glossary.
    allowed: Sides<Allowed>,
}

/// Information in nats from which a word is a name and no word of a language. The encoder's unigram model gives
/// "city" 8, "ministry" 10, "Netflix" 15; invented and foreign surnames have 18 and more.
const PROPER: f32 = 14.0;

impl<'a> Pair<'a> {
    pub(crate) fn new(
        a: &'a Version,
        b: &'a Version,
        encoder: &dyn Encoder,
        glossary: &'a Glossary,
    ) -> Result<Self> {
        let texts = [a, b].map(|v| v.told.iter().map(|k| v.text_of(*k)).collect::<Vec<&str>>());
        let langs = [a, b].map(|v| v.told.iter().map(|k| v.lang_of(*k)).collect::<Vec<Lang>>());
        let ([(mut told_a, chunks_a), (mut told_b, chunks_b)], lexicon) =
            Chunks::of_both(encoder, [&texts[0], &texts[1]], [&langs[0], &langs[1]], MAX_RUN)?;
        told_a.side.anchors = anchors(a);
        told_b.side.anchors = anchors(b);
        let aligner = Aligner::new(&told_a.side, &told_b.side, &lexicon);
        let (alignment, nearest) = (aligner.align(), aligner.nearest().clone());
        let notes = bounds::reached([a, b], [&told_a.side, &told_b.side], &lexicon, &alignment);
        let partners = partners(&alignment, &nearest);
        let standings = Standing::all(&alignment, [a.told.len(), b.told.len()]);
        let (links_a, links_b) = rayon::join(
            || links(&told_a, &told_b, &partners[0], &lexicon),
            || links(&told_b, &told_a, &partners[1], &lexicon),
        );
        let (found_a, found_b) = rayon::join(
            || find((&chunks_a, &told_a), (&chunks_b, &told_b), &partners[0]),
            || find((&chunks_b, &told_b), (&chunks_a, &told_a), &partners[1]),
        );
        let first_words = Sides::new(&told_a, &told_b).map(|told| firsts(told.words.iter().map(Vec::len)));
        let same_language = a.article.lang == b.article.lang;
        let brief = a.told.len().max(b.told.len()) <= BRIEF;
        let features = |links, chunks, found, standings| {
            features(&FeatureInput { links, chunks, found, standings, same_language, brief })
        };
        let words = rayon::join(
            || marked(a, &told_a, &features(&links_a, &chunks_a.of_sentence, &found_a, &standings[0])),
            || marked(b, &told_b, &features(&links_b, &chunks_b.of_sentence, &found_b, &standings[1])),
        );
        let links = Sides::new(spread(a, links_a), spread(b, links_b));
        let named = |of: &[Option<(usize, Evidence)>], other: &Version| -> Vec<_> {
            of.iter().map(|n| n.map(|(k, evidence)| (other.told[k], evidence))).collect()
        };
        let nearest = Sides::new(spread(a, named(&nearest.of_a, b)), spread(b, named(&nearest.of_b, a)));
        let (parallel, parallel_share) = (alignment.is_parallel(), alignment.parallel);
        let groups: Vec<Aligned> = alignment
            .groups
            .into_iter()
            .map(|group| Aligned {
                a: group.a.iter().map(|k| a.told[*k]).collect(),
                b: group.b.iter().map(|k| b.told[*k]).collect(),
                evidence: group.evidence,
                relation: group.relation,
                moved: group.moved,
                divergence: 0.0,
            })
            .collect();
        let mut in_groups = Sides::new(a, b).map(|version| vec![Vec::new(); version.sentences.len()]);
        for (k, group) in groups.iter().enumerate() {
            group.a.iter().for_each(|s| in_groups.a[*s].push(k));
            group.b.iter().for_each(|s| in_groups.b[*s].push(k));
        }
        let cues = |v: &Version| spread(v, v.told.iter().map(|k| placed(v, *k)).collect());
        let mut pair = Self {
            a,
            b,
            groups,
            parallel,
            parallel_share,
            notes,
            in_groups,
            nearest,
            links,
            first_words,
            words: words.into(),
            cues: rayon::join(|| cues(a), || cues(b)).into(),
            proper: proper(encoder, a, b),
            glossary,
            allowed: Sides::new(a, b).map(|version| Allowed::of(version, glossary)),
        };
        pair.allow();
        for k in 0..pair.groups.len() {
            pair.groups[k].divergence = score::of_group(&pair, k).divergence;
        }
        Ok(pair)
    }

    /// Whether the claims of both versions are read.
    pub(crate) fn is_read(&self) -> bool {
        self.a.is_read() && self.b.is_read()
    }

    /// Whether every word of a name is rare enough to be nothing but a name.
    pub(crate) fn is_proper(&self, name: &str) -> bool {
        name.split_whitespace().all(|word| self.proper.contains(word))
    }

    /// Words for which the glossary allows what stands in the sentences that go with their own are told there.
    fn allow(&mut self) {
        for group in 0..self.groups.len() {
            for which in Which::BOTH {
                let (own, others) =
                    (self.sentences_of(group, which), self.sentences_of(group, which.other()));
                let [forms, facing] = [which, which.other()].map(|which| &self.allowed[which]);
                let mut spans = forms.facing(own, facing, others);
                let values = self.claims_in(group, which).filter(|own| {
                    let mut other = self.claims_in(group, which.other());
                    other.any(|other| self.glossary.same_value(&own.claim.value, &other.claim.value))
                });
                spans.extend(values.map(|stated| stated.claim.span));
                for span in spans {
                    self.tell(which, span);
                }
            }
        }
    }

    /// Marks words as told on the other side.
    fn tell(&mut self, which: Which, span: Span) {
        let version = self.version(which);
        let words = &mut self.words[which];
        let first = words.partition_point(|word| word.span.end <= span.start);
        for word in words[first..].iter_mut().take_while(|word| word.span.start < span.end) {
            word.difference = 0.0;
        }
        let at = version.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        for sentence in
            (at..version.sentences.len()).take_while(|k| version.sentences[*k].span.start < span.end)
        {
            let start = version.sentences[sentence].span.start;
            let links = self.links[which][sentence].iter_mut();
            for (word, link) in segment::words(version.text_of(sentence)).zip(links) {
                if word.shifted(start).overlaps(span) {
                    *link = link.told();
                }
            }
        }
    }

    /// Whether the glossary allows for a name what the other version has in its place.
    pub(crate) fn allows_name(&self, which: Which, name: &Stated) -> bool {
        self.allowed[which].anywhere(name.sentence, name.claim.span, &self.allowed[which.other()])
    }

    /// Whether the glossary takes two values for the same.
    pub(crate) fn allows_values(&self, a: &Value, b: &Value) -> bool {
        self.glossary.same_value(a, b)
    }

    pub(crate) fn version(&self, which: Which) -> &'a Version {
        match which {
            Which::A => self.a,
            Which::B => self.b,
        }
    }

    /// Indices of the groups that a sentence stands in.
    pub(crate) fn groups_of(&self, which: Which, sentence: usize) -> &[usize] {
        &self.in_groups[which][sentence]
    }

    /// A group's sentences on one side.
    pub(crate) fn sentences_of(&self, group: usize, which: Which) -> &[usize] {
        match which {
            Which::A => &self.groups[group].a,
            Which::B => &self.groups[group].b,
        }
    }

    /// The nearest single sentence of the other version, and what speaks for the two.
    pub(crate) fn nearest(&self, which: Which, sentence: usize) -> Option<(usize, Evidence)> {
        self.nearest[which][sentence]
    }

    /// The links of a sentence's words, in order.
    pub(crate) fn links_of(&self, which: Which, sentence: usize) -> &[Link] {
        &self.links[which][sentence]
    }

    /// The difference of the word that starts at a byte of one side's text.
    pub(crate) fn difference_at(&self, which: Which, start: usize) -> Option<f32> {
        let words = &self.words[which];
        words.binary_search_by_key(&start, |word| word.span.start).ok().map(|k| words[k].difference)
    }

    /// The sentence of one side and the place in it of the word that a link leads to.
    pub(crate) fn place_of(&self, which: Which, word: u32) -> Option<(usize, usize)> {
        let firsts = &self.first_words[which];
        let told = firsts.partition_point(|first| *first <= word).checked_sub(1)?;
        Some((self.version(which).told[told], (word - firsts[told]) as usize))
    }

    /// The numbers of the claims of one side's sentences of a group, ascending.
    pub(crate) fn claim_numbers_in(&self, group: usize, which: Which) -> impl Iterator<Item = usize> {
        let version = self.version(which);
        self.sentences_of(group, which).iter().flat_map(|sentence| version.claim_numbers_of(*sentence))
    }

    /// The claims of one side's sentences of a group, in order.
    pub(crate) fn claims_in(&self, group: usize, which: Which) -> impl Iterator<Item = &'a Stated> {
        let claims = &self.version(which).claims;
        self.claim_numbers_in(group, which).map(|k| &claims[k])
    }

    /// The cues of one side's sentences of a group, in order.
    pub(super) fn cues_in(&self, group: usize, which: Which) -> impl Iterator<Item = &Placed> {
        self.sentences_of(group, which).iter().flat_map(move |k| &self.cues[which][*k])
    }
}

fn proper(encoder: &dyn Encoder, a: &Version, b: &Version) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for version in [a, b] {
        let names = version.claims.iter().filter(|c| c.claim.kind == claims::Kind::Name);
        for word in names.flat_map(|c| c.claim.span.of(&version.article.text).split_whitespace()) {
            if !found.contains(word) && encoder.information(word) >= PROPER {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

/// The figures of each sentence that takes part.
fn anchors(version: &Version) -> Vec<Vec<String>> {
    let mut anchors = vec![Vec::new(); version.sentences.len()];
    for stated in &version.claims {
        anchors[stated.sentence].extend(anchor(&stated.claim.value));
    }
    version.told.iter().map(|k| std::mem::take(&mut anchors[*k])).collect()
}

/// The figures of a sentence by value, in a form that is equal in all languages: what [`crate::align::Side::anchors`]
/// holds.
#[must_use]
pub fn figures(sentence: &str, lang: Lang) -> Vec<String> {
    claims::figures(sentence, lang).iter().filter_map(|claim| anchor(&claim.value)).collect()
}

/// Small counts stand everywhere and tie nothing together.
fn anchor(value: &Value) -> Option<String> {
    figure(value).filter(|f| f.abs() >= 10.0).map(|f| format!("{f:.6e}"))
}

/// Values of the sentences that take part, put at the indices of all sentences.
fn spread<T: Clone + Default>(version: &Version, values: Vec<T>) -> Vec<T> {
    let mut all = vec![T::default(); version.sentences.len()];
    for (k, value) in version.told.iter().zip(values) {
        all[*k] = value;
    }
    all
}

fn marked(version: &Version, told: &EncodedSide, features: &[Vec<WordFeatures>]) -> Vec<Marked> {
    let mut marked = Vec::new();
    for ((sentence, words), features) in version.told.iter().zip(&told.words).zip(features) {
        let start = version.sentences[*sentence].span.start;
        let words = words.iter().zip(features);
        marked.extend(words.map(|(w, f)| Marked { span: w.shifted(start), difference: difference(f) }));
    }
    marked
}

impl Evidence {
    /// The share of one side that the other covers.
    pub(crate) fn covered(&self, which: Which) -> f32 {
        match which {
            Which::A => self.covered_a,
            Which::B => self.covered_b,
        }
    }
}
