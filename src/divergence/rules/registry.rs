//! The list of all rules.

use super::super::pair::VersionPair;
use super::{
    FindingDraft, Rule, agent_patient, attribution, direction, modality, name, polarity, quantifier, quote,
    speaker, statement, value,
};

/// All rules, in the order in which they run.
pub static RULES: [Rule; 11] = [
    value::RULE,
    quote::RULE,
    name::RULE,
    polarity::RULE,
    modality::RULE,
    quantifier::RULE,
    attribution::RULE,
    speaker::RULE,
    direction::RULE,
    agent_patient::RULE,
    statement::RULE,
];

/// All drafts, each with its rule. Where the claims of a version are not read, only the statement rule runs: it needs
/// none.
pub(in crate::divergence) fn check_all(pair: &VersionPair<'_>) -> Vec<(&'static Rule, FindingDraft)> {
    let rules = RULES.iter().filter(|rule| pair.is_read() || **rule == statement::RULE);
    rules.flat_map(|rule| (rule.check)(pair).into_iter().map(move |draft| (rule, draft))).collect()
}
