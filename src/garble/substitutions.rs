//! Which words of a garbled version stand for which of another version.
//!
//! In one language the aligned sentences are compared word by word. Across languages a word is replaced where the
//! language data know what it stands for and the other version has that in its place. Names need no language.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lexicon::GarbleLexicon;
use super::text::line_words;
use crate::claims;
use crate::divergence::{NameLikeness, Version, VersionPair, name_likeness};
use crate::encode::{Encoder, Vectors};
use crate::error::Result;
use crate::segment::FoldedWord;
use crate::text::{Span, Which};

/// What a substitution rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Two names of aligned sentences that stand in no other place of the other version and are alike.
    Name,
    /// The language data know the substitution, and what it stands for is in its place.
    Known,
    /// The words of aligned sentences, one by one, and near in meaning.
    Aligned,
}

impl Basis {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Known => "known",
            Self::Aligned => "aligned",
        }
    }
}

/// Words of a garbled version with what stands in their place in the other one.
#[derive(Clone, Debug, PartialEq)]
pub struct Substitution {
    /// The garbled words, as they stand where they do so first.
    pub garbled: String,
    /// The other version's words, in the form that stands there most often.
    pub original: String,
    /// The same in the language of the garbled version, where that is another one and it is known.
    pub meant: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// Cosine of what is meant with what stands there, 0 to 1.
    pub similarity: f32,
    /// Every place: in the garbled version, then in the other.
    pub places: Vec<[Span; 2]>,
}

/// The substitutions of a pair.
#[derive(Default)]
pub(super) struct SubstitutionTable {
    /// Those with the most places first, then in the order of the text.
    pub(super) rows: Vec<Substitution>,
    /// Groups of more than [`MAX_LOOKED_AT`] words, which are not looked at.
    pub(super) passed_over: usize,
}

/// One place of a substitution.
struct SubstitutionPlace {
    garbled: Span,
    original: Span,
    meant: Option<String>,
    basis: Basis,
    similarity: f32,
}

/// The substitutions of one side of a pair.
pub(super) fn find_substitutions(
    pair: &VersionPair<'_>,
    garbled: Which,
    encoder: &dyn Encoder,
) -> Result<SubstitutionTable> {
    let (own, other) = (pair.side_version(garbled), pair.side_version(garbled.other_side()));
    let Some(lexicon) = GarbleLexicon::for_lang(own.article.lang) else {
        return Ok(SubstitutionTable::default());
    };
    let groups: Vec<AlignedWords> = (0..pair.groups.len())
        .map(|group| {
            let facing = sentence_words(other, pair.group_sentences(group, garbled.other_side()));
            let facing_information =
                facing.iter().map(|word| encoder.text_information(word.compared_form(true))).collect();
            let words = sentence_words(own, pair.group_sentences(group, garbled));
            let own_information =
                words.iter().map(|word| encoder.text_information(word.compared_form(true))).collect();
            AlignedWords { own: words, other: facing, information: [own_information, facing_information] }
        })
        .collect();
    let all = groups.len();
    let groups: Vec<AlignedWords> = groups.into_iter().filter(AlignedWords::is_short_enough).collect();
    let texts = [own.article.text.as_str(), other.article.text.as_str()];
    let same_language = own.article.lang == other.article.lang;
    let mut places = Vec::new();
    for group in 0..pair.groups.len() {
        places.extend(name_places(pair, group, garbled));
    }
    let candidates: Vec<ListedCandidate> =
        groups.iter().flat_map(|group| group.listed_candidates(texts[0], lexicon)).collect();
    let mut vectors = TextVectors::default();
    for candidate in &candidates {
        vectors.add_text(candidate.span.slice(texts[0]));
        candidate.meant.iter().for_each(|meant| vectors.add_text(meant));
    }
    for group in &groups {
        // All words of the other side can be what is meant.
        word_grams(&group.other, 0..group.other.len(), MAX_FACING_WORDS, texts[1])
            .for_each(|gram| vectors.add_text(gram.slice(texts[1])));
        if same_language {
            for hunk in group.changed_hunks() {
                word_grams(&group.own, hunk.own.clone(), MAX_PHRASE_WORDS, texts[0])
                    .for_each(|gram| vectors.add_text(gram.slice(texts[0])));
                word_grams(&group.other, hunk.other, MAX_PHRASE_WORDS, texts[1])
                    .for_each(|gram| vectors.add_text(gram.slice(texts[1])));
            }
        }
    }
    vectors.encode_texts(encoder)?;
    for group in &groups {
        let listed = group.listed_candidates(texts[0], lexicon);
        places.extend(group.known_places(&listed, texts, same_language, &vectors));
        if same_language {
            places.extend(group.aligned_places([own, other], &vectors));
        }
    }
    Ok(SubstitutionTable {
        rows: merge_places(places, texts, same_language),
        passed_over: all - groups.len(),
    })
}

