use serde::Serialize;

/// A byte range of one text, end exclusive, on character boundaries.
///
/// A span does not identify its text; the documentation of each span names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The part of `text` that this span covers.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps_span(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains_span(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same range, `by` bytes further on: converts offsets within a piece to offsets within the text that contains it.
    #[must_use]
    pub fn shifted_by(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The span without the whitespace at either end of `text[span]`.
    #[must_use]
    pub fn trim_whitespace(self, text: &str) -> Self {
        let piece = self.slice(text);
        let start = self.start + (piece.len() - piece.trim_start().len());
        Self { start, end: start + piece.trim().len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_to_the_words() {
        let text = "a  \u{a0}bé \n c";
        assert_eq!(Span::new(1, 8).trim_whitespace(text).slice(text), "bé");
        assert!(Span::new(1, 3).trim_whitespace(text).is_empty());
    }
}
