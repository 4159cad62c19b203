//! What is marked in a text, where marks may lie over one another.

use crate::text::Span;

/// One mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextMark<'t> {
    pub(super) span: Span,
    pub(super) kind: MarkKind<'t>,
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind<'t> {
    /// A word that differs.
    Differs,
    /// A claim: the class that it is shown by, and its kind with its value.
    Claim(&'static str, &'t str),
    /// The place of a finding, by its anchor.
    Finding(&'t str),
}

/// A stretch of text under the same marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkedPiece<'t> {
    pub(super) text: &'t str,
    pub(super) differs: bool,
    /// Classes, with spaces between them.
    pub(super) classes: String,
    /// Kinds and values, one after the other.
    pub(super) title: String,
    /// Anchors of findings, with spaces between them.
    pub(super) findings: String,
}

impl MarkedPiece<'_> {
    pub(super) fn is_plain(&self) -> bool {
        !self.differs && self.classes.is_empty() && self.findings.is_empty()
    }

    pub(super) fn element_name(&self) -> &'static str {
        if self.differs { "mark" } else { "span" }
    }
}

/// The pieces of `text[span]`, which together are all of it.
pub(super) fn split_pieces<'t>(text: &'t str, span: Span, marks: &[TextMark<'t>]) -> Vec<MarkedPiece<'t>> {
    let mut edges: Vec<(usize, bool, usize)> = Vec::new();
    for (k, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.span.overlaps_span(span)) {
        edges.push((mark.span.start.max(span.start), true, k));
        edges.push((mark.span.end.min(span.end), false, k));
    }
    edges.sort_unstable();
    let (mut pieces, mut open, mut at) = (Vec::new(), Vec::new(), span.start);
    for (edge, begins, mark) in edges {
        if edge > at {
            pieces.push(build_piece(&text[at..edge], &open));
            at = edge;
        }
        if begins {
            open.push(marks[mark]);
        } else {
            open.retain(|other: &TextMark<'_>| {
                other.span != marks[mark].span || other.kind != marks[mark].kind
            });
        }
    }
    if span.end > at {
        pieces.push(build_piece(&text[at..span.end], &open));
    }
    pieces
}

fn build_piece<'t>(text: &'t str, open: &[TextMark<'_>]) -> MarkedPiece<'t> {
    let (mut differs, mut classes, mut titles, mut findings) = (false, Vec::new(), Vec::new(), Vec::new());
    for mark in open {
        match mark.kind {
            MarkKind::Differs => differs = true,
            MarkKind::Claim(class, title) => {
                if !classes.contains(&class) {
                    classes.push(class);
                }
                titles.push(title);
            }
            MarkKind::Finding(anchor) => findings.push(anchor),
        }
    }
    MarkedPiece {
        text,
        differs,
        classes: classes.join(" "),
        title: titles.join("; "),
        findings: findings.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, of: MarkKind<'static>) -> TextMark<'static> {
        TextMark { span: Span::new(start, end), kind: of }
    }

    fn pieces_text(span: Span, marks: &[TextMark<'static>]) -> String {
        let text = "abcdefghij";
        let pieces = split_pieces(text, span, marks);
        assert_eq!(pieces.iter().map(|p| p.text).collect::<String>(), span.slice(text));
        let one =
            |p: &MarkedPiece<'_>| format!("{}:{}{}{}", p.text, u8::from(p.differs), p.classes, p.findings);
        pieces.iter().map(one).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn marks_lie_over_one_another() {
        let all = Span::new(0, 10);
        let (name, quote) = (MarkKind::Claim("name", "name"), MarkKind::Claim("quote", "quote"));
        assert_eq!(pieces_text(all, &[]), "abcdefghij:0");
        assert_eq!(pieces_text(all, &[mark(2, 4, MarkKind::Differs)]), "ab:0|cd:1|efghij:0");
        assert_eq!(
            pieces_text(all, &[mark(1, 8, quote), mark(2, 4, name), mark(3, 6, MarkKind::Differs)]),
            "a:0|b:0quote|c:0quote name|d:1quote name|ef:1quote|gh:0quote|ij:0"
        );
        // One ends where the next begins, and two lie on the same place.
        assert_eq!(
            pieces_text(all, &[mark(0, 4, name), mark(4, 8, name), mark(4, 8, MarkKind::Finding("f"))]),
            "abcd:0name|efgh:0namef|ij:0"
        );
    }

    #[test]
    fn a_mark_may_begin_before_and_end_behind() {
        let marks =
            [mark(0, 5, MarkKind::Differs), mark(7, 10, MarkKind::Differs), mark(0, 2, MarkKind::Differs)];
        assert_eq!(pieces_text(Span::new(3, 8), &marks), "de:1|fg:0|h:1");
    }
}