fn sentence_words(version: &Version, sentences: &[usize]) -> Vec<FoldedWord> {
    sentences.iter().flat_map(|sentence| line_words(version, *sentence)).collect()
}

/// The words of an aligned group.
struct AlignedWords {
    own: Vec<FoldedWord>,
    other: Vec<FoldedWord>,
    /// Information of each word of both sides, in nats.
    information: [Vec<f32>; 2],
}

/// Words of the other side that known words can stand for.
struct CandidateFit {
    value: f32,
    at: Range<usize>,
    place: SubstitutionPlace,
}

/// Words that the language data know to stand for others.
struct ListedCandidate {
    /// Where they are among the group's words.
    at: usize,
    span: Span,
    meant: Vec<String>,
    /// Whether they are wrong whatever stands on the other side.
    sure: bool,
}

/// Words of one side in whose place there are others.
struct ChangedHunk {
    own: Range<usize>,
    other: Range<usize>,
}

/// Words of a side of a group that are looked at: more than any sentences have that go together. Each known word is
/// compared with each word of the other side.
pub const MAX_GROUP_WORDS: usize = 1000;

/// Words of a phrase that stands for another one.
const MAX_PHRASE_WORDS: usize = 3;

/// Words of the other version, in another language, that a phrase can be.
const MAX_FACING_WORDS: usize = 2;

/// More words in a row were written anew, not replaced one by one.
const MAX_HUNK_WORDS: usize = 8;

/// Sentences of one language with a smaller share of equal words are no copies of one another.
const MIN_COPIED_SHARE: f32 = 0.4;

/// Near enough to be a synonym: the nearest words that mean something else have less.
const MIN_SYNONYM_COSINE: f32 = 0.45;

/// The cosine of what is meant with what stands there: translations of single words have .6 and more.
const MIN_MEANT_COSINE: f32 = 0.55;

/// How much nearer than the garbled word what is meant has to be.
const MIN_COSINE_GAIN: f32 = 0.05;

/// What a word at the other end of the sentence costs.
const DISTANCE_COST: f32 = 0.15;

/// What each further word costs: "der Branche" is no better than "Branche".
const EXTRA_WORD_COST: f32 = 0.08;

/// Information in nats from which a word tells something by itself: "the" has 4.9, "der" 7.1, "dass" 9.0, "enge" 15.6.
const MIN_INFORMATION: f32 = 9.2;

/// The cosine from which also a word that tells little by itself is what is meant.
const SURE_MEANT_COSINE: f32 = 0.87;

impl AlignedWords {
    fn is_short_enough(&self) -> bool {
        self.own.len().max(self.other.len()) <= MAX_GROUP_WORDS
    }

    /// The words that the lists know.
    fn listed_candidates(&self, text: &str, lexicon: &GarbleLexicon) -> Vec<ListedCandidate> {
        let lists = [
            (&lexicon.names, true),
            (&lexicon.phrases, true),
            (&lexicon.words, false),
            (&lexicon.plain, false),
        ];
        let mut candidates = Vec::new();
        let mut k = 0;
        while k < self.own.len() {
            let at = lists.iter().rev().filter_map(|(list, sure)| {
                let (length, meant) = list.longest_match(text, &self.own[k..])?;
                Some((length, meant, *sure))
            });
            // The longest, and of two equal ones the surer.
            let longest = at.max_by_key(|(length, _, _)| *length);
            let Some((length, meant, sure)) = longest else {
                k += 1;
                continue;
            };
            let words = &self.own[k..k + length];
            let span = Span::new(words[0].span.start, words[length - 1].core_span(text).end);
            let number =
                words.iter().find(|word| word.is_number()).map_or("", |word| word.compared_form(true));
            let meant = meant.iter().map(|meant| meant.replace('#', number)).collect();
            candidates.push(ListedCandidate { at: k, span, meant, sure });
            k += length;
        }
        candidates
    }

