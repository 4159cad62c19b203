//! The two articles of a comparison in full, each sentence with its state, partners and findings.

use std::collections::BTreeMap;

use super::marks::{MarkKind, MarkedPiece, TextMark, split_pieces};
use super::state::{SentenceLengths, SentenceState};
use crate::article::{ArticleBlock, BlockShape, Role};
use crate::claims;
use crate::divergence::{AlignedGroup, Comparison, Version};
use crate::garble::GarbleJudgement;
use crate::report::view::{
    SIDE_NAMES, differing_spans, group_note, left_out_reason, value_text, verdict_text,
};
use crate::text::{Span, Which};

/// The link from a sentence to one of its findings.
#[derive(Debug)]
pub(super) struct FindingPin {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) severity: &'static str,
    /// In A and in B: sentence and place.
    pub(super) places: [Option<(usize, Span)>; 2],
}

impl FindingPin {
    /// Whether the sentences of all its places are in the group.
    fn is_within(&self, group: &AlignedGroup) -> bool {
        let mut places = self.places.iter().zip([&group.a, &group.b]);
        places.all(|(place, own)| place.is_none_or(|(sentence, _)| own.contains(&sentence)))
    }
}

/// One version of a pair.
pub(super) struct ArticleSide<'a> {
    /// `A` or `B`.
    pub(super) name: &'static str,
    /// Prefix of the anchors of its sentences.
    pub(super) anchor: String,
    pub(super) path: &'a str,
    pub(super) version: &'a Version,
    pub(super) verdict: String,
    pub(super) passages: Vec<Passage<'a>>,
    /// The compared sentences.
    pub(super) lengths: SentenceLengths,
}

/// Consecutive blocks that are all compared, or all left out.
pub(super) struct Passage<'a> {
    /// Why they are not compared; empty where they are.
    pub(super) left_out: String,
    pub(super) blocks: Vec<Paragraph<'a>>,
}

/// The sentences of one block.
pub(super) struct Paragraph<'a> {
    /// The class that it is shown by.
    pub(super) class: &'static str,
    /// Its language, where it differs from the article's.
    pub(super) lang: Option<&'a str>,
    pub(super) sentences: Vec<ArticleSentence<'a>>,
}

/// A sentence with its marks and links.
pub(super) struct ArticleSentence<'a> {
    pub(super) number: usize,
    /// `None` where it is not compared.
    pub(super) state: Option<SentenceState>,
    /// The note on its last group; empty for an equivalent group in order.
    pub(super) note: String,
    /// Numbers of its groups, separated by spaces.
    pub(super) groups: String,
    pub(super) pieces: Vec<MarkedPiece<'a>>,
    /// The aligned sentences of the other version.
    pub(super) partners: Vec<usize>,
    /// Indices into the pins.
    pub(super) pins: Vec<usize>,
}

/// The class that a claim is shown by.
fn claim_class(kind: claims::ClaimKind) -> &'static str {
    match kind {
        claims::ClaimKind::Name => "name",
        claims::ClaimKind::Quote => "quote",
        _ => "figure",
    }
}

/// The tooltip of a claim: its kind, and its value where the text doesn't show it.
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

/// The tooltips of a version's claims, in order; they are the same in every pair.
pub(super) fn claim_titles(version: &Version) -> Vec<String> {
    version.claims.iter().map(|stated| claim_title(&stated.claim, &version.article.text)).collect()
}

/// What a side is built from.
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
            name: SIDE_NAMES[side],
            anchor: format!("s{}{}", input.key, ["a", "b"][side]),
            path: input.path,
            version,
            verdict: verdict_text(input.garble),
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

/// An article's language as a value of `lang`: empty where it isn't known.
pub(super) fn article_lang(version: &Version) -> &str {
    let lang = &version.article.lang;
    if lang.is_known() { lang.code() } else { "" }
}

/// The state of each group: it differs where a finding has all its places in it.
pub(super) fn group_states(groups: &[AlignedGroup], pins: &[FindingPin]) -> Vec<SentenceState> {
    let mut placed: BTreeMap<(usize, usize), Vec<&FindingPin>> = BTreeMap::new();
    for pin in pins {
        for (side, place) in pin.places.iter().enumerate() {
            if let Some((sentence, _)) = place {
                placed.entry((side, *sentence)).or_default().push(pin);
            }
        }
    }
    groups
        .iter()
        .map(|group| {
            let own = group.a.iter().map(|k| (0, *k)).chain(group.b.iter().map(|k| (1, *k)));
            let mut pins = own.filter_map(|key| placed.get(&key)).flatten();
            if pins.any(|pin| pin.is_within(group)) {
                SentenceState::Differs
            } else if group.moved {
                SentenceState::Moved
            } else {
                SentenceState::Shared
            }
        })
        .collect()
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
        let note = group_note(group.relation, group.moved);
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
        // Every word of an unaligned sentence differs, so marks would carry no information.
        if sentence.state.is_some_and(|state| state != SentenceState::Unmatched) {
            let differing = differing_spans(&comparison.words[Which::BOTH_SIDES[side]], span);
            here.extend(differing.into_iter().map(|span| TextMark { span, kind: MarkKind::Differs }));
        }
        sentence.pieces = split_pieces(text, span, &here);
    }
    own
}

/// For each sentence the marks that don't depend on its state. A claim or a finding may extend over several sentences.
fn collect_marks<'a>(side: usize, input: &SideInput<'a>, pins: &'a [FindingPin]) -> Vec<Vec<TextMark<'a>>> {
    let all = &input.version.sentences;
    let mut marks: Vec<(usize, TextMark<'a>)> = Vec::new();
    for (stated, title) in input.version.claims.iter().zip(input.titles) {
        let kind = MarkKind::Claim(claim_class(stated.claim.kind), title);
        marks.push((stated.sentence, TextMark { span: stated.claim.span, kind }));
    }
    for pin in pins {
        if let Some((sentence, span)) = pin.places[side] {
            // A whole sentence is highlighted as one.
            if !span.contains_span(all[sentence].span) {
                marks.push((sentence, TextMark { span, kind: MarkKind::Finding(&pin.anchor) }));
            }
        }
    }
    let mut by_sentence: Vec<Vec<TextMark<'a>>> = vec![Vec::new(); all.len()];
    for (sentence, mark) in marks {
        for k in (sentence..all.len()).take_while(|k| all[*k].span.start < mark.span.end) {
            by_sentence[k].push(mark);
        }
    }
    by_sentence
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
        let reason = left_out_reason(block);
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
