//! The two articles of a comparison in full, each sentence with what became of it.

use std::collections::BTreeMap;

use super::marks::{MarkKind, MarkedPiece, TextMark, split_pieces};
use super::overview::SentenceLengths;
use crate::article::{ArticleBlock, BlockShape, Role};
use crate::claims;
use crate::divergence::{AlignedGroup, Comparison, Version};
use crate::garble::GarbleJudgement;
use crate::report::{garble_text, text};
use crate::text::{Span, Which};

/// What became of a sentence, or of a group of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SentenceState {
    /// The other version tells the same.
    Shared,
    /// The same, at another place.
    Moved,
    /// The other version tells it otherwise: a finding is made there.
    Differs,
    /// The other version does not tell it.
    Unmatched,
}

impl SentenceState {
    pub(super) const ALL: [Self; 4] = [Self::Shared, Self::Moved, Self::Differs, Self::Unmatched];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Moved => "moved",
            Self::Differs => "differs",
            Self::Unmatched => "alone",
        }
    }
}

/// A finding as the articles see it.
#[derive(Debug)]
pub(super) struct FindingPin {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) severity: &'static str,
    /// In A and in B: sentence and place.
    pub(super) places: [Option<(usize, Span)>; 2],
}

/// One version, beside another.
pub(super) struct ArticleSide<'a> {
    /// `A` or `B`.
    pub(super) name: &'static str,
    /// What the anchors of its sentences begin with.
    pub(super) anchor: String,
    pub(super) path: &'a str,
    pub(super) version: &'a Version,
    pub(super) verdict: String,
    pub(super) passages: Vec<Passage<'a>>,
    /// The sentences that take part.
    pub(super) lengths: SentenceLengths,
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
    pub(super) sentences: Vec<ArticleSentence<'a>>,
}

pub(super) struct ArticleSentence<'a> {
    pub(super) number: usize,
    /// None where it takes no part.
    pub(super) state: Option<SentenceState>,
    /// What is remarkable about how it is told.
    pub(super) note: String,
    /// Numbers of its groups, with spaces between them.
    pub(super) groups: String,
    pub(super) pieces: Vec<MarkedPiece<'a>>,
    /// Sentences of the other version.
    pub(super) partners: Vec<usize>,
    /// Indices into the pins.
    pub(super) pins: Vec<usize>,
}

/// The classes of claims.
fn claim_class(kind: claims::ClaimKind) -> &'static str {
    match kind {
        claims::ClaimKind::Name => "name",
        claims::ClaimKind::Quote => "quote",
        _ => "figure",
    }
}

/// A value without braces, for people: `amount 2400000, currency EUR`.
pub(super) fn value_text(value: &claims::Value) -> String {
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
fn claim_title(claim: &claims::Claim, text: &str) -> String {
    match claim.kind {
        claims::ClaimKind::Name | claims::ClaimKind::Quote => claim.kind.name().to_owned(),
        kind => {
            let value = value_text(&claim.value);
            let same = value == claim.span.slice(text);
            if same { kind.name().to_owned() } else { format!("{}: {value}", kind.name()) }
        }
    }
}

/// What is known of the claims of one version, in its own order: it is the same beside any other version.
pub(super) fn claim_titles(version: &Version) -> Vec<String> {
    version.claims.iter().map(|stated| claim_title(&stated.claim, &version.article.text)).collect()
}

/// What a side is made from.
pub(super) struct SideInput<'a> {
    pub(super) key: &'a str,
    pub(super) path: &'a str,
    pub(super) version: &'a Version,
    pub(super) titles: &'a [String],
    pub(super) garble: &'a GarbleJudgement,
}

impl Paragraph<'_> {
    fn is_heading(&self) -> bool {
        matches!(self.class, "headline" | "heading")
    }

    pub(super) fn element_name(&self) -> &'static str {
        if self.is_heading() { "h4" } else { "p" }
    }
}

impl<'a> ArticleSide<'a> {
    /// `side` is 0 for A and 1 for B.
    pub(super) fn new(
        side: usize,
        input: &SideInput<'a>,
        comparison: &'a Comparison,
        pins: &'a [FindingPin],
    ) -> Self {
        let version = input.version;
        let sentences = build_sentences(side, input, comparison, pins);
        let text = &version.article.text;
        let lengths = sentences
            .iter()
            .filter_map(|s| {
                Some((s.number, s.state?, version.sentences[s.number].span.slice(text).chars().count()))
            })
            .collect();
        Self {
            name: ["A", "B"][side],
            anchor: format!("s{}{}", input.key, ["a", "b"][side]),
            path: input.path,
            version,
            verdict: garble_text::verdict_text(input.garble),
            passages: build_passages(version, sentences),
            lengths,
        }
    }

    pub(super) fn html_lang(&self) -> &'a str {
        article_lang(self.version)
    }

    pub(super) fn count_sentences(&self, state: SentenceState) -> usize {
        self.lengths.iter().filter(|(_, own, _)| *own == state).count()
    }
}

/// An article's language as HTML has it: empty where it is not known.
pub(super) fn article_lang(version: &Version) -> &str {
    let lang = &version.article.lang;
    if lang.is_known() { lang.code() } else { "" }
}

