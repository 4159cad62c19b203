//! The two articles of a comparison in full, each sentence with what became of it.

use std::collections::BTreeMap;

use super::marks::{Mark, Of, Piece, pieces};
use super::strip::Lengths;
use crate::article::{Block, Role, Shape};
use crate::claims;
use crate::divergence::{Aligned, Comparison, Version};
use crate::garble::Garble;
use crate::report::{garble_text, text};
use crate::text::{Span, Which};

/// What became of a sentence, or of a group of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The other version tells the same.
    Shared,
    /// The same, at another place.
    Moved,
    /// The other version tells it otherwise: a finding is made there.
    Differs,
    /// The other version does not tell it.
    Alone,
}

impl State {
    pub(super) const ALL: [Self; 4] = [Self::Shared, Self::Moved, Self::Differs, Self::Alone];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Moved => "moved",
            Self::Differs => "differs",
            Self::Alone => "alone",
        }
    }
}

/// A finding as the articles see it.
#[derive(Debug)]
pub(super) struct Pin {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) severity: &'static str,
    /// In A and in B: sentence and place.
    pub(super) places: [Option<(usize, Span)>; 2],
}

/// One version, beside another.
pub(super) struct Side<'a> {
    /// `A` or `B`.
    pub(super) name: &'static str,
    /// What the anchors of its sentences begin with.
    pub(super) anchor: String,
    pub(super) path: &'a str,
    pub(super) version: &'a Version,
    pub(super) verdict: String,
    pub(super) passages: Vec<Passage<'a>>,
    /// The sentences that take part.
    pub(super) lengths: Lengths,
}

/// Blocks that follow one another.
pub(super) struct Passage<'a> {
    /// Why they take no part; empty where they do.
    pub(super) left_out: String,
    pub(super) blocks: Vec<Paragraph<'a>>,
}

pub(super) struct Paragraph<'a> {
    /// The class that it is shown by.
    pub(super) class: &'static str,
    /// Its language, where it is not the article's.
    pub(super) lang: Option<&'a str>,
    pub(super) sentences: Vec<Sentence<'a>>,
}

pub(super) struct Sentence<'a> {
    pub(super) number: usize,
    /// None where it takes no part.
    pub(super) state: Option<State>,
    /// What is remarkable about how it is told.
    pub(super) note: String,
    /// Numbers of its groups, with spaces between them.
    pub(super) groups: String,
    pub(super) pieces: Vec<Piece<'a>>,
    /// Sentences of the other version.
    pub(super) partners: Vec<usize>,
    /// Indices into the pins.
    pub(super) pins: Vec<usize>,
}

/// The classes of claims.
fn class(kind: claims::Kind) -> &'static str {
    match kind {
        claims::Kind::Name => "name",
        claims::Kind::Quote => "quote",
        _ => "figure",
    }
}

/// A value without braces, for people: `amount 2400000, currency EUR`.
pub(super) fn value(value: &claims::Value) -> String {
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "unknown".to_owned(),
        other => other.to_string(),
    };
    match serde_json::to_value(value).unwrap_or_default() {
        serde_json::Value::Object(parts) => {
            parts.iter().map(|(name, part)| format!("{name} {}", word(part))).collect::<Vec<_>>().join(", ")
        }
        whole => word(&whole),
    }
}

/// A kind with its value: what a reader sees who points at a claim.
fn title(claim: &claims::Claim, text: &str) -> String {
    match claim.kind {
        claims::Kind::Name | claims::Kind::Quote => claim.kind.name().to_owned(),
        kind => {
            let value = value(&claim.value);
            let same = value == claim.span.of(text);
            if same { kind.name().to_owned() } else { format!("{}: {value}", kind.name()) }
        }
    }
}

/// What is known of the claims of one version, in its own order: it is the same beside any other version.
pub(super) fn titles(version: &Version) -> Vec<String> {
    version.claims.iter().map(|stated| title(&stated.claim, &version.article.text)).collect()
}

