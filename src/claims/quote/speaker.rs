//! Attribution of quotations by reporting verbs and source phrases before and after them.

use crate::claims::name::lexicon::{NameLexicon, class};
use crate::claims::name::token::{WordGap, WordShape, WordToken, tokenize_words};
use crate::lang;
use crate::text::Span;

/// The attribution of a quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QuoteAttribution {
    /// Whether there is a reporting verb or a source phrase.
    pub reported: bool,
    /// Whether it is next to the marks, and not earlier in the sentence.
    pub direct: bool,
    /// The speaker, as a span of the text; `None` for a pronoun.
    pub speaker: Option<Span>,
}

/// The most bytes between a quotation mark and its attribution.
const ATTRIBUTION_REACH: usize = 240;

/// The most words of a name or description of a speaker.
const MAX_SPEAKER_WORDS: usize = 8;

struct QuoteContext<'a> {
    text: &'a str,
    words: Vec<WordToken>,
    lexicon: &'a NameLexicon,
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The attribution of the quotation `outer`, which is `inner` without its marks; `from` and `to` are the end of the
/// quotation before and the start of the next.
pub(super) fn find_attribution(
    text: &str,
    outer: Span,
    inner: Span,
    from: usize,
    to: usize,
    lexicon: &NameLexicon,
) -> QuoteAttribution {
    let after = attribution_after(text, outer, inner, to, lexicon);
    if after.reported {
        return after;
    }
    attribution_before(text, outer, from, lexicon)
}

fn attribution_after(
    text: &str,
    outer: Span,
    inner: Span,
    to: usize,
    lexicon: &NameLexicon,
) -> QuoteAttribution {
    let end = floor_boundary(text, (outer.end + ATTRIBUTION_REACH).min(to).max(outer.end));
    let rest = &text[outer.end..end];
    let rest = rest.split("\n\n").next().unwrap_or(rest);
    let words_end = inner.slice(text).trim_end();
    let lead = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let comma = lead.starts_with([',', '–', '—']) || words_end.ends_with(',');
    let open_end = !words_end.ends_with(['.', ':', ';']);
    if !comma && !open_end {
        return QuoteAttribution::default();
    }
    let clause = QuoteContext::new(rest, lexicon);
    let attribution = clause.read_after(comma || words_end.ends_with(['?', '!', '…']));
    QuoteAttribution { speaker: attribution.speaker.map(|s| s.shifted_by(outer.end)), ..attribution }
}

fn attribution_before(text: &str, outer: Span, from: usize, lexicon: &NameLexicon) -> QuoteAttribution {
    let start =
        floor_boundary(text, outer.start.saturating_sub(ATTRIBUTION_REACH).max(from.min(outer.start)));
    let piece = &text[start..outer.start];
    let paragraph = piece.rfind("\n\n").map_or(0, |at| at + 2);
    let piece = &piece[paragraph..];
    let mut clause = QuoteContext::new(piece, lexicon);
    let sentence = clause.words.iter().rposition(|w| w.gap_before == WordGap::Start).unwrap_or(0);
    clause.words.drain(..sentence);
    let tail = clause.words.last().map_or(piece, |w| &piece[w.end..]);
    if tail.contains(['.', '!', '?', ';']) && !tail.contains(':') {
        return QuoteAttribution::default();
    }
    let attribution = clause.read_before(tail.contains(':'));
    QuoteAttribution { speaker: attribution.speaker.map(|s| s.shifted_by(start + paragraph)), ..attribution }
}

impl<'a> QuoteContext<'a> {
    fn new(text: &'a str, lexicon: &'a NameLexicon) -> Self {
        Self { text, words: tokenize_words(text, lexicon), lexicon }
    }

