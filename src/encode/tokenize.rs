//! The tokenizer: SentencePiece's unigram model, the segmentation of highest probability (Kudo 2018, "Subword
//! Regularization", section 3.1), with the ids of the C++ implementation.

use super::normalize::{ByteOrigins, CharacterMap, SPACE_MARK, utf8_length};
use super::trie::Trie;
use crate::text::Span;

/// Id of an unknown piece.
pub const UNKNOWN: u32 = 0;
/// Id of the mark before the first piece.
pub const BEGIN: u32 = 1;
/// Id of the mark after the last piece.
pub const END: u32 = 2;

/// Most pieces of one text that are read: about 8,000 words, far more than any sentence has. Bounds the memory of a text. A
/// longer text is reported by [`Tokens::truncated`] and [`Vectors::truncated_rows`](super::Vectors::truncated_rows).
pub const MAX_TOKENS: usize = 16_384;

/// Bytes of a text that are read: 16 for each piece, more than any language needs for [`MAX_TOKENS`].
const MAX_BYTES: usize = 16 * MAX_TOKENS;

/// Difference between the scores of the rarest piece and of an unknown character: SentencePiece's `kUnkPenalty`.
const UNKNOWN_PENALTY: f32 = 10.0;

/// The pieces of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    /// Ids of the pieces, without the marks [`BEGIN`] and [`END`]. A run of unknown characters is one
    /// [`UNKNOWN`].
    pub ids: Vec<u32>,
    /// Span of each piece in the original text, without the space before it. Two pieces of one character (such as a
    /// ligature) share its span; a piece of a space alone has the span of that space, or an empty one at the beginning.
    pub spans: Vec<Span>,
    /// Natural logarithm of the probability of each piece, at most 0.
    pub scores: Vec<f32>,
    /// Whether the text was longer than [`MAX_TOKENS`] and is truncated.
    pub truncated: bool,
}

/// The unigram model, borrowed from the mapped file.
#[derive(Clone, Copy)]
pub(super) struct Tokenizer<'m> {
    pub(super) pieces: Trie<'m>,
    /// Log probability by id; that of [`UNKNOWN`] is [`unknown_score`].
    pub(super) scores: &'m [f32],
    pub(super) charsmap: CharacterMap<'m>,
}

/// Working memory, kept from text to text.
#[derive(Default)]
pub(super) struct TokenizerScratch {
    normalized: Vec<u8>,
    best: Vec<BestPath>,
    path: Vec<(u32, u32, u32)>,
}

/// The best way to reach a byte of the normalised text.
#[derive(Clone, Copy)]
struct BestPath {
    score: f32,
    start: u32,
    id: u32,
}

const UNREACHED: BestPath = BestPath { score: 0.0, start: u32::MAX, id: UNKNOWN };

/// The score of an unknown character, from that of the rarest ordinary piece.
pub(super) fn unknown_score(lowest: f32) -> f32 {
    lowest - UNKNOWN_PENALTY
}

