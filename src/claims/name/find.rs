//! The mentions of names in the blocks of an article.

use super::block::{NameRange, TokenBlock, UsageEvidence};
use super::exonyms::{self, Exonyms};
use super::lexicon::{NameLexicon, class};
use super::token::tokenize_words;
use super::{capital_runs, german};
use crate::text::Span;

/// One mention of a name.
#[derive(Clone, Debug)]
pub(super) struct NameMention {
    pub(super) span: Span,
    pub(super) form: String,
    pub(super) id: Option<&'static str>,
}

/// The mentions of each block. Evidence for a name in one block holds in all.
pub(super) fn find_mentions(blocks: &[&str], lexicon: &'static NameLexicon) -> Vec<Vec<NameMention>> {
    let exonyms = Exonyms::for_lexicon(lexicon);
    let blocks: Vec<TokenBlock> =
        blocks.iter().map(|text| TokenBlock::new(text, tokenize_words(text, lexicon), lexicon)).collect();
    let mut evidence = UsageEvidence::default();
    let mut proven = german::ProvenNames::default();
    for block in &blocks {
        capital_runs::count_usage(block, lexicon, &mut evidence);
        if lexicon.grammar.nouns_capitalised {
            german::count_noun_usage(block, lexicon, &mut evidence);
        }
    }
    if lexicon.grammar.nouns_capitalised {
        for block in &blocks {
            german::collect_proven_names(block, lexicon, exonyms, &evidence, &mut proven);
        }
    }
    blocks
        .iter()
        .map(|block| {
            let ranges = if lexicon.grammar.nouns_capitalised {
                german::find_german_names(block, lexicon, exonyms, &proven)
            } else {
                capital_runs::find_names(block, lexicon, exonyms, &evidence)
            };
            ranges
                .iter()
                .filter(|range| !is_currency_country(block, range, exonyms))
                .map(|range| make_mention(block, range, lexicon, exonyms))
                .collect()
        })
        .collect()
}

fn make_mention(
    block: &TokenBlock,
    range: &NameRange,
    lexicon: &NameLexicon,
    exonyms: &Exonyms,
) -> NameMention {
    let words = &block.words[range.first..=range.last];
    let last = words.last().map_or(0, |w| w.span.end) - range.cut_bytes;
    let span = Span::new(words[0].span.start, last);
    let form = span.slice(block.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let id = match exonyms.match_start(words) {
        Some((n, id)) if n == words.len() => Some(id),
        _ if range.cut_bytes > 0 => exonyms::exonym_id(&form, lexicon.lang),
        _ => None,
    };
    NameMention { span, form, id }
}

/// Whether the name is a country before the noun of its currency: US dollars.
fn is_currency_country(block: &TokenBlock, range: &NameRange, exonyms: &Exonyms) -> bool {
    let next = block.words.get(range.last + 1);
    range.first == range.last
        && exonyms.match_start(&block.words[range.first..=range.last]).is_some()
        && next.is_some_and(|n| n.is_joined() && n.has_class(class::CURRENCY))
}
