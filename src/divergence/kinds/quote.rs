//! Quotations: still a quotation, the same words, the same speaker.

use super::super::finding::{Kind, Severity};
use super::super::pair::{Pair, Which};
use super::super::version::Stated;
use super::{Draft, Rule, place, shown};
use crate::claims::Value;

pub(super) const RULE: Rule = Rule {
    name: "quote",
    kinds: &[Kind::Quote],
    confidence: 0.5,
    finds: "A quotation that is none any more in the sentence that goes with its own.",
    fires: (
        "“We never knew anything about these payments,” said the mayor.",
        "Der Bürgermeister sagte, man habe von diesen Zahlungen nie etwas gewusst.",
    ),
    silent: (
        "“We never knew anything about these payments,” said the mayor.",
        "„Wir haben von diesen Zahlungen nie etwas gewusst“, sagte der Bürgermeister.",
    ),
    check,
};

/// Fewer words in quotation marks are a term or a title more often than speech.
const SPEECH_WORDS: usize = 4;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for which in [Which::A, Which::B] {
        for group in 0..pair.groups.len() {
            let other = which.other();
            // A quotation may run over a sentence boundary, so neighbours count.
            let partners = pair.sentences_of(group, other);
            let near = |c: &&Stated| {
                partners.iter().any(|s| s.abs_diff(c.sentence) <= 1)
                    && matches!(c.claim.value, Value::Quote { .. })
            };
            let quoted = pair.version(other).claims.iter().filter(near).count();
            if quoted > 0 {
                continue;
            }
            for quote in pair.claims_in(group, which).filter(|c| is_speech(c)) {
                drafts.push(lost(pair, which, quote));
            }
        }
    }
    drafts
}

fn is_speech(stated: &Stated) -> bool {
    matches!(&stated.claim.value, Value::Quote { words, speech: true, .. }
        if words.split_whitespace().count() >= SPEECH_WORDS)
}

fn lost(pair: &Pair<'_>, which: Which, quote: &Stated) -> Draft {
    let text = shown(quote.claim.span.of(&pair.version(which).article.text));
    let at = place(quote.sentence, quote.claim.span, Some(quote.claim.value.clone()));
    let message = match which {
        Which::A => format!("B does not quote: {text}"),
        Which::B => format!("A does not quote: {text}"),
    };
    Draft::alone(Kind::Quote, Severity::Medium, which, at, message)
}
