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
mod score;
pub(super) mod token;

pub use find::MAX_NAME_WORDS;
pub use mentions::{MAX_SIMILAR_NAMES, NameMentions, NameOccurrence, NamedEntity, confirm_names};
pub use score::{NameValue, SAME_NAME_SCORE, name_score, same_name};

use super::{Claim, ClaimKind, Value};
use crate::text::{Lang, Span};
use exonyms::Exonyms;
use find::{TokenBlock, UsageEvidence};
use lexicon::NameLexicon;

/// The names in one block of text, ordered by start; spans are offsets into `text`. Empty for a language without
/// data.
#[must_use]
pub fn extract_names(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lexicon) = NameLexicon::for_language(lang) else { return Vec::new() };
    let found_mentions = find_mentions(&[text], lexicon).into_iter().flatten();
    found_mentions
        .map(|m| Claim { kind: ClaimKind::Name, span: m.span, value: Value::Name(m.form), range: None })
        .collect()
}

/// One place where a name stands.
#[derive(Clone, Debug)]
struct NameMention {
    span: Span,
    form: String,
    id: Option<&'static str>,
}

/// The mentions of each block; what one block shows holds in all.
fn find_mentions(blocks: &[&str], lexicon: &'static NameLexicon) -> Vec<Vec<NameMention>> {
    let exonyms = Exonyms::for_lexicon(lexicon);
    let blocks: Vec<TokenBlock> = blocks
        .iter()
        .map(|text| TokenBlock::new(text, token::tokenize_words(text, lexicon), lexicon))
        .collect();
    let mut evidence = UsageEvidence::default();
    let mut proven = german::ProvenNames::default();
    for block in &blocks {
        find::count_usage(block, lexicon, &mut evidence);
        if lexicon.grammar.nouns_capitalised {
            german::count_noun_usage(block, lexicon, &mut evidence);
        }
    }
    if lexicon.grammar.nouns_capitalised {
        for block in &blocks {
            german::collect_proven_names(block, lexicon, exonyms, &evidence, &mut proven);
        }
    }
    let read_block = |block: &TokenBlock| {
        let ranges = if lexicon.grammar.nouns_capitalised {
            german::find_german_names(block, lexicon, exonyms, &proven)
        } else {
            find::find_names(block, lexicon, exonyms, &evidence)
        };
        let mention = |f: &find::NameRange| {
            let words = &block.words[f.first..=f.last];
            let last = words.last().map_or(0, |w| w.span.end) - f.cut_bytes;
            let span = Span::new(words[0].span.start, last);
            let form = span.slice(block.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let id = match exonyms.match_start(words) {
                Some((n, id)) if n == words.len() => Some(id),
                _ if f.cut_bytes > 0 => exonyms::exonym_id(&form, lexicon.lang),
                _ => None,
            };
            NameMention { span, form, id }
        };
        let is_currency_country = |f: &&find::NameRange| {
            let country = f.first == f.last && exonyms.match_start(&block.words[f.first..=f.last]).is_some();
            let next = block.words.get(f.last + 1);
            country && next.is_some_and(|n| n.is_joined() && n.has_class(lexicon::class::CURRENCY))
        };
        ranges.iter().filter(|f| !is_currency_country(f)).map(mention).collect()
    };
    blocks.iter().map(read_block).collect()
}
