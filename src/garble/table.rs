//! Which words of a garbled version stand for which of another version.
//!
//! In one language the aligned sentences are compared word by word. Across languages a word is replaced where the
//! language data know what it stands for and the other version has that in its place. Names need no language.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lexicon::Lexicon;
use super::text::line_words;
use crate::claims;
use crate::divergence::{Likeness, Pair, Version, likeness};
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
    pub near: f32,
    /// Every place: in the garbled version, then in the other.
    pub places: Vec<[Span; 2]>,
}

/// The substitutions of a pair.
#[derive(Default)]
pub(super) struct Table {
    /// Those with the most places first, then in the order of the text.
    pub(super) rows: Vec<Substitution>,
    /// Groups of more than [`MAX_LOOKED_AT`] words, which are not looked at.
    pub(super) passed_over: usize,
}

/// One place of a substitution.
struct Place {
    garbled: Span,
    original: Span,
    meant: Option<String>,
    basis: Basis,
    near: f32,
}

/// The substitutions of one side of a pair.
pub(super) fn substitutions(pair: &Pair<'_>, garbled: Which, encoder: &dyn Encoder) -> Result<Table> {
    let (own, other) = (pair.version(garbled), pair.version(garbled.other()));
    let Some(lexicon) = Lexicon::of(own.article.lang) else { return Ok(Table::default()) };
    let groups: Vec<Group> = (0..pair.groups.len())
        .map(|group| {
            let facing = words_of(other, pair.sentences_of(group, garbled.other()));
            let tells = facing.iter().map(|word| encoder.information(word.form(true))).collect();
            let words = words_of(own, pair.sentences_of(group, garbled));
            let own_tells = words.iter().map(|word| encoder.information(word.form(true))).collect();
            Group { own: words, other: facing, tells: [own_tells, tells] }
        })
        .collect();
    let all = groups.len();
    let groups: Vec<Group> = groups.into_iter().filter(Group::is_read).collect();
    let texts = [own.article.text.as_str(), other.article.text.as_str()];
    let same_language = own.article.lang == other.article.lang;
    let mut places = Vec::new();
    for group in 0..pair.groups.len() {
        places.extend(names(pair, group, garbled));
    }
    let candidates: Vec<Candidate> =
        groups.iter().flat_map(|group| group.listed(texts[0], lexicon)).collect();
    let mut vectors = Meanings::default();
    for candidate in &candidates {
        vectors.add(candidate.span.of(texts[0]));
        candidate.meant.iter().for_each(|meant| vectors.add(meant));
    }
    for group in &groups {
        // All words of the other side can be what is meant.
        grams(&group.other, 0..group.other.len(), FACING, texts[1])
            .for_each(|gram| vectors.add(gram.of(texts[1])));
        if same_language {
            for hunk in group.hunks() {
                grams(&group.own, hunk.own.clone(), LONGEST, texts[0])
                    .for_each(|gram| vectors.add(gram.of(texts[0])));
                grams(&group.other, hunk.other, LONGEST, texts[1])
                    .for_each(|gram| vectors.add(gram.of(texts[1])));
            }
        }
    }
    vectors.encode(encoder)?;
    for group in &groups {
        let listed = group.listed(texts[0], lexicon);
        places.extend(group.known(&listed, texts, same_language, &vectors));
        if same_language {
            places.extend(group.aligned([own, other], &vectors));
        }
    }
    Ok(Table { rows: table(places, texts, same_language), passed_over: all - groups.len() })
}

fn words_of(version: &Version, sentences: &[usize]) -> Vec<FoldedWord> {
    sentences.iter().flat_map(|sentence| line_words(version, *sentence)).collect()
}

/// The words of an aligned group.
struct Group {
    own: Vec<FoldedWord>,
    other: Vec<FoldedWord>,
    /// Information of each word of both sides, in nats.
    tells: [Vec<f32>; 2],
}

/// Words of the other side that known words can stand for.
struct Fit {
    value: f32,
    at: Range<usize>,
    place: Place,
}

/// Words that the language data know to stand for others.
struct Candidate {
    /// Where they are among the group's words.
    at: usize,
    span: Span,
    meant: Vec<String>,
    /// Whether they are wrong whatever stands on the other side.
    sure: bool,
}

/// Words of one side in whose place there are others.
struct Hunk {
    own: Range<usize>,
    other: Range<usize>,
}

