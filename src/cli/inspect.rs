//! `article`, `segment` and `claims`: the intermediate results for one file.

use std::io::Write;

use clap::{Args as ClapArgs, ValueEnum};
use schemars::JsonSchema;
use serde::Serialize;

use super::exit::Exit;
use super::options::LayoutOptions;
use super::{input, output};
use crate::claims::{self, Date};
use crate::error::Result;
use crate::report::value_schema;
use crate::report::{self, escape};
use crate::segment;
use crate::text::Lang;

/// A file to look at, one step of the way.
#[derive(Debug, ClapArgs)]
pub(super) struct InspectOptions {
    /// Article to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Language of the file [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = InspectFormat::Text)]
    pub(super) format: InspectFormat,
}

/// An article that is shown as it is read.
#[derive(Debug, ClapArgs)]
pub(super) struct ArticleOptions {
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
    pub(super) layout: LayoutOptions,
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
pub(super) struct ClaimsOptions {
    #[command(flatten)]
    pub(super) step: InspectOptions,
    /// Day of the article, to which "yesterday" is relative [default: the one in its byline]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum InspectFormat {
    /// For reading
    Text,
    /// One JSON record a line
    Jsonl,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct SentenceRecord<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ClaimRecord<'a> {
    kind: &'a str,
    text: &'a str,
    start: usize,
    end: usize,
    #[schemars(schema_with = "value_schema")]
    value: &'a claims::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'static str>,
}

pub(super) fn show_article(options: &ArticleOptions) -> Result<Exit> {
    let article = input::read_article_quietly(&options.file, options.lang)?;
    let path = input::input_name(&options.file);
    output::write_stdout(|out| match options.format {
        ArticleFormat::Text => {
            report::write_article_text(path, &article, output::stdout_style(&options.layout), out)
        }
        ArticleFormat::Json => report::write_article_json(path, &article, out),
    })?;
    Ok(Exit::Clean)
}

pub(super) fn print_sentences(step: &InspectOptions) -> Result<Exit> {
    let article = input::read_article(&step.file, step.lang)?;
    let sentences = segment::article_sentences(&article);
    let records = sentences.iter().map(|s| SentenceRecord {
        text: s.span.slice(&article.text),
        start: s.span.start,
        end: s.span.end,
    });
    print_records(records, step.format, |r| format!("{:>6}  {}", r.start, escape_to_line(r.text)))
}

pub(super) fn print_claims(options: &ClaimsOptions) -> Result<Exit> {
    let step = &options.step;
    let article = input::read_article(&step.file, step.lang)?;
    let day = options.date.or_else(|| claims::published_date(&article));
    let mut all_claims = Vec::new();
    for block in &article.blocks {
        let mut block_claims = claims::extract_claims(block.span.slice(&article.text), block.lang);
        if let Some(day) = &day {
            claims::resolve_dates(&mut block_claims, day);
        }
        for claim in &mut block_claims {
            claim.span = claim.span.shifted_by(block.span.start);
        }
        all_claims.extend(block_claims);
    }
    let records = all_claims.iter().map(|claim| ClaimRecord {
        kind: claim.kind.name(),
        text: claim.span.slice(&article.text),
        start: claim.span.start,
        end: claim.span.end,
        value: &claim.value,
        range: claim.range.map(claims::RangeEnd::name),
    });
    print_records(records, step.format, |r| {
        let value = serde_json::to_string(r.value).unwrap_or_default();
        let range = r.range.map_or(String::new(), |end| format!("  {end}"));
        format!(
            "{:>6}  {:<9}  {}  {}{range}",
            r.start,
            r.kind,
            escape_to_line(r.text),
            escape::escape_terminal(&value)
        )
    })
}

fn print_records<R: Serialize>(
    records: impl Iterator<Item = R>,
    format: InspectFormat,
    text: impl Fn(&R) -> String,
) -> Result<Exit> {
    output::write_stdout(|out| {
        for record in records {
            match format {
                InspectFormat::Text => out.write_all(text(&record).as_bytes())?,
                InspectFormat::Jsonl => serde_json::to_writer(&mut *out, &record)?,
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn escape_to_line(text: &str) -> String {
    escape::escape_terminal(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
