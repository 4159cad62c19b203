//! `claimdiff.explain/1`: findings with what they rest on, for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Found, Group, Scores, Tool};
use super::rules::Head;
use super::{Explained, rounded};
use crate::divergence::{self, Explanation, Place, Version};
use crate::text::Span;

const SCHEMA: &str = "claimdiff.explain/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    explanations: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    articles: [Article<'a>; 2],
    parallel: bool,
    scores: Scores,
    finding: Found<'a>,
    sentences: Sides<Option<Sentence<'a>>>,
    rule: Head<'a>,
    measured: Vec<Measured<'a>>,
    alignment: Vec<Together<'a>>,
    nearest: Sides<Option<Nearest<'a>>>,
    words: Sides<Vec<Word<'a>>>,
}

#[derive(Serialize)]
struct Sides<T> {
    a: T,
    b: T,
}

#[derive(Serialize)]
struct Article<'a> {
    path: &'a str,
    language: &'a str,
}

#[derive(Serialize)]
struct Sentence<'a> {
    id: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Measured<'a> {
    what: &'a str,
    value: f64,
    line: f64,
}

#[derive(Serialize)]
struct Together<'a> {
    #[serde(flatten)]
    group: Group<'a>,
    covered_a: f64,
    covered_b: f64,
    /// Figures of rare value that both sides hold.
    figures: u8,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    means: &'a str,
    value: f64,
    weight: f64,
}

#[derive(Serialize)]
struct Nearest<'a> {
    sentence: usize,
    text: &'a str,
    similarity: f64,
    covered: f64,
}

#[derive(Serialize)]
struct Word<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    inside: bool,
    difference: f64,
    nearest: Option<Facing<'a>>,
}

#[derive(Serialize)]
struct Facing<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    similarity: f64,
    mutual: bool,
}

pub(super) fn write(explained: &Explained<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entries = explained.explanations.iter().map(|(b, explanation)| entry(explained, *b, explanation));
    let document =
        Document { schema: SCHEMA, tool: Tool::with(explained.encoder), explanations: entries.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn entry<'a>(explained: &'a Explained<'_>, b: usize, explanation: &'a Explanation) -> Entry<'a> {
    let Explanation { finding, together, nearest: [near_a, near_b], words: [words_a, words_b], .. } =
        explanation;
    let article =
        |k: usize| Article { path: &explained.paths[k], language: explained.versions[k].article.lang.code() };
    let [version_a, version_b] = [&explained.versions[0], &explained.versions[b]];
    let measured = finding.measured.iter().map(|m| Measured {
        what: m.what,
        value: rounded(m.value),
        line: rounded(m.line),
    });
    Entry {
        articles: [article(0), article(b)],
        parallel: explanation.parallel,
        scores: Scores::of(&explanation.scores),
        finding: Found::of(finding, [version_a, version_b]),
        sentences: Sides {
            a: finding.a.as_ref().map(|place| sentence(version_a, place)),
            b: finding.b.as_ref().map(|place| sentence(version_b, place)),
        },
        rule: Head::of(finding.rule),
        measured: measured.collect(),
        alignment: together.iter().map(group).collect(),
        nearest: Sides {
            a: near_a.map(|near| nearest(version_b, near)),
            b: near_b.map(|near| nearest(version_a, near)),
        },
        words: Sides {
            a: words_a.iter().map(|w| word([version_a, version_b], w)).collect(),
            b: words_b.iter().map(|w| word([version_b, version_a], w)).collect(),
        },
    }
}

fn sentence<'a>(version: &'a Version, place: &Place) -> Sentence<'a> {
    let Span { start, end } = version.sentences[place.sentence].span;
    Sentence { id: place.sentence, start, end, text: version.text_of(place.sentence) }
}

fn group(together: &divergence::Together) -> Together<'_> {
    let evidence = together.group.evidence;
    let parts = together.parts.iter().map(|part| Part {
        name: part.name,
        means: part.means,
        value: rounded(part.value),
        weight: rounded(part.weight),
    });
    Together {
        group: Group::of(&together.group),
        covered_a: rounded(evidence.covered_a),
        covered_b: rounded(evidence.covered_b),
        figures: evidence.anchors,
        parts: parts.collect(),
    }
}

fn nearest(other: &Version, near: divergence::Nearest) -> Nearest<'_> {
    Nearest {
        sentence: near.sentence,
        text: other.text_of(near.sentence),
        similarity: rounded(near.similarity),
        covered: rounded(near.covered),
    }
}

fn word<'a>([own, other]: [&'a Version; 2], word: &divergence::Word) -> Word<'a> {
    let facing = |facing: divergence::Facing| Facing {
        sentence: facing.sentence,
        start: facing.span.start,
        end: facing.span.end,
        text: facing.span.of(&other.article.text),
        similarity: rounded(facing.similarity),
        mutual: facing.mutual,
    };
    Word {
        sentence: word.sentence,
        start: word.span.start,
        end: word.span.end,
        text: word.span.of(&own.article.text),
        inside: word.inside,
        difference: rounded(word.difference),
        nearest: word.facing.map(facing),
    }
}
