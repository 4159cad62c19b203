//! `align`: two files to groups of sentences.

use std::io::{self, Write};

use super::args::{Align, AlignFormat};
use super::exit::Exit;
use super::{input, model, output};
use crate::align::{self, Aligner, MAX_PAIRS, Weights};
use crate::article;
use crate::divergence::{self, Version, figures};
use crate::encode::{Encoder, Model};
use crate::error::Result;
use crate::report::{self, Bitext, Row, Side};

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
    if options.features {
        return features(&aligner);
    }
    let bar = output::bar("aligning");
    let alignment =
        aligner.align_with(&Weights::default(), &mut |share| bar.set_position((share * 100.0) as u64));
    bar.finish_and_clear();
    if !alignment.is_parallel() && a.len().saturating_mul(b.len()) > MAX_PAIRS {
        output::note(&format!(
            "the two keep no common order, and {} x {} sentences are too many to be matched without one (at most {MAX_PAIRS} pairs)",
            a.len(),
            b.len()
        ));
    }
    let parallel = alignment.is_parallel();
    let groups = alignment.disjoint();
    let alone = |sides: Vec<&Vec<usize>>, count: usize| {
        let mut alone = vec![true; count];
        sides.into_iter().flatten().for_each(|k| alone[*k] = false);
        (0..count).filter(|k| alone[*k]).collect::<Vec<_>>()
    };
    let alone_a = alone(groups.iter().map(|g| &g.a).collect(), a.len());
    let alone_b = alone(groups.iter().map(|g| &g.b).collect(), b.len());
    let groups = groups.into_iter().map(|g| Row {
        a: g.a,
        b: g.b,
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let sides = [(&options.a, langs[0], a), (&options.b, langs[1], b)];
    let bitext = Bitext {
        sides: sides.map(|(path, lang, sentences)| Side { path: input::name(path), lang, sentences }),
        rows: in_order(groups, &alone_a, &alone_b),
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
    let groups = &comparison.groups;
    let alone_a: Vec<usize> =
        a.told.iter().copied().filter(|k| !groups.iter().any(|g| g.a.contains(k))).collect();
    let alone_b: Vec<usize> =
        b.told.iter().copied().filter(|k| !groups.iter().any(|g| g.b.contains(k))).collect();
    let groups = groups.iter().map(|g| Row {
        a: g.a.clone(),
        b: g.b.clone(),
        evidence: Some(g.evidence),
        relation: g.relation,
        moved: g.moved,
    });
    let bitext = Bitext {
        sides: [side(&options.a, &a), side(&options.b, &b)],
        rows: in_order(groups, &alone_a, &alone_b),
        parallel: comparison.parallel,
        encoder: encoder.identity(),
    };
    print(options, &bitext)
}

fn side<'a>(path: &'a str, version: &'a Version) -> Side<'a> {
    let sentences = (0..version.sentences.len()).map(|k| version.text_of(k)).collect();
    Side { path: input::name(path), lang: version.article.lang, sentences }
}

/// Groups and sentences alone in the order of A; what stands in B alone at the end.
fn in_order(groups: impl Iterator<Item = Row>, alone_a: &[usize], alone_b: &[usize]) -> Vec<Row> {
    let mut rows: Vec<Row> = alone_a.iter().map(|k| Row::only_a(*k)).chain(groups).collect();
    rows.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    rows.extend(alone_b.iter().map(|k| Row::only_b(*k)));
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

/// What the fit reads: for each group that is looked at its first sentences, its sizes and its features.
fn features(aligner: &Aligner<'_>) -> Result<Exit> {
    output::print(|out| {
        let mut result: io::Result<()> = Ok(());
        aligner.each_group(|(i, p), (j, q), features| {
            if result.is_ok() {
                let values: Vec<String> = features.iter().map(|f| format!("{f:.5}")).collect();
                result = writeln!(out, "{i}\t{p}\t{j}\t{q}\t{}", values.join("\t"));
            }
        });
        result
    })?;
    Ok(Exit::Clean)
}