/// Words of a side of a group that are looked at: more than any sentences have that go together. Each known word is
/// compared with each word of the other side.
pub const MAX_LOOKED_AT: usize = 1000;

/// Words of a phrase that stands for another one.
const LONGEST: usize = 3;

/// Words of the other version, in another language, that a phrase can be.
const FACING: usize = 2;

/// More words in a row were written anew, not replaced one by one.
const REWRITTEN: usize = 8;

/// Sentences of one language with a smaller share of equal words are no copies of one another.
const COPIED: f32 = 0.4;

/// Near enough to be a synonym: the nearest words that mean something else have less.
const SYNONYM: f32 = 0.45;

/// The cosine of what is meant with what stands there: translations of single words have .6 and more.
const TOLD: f32 = 0.55;

/// How much nearer than the garbled word what is meant has to be.
const GAIN: f32 = 0.05;

/// What a word at the other end of the sentence costs.
const FAR: f32 = 0.15;

/// What each further word costs: "der Branche" is no better than "Branche".
const MORE: f32 = 0.08;

/// Information in nats from which a word tells something by itself: "the" has 4.9, "der" 7.1, "dass" 9.0, "enge" 15.6.
const TELLING: f32 = 9.2;

/// The cosine from which also a word that tells little by itself is what is meant.
const SURELY_TOLD: f32 = 0.87;

impl Group {
    fn is_read(&self) -> bool {
        self.own.len().max(self.other.len()) <= MAX_LOOKED_AT
    }

    /// The words that the lists know.
    fn listed(&self, text: &str, lexicon: &Lexicon) -> Vec<Candidate> {
        let lists = [
            (&lexicon.names, true),
            (&lexicon.phrases, true),
            (&lexicon.words, false),
            (&lexicon.plain, false),
        ];
        let mut found = Vec::new();
        let mut k = 0;
        while k < self.own.len() {
            let at = lists.iter().rev().filter_map(|(list, sure)| {
                let (length, meant) = list.at(text, &self.own[k..])?;
                Some((length, meant, *sure))
            });
            // The longest, and of two equal ones the surer.
            let longest = at.max_by_key(|(length, _, _)| *length);
            let Some((length, meant, sure)) = longest else {
                k += 1;
                continue;
            };
            let words = &self.own[k..k + length];
            let span = Span::new(words[0].span.start, words[length - 1].core(text).end);
            let number = words.iter().find(|word| word.is_number()).map_or("", |word| word.form(true));
            let meant = meant.iter().map(|meant| meant.replace('#', number)).collect();
            found.push(Candidate { at: k, span, meant, sure });
            k += length;
        }
        found
    }

