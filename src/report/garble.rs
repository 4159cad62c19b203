//! `claimdiff.garble/1`: what garbled texts show.

use std::io;

use serde::Serialize;

use super::json::Tool;
use super::{Garbled, rounded};
use crate::divergence::Version;
use crate::garble::{self, Direction, Garble, Reason};
use crate::text::{Lang, Span};

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.garble/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    articles: Vec<Article<'a>>,
    /// Only where two versions were named.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<Between<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    path: &'a str,
    language: &'a str,
    #[serde(flatten)]
    verdict: Verdict,
    words: usize,
    from: Option<&'a str>,
    signs: Vec<Sign<'a>>,
}

/// What a text's signs come to.
#[derive(Serialize)]
pub(super) struct Verdict {
    #[serde(rename = "verdict")]
    name: &'static str,
    score: f64,
    spun: f64,
    machine_translated: f64,
}

impl Verdict {
    pub(super) fn of(garble: &Garble) -> Self {
        Self {
            name: garble.verdict.name(),
            score: rounded(garble.score),
            spun: rounded(garble.spun),
            machine_translated: rounded(garble.translated),
        }
    }
}

#[derive(Serialize)]
struct Sign<'a> {
    kind: &'static str,
    sentence: usize,
    #[serde(flatten)]
    place: Place<'a>,
    meant: &'a [String],
    from: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Between<'a> {
    direction: Option<Told>,
    substitutions: Vec<Substitution<'a>>,
    /// Groups of sentences that are too long to be looked at for them.
    passed_over: usize,
}

#[derive(Serialize)]
struct Told {
    /// Index of the article that is the original, or nearer to it.
    original: usize,
    garbled: usize,
    reasons: Vec<Why>,
}

#[derive(Serialize)]
struct Why {
    kind: &'static str,
    /// The figure of the garbled version, or the one that there is.
    garbled: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<f64>,
}

#[derive(Serialize)]
struct Substitution<'a> {
    garbled: &'a str,
    original: &'a str,
    meant: Option<&'a str>,
    basis: &'static str,
    similarity: f64,
    count: usize,
    places: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    garbled: Place<'a>,
    original: Place<'a>,
}

pub(super) fn write(garbled: &Garbled<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let texts = garbled.paths.iter().zip(garbled.versions).zip(garbled.garbles);
    let document = Document {
        schema: SCHEMA,
        tool: Tool::perhaps_with(garbled.encoder),
        articles: texts.map(|((path, version), garble)| article(path, version, garble)).collect(),
        between: garbled.between.map(|between| Between {
            direction: between.direction.as_ref().map(told),
            substitutions: substitutions(garbled.versions, between),
            passed_over: between.passed_over,
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn place(version: &Version, span: Span) -> Place<'_> {
    Place { start: span.start, end: span.end, text: span.of(&version.article.text) }
}

fn article<'a>(path: &'a str, version: &'a Version, garble: &'a Garble) -> Article<'a> {
    let sign = |sign: &'a garble::Sign| Sign {
        kind: sign.rule.name,
        sentence: sign.sentence,
        place: place(version, sign.span),
        meant: &sign.meant,
        from: sign.from.as_ref().map(Lang::code),
    };
    Article {
        path,
        language: version.article.lang.code(),
        verdict: Verdict::of(garble),
        words: garble.words,
        from: garble.from.as_ref().map(Lang::code),
        signs: garble.signs.iter().map(sign).collect(),
    }
}

fn told(direction: &Direction) -> Told {
    let why = |reason: &Reason| {
        let both = |[garbled, original]: [f64; 2]| (garbled, Some(original));
        let (kind, (garbled, original)) = match *reason {
            Reason::Scores(scores) => ("scores", both(scores.map(rounded))),
            Reason::Leftovers(counts) => ("leftovers", both(counts.map(|count| count as f64))),
            Reason::Names(count) => ("names", (count as f64, None)),
            Reason::Known(count) => ("known", (count as f64, None)),
            Reason::Aligned(count) => ("aligned", (count as f64, None)),
            Reason::Lengths(counts) => ("lengths", both(counts.map(|count| count as f64))),
        };
        Why { kind, garbled, original }
    };
    Told {
        original: direction.original,
        garbled: 1 - direction.original,
        reasons: direction.reasons.iter().map(why).collect(),
    }
}

fn substitutions<'a>(versions: &'a [Version], between: &'a garble::Between) -> Vec<Substitution<'a>> {
    let side = between.garbled.unwrap_or(0);
    let row = |row: &'a garble::Substitution| Substitution {
        garbled: &row.garbled,
        original: &row.original,
        meant: row.meant.as_deref(),
        basis: row.basis.name(),
        similarity: rounded(row.near),
        count: row.places.len(),
        places: row
            .places
            .iter()
            .map(|[own, other]| Pair {
                garbled: place(&versions[side], *own),
                original: place(&versions[1 - side], *other),
            })
            .collect(),
    };
    between.substitutions.iter().map(row).collect()
}