/// What a side is made from.
pub(super) struct Given<'a> {
    pub(super) key: &'a str,
    pub(super) path: &'a str,
    pub(super) version: &'a Version,
    pub(super) titles: &'a [String],
    pub(super) garble: &'a Garble,
}

impl Paragraph<'_> {
    fn is_heading(&self) -> bool {
        matches!(self.class, "headline" | "heading")
    }

    pub(super) fn element(&self) -> &'static str {
        if self.is_heading() { "h4" } else { "p" }
    }
}

impl<'a> Side<'a> {
    /// `side` is 0 for A and 1 for B.
    pub(super) fn new(side: usize, given: &Given<'a>, comparison: &'a Comparison, pins: &'a [Pin]) -> Self {
        let version = given.version;
        let sentences = sentences(side, given, comparison, pins);
        let text = &version.article.text;
        let lengths = sentences
            .iter()
            .filter_map(|s| {
                Some((s.number, s.state?, version.sentences[s.number].span.of(text).chars().count()))
            })
            .collect();
        Self {
            name: ["A", "B"][side],
            anchor: format!("s{}{}", given.key, ["a", "b"][side]),
            path: given.path,
            version,
            verdict: garble_text::verdict(given.garble),
            passages: passages(version, sentences),
            lengths,
        }
    }

    pub(super) fn lang(&self) -> &'a str {
        lang(self.version)
    }

    pub(super) fn count(&self, state: State) -> usize {
        self.lengths.iter().filter(|(_, own, _)| *own == state).count()
    }
}

/// An article's language as HTML has it: empty where it is not known.
pub(super) fn lang(version: &Version) -> &str {
    let lang = &version.article.lang;
    if lang.is_known() { lang.code() } else { "" }
}

/// What each group is: where a finding has all its places in it, it differs.
pub(super) fn states(groups: &[Aligned], pins: &[Pin]) -> Vec<State> {
    let mut placed: BTreeMap<(usize, usize), Vec<&Pin>> = BTreeMap::new();
    for pin in pins {
        for (side, place) in pin.places.iter().enumerate() {
            if let Some((sentence, _)) = place {
                placed.entry((side, *sentence)).or_default().push(pin);
            }
        }
    }
    let differs = |group: &Aligned| {
        let here = group.a.iter().map(|k| (0, *k)).chain(group.b.iter().map(|k| (1, *k)));
        let mut pins = here.filter_map(|key| placed.get(&key)).flatten();
        pins.any(|pin| {
            let mut places = pin.places.iter().zip([&group.a, &group.b]);
            places.all(|(place, own)| place.is_none_or(|(sentence, _)| own.contains(&sentence)))
        })
    };
    let state = |group: &Aligned| match (differs(group), group.moved) {
        (true, _) => State::Differs,
        (false, true) => State::Moved,
        (false, false) => State::Shared,
    };
    groups.iter().map(state).collect()
}