    /// What stands in the place of known words, where it is what they stand for. Each word of the other side is taken
    /// once, by the known words that fit best.
    fn known(
        &self,
        candidates: &[Candidate],
        texts: [&str; 2],
        same_language: bool,
        vectors: &Meanings,
    ) -> Vec<Place> {
        let all = candidates.iter().enumerate();
        let mut options: Vec<(usize, Fit)> = all
            .flat_map(|(k, candidate)| {
                let fits = self.fits(candidate, texts, same_language, vectors);
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
    fn fits(
        &self,
        candidate: &Candidate,
        texts: [&str; 2],
        same_language: bool,
        vectors: &Meanings,
    ) -> Vec<Fit> {
        let place = candidate.at as f32 / self.own.len() as f32;
        let garbled = candidate.span.of(texts[0]);
        let mut fits = Vec::new();
        for start in 0..self.other.len() {
            let far = FAR * (start as f32 / self.other.len() as f32 - place).abs();
            for end in start + 1..=self.other.len().min(start + FACING) {
                let span = cored(&self.other[start..end], texts[1]);
                let facing = span.of(texts[1]);
                let facing_tells = most(&self.tells[1][start..end]);
                for meant in &candidate.meant {
                    let tells = facing_tells.min(vectors.information(meant));
                    let near = vectors.cosine(meant, facing);
                    let gain = near - vectors.cosine(garbled, facing);
                    let told = if same_language {
                        meant.to_lowercase() == facing.to_lowercase()
                    } else {
                        near >= if tells >= TELLING { TOLD } else { SURELY_TOLD }
                    };
                    if told && (gain >= GAIN || candidate.sure && gain > 0.0) {
                        let meant = (!same_language).then(|| meant.clone());
                        let more = MORE * (end - start - 1) as f32;
                        let place = Place {
                            garbled: candidate.span,
                            original: span,
                            meant,
                            basis: Basis::Known,
                            near,
                        };
                        fits.push(Fit { value: near - far - more, at: start..end, place });
                    }
                }
            }
        }
        fits
    }

    /// The runs of words that differ, where the two sides are copies.
    fn hunks(&self) -> Vec<Hunk> {
        let forms = |words: &[FoldedWord]| words.iter().map(|w| w.bare(false).to_owned()).collect::<Vec<_>>();
        let (own, other) = (forms(&self.own), forms(&self.other));
        let ops = capture_diff_slices(Algorithm::Myers, &own, &other);
        let equal: usize =
            ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| op.old_range().len()).sum();
        if (equal as f32) < COPIED * own.len().max(other.len()) as f32 {
            return Vec::new();
        }
        let replaced = ops.iter().filter(|op| matches!(op, DiffOp::Replace { .. }));
        let hunks = replaced.map(|op| Hunk { own: op.old_range(), other: op.new_range() });
        hunks.filter(|hunk| hunk.own.len().max(hunk.other.len()) <= REWRITTEN).collect()
    }

    /// The phrases of each hunk that go together.
    fn aligned(&self, versions: [&Version; 2], vectors: &Meanings) -> Vec<Place> {
        let texts = versions.map(|version| version.article.text.as_str());
        let mut places = Vec::new();
        for hunk in self.hunks() {
            for (own, other) in couples(&hunk, |own, other| {
                vectors.cosine(
                    cored(&self.own[own], texts[0]).of(texts[0]),
                    cored(&self.other[other], texts[1]).of(texts[1]),
                )
            }) {
                // One small word for another is grammar.
                let tells = most(&self.tells[0][own.clone()]).min(most(&self.tells[1][other.clone()]));
                let (garbled, original) = (&self.own[own], &self.other[other]);
                let ending = inflected(garbled, original);
                let (garbled, original) = (cored(garbled, texts[0]), cored(original, texts[1]));
                let near = vectors.cosine(garbled.of(texts[0]), original.of(texts[1]));
                // Another figure is no synonym.
                let figure = has_value(versions[0], garbled) || has_value(versions[1], original);
                if near >= SYNONYM && tells >= TELLING && !ending && !figure {
                    places.push(Place { garbled, original, meant: None, basis: Basis::Aligned, near });
                }
            }
        }
        places
    }
}

/// Whether a figure, a date or a time stands there.
fn has_value(version: &Version, span: Span) -> bool {
    let value = |kind| !matches!(kind, claims::Kind::Name | claims::Kind::Quote);
    version.claims.iter().any(|c| value(c.claim.kind) && c.claim.span.overlaps(span))
}

fn most(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

/// Whether two words differ in their endings alone.
fn inflected(garbled: &[FoldedWord], original: &[FoldedWord]) -> bool {
    let ([x], [y]) = (garbled, original) else { return false };
    let (x, y) = (x.bare(false), y.bare(false));
    let common = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
    let longest = x.chars().count().max(y.chars().count());
    common >= 3 && common * 3 >= longest * 2
}

/// From the first word to the last, without a possessive ending.
fn cored(words: &[FoldedWord], text: &str) -> Span {
    Span::new(words[0].span.start, words[words.len() - 1].core(text).end)
}

/// Every run of up to so many words.
fn grams(
    words: &[FoldedWord],
    range: Range<usize>,
    longest: usize,
    text: &str,
) -> impl Iterator<Item = Span> {
    let end = range.end;
    range.flat_map(move |start| {
        (start + 1..=end.min(start + longest)).map(move |end| cored(&words[start..end], text))
    })
}

/// Runs of words of a hunk that go together in one order: those whose cosines, each above [`SYNONYM`], come to most.
/// One word for one is better than two for two.
fn couples(
    hunk: &Hunk,
    cosine: impl Fn(Range<usize>, Range<usize>) -> f32,
) -> Vec<(Range<usize>, Range<usize>)> {
    const LONGER: f32 = 0.1;
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
            for m in 1..=i.min(LONGEST) {
                for n in 1..=j.min(LONGEST) {
                    let own = hunk.own.start + i - m..hunk.own.start + i;
                    let other = hunk.other.start + j - n..hunk.other.start + j;
                    let words = (m + n) as f32 / 2.0;
                    let gain = (cosine(own, other) - SYNONYM) * words - LONGER * (words - 1.0);
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
fn names(pair: &Pair<'_>, group: usize, garbled: Which) -> Vec<Place> {
    let open = |which: Which| -> Vec<Span> {
        let other = pair.version(which.other());
        let text = &pair.version(which).article.text;
        let names = pair.claims_in(group, which).filter(|c| c.claim.kind == claims::Kind::Name);
        names.map(|c| c.claim.span).filter(|span| !other.article.text.contains(span.of(text))).collect()
    };
    let (own, mut facing) = (open(garbled), open(garbled.other()));
    let texts = [garbled, garbled.other()].map(|which| pair.version(which).article.text.as_str());
    let mut places = Vec::new();
    for span in own {
        let alike = |other: &Span| {
            matches!(likeness(span.of(texts[0]), other.of(texts[1])), Likeness::Short | Likeness::Beginning)
        };
        if let Some(at) = facing.iter().position(alike) {
            let original = facing.remove(at);
            places.push(Place { garbled: span, original, meant: None, basis: Basis::Name, near: 1.0 });
        }
    }
    places
}

/// Texts and their vectors.
#[derive(Default)]
struct Meanings {
    ids: HashMap<String, usize>,
    texts: Vec<String>,
    vectors: Vectors,
    information: Vec<f32>,
}

impl Meanings {
    fn add(&mut self, text: &str) {
        if !self.ids.contains_key(text) {
            self.ids.insert(text.to_owned(), self.texts.len());
            self.texts.push(text.to_owned());
        }
    }

    fn encode(&mut self, encoder: &dyn Encoder) -> Result<()> {
        self.vectors = encoder.encode(&self.texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.information = self.texts.iter().map(|text| encoder.information(text)).collect();
        Ok(())
    }

    /// How much a text tells by itself, in nats.
    fn information(&self, text: &str) -> f32 {
        self.ids.get(text).map_or(0.0, |id| self.information[*id])
    }

    fn cosine(&self, a: &str, b: &str) -> f32 {
        let row = |text: &str| self.ids.get(text).map(|id| self.vectors.row(*id));
        let (Some(a), Some(b)) = (row(a), row(b)) else { return 0.0 };
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }
}

/// Places with the same words are one substitution.
fn table(mut places: Vec<Place>, texts: [&str; 2], same_language: bool) -> Vec<Substitution> {
    // Of two at one place the one that rests on more.
    places.sort_by_key(|p| (p.garbled.start, p.basis, std::cmp::Reverse(p.garbled.end)));
    let mut taken: Vec<Place> = Vec::new();
    for place in places {
        if taken.last().is_none_or(|before| !before.garbled.overlaps(place.garbled)) {
            taken.push(place);
        }
    }
    let mut rows: BTreeMap<(String, String), Vec<Place>> = BTreeMap::new();
    for place in taken {
        let own = place.garbled.of(texts[0]).to_lowercase();
        let other = place.meant.clone().filter(|_| !same_language);
        let other = other.unwrap_or_else(|| place.original.of(texts[1]).to_lowercase());
        rows.entry((own, other)).or_default().push(place);
    }
    let mut table: Vec<Substitution> = rows.into_values().map(|places| row(&places, texts)).collect();
    table.sort_by_key(|row| (std::cmp::Reverse(row.places.len()), row.places[0][0].start));
    table
}

fn row(places: &[Place], texts: [&str; 2]) -> Substitution {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for place in places {
        *forms.entry(place.original.of(texts[1])).or_default() += 1;
    }
    let most = forms.values().max().copied().unwrap_or(0);
    let first = &places[0];
    let original = places.iter().map(|p| p.original.of(texts[1])).find(|form| forms[form] == most);
    Substitution {
        garbled: first.garbled.of(texts[0]).to_owned(),
        original: original.unwrap_or_default().to_owned(),
        meant: first.meant.clone(),
        basis: places.iter().map(|p| p.basis).min().unwrap_or(first.basis),
        near: places.iter().map(|p| p.near).fold(0.0, f32::max).clamp(0.0, 1.0),
        places: places.iter().map(|p| [p.garbled, p.original]).collect(),
    }
}
