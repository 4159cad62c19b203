use std::collections::BTreeSet;

use super::anchors::sentence_anchors;
use super::bounds;
use super::glossary::{Glossary, GlossaryMatches};
use super::placed_cue::{PlacedCue, compared_cues};
use super::sentence_score::{PairScore, score_sides};
use super::version::{SentenceClaim, Version};
use crate::align::{Aligner, Evidence, MAX_WINDOW, Relation, SentenceGroup, partner_sentences};
use crate::claims::{self, Value};
use crate::encode::Encoder;
use crate::error::Result;
use crate::segment;
use crate::text::{Lang, Sides, Span, Which};
use crate::words::{
    AlignmentFeatures, Chunks, EncodedSide, FeatureInput, MAX_PAIR_SENTENCES, WordDifference, WordFeatures,
    WordMatch, first_numbers, match_chunks, match_words, word_difference, word_features,
};

/// Aligned sentences of A and B, by their indices in the versions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AlignedGroup {
    /// Ascending indices into A's sentences.
    pub a: Vec<usize>,
    /// Ascending indices into B's sentences.
    pub b: Vec<usize>,
    /// Evidence for the alignment.
    pub evidence: Evidence,
    /// Equivalent, partial or contradicting.
    pub relation: Relation,
    /// Whether it crosses the order of the others.
    pub moved: bool,
    /// Divergence of the two sides, 0 to 1: the probability that a careful reader would call the meaning different.
    pub divergence: f32,
}

impl AlignedGroup {
    /// A group of the aligner, whose numbers are those of compared sentences, not yet scored.
    fn of_versions(group: &SentenceGroup, [a, b]: [&Version; 2]) -> Self {
        Self {
            a: group.a.iter().map(|k| a.compared_sentences[*k]).collect(),
            b: group.b.iter().map(|k| b.compared_sentences[*k]).collect(),
            evidence: group.evidence,
            relation: group.relation,
            moved: group.moved,
            divergence: 0.0,
        }
    }
}

/// Two versions with their alignment, word matches and cues: the input of every rule.
#[derive(Debug)]
pub(crate) struct VersionPair<'a> {
    pub(crate) a: &'a Version,
    pub(crate) b: &'a Version,
    pub(crate) groups: Vec<AlignedGroup>,
    /// Whether the two are versions of one text rather than texts on one event.
    pub(crate) is_parallel: bool,
    pub(crate) parallel_share: f32,
    /// Notes on the bounds that were reached.
    pub(crate) notes: Vec<String>,
    /// Indices of the groups of each sentence of A and of B.
    groups_by_sentence: Sides<Vec<Vec<usize>>>,
    /// The nearest single sentence of the other version for each sentence; `None` where it is not compared.
    nearest_sentences: Sides<Vec<Option<(usize, Evidence)>>>,
    /// Matches of each sentence's words in the sentences aligned with it, or else in the nearest.
    matches: Sides<Vec<Vec<WordMatch>>>,
    /// Number of the first word of each compared sentence, as word matches count them.
    first_words: Sides<Vec<u32>>,
    /// The words of both versions with their differences, in the order in which word matches count them.
    pub(crate) words: Sides<Vec<WordDifference>>,
    /// Cues of each sentence; none where it is not compared.
    cues: Sides<Vec<Vec<PlacedCue>>>,
    /// Words of names that are rare enough to be only names, see [`MIN_PROPER_INFO`].
    proper_words: BTreeSet<String>,
    /// Allowed equivalents.
    glossary: &'a Glossary,
    /// Occurrences of glossary forms in A and B.
    glossary_matches: Sides<GlossaryMatches>,
}

/// Minimum information in nats of a word that is only a name and no word of a language. The encoder's unigram model
/// gives "city" 8, "ministry" 10, "Netflix" 15; invented and foreign surnames have 18 and more.
const MIN_PROPER_INFO: f32 = 14.0;

