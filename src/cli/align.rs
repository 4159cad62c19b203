//! `align`: the sentence alignment of two files.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::Exit;
use super::options::{LayoutOptions, ModelOptions};
use super::{input, model, output};
use crate::align::{self, Aligner, Weights};
use crate::article;
use crate::divergence::{self, Version, figure_anchors};
use crate::encode::{Encoder, Model};
use crate::error::Result;
use crate::report::{self, Bitext, BitextRow, BitextSide};
use crate::text::Lang;

/// Two files to align.
#[derive(Debug, ClapArgs)]
pub(super) struct AlignOptions {
    /// One side; - for standard input
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// The other side
    #[arg(value_name = "B")]
    pub(super) b: String,
    /// Take each line as one sentence, and each sentence for one group only
    ///
    /// Without it A and B are articles. Their sentences are numbered as `segment` prints them, from 0, and grouped
    /// as `compare` groups them: bylines and boilerplate are in no line, and in two reports on one event a sentence
    /// may be in several groups.
    #[arg(long)]
    pub(super) lines: bool,
    /// Language of A [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of B [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = AlignFormat::Tsv)]
    pub(super) format: AlignFormat,
    /// With --lines, print what the groups are chosen by instead
    #[arg(long, hide = true, requires = "lines", value_enum, value_name = "OF")]
    pub(super) features: Option<AlignFeatures>,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// The features that the fits in `tests/fit` read.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AlignFeatures {
    /// Each group that the path looks at: first sentences, sizes, features
    Groups,
    /// Each pair of sentences that is looked at without order: sentences, features
    Pairs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AlignFormat {
    /// Lines such as `[0, 1]:[2]:0.83`; a sentence without a partner has a line of its own
    Tsv,
    /// One JSON document with the sentences
    Json,
    /// For reading in a terminal
    Text,
    /// A translation memory, TMX 1.4b: the groups alone
    Tmx,
}

pub(super) fn run(options: &AlignOptions) -> Result<Exit> {
    input::refuse_stdin_twice(&[&options.a, &options.b])?;
    if options.lines { align_lines(options) } else { align_articles(options) }
}

fn align_lines(options: &AlignOptions) -> Result<Exit> {
    let texts = [input::read_text(&options.a)?, input::read_text(&options.b)?];
    let declared = [options.lang_a, options.lang_b];
    let langs = [0, 1].map(|k| declared[k].unwrap_or_else(|| article::guess_language(&texts[k])));
    let [a, b] = [0, 1].map(|k| texts[k].lines().collect::<Vec<&str>>());
    let encoder = model::open_encoder(&options.model)?;
    let (mut side_a, mut side_b, lexicon) = align::encode_versions(&encoder, &a, &b)?;
    side_a.anchors = a.iter().map(|line| figure_anchors(line, langs[0])).collect();
    side_b.anchors = b.iter().map(|line| figure_anchors(line, langs[1])).collect();
    let aligner = Aligner::new(&side_a, &side_b, &lexicon);
    if let Some(features) = options.features {
        return print_features(&aligner, features);
    }
    let bar = output::progress_bar("aligning");
    let alignment =
        aligner.align_with(&Weights::default(), &mut |share| bar.set_position((share * 100.0) as u64));
    bar.finish_and_clear();
    if let Some(note) = alignment.unmatched_note([a.len(), b.len()]) {
        output::print_note(&note);
    }
    let parallel = alignment.is_parallel();
    let groups = alignment.disjoint_groups().into_iter().map(|g| BitextRow {
        a: g.a,
        b: g.b,
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let rows = order_rows(groups.collect(), 0..a.len(), 0..b.len());
    let sides = [(&options.a, langs[0], a), (&options.b, langs[1], b)];
    let bitext = Bitext {
        sides: sides.map(|(path, lang, sentences)| BitextSide {
            path: input::input_name(path),
            lang,
            sentences,
        }),
        rows,
        parallel,
        encoder: encoder.encoder_identity(),
    };
    print_alignment(options, &bitext)
}

/// Aligns two articles. The groups are those of `compare`, which uses the claims of both articles as anchors: two
/// commands must not align one pair differently.
fn align_articles(options: &AlignOptions) -> Result<Exit> {
    let a = Version::new(input::read_article(&options.a, options.lang_a)?);
    let b = Version::new(input::read_article(&options.b, options.lang_b)?);
    let encoder: Model = model::open_encoder(&options.model)?;
    let comparison = divergence::compare_versions(&a, &b, &encoder)?;
    let groups = comparison.groups.iter().map(|g| BitextRow {
        a: g.a.clone(),
        b: g.b.clone(),
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let bitext = Bitext {
        sides: [bitext_side(&options.a, &a), bitext_side(&options.b, &b)],
        rows: order_rows(
            groups.collect(),
            a.compared_sentences.iter().copied(),
            b.compared_sentences.iter().copied(),
        ),
        parallel: comparison.is_parallel,
        encoder: encoder.encoder_identity(),
    };
    print_alignment(options, &bitext)
}

fn bitext_side<'a>(path: &'a str, version: &'a Version) -> BitextSide<'a> {
    let sentences = (0..version.sentences.len()).map(|k| version.sentence_text(k)).collect();
    BitextSide { path: input::input_name(path), lang: version.article.lang, sentences }
}

/// The groups and the unaligned sentences in the order of A; unaligned sentences of B come last.
fn order_rows(
    groups: Vec<BitextRow>,
    compared_a: impl Iterator<Item = usize>,
    compared_b: impl Iterator<Item = usize>,
) -> Vec<BitextRow> {
    let grouped_a: BTreeSet<usize> = groups.iter().flat_map(|row| row.a.iter().copied()).collect();
    let grouped_b: BTreeSet<usize> = groups.iter().flat_map(|row| row.b.iter().copied()).collect();
    let mut rows = groups;
    rows.extend(compared_a.filter(|k| !grouped_a.contains(k)).map(BitextRow::only_a));
    rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    rows.extend(compared_b.filter(|k| !grouped_b.contains(k)).map(BitextRow::only_b));
    rows
}

fn print_alignment(options: &AlignOptions, bitext: &Bitext<'_>) -> Result<Exit> {
    output::write_stdout(|out| match options.format {
        AlignFormat::Tsv => report::write_alignment_tsv(bitext, out),
        AlignFormat::Json => report::write_alignment_json(bitext, out),
        AlignFormat::Text => report::write_alignment_text(bitext, output::stdout_style(&options.layout), out),
        AlignFormat::Tmx => report::write_alignment_tmx(bitext, out),
    })?;
    Ok(Exit::Clean)
}

/// Prints each candidate group or pair of sentences as a line: its indices, then its features.
fn print_features(aligner: &Aligner<'_>, wanted: AlignFeatures) -> Result<Exit> {
    output::write_stdout(|out| {
        let mut result: io::Result<()> = Ok(());
        match wanted {
            AlignFeatures::Groups => aligner.each_group(|(i, p), (j, q), features| {
                if result.is_ok() {
                    result = write_feature_row(out, &[i, p, j, q], &features);
                }
            }),
            AlignFeatures::Pairs => {
                for pair in aligner.sentence_pairs() {
                    write_feature_row(out, &[pair.a, pair.b], &pair.features)?;
                }
            }
        }
        result
    })?;
    Ok(Exit::Clean)
}

fn write_feature_row(out: &mut impl Write, indices: &[usize], features: &[f32]) -> io::Result<()> {
    let indices = indices.iter().map(ToString::to_string);
    let values: Vec<String> = indices.chain(features.iter().map(|f| format!("{f:.5}"))).collect();
    writeln!(out, "{}", values.join("\t"))
}
