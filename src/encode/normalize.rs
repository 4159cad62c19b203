//! The `nmt_nfkc` normaliser of SentencePiece: a precompiled map from characters and short runs of them to replacements,
//! with one mark U+2581 for each run of white space and one in front.

use super::trie::Trie;

/// U+2581, the mark that replaces a space.
pub(super) const SPACE_MARK: &[u8] = "\u{2581}".as_bytes();

/// The character map, read from the model.
#[derive(Clone, Copy)]
pub(super) struct CharacterMap<'m> {
    pub(super) trie: Trie<'m>,
    /// Replacements, each ended by a zero byte; the trie's values are offsets into it.
    pub(super) replacements: &'m [u8],
}

/// Records the origins of the bytes of the normalised text; `()` records nothing.
pub(super) trait ByteOrigins {
    /// `count` bytes were written that come from `start..end` of the original.
    fn record_bytes(&mut self, count: usize, start: usize, end: usize);
    /// The normalised text was truncated to `length` bytes.
    fn truncate_bytes(&mut self, length: usize);
}

impl ByteOrigins for () {
    fn record_bytes(&mut self, _: usize, _: usize, _: usize) {}
    fn truncate_bytes(&mut self, _: usize) {}
}

impl ByteOrigins for Vec<(u32, u32)> {
    fn record_bytes(&mut self, count: usize, start: usize, end: usize) {
        self.extend(std::iter::repeat_n((start as u32, end as u32), count));
    }
    fn truncate_bytes(&mut self, length: usize) {
        Vec::truncate(self, length);
    }
}

impl<'m> CharacterMap<'m> {
    /// Writes the normalised form of `text` to `out`, which is cleared first: empty if only white space is left.
    pub(super) fn normalize_text(self, text: &str, out: &mut Vec<u8>, origins: &mut impl ByteOrigins) {
        out.clear();
        let mut at = 0;
        while at < text.len() {
            let (replacement, length) = self.match_prefix(text, at);
            if replacement != b" " {
                break;
            }
            at += length;
        }
        if at == text.len() {
            return;
        }
        out.extend_from_slice(SPACE_MARK);
        origins.record_bytes(SPACE_MARK.len(), at, at);
        let mut after_space = true;
        while at < text.len() {
            let (mut replacement, length) = self.match_prefix(text, at);
            while after_space && let [b' ', rest @ ..] = replacement {
                replacement = rest;
            }
            for &byte in replacement {
                let written = if byte == b' ' { SPACE_MARK } else { std::slice::from_ref(&byte) };
                out.extend_from_slice(written);
                origins.record_bytes(written.len(), at, at + length);
            }
            if let Some(last) = replacement.last() {
                after_space = *last == b' ';
            }
            at += length;
        }
        while out.ends_with(SPACE_MARK) {
            out.truncate(out.len() - SPACE_MARK.len());
        }
        origins.truncate_bytes(out.len());
    }

    /// The replacement of the longest prefix of `text[at..]` in the map, and the length of that prefix in bytes.
    fn match_prefix<'t>(self, text: &'t str, at: usize) -> (&'t [u8], usize)
    where
        'm: 't,
    {
        let bytes = text.as_bytes();
        let mut node = self.trie.root_node();
        let mut longest = None;
        for (length, &byte) in (1..).zip(&bytes[at..]) {
            let Some(next) = self.trie.child_node(node, byte) else { break };
            node = next;
            if let Some(value) = self.trie.node_value(node) {
                longest = Some((value, length));
            }
        }
        if let Some((value, length)) = longest
            && let Some(rest) = self.replacements.get(value as usize..)
            && let Some(end) = rest.iter().position(|b| *b == 0)
        {
            return (&rest[..end], length);
        }
        let length = utf8_length(bytes[at]);
        (&bytes[at..at + length], length)
    }
}

/// Length of the character that `first` begins, in well-formed UTF-8.
#[inline]
pub(super) fn utf8_length(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_characters_and_keeps_their_places() {
        let keys: [(&str, u32); 5] = [("\t", 0), ("\u{ad}", 2), ("e\u{301}", 3), ("ﬁ", 6), ("ﷺ", 9)];
        let mut keys: Vec<(&[u8], u32)> = keys.iter().map(|(key, at)| (key.as_bytes(), *at)).collect();
        keys.sort_unstable();
        let trie = yada::builder::DoubleArrayBuilder::build(&keys).unwrap();
        let units: Vec<u32> = trie.as_chunks().0.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        let charsmap = CharacterMap { trie: Trie(&units), replacements: " \0\0é\0fi\0 x y\0".as_bytes() };
        let normalize = |text: &str| {
            let (mut out, mut origins) = (Vec::new(), Vec::new());
            charsmap.normalize_text(text, &mut out, &mut origins);
            assert_eq!(out.len(), origins.len());
            assert!(
                origins.is_sorted() && origins.iter().all(|o| text.get(o.0 as usize..o.1 as usize).is_some())
            );
            String::from_utf8(out).unwrap().replace('\u{2581}', "_")
        };
        for (text, expected) in [
            ("", ""),
            (" \t ", ""),
            ("\u{ad}", ""),
            ("a", "_a"),
            ("\t a\t\t b ", "_a_b"),
            ("cafe\u{301}", "_café"),
            ("e\u{302}", "_e\u{302}"),
            ("x\u{ad}y ﬁn", "_xy_fin"),
            ("a ﷺ", "_a_x_y"),
            ("aﷺb", "_a_x_yb"),
            ("\0\u{10ffff}", "_\0\u{10ffff}"),
        ] {
            assert_eq!(normalize(text), expected, "{text:?}");
        }
    }
}