    fn read_after(&self, comma: bool) -> QuoteAttribution {
        let words = &self.words;
        let end = words
            .iter()
            .skip(1)
            .position(|w| w.gap_before == WordGap::Start)
            .map_or(words.len(), |at| at + 1);
        if let Some(next) = self.source_end(0)
            && (comma || !self.lexicon.grammar.sources_follow_comma)
        {
            return QuoteAttribution { reported: true, direct: true, speaker: self.speaker_span(next, end) };
        }
        let limit = end.min(MAX_SPEAKER_WORDS + 2);
        let Some(verb) = (0..limit).find(|i| self.is_reporting_verb(*i)) else {
            return QuoteAttribution::default();
        };
        let lead = &words[..verb];
        if lead.iter().skip(1).any(|w| w.gap_before == WordGap::Break)
            || lead.iter().any(|w| w.has_class(class::STOP))
        {
            return QuoteAttribution::default();
        }
        let lead_is_auxiliary = lead.iter().all(|w| {
            w.has_class(class::VERB) || (w.has_class(class::PRONOUN) && lead.len() > 1) || w.span.len() < 3
        });
        if lead_is_auxiliary && !lead.first().is_some_and(|w| w.has_class(class::PRONOUN)) {
            // said Cook; a déclaré Cook; a-t-il dit
            let pronoun = lead.iter().any(|w| w.has_class(class::PRONOUN));
            let speaker = if pronoun { None } else { self.speaker_span(self.past_source(verb), end) };
            return QuoteAttribution { reported: true, direct: true, speaker };
        }
        if !comma {
            return QuoteAttribution::default();
        }
        QuoteAttribution { reported: true, direct: true, speaker: self.speaker_span(0, verb) }
    }

    /// Whether the word is a reporting verb, and not a noun (*the claims*) or the end of *so-called*.
    fn is_reporting_verb(&self, i: usize) -> bool {
        let word = &self.words[i];
        let noun = i > 0
            && word.gap_before == WordGap::Space
            && self.words[i - 1].has_class(class::DETERMINER)
            && !self.words[i - 1].has_class(class::PRONOUN);
        word.has_class(class::REPORTING_VERB)
            && word.shape == WordShape::Lower
            && word.gap_before != WordGap::Hyphen
            && !noun
    }

    /// The first word after the verb at `verb`, or after the source phrase that begins there (*heißt es in*).
    fn past_source(&self, verb: usize) -> usize {
        self.source_end(verb).unwrap_or(verb + 1)
    }

    fn read_before(&self, colon: bool) -> QuoteAttribution {
        let words = &self.words;
        let end = words.len();
        if end == 0 {
            return QuoteAttribution::default();
        }
        let source = words.iter().enumerate().find_map(|(at, word)| {
            let begins = word.gap_before != WordGap::Space || at == 0 || word.class == 0;
            self.source_end(at).filter(|_| begins)
        });
        if let Some(next) = source {
            return QuoteAttribution { reported: true, direct: colon, speaker: self.speaker_span(next, end) };
        }
        let verb = (0..end).rfind(|i| self.is_reporting_verb(*i));
        let Some(verb) = verb else {
            // Cook: “…”
            let short = colon && end <= 5 && words[0].is_capitalised();
            return QuoteAttribution {
                reported: short,
                direct: short,
                speaker: self.speaker_span(0, end).filter(|_| short),
            };
        };
        let titled = words[verb.saturating_sub(1)..]
            .iter()
            .any(|w| w.has_class(class::WORK) && !w.has_class(class::REPORTING_VERB));
        if titled && !colon {
            return QuoteAttribution::default();
        }
        if words[verb].has_class(class::PARTICIPLE) {
            return QuoteAttribution {
                reported: true,
                direct: colon || verb + 1 == end,
                speaker: self.last_name(verb),
            };
        }
        // The subject: the words before the verb, its auxiliaries and adverbs, back to a comma or the start.
        let mut stop = verb;
        while stop > 0
            && (words[stop - 1].has_class(class::VERB) || is_speech_adverb(self.word_text(stop - 1)))
        {
            stop -= 1;
        }
        let mut start = self.piece_start(stop);
        // Cook, who left in May, said: back over the relative clause.
        for _ in 0..2 {
            if start > 0
                && start < stop
                && words[start].has_class(class::PRONOUN)
                && words[start].gap_before == WordGap::Break
            {
                stop = start;
                start = self.piece_start(stop);
            }
        }
        let inverted = start == stop || words[start].has_class(class::STOP) || verb == 0;
        let speaker = if inverted
            || self.lexicon.grammar.verb_second && words[start..stop].iter().any(|w| w.has_class(class::STOP))
        {
            self.speaker_span(verb + 1, end)
        } else {
            self.speaker_span(start, stop)
        };
        QuoteAttribution {
            reported: true,
            direct: colon || (verb + 1 == end && !words[verb].has_class(class::WORK)),
            speaker,
        }
    }

    /// The start of the words before `stop` without punctuation between them.
    fn piece_start(&self, stop: usize) -> usize {
        let mut start = stop.saturating_sub(1).min(stop);
        while start > 0 && stop - start < MAX_SPEAKER_WORDS && self.words[start].is_joined() {
            start -= 1;
        }
        start
    }

