//! `article`, `segment` and `claims`: the steps on the way, one file at a time.

use std::io::Write;

use clap::{Args as ClapArgs, ValueEnum};
use serde::Serialize;

use super::exit::Exit;
use super::options::Layout;
use super::{input, output};
use crate::claims::{self, Date};
use crate::error::Result;
use crate::report::{self, escape};
use crate::segment;
use crate::text::Lang;

/// A file to look at, one step of the way.
#[derive(Debug, ClapArgs)]
pub(super) struct Step {
    /// Article to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Language of the file [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = StepFormat::Text)]
    pub(super) format: StepFormat,
}

/// An article that is shown as it is read.
#[derive(Debug, ClapArgs)]
pub(super) struct Article {
    /// Article to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Language of the file [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ArticleFormat::Text)]
    pub(super) format: ArticleFormat,
    #[command(flatten)]
    pub(super) layout: Layout,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ArticleFormat {
    /// For reading in a terminal
    Text,
    /// One JSON document, schema claimdiff.article/1
    Json,
}

/// A file whose claims are printed.
#[derive(Debug, ClapArgs)]
pub(super) struct Claims {
    #[command(flatten)]
    pub(super) step: Step,
    /// Day of the article, from which "yesterday" is told [default: the one in its byline]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StepFormat {
    /// For reading
    Text,
    /// One JSON record a line
    Jsonl,
}

#[derive(Serialize)]
struct SentenceRecord<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    kind: &'a str,
    text: &'a str,
    start: usize,
    end: usize,
    value: &'a claims::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'static str>,
}

pub(super) fn article(options: &Article) -> Result<Exit> {
    let article = input::article_only(&options.file, options.lang)?;
    let path = input::name(&options.file);
    output::print(|out| match options.format {
        ArticleFormat::Text => {
            report::write_article_text(path, &article, output::style(&options.layout), out)
        }
        ArticleFormat::Json => report::write_article_json(path, &article, out),
    })?;
    Ok(Exit::Clean)
}

pub(super) fn segment(step: &Step) -> Result<Exit> {
    let article = input::article(&step.file, step.lang)?;
    let sentences = segment::article(&article);
    let records = sentences.iter().map(|s| SentenceRecord {
        text: s.span.of(&article.text),
        start: s.span.start,
        end: s.span.end,
    });
    print(records, step.format, |r| format!("{:>6}  {}", r.start, one_line(r.text)))
}

pub(super) fn claims(options: &Claims) -> Result<Exit> {
    let step = &options.step;
    let article = input::article(&step.file, step.lang)?;
    let day = options.date.or_else(|| claims::published(&article));
    let mut found = Vec::new();
    for block in &article.blocks {
        let mut here = claims::extract(block.span.of(&article.text), block.lang);
        if let Some(day) = &day {
            claims::resolve(&mut here, day);
        }
        for claim in &mut here {
            claim.span = claim.span.shifted(block.span.start);
        }
        found.extend(here);
    }
    let records = found.iter().map(|claim| ClaimRecord {
        kind: claim.kind.name(),
        text: claim.span.of(&article.text),
        start: claim.span.start,
        end: claim.span.end,
        value: &claim.value,
        range: claim.range.map(claims::End::name),
    });
    print(records, step.format, |r| {
        let value = serde_json::to_string(r.value).unwrap_or_default();
        let range = r.range.map_or(String::new(), |end| format!("  {end}"));
        format!("{:>6}  {:<9}  {}  {}{range}", r.start, r.kind, one_line(r.text), escape::terminal(&value))
    })
}

fn print<R: Serialize>(
    records: impl Iterator<Item = R>,
    format: StepFormat,
    text: impl Fn(&R) -> String,
) -> Result<Exit> {
    output::print(|out| {
        for record in records {
            match format {
                StepFormat::Text => out.write_all(text(&record).as_bytes())?,
                StepFormat::Jsonl => serde_json::to_writer(&mut *out, &record)?,
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn one_line(text: &str) -> String {
    escape::terminal(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