impl<'a> VersionPair<'a> {
    pub(crate) fn new(
        a: &'a Version,
        b: &'a Version,
        encoder: &dyn Encoder,
        glossary: &'a Glossary,
    ) -> Result<Self> {
        let texts =
            [a, b].map(|v| v.compared_sentences.iter().map(|k| v.sentence_text(*k)).collect::<Vec<&str>>());
        let langs =
            [a, b].map(|v| v.compared_sentences.iter().map(|k| v.sentence_lang(*k)).collect::<Vec<Lang>>());
        let ([(mut encoded_a, chunks_a), (mut encoded_b, chunks_b)], lexicon) =
            Chunks::encode_both(encoder, [&texts[0], &texts[1]], [&langs[0], &langs[1]], MAX_WINDOW)?;
        encoded_a.side.anchors = sentence_anchors(a);
        encoded_b.side.anchors = sentence_anchors(b);
        let aligner = Aligner::new(&encoded_a.side, &encoded_b.side, &lexicon);
        let (alignment, nearest) = (aligner.align_sentences(), aligner.nearest_sentences().clone());
        let notes = bounds::bound_notes([a, b], [&encoded_a.side, &encoded_b.side], &lexicon, &alignment);
        let partners = partner_sentences(&alignment, &nearest);
        let alignment_features = AlignmentFeatures::from_alignment(
            &alignment,
            [a.compared_sentences.len(), b.compared_sentences.len()],
        );
        let (matches_a, matches_b) = rayon::join(
            || match_words(&encoded_a, &encoded_b, &partners[0], &lexicon),
            || match_words(&encoded_b, &encoded_a, &partners[1], &lexicon),
        );
        let (chunk_matches_a, chunk_matches_b) = rayon::join(
            || match_chunks((&chunks_a, &encoded_a), (&chunks_b, &encoded_b), &partners[0]),
            || match_chunks((&chunks_b, &encoded_b), (&chunks_a, &encoded_a), &partners[1]),
        );
        let first_words = Sides::new(&encoded_a, &encoded_b)
            .map_sides(|encoded| first_numbers(encoded.word_spans.iter().map(Vec::len)));
        let same_language = a.article.lang == b.article.lang;
        let is_sentence_pair =
            a.compared_sentences.len().max(b.compared_sentences.len()) <= MAX_PAIR_SENTENCES;
        let input_a = FeatureInput {
            matches: &matches_a,
            chunks: &chunks_a.sentence_chunks,
            chunk_matches: &chunk_matches_a,
            alignment_features: &alignment_features[0],
            same_language,
            is_sentence_pair,
        };
        let input_b = FeatureInput {
            matches: &matches_b,
            chunks: &chunks_b.sentence_chunks,
            chunk_matches: &chunk_matches_b,
            alignment_features: &alignment_features[1],
            ..input_a
        };
        let words = rayon::join(
            || word_differences(a, &encoded_a, &word_features(&input_a)),
            || word_differences(b, &encoded_b, &word_features(&input_b)),
        );
        let matches = Sides::new(spread_values(a, matches_a), spread_values(b, matches_b));
        let nearest = Sides::new(
            spread_values(a, sentence_indices(&nearest.of_a, b)),
            spread_values(b, sentence_indices(&nearest.of_b, a)),
        );
        let (parallel, parallel_share) = (alignment.is_parallel(), alignment.parallel_share);
        let groups: Vec<AlignedGroup> =
            alignment.groups.iter().map(|group| AlignedGroup::of_versions(group, [a, b])).collect();
        let mut in_groups = Sides::new(a, b).map_sides(|version| vec![Vec::new(); version.sentences.len()]);
        for (k, group) in groups.iter().enumerate() {
            group.a.iter().for_each(|s| in_groups.a[*s].push(k));
            group.b.iter().for_each(|s| in_groups.b[*s].push(k));
        }
        let mut pair = Self {
            a,
            b,
            groups,
            is_parallel: parallel,
            parallel_share,
            notes,
            groups_by_sentence: in_groups,
            nearest_sentences: nearest,
            matches,
            first_words,
            words: words.into(),
            cues: rayon::join(|| spread_values(a, compared_cues(a)), || spread_values(b, compared_cues(b)))
                .into(),
            proper_words: find_proper_words(encoder, a, b),
            glossary,
            glossary_matches: Sides::new(a, b)
                .map_sides(|version| GlossaryMatches::find_forms(version, glossary)),
        };
        pair.apply_glossary();
        for k in 0..pair.groups.len() {
            pair.groups[k].divergence = pair.score_group(k).divergence;
        }
        Ok(pair)
    }