    /// What stands in the place of known words, where it is what they stand for. Each word of the other side is taken
    /// once, by the known words that fit best.
    fn known_places(
        &self,
        candidates: &[ListedCandidate],
        texts: [&str; 2],
        same_language: bool,
        vectors: &TextVectors,
    ) -> Vec<SubstitutionPlace> {
        let all = candidates.iter().enumerate();
        let mut options: Vec<(usize, CandidateFit)> = all
            .flat_map(|(k, candidate)| {
                let fits = self.candidate_fits(candidate, texts, same_language, vectors);
                fits.into_iter().map(move |fit| (k, fit))
            })
            .collect();
        options.sort_by(|(_, x), (_, y)| y.value.total_cmp(&x.value));
        let (mut placed, mut taken) = (vec![false; candidates.len()], vec![false; self.other.len()]);
        let mut places = Vec::new();
        for (k, fit) in options {
            if placed[k] || fit.at.clone().any(|word| taken[word]) {
                continue;
            }
            placed[k] = true;
            taken[fit.at].fill(true);
            places.push(fit.place);
        }
        places
    }

    /// All that known words can stand for on the other side.
    fn candidate_fits(
        &self,
        candidate: &ListedCandidate,
        texts: [&str; 2],
        same_language: bool,
        vectors: &TextVectors,
    ) -> Vec<CandidateFit> {
        let place = candidate.at as f32 / self.own.len() as f32;
        let garbled = candidate.span.slice(texts[0]);
        let mut fits = Vec::new();
        for start in 0..self.other.len() {
            let far = DISTANCE_COST * (start as f32 / self.other.len() as f32 - place).abs();
            for end in start + 1..=self.other.len().min(start + MAX_FACING_WORDS) {
                let span = phrase_span(&self.other[start..end], texts[1]);
                let facing = span.slice(texts[1]);
                let facing_information = max_value(&self.information[1][start..end]);
                for meant in &candidate.meant {
                    let information = facing_information.min(vectors.text_information(meant));
                    let similarity = vectors.text_cosine(meant, facing);
                    let gain = similarity - vectors.text_cosine(garbled, facing);
                    let is_meant = if same_language {
                        meant.to_lowercase() == facing.to_lowercase()
                    } else {
                        similarity
                            >= if information >= MIN_INFORMATION {
                                MIN_MEANT_COSINE
                            } else {
                                SURE_MEANT_COSINE
                            }
                    };
                    if is_meant && (gain >= MIN_COSINE_GAIN || candidate.sure && gain > 0.0) {
                        let meant = (!same_language).then(|| meant.clone());
                        let more = EXTRA_WORD_COST * (end - start - 1) as f32;
                        let place = SubstitutionPlace {
                            garbled: candidate.span,
                            original: span,
                            meant,
                            basis: Basis::Known,
                            similarity,
                        };
                        fits.push(CandidateFit { value: similarity - far - more, at: start..end, place });
                    }
                }
            }
        }
        fits
    }

    /// The runs of words that differ, where the two sides are copies.
    fn changed_hunks(&self) -> Vec<ChangedHunk> {
        let forms =
            |words: &[FoldedWord]| words.iter().map(|w| w.bare_form(false).to_owned()).collect::<Vec<_>>();
        let (own, other) = (forms(&self.own), forms(&self.other));
        let ops = capture_diff_slices(Algorithm::Myers, &own, &other);
        let equal: usize =
            ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| op.old_range().len()).sum();
        if (equal as f32) < MIN_COPIED_SHARE * own.len().max(other.len()) as f32 {
            return Vec::new();
        }
        let replaced = ops.iter().filter(|op| matches!(op, DiffOp::Replace { .. }));
        let hunks = replaced.map(|op| ChangedHunk { own: op.old_range(), other: op.new_range() });
        hunks.filter(|hunk| hunk.own.len().max(hunk.other.len()) <= MAX_HUNK_WORDS).collect()
    }

    /// The phrases of each hunk that go together.
    fn aligned_places(&self, versions: [&Version; 2], vectors: &TextVectors) -> Vec<SubstitutionPlace> {
        let texts = versions.map(|version| version.article.text.as_str());
        let mut places = Vec::new();
        for hunk in self.changed_hunks() {
            for (own, other) in pair_phrases(&hunk, |own, other| {
                vectors.text_cosine(
                    phrase_span(&self.own[own], texts[0]).slice(texts[0]),
                    phrase_span(&self.other[other], texts[1]).slice(texts[1]),
                )
            }) {
                // One small word for another is grammar.
                let information = max_value(&self.information[0][own.clone()])
                    .min(max_value(&self.information[1][other.clone()]));
                let (garbled, original) = (&self.own[own], &self.other[other]);
                let ending = differs_in_ending(garbled, original);
                let (garbled, original) = (phrase_span(garbled, texts[0]), phrase_span(original, texts[1]));
                let similarity = vectors.text_cosine(garbled.slice(texts[0]), original.slice(texts[1]));
                // Another figure is no synonym.
                let figure = has_value(versions[0], garbled) || has_value(versions[1], original);
                if similarity >= MIN_SYNONYM_COSINE && information >= MIN_INFORMATION && !ending && !figure {
                    places.push(SubstitutionPlace {
                        garbled,
                        original,
                        meant: None,
                        basis: Basis::Aligned,
                        similarity,
                    });
                }
            }
        }
        places
    }
}

