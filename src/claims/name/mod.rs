//! Names of people, organisations, places, products and works, without a model.
//!
//! [`extract`] reads one block, [`Mentions::of`] a whole article; both hold precision above recall, since a name
//! that only one version has may become a finding. [`same_name`] says whether two names are one across spellings and
//! languages, and [`confirm`] finds the names of another version in a text where they do not stand out, as in
//! German, whose nouns all have capitals.
//!
//! What a language's words mean is `lang/names-<code>.toml`; what languages spell differently is
//! `lang/exonyms.tsv`. Titles, articles, possessive endings, days, languages and peoples are outside of a name.

mod exonyms;
mod find;
pub(super) mod fold;
mod german;
pub(super) mod lexicon;
mod mentions;
mod same;
pub(super) mod token;

pub use find::MAX_WORDS;
pub use mentions::{Entity, MAX_ALIKE, Mentions, Occurrence, confirm};
pub use same::{NameValue, SAME_NAME, name_score, same_name};

use super::{Claim, Kind, Value};
use crate::text::{Lang, Span};
use exonyms::Exonyms;
use find::{Block, Evidence};
use lexicon::Lexicon;

/// The names in one block of text, ordered by start; spans are offsets into `text`. Empty for a language without
/// data.
#[must_use]
pub fn extract(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lexicon) = Lexicon::of(lang) else { return Vec::new() };
    let found = mentions(&[text], lexicon).into_iter().flatten();
    found.map(|m| Claim { kind: Kind::Name, span: m.span, value: Value::Name(m.form), range: None }).collect()
}

/// One place where a name stands.
#[derive(Clone, Debug)]
struct Mention {
    span: Span,
    form: String,
    id: Option<&'static str>,
}

/// The mentions of each block; what one block shows holds in all.
fn mentions(blocks: &[&str], lexicon: &'static Lexicon) -> Vec<Vec<Mention>> {
    let exonyms = Exonyms::of(lexicon);
    let blocks: Vec<Block> =
        blocks.iter().map(|text| Block::new(text, token::tokens(text, lexicon), lexicon)).collect();
    let mut evidence = Evidence::default();
    let mut shown = german::Shown::default();
    for block in &blocks {
        find::gather(block, lexicon, &mut evidence);
        if lexicon.grammar.nouns_capitalised {
            german::gather(block, lexicon, &mut evidence);
        }
    }
    if lexicon.grammar.nouns_capitalised {
        for block in &blocks {
            german::show(block, lexicon, exonyms, &evidence, &mut shown);
        }
    }
    let read = |block: &Block| {
        let found = if lexicon.grammar.nouns_capitalised {
            german::find(block, lexicon, exonyms, &shown)
        } else {
            find::find(block, lexicon, exonyms, &evidence)
        };
        let mention = |f: &find::Found| {
            let words = &block.words[f.first..=f.last];
            let last = words.last().map_or(0, |w| w.span.end) - f.cut;
            let span = Span::new(words[0].span.start, last);
            let form = span.of(block.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let id = match exonyms.at(words) {
                Some((n, id)) if n == words.len() => Some(id),
                _ if f.cut > 0 => exonyms::id(&form, lexicon.lang),
                _ => None,
            };
            Mention { span, form, id }
        };
        let money = |f: &&find::Found| {
            let country = f.first == f.last && exonyms.at(&block.words[f.first..=f.last]).is_some();
            let next = block.words.get(f.last + 1);
            country && next.is_some_and(|n| n.joined() && n.is(lexicon::class::CURRENCY))
        };
        found.iter().filter(|f| !money(f)).map(mention).collect()
    };
    blocks.iter().map(read).collect()
}