    /// Whether there is language data to read the claims of both versions.
    pub(crate) fn is_read(&self) -> bool {
        self.a.is_read() && self.b.is_read()
    }

    /// Whether every word of a name is rare enough to be only a name.
    pub(crate) fn is_proper_name(&self, name: &str) -> bool {
        name.split_whitespace().all(|word| self.proper_words.contains(word))
    }

    /// Marks words as matched where the aligned sentences have an equivalent that the glossary allows.
    fn apply_glossary(&mut self) {
        for group in 0..self.groups.len() {
            for which in Which::BOTH_SIDES {
                let (own, others) =
                    (self.group_sentences(group, which), self.group_sentences(group, which.other_side()));
                let [forms, facing] = [which, which.other_side()].map(|which| &self.glossary_matches[which]);
                let mut spans = forms.facing_spans(own, facing, others);
                let values = self.claims_in(group, which).filter(|own| {
                    let mut other = self.claims_in(group, which.other_side());
                    other.any(|other| self.glossary.is_same_value(&own.claim.value, &other.claim.value))
                });
                spans.extend(values.map(|stated| stated.claim.span));
                for span in spans {
                    self.mark_matched(which, span);
                }
            }
        }
    }

    /// Marks the words of a span as fully matched on the other side.
    fn mark_matched(&mut self, which: Which, span: Span) {
        let version = self.side_version(which);
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
            let matches = self.matches[which][sentence].iter_mut();
            for (word, link) in segment::word_spans(version.sentence_text(sentence)).zip(matches) {
                if word.shifted_by(start).overlaps_span(span) {
                    *link = link.with_full_match();
                }
            }
        }
    }

    /// Whether the glossary has an equivalent of a name that occurs in the other version.
    pub(crate) fn allows_name(&self, which: Which, name: &SentenceClaim) -> bool {
        self.glossary_matches[which].has_equivalent(
            name.sentence,
            name.claim.span,
            &self.glossary_matches[which.other_side()],
        )
    }

    /// Whether two values are equal by the glossary.
    pub(crate) fn allows_values(&self, a: &Value, b: &Value) -> bool {
        self.glossary.is_same_value(a, b)
    }

    pub(crate) fn side_version(&self, which: Which) -> &'a Version {
        match which {
            Which::A => self.a,
            Which::B => self.b,
        }
    }

    /// Indices of the groups with a sentence.
    pub(crate) fn groups_with(&self, which: Which, sentence: usize) -> &[usize] {
        &self.groups_by_sentence[which][sentence]
    }

    /// A group's sentences on one side.
    pub(crate) fn group_sentences(&self, group: usize, which: Which) -> &[usize] {
        match which {
            Which::A => &self.groups[group].a,
            Which::B => &self.groups[group].b,
        }
    }

    /// The nearest single sentence of the other version, with the evidence for the two.
    pub(crate) fn nearest_sentence(&self, which: Which, sentence: usize) -> Option<(usize, Evidence)> {
        self.nearest_sentences[which][sentence]
    }

    /// The matches of a sentence's words, in order.
    pub(crate) fn matches_of(&self, which: Which, sentence: usize) -> &[WordMatch] {
        &self.matches[which][sentence]
    }

    /// The difference of the word that starts at a byte of one side's text.
    pub(crate) fn difference_at(&self, which: Which, start: usize) -> Option<f32> {
        let words = &self.words[which];
        words.binary_search_by_key(&start, |word| word.span.start).ok().map(|k| words[k].difference)
    }

    /// The sentence of one side and the number in it of a word, given as word matches count words.
    pub(crate) fn word_place(&self, which: Which, word: u32) -> Option<(usize, usize)> {
        let firsts = &self.first_words[which];
        let compared = firsts.partition_point(|first| *first <= word).checked_sub(1)?;
        Some((self.side_version(which).compared_sentences[compared], (word - firsts[compared]) as usize))
    }

    /// The numbers of the claims of one side's sentences of a group, ascending.
    pub(crate) fn claim_numbers_in(&self, group: usize, which: Which) -> impl Iterator<Item = usize> {
        let version = self.side_version(which);
        self.group_sentences(group, which).iter().flat_map(|sentence| version.claim_numbers(*sentence))
    }

    /// The claims of one side's sentences of a group, in order.
    pub(crate) fn claims_in(&self, group: usize, which: Which) -> impl Iterator<Item = &'a SentenceClaim> {
        let claims = &self.side_version(which).claims;
        self.claim_numbers_in(group, which).map(|k| &claims[k])
    }

    /// The divergence of the two sides of a group, with what it comes from.
    pub(super) fn score_group(&self, group: usize) -> PairScore {
        let [(text_a, lang_a, matches_a), (text_b, lang_b, matches_b)] =
            Which::BOTH_SIDES.map(|which| self.group_content(group, which));
        let chars = [text_a, text_b].map(|text| text.chars().filter(|c| !c.is_whitespace()).count() as f32);
        let cosine = self.groups[group].evidence.cosine;
        score_sides(cosine, [&matches_a, &matches_b], chars, [(text_a, lang_a), (text_b, lang_b)])
    }

    /// The text of one side of a group from its first sentence to its last, the language, and the words' matches.
    fn group_content(&self, group: usize, which: Which) -> (&'a str, Lang, Vec<WordMatch>) {
        let sentences = self.group_sentences(group, which);
        let version = self.side_version(which);
        let (first, last) = (sentences[0], sentences[sentences.len() - 1]);
        let text =
            &version.article.text[version.sentences[first].span.start..version.sentences[last].span.end];
        let matches = sentences.iter().flat_map(|s| self.matches_of(which, *s)).copied().collect();
        (text, version.sentence_lang(first), matches)
    }

    /// The cues of one side's sentences of a group, in order.
    pub(super) fn cues_in(&self, group: usize, which: Which) -> impl Iterator<Item = &PlacedCue> {
        self.group_sentences(group, which).iter().flat_map(move |k| &self.cues[which][*k])
    }
}