/// Whether a figure, a date or a time stands there.
fn has_value(version: &Version, span: Span) -> bool {
    let value = |kind| !matches!(kind, claims::ClaimKind::Name | claims::ClaimKind::Quote);
    version.claims.iter().any(|c| value(c.claim.kind) && c.claim.span.overlaps_span(span))
}

fn max_value(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

/// Whether two words differ in their endings alone.
fn differs_in_ending(garbled: &[FoldedWord], original: &[FoldedWord]) -> bool {
    let ([x], [y]) = (garbled, original) else { return false };
    let (x, y) = (x.bare_form(false), y.bare_form(false));
    let common = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
    let longest = x.chars().count().max(y.chars().count());
    common >= 3 && common * 3 >= longest * 2
}

/// From the first word to the last, without a possessive ending.
fn phrase_span(words: &[FoldedWord], text: &str) -> Span {
    Span::new(words[0].span.start, words[words.len() - 1].core_span(text).end)
}

/// Every run of up to so many words.
fn word_grams(
    words: &[FoldedWord],
    range: Range<usize>,
    longest: usize,
    text: &str,
) -> impl Iterator<Item = Span> {
    let end = range.end;
    range.flat_map(move |start| {
        (start + 1..=end.min(start + longest)).map(move |end| phrase_span(&words[start..end], text))
    })
}

/// Runs of words of a hunk that go together in one order: those whose cosines, each above [`SYNONYM`], come to most.
/// One word for one is better than two for two.
fn pair_phrases(
    hunk: &ChangedHunk,
    cosine: impl Fn(Range<usize>, Range<usize>) -> f32,
) -> Vec<(Range<usize>, Range<usize>)> {
    const PHRASE_LENGTH_COST: f32 = 0.1;
    let (rows, columns) = (hunk.own.len(), hunk.other.len());
    // The best of what lies before each pair of positions, and the couple that ends there.
    let mut best = vec![vec![(0.0f32, 0usize, 0usize); columns + 1]; rows + 1];
    for i in 0..=rows {
        for j in 0..=columns {
            if i > 0 {
                best[i][j] = (best[i - 1][j].0, 1, 0);
            }
            if j > 0 && (i == 0 || best[i][j - 1].0 > best[i][j].0) {
                best[i][j] = (best[i][j - 1].0, 0, 1);
            }
            for m in 1..=i.min(MAX_PHRASE_WORDS) {
                for n in 1..=j.min(MAX_PHRASE_WORDS) {
                    let own = hunk.own.start + i - m..hunk.own.start + i;
                    let other = hunk.other.start + j - n..hunk.other.start + j;
                    let words = (m + n) as f32 / 2.0;
                    let gain = (cosine(own, other) - MIN_SYNONYM_COSINE) * words
                        - PHRASE_LENGTH_COST * (words - 1.0);
                    if gain > 0.0 && best[i - m][j - n].0 + gain > best[i][j].0 {
                        best[i][j] = (best[i - m][j - n].0 + gain, m, n);
                    }
                }
            }
        }
    }
    let (mut i, mut j) = (rows, columns);
    let mut couples = Vec::new();
    while i + j > 0 {
        let (_, m, n) = best[i][j];
        if m > 0 && n > 0 {
            let own = hunk.own.start + i - m..hunk.own.start + i;
            couples.push((own, hunk.other.start + j - n..hunk.other.start + j));
        }
        (i, j) = (i - m, j - n);
    }
    couples.reverse();
    couples
}

/// Names of a group that stand nowhere in the other version, where one is the other with a word or letters lost.
fn name_places(pair: &VersionPair<'_>, group: usize, garbled: Which) -> Vec<SubstitutionPlace> {
    let open = |which: Which| -> Vec<Span> {
        let other = pair.side_version(which.other_side());
        let text = &pair.side_version(which).article.text;
        let names = pair.claims_in(group, which).filter(|c| c.claim.kind == claims::ClaimKind::Name);
        names.map(|c| c.claim.span).filter(|span| !other.article.text.contains(span.slice(text))).collect()
    };
    let (own, mut facing) = (open(garbled), open(garbled.other_side()));
    let texts = [garbled, garbled.other_side()].map(|which| pair.side_version(which).article.text.as_str());
    let mut places = Vec::new();
    for span in own {
        let alike = |other: &Span| {
            matches!(
                name_likeness(span.slice(texts[0]), other.slice(texts[1])),
                NameLikeness::Short | NameLikeness::Beginning
            )
        };
        if let Some(at) = facing.iter().position(alike) {
            let original = facing.remove(at);
            places.push(SubstitutionPlace {
                garbled: span,
                original,
                meant: None,
                basis: Basis::Name,
                similarity: 1.0,
            });
        }
    }
    places
}

/// Texts and their vectors.
#[derive(Default)]
struct TextVectors {
    ids: HashMap<String, usize>,
    texts: Vec<String>,
    vectors: Vectors,
    information: Vec<f32>,
}

impl TextVectors {
    fn add_text(&mut self, text: &str) {
        if !self.ids.contains_key(text) {
            self.ids.insert(text.to_owned(), self.texts.len());
            self.texts.push(text.to_owned());
        }
    }

    fn encode_texts(&mut self, encoder: &dyn Encoder) -> Result<()> {
        self.vectors = encoder.encode_texts(&self.texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.information = self.texts.iter().map(|text| encoder.text_information(text)).collect();
        Ok(())
    }

    /// How much a text tells by itself, in nats.
    fn text_information(&self, text: &str) -> f32 {
        self.ids.get(text).map_or(0.0, |id| self.information[*id])
    }

    fn text_cosine(&self, a: &str, b: &str) -> f32 {
        let row = |text: &str| self.ids.get(text).map(|id| self.vectors.row_values(*id));
        let (Some(a), Some(b)) = (row(a), row(b)) else { return 0.0 };
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }
}

/// Places with the same words are one substitution.
fn merge_places(
    mut places: Vec<SubstitutionPlace>,
    texts: [&str; 2],
    same_language: bool,
) -> Vec<Substitution> {
    // Of two at one place the one that rests on more.
    places.sort_by_key(|p| (p.garbled.start, p.basis, std::cmp::Reverse(p.garbled.end)));
    let mut taken: Vec<SubstitutionPlace> = Vec::new();
    for place in places {
        if taken.last().is_none_or(|before| !before.garbled.overlaps_span(place.garbled)) {
            taken.push(place);
        }
    }
    let mut rows: BTreeMap<(String, String), Vec<SubstitutionPlace>> = BTreeMap::new();
    for place in taken {
        let own = place.garbled.slice(texts[0]).to_lowercase();
        let other = place.meant.clone().filter(|_| !same_language);
        let other = other.unwrap_or_else(|| place.original.slice(texts[1]).to_lowercase());
        rows.entry((own, other)).or_default().push(place);
    }
    let mut table: Vec<Substitution> =
        rows.into_values().map(|places| build_substitution(&places, texts)).collect();
    table.sort_by_key(|row| (std::cmp::Reverse(row.places.len()), row.places[0][0].start));
    table
}

fn build_substitution(places: &[SubstitutionPlace], texts: [&str; 2]) -> Substitution {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for place in places {
        *forms.entry(place.original.slice(texts[1])).or_default() += 1;
    }
    let most = forms.values().max().copied().unwrap_or(0);
    let first = &places[0];
    let original = places.iter().map(|p| p.original.slice(texts[1])).find(|form| forms[form] == most);
    Substitution {
        garbled: first.garbled.slice(texts[0]).to_owned(),
        original: original.unwrap_or_default().to_owned(),
        meant: first.meant.clone(),
        basis: places.iter().map(|p| p.basis).min().unwrap_or(first.basis),
        similarity: places.iter().map(|p| p.similarity).fold(0.0, f32::max).clamp(0.0, 1.0),
        places: places.iter().map(|p| [p.garbled, p.original]).collect(),
    }
}
