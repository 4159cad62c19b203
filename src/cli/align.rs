//! `align`: two files to groups of sentences.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::Exit;
use super::options::{Layout, ModelOptions};
use super::{input, model, output};
use crate::align::{self, Aligner, Weights};
use crate::article;
use crate::divergence::{self, Version, figures};
use crate::encode::{Encoder, Model};
use crate::error::Result;
use crate::report::{self, Bitext, Row, Side};
use crate::text::Lang;

/// Two files to align.
#[derive(Debug, ClapArgs)]
pub(super) struct Align {
    /// One side; - for standard input
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// The other side
    #[arg(value_name = "B")]
    pub(super) b: String,
    /// Take each line as one sentence, and each sentence for one group only
    ///
    /// Without it A and B are articles. Their sentences are numbered as `segment` prints them, from 0, and grouped
    /// as `compare` groups them: bylines and boilerplate stand in no line, and in two reports on one event a sentence
    /// may stand in several groups.
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
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// What the fits in `tests/fit` read.
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

pub(super) fn run(options: &Align) -> Result<Exit> {
    input::only_once(&[&options.a, &options.b])?;
    if options.lines { lines(options) } else { articles(options) }
}

fn lines(options: &Align) -> Result<Exit> {
    let texts = [input::text(&options.a)?, input::text(&options.b)?];
    let declared = [options.lang_a, options.lang_b];
    let langs = [0, 1].map(|k| declared[k].unwrap_or_else(|| article::guess(&texts[k])));
    let [a, b] = [0, 1].map(|k| texts[k].lines().collect::<Vec<&str>>());
    let encoder = model::open(&options.model)?;
    let (mut side_a, mut side_b, lexicon) = align::encode(&encoder, &a, &b)?;
    side_a.anchors = a.iter().map(|line| figures(line, langs[0])).collect();
    side_b.anchors = b.iter().map(|line| figures(line, langs[1])).collect();
    let aligner = Aligner::new(&side_a, &side_b, &lexicon);
    if let Some(of) = options.features {
        return features(&aligner, of);
    }
    let bar = output::bar("aligning");
    let alignment =
        aligner.align_with(&Weights::default(), &mut |share| bar.set_position((share * 100.0) as u64));
    bar.finish_and_clear();
    if let Some(note) = alignment.unmatched([a.len(), b.len()]) {
        output::note(&note);
    }
    let parallel = alignment.is_parallel();
    let groups = alignment.disjoint().into_iter().map(|g| Row {
        a: g.a,
        b: g.b,
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let rows = in_order(groups.collect(), 0..a.len(), 0..b.len());
    let sides = [(&options.a, langs[0], a), (&options.b, langs[1], b)];
    let bitext = Bitext {
        sides: sides.map(|(path, lang, sentences)| Side { path: input::name(path), lang, sentences }),
        rows,
        parallel,
        encoder: encoder.identity(),
    };
    print(options, &bitext)
}

/// The groups are those of `compare`, which knows the claims of both articles; two views of one pair must not differ.
fn articles(options: &Align) -> Result<Exit> {
    let a = Version::new(input::article(&options.a, options.lang_a)?);
    let b = Version::new(input::article(&options.b, options.lang_b)?);
    let encoder: Model = model::open(&options.model)?;
    let comparison = divergence::compare(&a, &b, &encoder)?;
    let groups = comparison.groups.iter().map(|g| Row {
        a: g.a.clone(),
        b: g.b.clone(),
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let bitext = Bitext {
        sides: [side(&options.a, &a), side(&options.b, &b)],
        rows: in_order(groups.collect(), a.told.iter().copied(), b.told.iter().copied()),
        parallel: comparison.parallel,
        encoder: encoder.identity(),
    };
    print(options, &bitext)
}

fn side<'a>(path: &'a str, version: &'a Version) -> Side<'a> {
    let sentences = (0..version.sentences.len()).map(|k| version.text_of(k)).collect();
    Side { path: input::name(path), lang: version.article.lang, sentences }
}

/// Groups, and the sentences that stand in none, in the order of A; what stands in B alone at the end.
fn in_order(
    groups: Vec<Row>,
    told_a: impl Iterator<Item = usize>,
    told_b: impl Iterator<Item = usize>,
) -> Vec<Row> {
    let grouped_a: BTreeSet<usize> = groups.iter().flat_map(|row| row.a.iter().copied()).collect();
    let grouped_b: BTreeSet<usize> = groups.iter().flat_map(|row| row.b.iter().copied()).collect();
    let mut rows = groups;
    rows.extend(told_a.filter(|k| !grouped_a.contains(k)).map(Row::only_a));
    rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    rows.extend(told_b.filter(|k| !grouped_b.contains(k)).map(Row::only_b));
    rows
}

fn print(options: &Align, bitext: &Bitext<'_>) -> Result<Exit> {
    output::print(|out| match options.format {
        AlignFormat::Tsv => report::write_alignment_tsv(bitext, out),
        AlignFormat::Json => report::write_alignment_json(bitext, out),
        AlignFormat::Text => report::write_alignment_text(bitext, output::style(&options.layout), out),
        AlignFormat::Tmx => report::write_alignment_tmx(bitext, out),
    })?;
    Ok(Exit::Clean)
}

/// What the fits read: for each group or pair that is looked at its place and its features.
fn features(aligner: &Aligner<'_>, of: AlignFeatures) -> Result<Exit> {
    output::print(|out| {
        let mut result: io::Result<()> = Ok(());
        let mut row = |place: &[usize], features: &[f32]| {
            let place = place.iter().map(ToString::to_string);
            let values: Vec<String> = place.chain(features.iter().map(|f| format!("{f:.5}"))).collect();
            if result.is_ok() {
                result = writeln!(out, "{}", values.join("\t"));
            }
        };
        match of {
            AlignFeatures::Groups => {
                aligner.each_group(|(i, p), (j, q), features| row(&[i, p, j, q], &features));
            }
            AlignFeatures::Pairs => {
                for pair in aligner.tellings() {
                    row(&[pair.a, pair.b], &pair.features);
                }
            }
        }
        result
    })?;
    Ok(Exit::Clean)
}
