//! Corrupted names. They need no language data.

use super::row::{Basis, SubstitutionPlace};
use crate::claims::ClaimKind;
use crate::divergence::{NameLikeness, VersionPair, name_likeness};
use crate::text::{Span, Which};

/// Pairs of names of a group, each missing from the text of the other version, where one is the other with a word or
/// letters lost.
pub(super) fn name_places(pair: &VersionPair<'_>, group: usize, garbled: Which) -> Vec<SubstitutionPlace> {
    let own = unshared_names(pair, group, garbled);
    let mut facing = unshared_names(pair, group, garbled.other_side());
    let texts = [garbled, garbled.other_side()].map(|which| pair.side_version(which).article.text.as_str());
    let mut places = Vec::new();
    for span in own {
        let alike = facing.iter().position(|other| {
            matches!(
                name_likeness(span.slice(texts[0]), other.slice(texts[1])),
                NameLikeness::Short | NameLikeness::Beginning
            )
        });
        if let Some(at) = alike {
            let original = facing.remove(at);
            places.push(SubstitutionPlace {
                garbled: span,
                original,
                meant: None,
                basis: Basis::Name,
                similarity: 1.0,
            });
        }
    }
    places
}

/// The names of one side of a group that the text of the other version does not have.
fn unshared_names(pair: &VersionPair<'_>, group: usize, which: Which) -> Vec<Span> {
    let other = pair.side_version(which.other_side());
    let text = &pair.side_version(which).article.text;
    let names = pair.claims_in(group, which).filter(|c| c.claim.kind == ClaimKind::Name);
    names.map(|c| c.claim.span).filter(|span| !other.article.text.contains(span.slice(text))).collect()
}
