//! The marks on a text, which may overlap.

use crate::text::Span;

/// One mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextMark<'t> {
    pub(super) span: Span,
    pub(super) kind: MarkKind<'t>,
}

/// What a mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind<'t> {
    /// A word that differs.
    Differs,
    /// A claim: its class and its tooltip.
    Claim(&'static str, &'t str),
    /// The place of a finding, by its anchor.
    Finding(&'t str),
}

/// A piece of text with the same marks throughout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkedPiece<'t> {
    pub(super) text: &'t str,
    pub(super) differs: bool,
    /// Classes, separated by spaces.
    pub(super) classes: String,
    /// Tooltips, separated by semicolons.
    pub(super) title: String,
    /// Anchors of findings, separated by spaces.
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

/// Splits `text[span]` into pieces, which together are all of it.
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

    fn mark(start: usize, end: usize, kind: MarkKind<'static>) -> TextMark<'static> {
        TextMark { span: Span::new(start, end), kind }
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
    fn marks_may_overlap() {
        let all = Span::new(0, 10);
        let (name, quote) = (MarkKind::Claim("name", "name"), MarkKind::Claim("quote", "quote"));
        assert_eq!(pieces_text(all, &[]), "abcdefghij:0");
        assert_eq!(pieces_text(all, &[mark(2, 4, MarkKind::Differs)]), "ab:0|cd:1|efghij:0");
        assert_eq!(
            pieces_text(all, &[mark(1, 8, quote), mark(2, 4, name), mark(3, 6, MarkKind::Differs)]),
            "a:0|b:0quote|c:0quote name|d:1quote name|ef:1quote|gh:0quote|ij:0"
        );
        // One ends where the next begins, and two have the same span.
        assert_eq!(
            pieces_text(all, &[mark(0, 4, name), mark(4, 8, name), mark(4, 8, MarkKind::Finding("f"))]),
            "abcd:0name|efgh:0namef|ij:0"
        );
    }

    #[test]
    fn a_mark_may_begin_before_the_span_and_end_after_it() {
        let marks =
            [mark(0, 5, MarkKind::Differs), mark(7, 10, MarkKind::Differs), mark(0, 2, MarkKind::Differs)];
        assert_eq!(pieces_text(Span::new(3, 8), &marks), "de:1|fg:0|h:1");
    }
}