/// What each group is: where a finding has all its places in it, it differs.
pub(super) fn group_states(groups: &[AlignedGroup], pins: &[FindingPin]) -> Vec<SentenceState> {
    let mut placed: BTreeMap<(usize, usize), Vec<&FindingPin>> = BTreeMap::new();
    for pin in pins {
        for (side, place) in pin.places.iter().enumerate() {
            if let Some((sentence, _)) = place {
                placed.entry((side, *sentence)).or_default().push(pin);
            }
        }
    }
    let differs = |group: &AlignedGroup| {
        let here = group.a.iter().map(|k| (0, *k)).chain(group.b.iter().map(|k| (1, *k)));
        let mut pins = here.filter_map(|key| placed.get(&key)).flatten();
        pins.any(|pin| {
            let mut places = pin.places.iter().zip([&group.a, &group.b]);
            places.all(|(place, own)| place.is_none_or(|(sentence, _)| own.contains(&sentence)))
        })
    };
    let state = |group: &AlignedGroup| match (differs(group), group.moved) {
        (true, _) => SentenceState::Differs,
        (false, true) => SentenceState::Moved,
        (false, false) => SentenceState::Shared,
    };
    groups.iter().map(state).collect()
}

fn build_sentences<'a>(
    side: usize,
    input: &SideInput<'a>,
    comparison: &'a Comparison,
    pins: &'a [FindingPin],
) -> Vec<ArticleSentence<'a>> {
    let version = input.version;
    let text = &version.article.text;
    let mut own: Vec<ArticleSentence<'a>> = (0..version.sentences.len())
        .map(|number| ArticleSentence {
            number,
            state: None,
            note: String::new(),
            groups: String::new(),
            pieces: Vec::new(),
            partners: Vec::new(),
            pins: Vec::new(),
        })
        .collect();
    for number in &version.compared_sentences {
        own[*number].state = Some(SentenceState::Unmatched);
    }
    for (k, group) in comparison.groups.iter().enumerate() {
        let (here, there) = if side == 0 { (&group.a, &group.b) } else { (&group.b, &group.a) };
        let note = text::group_note(group.relation, group.moved);
        for number in here {
            let sentence = &mut own[*number];
            let before = sentence.state.filter(|state| *state == SentenceState::Shared);
            sentence.state =
                before.or(Some(if group.moved { SentenceState::Moved } else { SentenceState::Shared }));
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
                SentenceState::Unmatched => SentenceState::Unmatched,
                _ => SentenceState::Differs,
            });
        }
    }
    let mut marks = collect_marks(side, input, pins);
    for sentence in &mut own {
        let span = version.sentences[sentence.number].span;
        let mut here = std::mem::take(&mut marks[sentence.number]);
        // Every word of a sentence that stands alone differs; to mark them all says nothing.
        if sentence.state.is_some_and(|state| state != SentenceState::Unmatched) {
            let differing = text::differing_spans(&comparison.words[Which::BOTH_SIDES[side]], span);
            here.extend(differing.into_iter().map(|span| TextMark { span, kind: MarkKind::Differs }));
        }
        sentence.pieces = split_pieces(text, span, &here);
    }
    own
}

/// For each sentence the marks that do not depend on its state. A claim or a finding may run over several sentences.
fn collect_marks<'a>(side: usize, input: &SideInput<'a>, pins: &'a [FindingPin]) -> Vec<Vec<TextMark<'a>>> {
    let all = &input.version.sentences;
    let mut marks: Vec<Vec<TextMark<'a>>> = vec![Vec::new(); all.len()];
    let mut add = |sentence: usize, mark: TextMark<'a>| {
        for k in (sentence..all.len()).take_while(|k| all[*k].span.start < mark.span.end) {
            marks[k].push(mark);
        }
    };
    for (stated, title) in input.version.claims.iter().zip(input.titles) {
        let of = MarkKind::Claim(claim_class(stated.claim.kind), title);
        add(stated.sentence, TextMark { span: stated.claim.span, kind: of });
    }
    for pin in pins {
        if let Some((sentence, span)) = pin.places[side] {
            // A whole sentence is lit up as one.
            if !span.contains_span(all[sentence].span) {
                add(sentence, TextMark { span, kind: MarkKind::Finding(&pin.anchor) });
            }
        }
    }
    marks
}

fn build_passages<'a>(version: &'a Version, sentences: Vec<ArticleSentence<'a>>) -> Vec<Passage<'a>> {
    let blocks = &version.article.blocks;
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut reasons: Vec<&str> = Vec::new();
    let (mut before, mut was_compared) = (None, None);
    for sentence in sentences {
        let at = version.sentences[sentence.number].block;
        let block = &blocks[at];
        let is_compared = sentence.state.is_some();
        if was_compared != Some(is_compared) {
            passages.push(Passage { left_out: String::new(), blocks: Vec::new() });
            reasons.clear();
            (before, was_compared) = (None, Some(is_compared));
        }
        let Some(passage) = passages.last_mut() else { continue };
        let reason = block.reason.unwrap_or("not part of the article");
        if !is_compared && !reasons.contains(&reason) {
            reasons.push(reason);
            passage.left_out = reasons.join(", ");
        }
        if before != Some(at) {
            let lang =
                (block.lang != version.article.lang && block.lang.is_known()).then(|| block.lang.code());
            passage.blocks.push(Paragraph { class: block_class(block), lang, sentences: Vec::new() });
            before = Some(at);
        }
        if let Some(paragraph) = passage.blocks.last_mut() {
            paragraph.sentences.push(sentence);
        }
    }
    passages
}

fn block_class(block: &ArticleBlock) -> &'static str {
    match (block.role, block.shape) {
        (Role::Headline, _) => "headline",
        (Role::Caption, _) => "caption",
        (_, BlockShape::Heading) => "heading",
        (_, BlockShape::Item) => "item",
        (_, BlockShape::Quote) => "quoted",
        _ => "text",
    }
}