fn find_proper_words(encoder: &dyn Encoder, a: &Version, b: &Version) -> BTreeSet<String> {
    let mut proper_words = BTreeSet::new();
    for version in [a, b] {
        let names = version.claims.iter().filter(|c| c.claim.kind == claims::ClaimKind::Name);
        for word in names.flat_map(|c| version.claim_text(c).split_whitespace()) {
            if !proper_words.contains(word) && encoder.text_information(word) >= MIN_PROPER_INFO {
                proper_words.insert(word.to_owned());
            }
        }
    }
    proper_words
}

/// Nearest sentences, given by their positions among the compared sentences of `other`, by their indices in it.
fn sentence_indices(
    nearest: &[Option<(usize, Evidence)>],
    other: &Version,
) -> Vec<Option<(usize, Evidence)>> {
    nearest.iter().map(|n| n.map(|(k, evidence)| (other.compared_sentences[k], evidence))).collect()
}

/// Spreads values of the compared sentences over the indices of all sentences, with defaults for the others.
fn spread_values<T: Clone + Default>(version: &Version, values: Vec<T>) -> Vec<T> {
    let mut all = vec![T::default(); version.sentences.len()];
    for (k, value) in version.compared_sentences.iter().zip(values) {
        all[*k] = value;
    }
    all
}

fn word_differences(
    version: &Version,
    encoded: &EncodedSide,
    features: &[Vec<WordFeatures>],
) -> Vec<WordDifference> {
    let mut marked = Vec::new();
    for ((sentence, words), features) in
        version.compared_sentences.iter().zip(&encoded.word_spans).zip(features)
    {
        let start = version.sentences[*sentence].span.start;
        let words = words.iter().zip(features);
        marked.extend(
            words.map(|(w, f)| WordDifference { span: w.shifted_by(start), difference: word_difference(f) }),
        );
    }
    marked
}

impl Evidence {
    /// Coverage of one side by the other, weighted by information.
    pub(crate) fn lexical_coverage(&self, which: Which) -> f32 {
        match which {
            Which::A => self.lexical_coverage_a,
            Which::B => self.lexical_coverage_b,
        }
    }
}
