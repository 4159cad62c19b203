//! What is marked in a text, where marks may lie over one another.

use crate::text::Span;

/// One mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'t> {
    pub(super) span: Span,
    pub(super) of: Of<'t>,
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of<'t> {
    /// A word that differs.
    Differs,
    /// A claim: the class that it is shown by, and its kind with its value.
    Claim(&'static str, &'t str),
    /// The place of a finding, by its anchor.
    Finding(&'t str),
}

/// A stretch of text under the same marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) differs: bool,
    /// Classes, with spaces between them.
    pub(super) classes: String,
    /// Kinds and values, one after the other.
    pub(super) title: String,
    /// Anchors of findings, with spaces between them.
    pub(super) findings: String,
}

impl Piece<'_> {
    pub(super) fn is_plain(&self) -> bool {
        !self.differs && self.classes.is_empty() && self.findings.is_empty()
    }

    pub(super) fn element(&self) -> &'static str {
        if self.differs { "mark" } else { "span" }
    }
}

/// The pieces of `text[span]`, which together are all of it.
pub(super) fn pieces<'t>(text: &'t str, span: Span, marks: &[Mark<'t>]) -> Vec<Piece<'t>> {
    let mut edges: Vec<(usize, bool, usize)> = Vec::new();
    for (k, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.span.overlaps(span)) {
        edges.push((mark.span.start.max(span.start), true, k));
        edges.push((mark.span.end.min(span.end), false, k));
    }
    edges.sort_unstable();
    let (mut pieces, mut open, mut at) = (Vec::new(), Vec::new(), span.start);
    for (edge, begins, mark) in edges {
        if edge > at {
            pieces.push(piece(&text[at..edge], &open));
            at = edge;
        }
        if begins {
            open.push(marks[mark]);
        } else {
            open.retain(|other: &Mark<'_>| other.span != marks[mark].span || other.of != marks[mark].of);
        }
    }
    if span.end > at {
        pieces.push(piece(&text[at..span.end], &open));
    }
    pieces
}

fn piece<'t>(text: &'t str, open: &[Mark<'_>]) -> Piece<'t> {
    let (mut differs, mut classes, mut titles, mut findings) = (false, Vec::new(), Vec::new(), Vec::new());
    for mark in open {
        match mark.of {
            Of::Differs => differs = true,
            Of::Claim(class, title) => {
                if !classes.contains(&class) {
                    classes.push(class);
                }
                titles.push(title);
            }
            Of::Finding(anchor) => findings.push(anchor),
        }
    }
    Piece {
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

    fn mark(start: usize, end: usize, of: Of<'static>) -> Mark<'static> {
        Mark { span: Span::new(start, end), of }
    }

    fn shown(span: Span, marks: &[Mark<'static>]) -> String {
        let text = "abcdefghij";
        let pieces = pieces(text, span, marks);
        assert_eq!(pieces.iter().map(|p| p.text).collect::<String>(), span.of(text));
        let one = |p: &Piece<'_>| format!("{}:{}{}{}", p.text, u8::from(p.differs), p.classes, p.findings);
        pieces.iter().map(one).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn marks_lie_over_one_another() {
        let all = Span::new(0, 10);
        let (name, quote) = (Of::Claim("name", "name"), Of::Claim("quote", "quote"));
        assert_eq!(shown(all, &[]), "abcdefghij:0");
        assert_eq!(shown(all, &[mark(2, 4, Of::Differs)]), "ab:0|cd:1|efghij:0");
        assert_eq!(
            shown(all, &[mark(1, 8, quote), mark(2, 4, name), mark(3, 6, Of::Differs)]),
            "a:0|b:0quote|c:0quote name|d:1quote name|ef:1quote|gh:0quote|ij:0"
        );
        // One ends where the next begins, and two lie on the same place.
        assert_eq!(
            shown(all, &[mark(0, 4, name), mark(4, 8, name), mark(4, 8, Of::Finding("f"))]),
            "abcd:0name|efgh:0namef|ij:0"
        );
    }

    #[test]
    fn a_mark_may_begin_before_and_end_behind() {
        let marks = [mark(0, 5, Of::Differs), mark(7, 10, Of::Differs), mark(0, 2, Of::Differs)];
        assert_eq!(shown(Span::new(3, 8), &marks), "de:1|fg:0|h:1");
    }
}