fn sentences<'a>(
    side: usize,
    given: &Given<'a>,
    comparison: &'a Comparison,
    pins: &'a [Pin],
) -> Vec<Sentence<'a>> {
    let version = given.version;
    let text = &version.article.text;
    let mut own: Vec<Sentence<'a>> = (0..version.sentences.len())
        .map(|number| Sentence {
            number,
            state: None,
            note: String::new(),
            groups: String::new(),
            pieces: Vec::new(),
            partners: Vec::new(),
            pins: Vec::new(),
        })
        .collect();
    for told in &version.told {
        own[*told].state = Some(State::Alone);
    }
    for (k, group) in comparison.groups.iter().enumerate() {
        let (here, there) = if side == 0 { (&group.a, &group.b) } else { (&group.b, &group.a) };
        let note = text::note(group.relation, group.moved);
        for number in here {
            let sentence = &mut own[*number];
            let before = sentence.state.filter(|state| *state == State::Shared);
            sentence.state = before.or(Some(if group.moved { State::Moved } else { State::Shared }));
            sentence.note.clone_from(&note);
            for partner in there {
                if !sentence.partners.contains(partner) {
                    sentence.partners.push(*partner);
                }
            }
            if !sentence.groups.is_empty() {
                sentence.groups.push(' ');
            }
            sentence.groups += &k.to_string();
        }
    }
    for (k, pin) in pins.iter().enumerate() {
        if let Some((sentence, _)) = pin.places[side] {
            own[sentence].pins.push(k);
            own[sentence].state = own[sentence].state.map(|state| match state {
                State::Alone => State::Alone,
                _ => State::Differs,
            });
        }
    }
    let mut marks = marks(side, given, pins);
    for sentence in &mut own {
        let span = version.sentences[sentence.number].span;
        let mut here = std::mem::take(&mut marks[sentence.number]);
        // Every word of a sentence that stands alone differs; to mark them all says nothing.
        if sentence.state.is_some_and(|state| state != State::Alone) {
            let differing = text::runs(&comparison.words[Which::BOTH[side]], span);
            here.extend(differing.into_iter().map(|span| Mark { span, of: Of::Differs }));
        }
        sentence.pieces = pieces(text, span, &here);
    }
    own
}

/// For each sentence the marks that do not depend on its state. A claim or a finding may run over several sentences.
fn marks<'a>(side: usize, given: &Given<'a>, pins: &'a [Pin]) -> Vec<Vec<Mark<'a>>> {
    let all = &given.version.sentences;
    let mut marks: Vec<Vec<Mark<'a>>> = vec![Vec::new(); all.len()];
    let mut add = |sentence: usize, mark: Mark<'a>| {
        for k in (sentence..all.len()).take_while(|k| all[*k].span.start < mark.span.end) {
            marks[k].push(mark);
        }
    };
    for (stated, title) in given.version.claims.iter().zip(given.titles) {
        let of = Of::Claim(class(stated.claim.kind), title);
        add(stated.sentence, Mark { span: stated.claim.span, of });
    }
    for pin in pins {
        if let Some((sentence, span)) = pin.places[side] {
            // A whole sentence is lit up as one.
            if !span.contains(all[sentence].span) {
                add(sentence, Mark { span, of: Of::Finding(&pin.anchor) });
            }
        }
    }
    marks
}

fn passages<'a>(version: &'a Version, sentences: Vec<Sentence<'a>>) -> Vec<Passage<'a>> {
    let blocks = &version.article.blocks;
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut reasons: Vec<&str> = Vec::new();
    let (mut before, mut was_told) = (None, None);
    for sentence in sentences {
        let at = version.sentences[sentence.number].block;
        let block = &blocks[at];
        let told = sentence.state.is_some();
        if was_told != Some(told) {
            passages.push(Passage { left_out: String::new(), blocks: Vec::new() });
            reasons.clear();
            (before, was_told) = (None, Some(told));
        }
        let Some(passage) = passages.last_mut() else { continue };
        let reason = block.reason.unwrap_or("not part of the article");
        if !told && !reasons.contains(&reason) {
            reasons.push(reason);
            passage.left_out = reasons.join(", ");
        }
        if before != Some(at) {
            let lang =
                (block.lang != version.article.lang && block.lang.is_known()).then(|| block.lang.code());
            passage.blocks.push(Paragraph { class: shape(block), lang, sentences: Vec::new() });
            before = Some(at);
        }
        if let Some(paragraph) = passage.blocks.last_mut() {
            paragraph.sentences.push(sentence);
        }
    }
    passages
}

fn shape(block: &Block) -> &'static str {
    match (block.role, block.shape) {
        (Role::Headline, _) => "headline",
        (Role::Caption, _) => "caption",
        (_, Shape::Heading) => "heading",
        (_, Shape::Item) => "item",
        (_, Shape::Quote) => "quoted",
        _ => "text",
    }
}