impl Tokenizer<'_> {
    /// Appends the ids of `text` to `ids` and returns whether the text was truncated.
    pub(super) fn append_ids(self, text: &str, scratch: &mut TokenizerScratch, ids: &mut Vec<u32>) -> bool {
        let truncated = self.find_segmentation(text, scratch, &mut ());
        ids.extend(scratch.path.iter().map(|(id, _, _)| id));
        truncated
    }

    /// The pieces of `text` with their spans and scores.
    pub(super) fn tokenize_text(self, text: &str, scratch: &mut TokenizerScratch) -> Tokens {
        let mut origins: Vec<(u32, u32)> = Vec::new();
        let truncated = self.find_segmentation(text, scratch, &mut origins);
        let mut tokens = Tokens { truncated, ..Tokens::default() };
        for &(id, start, end) in &scratch.path {
            let (mut start, end) = (start as usize, end as usize);
            if scratch.normalized[start..end].starts_with(SPACE_MARK) && end - start > SPACE_MARK.len() {
                start += SPACE_MARK.len();
            }
            let span = origins[start..end].iter().fold(None, |span: Option<Span>, &(start, end)| {
                Some(Span::new(span.map_or(start as usize, |s| s.start), end as usize))
            });
            tokens.ids.push(id);
            tokens.spans.push(span.unwrap_or_default());
            tokens.scores.push(self.piece_score(id));
        }
        tokens
    }

    #[inline]
    fn piece_score(self, id: u32) -> f32 {
        self.scores.get(id as usize).copied().unwrap_or(0.0)
    }

    /// Writes the best segmentation to `scratch.path` as (id, start, end) over the normalised text, and returns whether the
    /// text was truncated.
    fn find_segmentation(
        self,
        text: &str,
        scratch: &mut TokenizerScratch,
        origins: &mut impl ByteOrigins,
    ) -> bool {
        let cut = text.floor_char_boundary(MAX_BYTES);
        self.charsmap.normalize_text(&text[..cut], &mut scratch.normalized, origins);
        let TokenizerScratch { normalized, best, path } = scratch;
        self.run_viterbi(normalized, best);
        path.clear();
        let mut end = normalized.len();
        while end > 0 {
            let BestPath { start, id, .. } = best[end];
            match path.last_mut() {
                // The path is read backwards: the following piece is the last one pushed.
                Some((UNKNOWN, from, _)) if id == UNKNOWN => *from = start,
                _ => path.push((id, start, end as u32)),
            }
            end = start as usize;
        }
        path.reverse();
        let truncated = cut < text.len() || path.len() > MAX_TOKENS;
        path.truncate(MAX_TOKENS);
        truncated
    }

    /// Fills `best` for every byte where a character ends. Sums are in single precision and the first of equal scores wins,
    /// as in the C++ implementation: ties and near ties are common.
    fn run_viterbi(self, text: &[u8], best: &mut Vec<BestPath>) {
        best.clear();
        best.resize(text.len() + 1, UNREACHED);
        let mut start = 0;
        while start < text.len() {
            let base = best[start].score;
            let single = utf8_length(text[start]).min(text.len() - start);
            let mut has_single = false;
            let mut reach = |end: usize, id: u32, score: f32| {
                let candidate = base + score;
                let target = &mut best[end];
                if target.start == u32::MAX || candidate > target.score {
                    *target = BestPath { score: candidate, start: start as u32, id };
                }
            };
            let mut node = self.pieces.root_node();
            for (length, &byte) in (1..).zip(&text[start..]) {
                let Some(next) = self.pieces.child_node(node, byte) else { break };
                node = next;
                if let Some(id) = self.pieces.node_value(node) {
                    has_single |= length == single;
                    reach(start + length, id, self.piece_score(id));
                }
            }
            if !has_single {
                reach(start + single, UNKNOWN, self.piece_score(UNKNOWN));
            }
            start += single;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::trie::Trie;

    /// Pieces with their scores; ids from 1 on.
    fn with<R>(pieces: &[(&str, f32)], run: impl FnOnce(Tokenizer<'_>) -> R) -> R {
        let mut keys: Vec<(&[u8], u32)> = pieces.iter().map(|p| p.0.as_bytes()).zip(1..).collect();
        keys.sort_unstable();
        let trie = yada::builder::DoubleArrayBuilder::build(&keys).unwrap();
        let units: Vec<u32> = trie.as_chunks().0.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        let scores: Vec<f32> = [unknown_score(-5.0)].into_iter().chain(pieces.iter().map(|p| p.1)).collect();
        let charsmap = CharacterMap { trie: Trie(&[]), replacements: &[] };
        run(Tokenizer { pieces: Trie(&units), scores: &scores, charsmap })
    }

    fn pieces(text: &str, known: &[(&str, f32)]) -> Vec<(u32, String)> {
        with(known, |tokenizer| {
            let tokens = tokenizer.tokenize_text(text, &mut TokenizerScratch::default());
            tokens
                .ids
                .iter()
                .zip(&tokens.spans)
                .map(|(id, span)| (*id, span.slice(text).to_owned()))
                .collect()
        })
    }

    fn pair(id: u32, text: &str) -> (u32, String) {
        (id, text.to_owned())
    }

    #[test]
    fn takes_the_likeliest_way() {
        let known =
            [("\u{2581}a", -1.0), ("b", -1.0), ("ab", -0.5), ("\u{2581}", -1.0), ("\u{2581}ab", -2.5)];
        assert_eq!(pieces("ab", &known), [pair(4, ""), pair(3, "ab")]);
        assert_eq!(pieces("b ab", &known), [pair(4, ""), pair(2, "b"), pair(4, " "), pair(3, "ab")]);
    }

    #[test]
    fn the_first_of_equals_wins() {
        let known = [("\u{2581}", -1.0), ("x", -1.0), ("xx", -2.0)];
        assert_eq!(pieces("xxx", &known).len(), 3, "longer pieces come later and are no better");
    }

    /// The highest score of all ways to cut `text`, by trying each.
    fn slowly(text: &str, known: &[(String, f32)]) -> f32 {
        let Some(first) = text.chars().next() else { return 0.0 };
        let single = first.len_utf8();
        let prefixes = known.iter().filter(|(piece, _)| text.starts_with(piece.as_str()));
        let ways = prefixes.map(|(piece, score)| (piece.len(), *score));
        let is_known = known.iter().any(|(piece, _)| *piece == text[..single]);
        let unknown = (!is_known).then_some((single, unknown_score(-5.0)));
        ways.chain(unknown).map(|(n, score)| score + slowly(&text[n..], known)).fold(f32::MIN, f32::max)
    }

    proptest::proptest! {
        #[test]
        fn no_other_way_is_likelier(
            known in proptest::collection::btree_map("[abä]{1,3}", -5.0f32..-0.1, 1..9),
            text in "[abäö]{0,9}",
        ) {
            let known: Vec<(String, f32)> = known.into_iter().collect();
            let pieces: Vec<(&str, f32)> = known.iter().map(|(piece, score)| (piece.as_str(), *score)).collect();
            let best = with(&pieces, |tokenizer| {
                let mut best = Vec::new();
                tokenizer.run_viterbi(text.as_bytes(), &mut best);
                best[text.len()].score
            });
            proptest::prop_assert!((best - slowly(&text, &known)).abs() < 1e-3, "{best} {text:?} {known:?}");
        }
    }

    #[test]
    fn unknown_neighbours_are_one_piece() {
        let known = [("\u{2581}", -1.0), ("a", -1.0)];
        assert_eq!(
            pieces("ä\u{301}öa\0", &known),
            [pair(1, ""), pair(0, "ä\u{301}ö"), pair(2, "a"), pair(0, "\0")]
        );
        assert_eq!(pieces("  ", &known), []);
    }
}