    /// The last name before `stop`, the subject of a participle.
    fn last_name(&self, stop: usize) -> Option<Span> {
        let words = &self.words;
        let name = |i: usize| {
            words[i].is_capital_name() && !words[i].has_class(class::STARTER | class::NATION | class::TIME)
        };
        let last = (0..stop).rfind(|i| name(*i))?;
        let mut first = last;
        let role = |i: usize| self.lexicon.is_role(self.word_text(i), words[i].class);
        while first > 0 && words[first].is_joined() && name(first - 1) && !role(first - 1) {
            first -= 1;
        }
        Some(Span::new(words[first].span.start, words[last].span.end))
    }

    fn word_text(&self, i: usize) -> &'a str {
        self.words[i].span.slice(self.text)
    }

    /// The word after the source phrase that begins at `at`.
    fn source_end(&self, at: usize) -> Option<usize> {
        self.lexicon.sources.iter().filter(|p| self.has_phrase(at, p)).map(|p| at + p.len()).max()
    }

    /// Whether the phrase begins at `at`, with a word behind it.
    fn has_phrase(&self, at: usize, phrase: &[u64]) -> bool {
        self.words.len() > at + phrase.len()
            && phrase
                .iter()
                .zip(&self.words[at..])
                .enumerate()
                .all(|(i, (k, w))| *k == w.key && (i == 0 || w.is_joined()))
    }

    /// The name or description of a person in the words `from..end`.
    fn speaker_span(&self, from: usize, end: usize) -> Option<Span> {
        let words = &self.words;
        let mut first = from;
        while first < end
            && words[first].has_class(class::DETERMINER | class::VERB)
            && !words[first].is_capital_name()
        {
            first += 1;
        }
        let mut last = first;
        while last < end
            && last - first < MAX_SPEAKER_WORDS
            && (last == first || words[last].is_joined())
            && !words[last].has_class(class::REPORTING_VERB | class::VERB)
            && (!words[last].has_class(class::STOP) || words[last].shape != WordShape::Lower)
        {
            last += 1;
        }
        if first == last || (words[first].has_class(class::PRONOUN) && first + 1 >= last) {
            return None;
        }
        // "a number of posts": cut off in the middle of a description.
        if words[last - 1].has_class(class::LINK | class::PARTICLE)
            && words[last - 1].shape == WordShape::Lower
        {
            return None;
        }
        let (first, last) = self.name_in_description(first, last, end);
        Some(Span::new(words[first].span.start, words[last - 1].span.end))
    }

    /// The name in a description that has one: *Apple's chief, Tim Cook* is Tim Cook.
    fn name_in_description(&self, first: usize, last: usize, end: usize) -> (usize, usize) {
        let words = &self.words;
        let role = (first..last)
            .rposition(|i| self.lexicon.is_role(self.word_text(i), words[i].class))
            .map(|i| first + i + 1);
        let name =
            |i: &usize| words[*i].is_capitalised() && !words[*i].has_class(class::STARTER | class::NATION);
        if last < end
            && words[last].gap_before == WordGap::Break
            && name(&last)
            && !(first..last).all(|i| name(&i))
        {
            let stop = (last + 1..end)
                .find(|i| !words[*i].is_joined() || !words[*i].is_capitalised())
                .unwrap_or(end);
            return (last, stop);
        }
        if let Some(after) = role.filter(|r| *r < last && words[*r].is_capitalised()) {
            return (after, last);
        }
        if let Some(owner) = (first..last).rev().find(|i| words[*i].is_possessive()).filter(|i| i + 1 < last)
        {
            return self.name_in_description(owner + 1, last, end);
        }
        if self.lexicon.grammar.nouns_capitalised || words[last - 1].shape == WordShape::Lower {
            return (first, last);
        }
        // After lower-case words, only the capitals at the end.
        let start = (first..last).rposition(|i| {
            words[i].shape == WordShape::Lower && !words[i].has_class(class::PARTICLE | class::LINK)
        });
        let start = start.map_or(first, |i| first + i + 1);
        // The lawyer of Cook is not Cook.
        if words[start].shape == WordShape::Lower { (first, last) } else { (start, last) }
    }
}

impl WordToken {
    fn is_capital_name(&self) -> bool {
        self.is_capitalised() && !self.has_class(class::DETERMINER | class::PRONOUN | class::VERB)
    }
}

/// Whether a word is an adverb or auxiliary before a reporting verb, in any language.
fn is_speech_adverb(word: &str) -> bool {
    lang::all_grammars().any(|grammar| {
        grammar.speech_adverbs.iter().any(|adverb| adverb == word)
            || grammar.adverb_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    })
}
