//! Rows of the table of substitutions, merged from their places.

use std::collections::BTreeMap;

use strum::VariantArray;

use crate::text::Span;

/// The evidence for a substitution, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[non_exhaustive]
pub enum Basis {
    /// Two similar names of aligned sentences, neither of which is anywhere in the other version.
    Name,
    /// The language data list the substitution, and the other version has the replaced words in its place.
    Known,
    /// Words of aligned sentences, one in the place of the other, with a near meaning.
    Aligned,
}

impl Basis {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Known => "known",
            Self::Aligned => "aligned",
        }
    }
}

/// Words of a garbled version with the words of the other one that they replace.
#[derive(Clone, Debug, PartialEq)]
pub struct Substitution {
    /// The garbled words, as written in the first place.
    pub garbled: String,
    /// The other version's words, in their most frequent form.
    pub original: String,
    /// The same in the language of the garbled version, where that is another one and it is known.
    pub meant: Option<String>,
    /// The strongest evidence of any place.
    pub basis: Basis,
    /// Largest cosine of the meaning of the garbled words with the original ones, 0 to 1.
    pub similarity: f32,
    /// Every place: in the garbled version, then in the other.
    pub places: Vec<[Span; 2]>,
}

/// One place of a substitution.
pub(super) struct SubstitutionPlace {
    pub(super) garbled: Span,
    pub(super) original: Span,
    /// The replaced words in the language of the garbled version, where that is another one.
    pub(super) meant: Option<String>,
    pub(super) basis: Basis,
    pub(super) similarity: f32,
}

/// Merges the places with the same words; the substitutions with the most places come first, then in the order of the
/// text.
pub(super) fn merge_places(
    mut places: Vec<SubstitutionPlace>,
    texts: [&str; 2],
    same_language: bool,
) -> Vec<Substitution> {
    // Of two overlapping places the one with the stronger evidence.
    places.sort_by_key(|p| (p.garbled.start, p.basis, std::cmp::Reverse(p.garbled.end)));
    let mut taken: Vec<SubstitutionPlace> = Vec::new();
    for place in places {
        if taken.last().is_none_or(|before| !before.garbled.overlaps_span(place.garbled)) {
            taken.push(place);
        }
    }
    let mut rows: BTreeMap<(String, String), Vec<SubstitutionPlace>> = BTreeMap::new();
    for place in taken {
        let own = place.garbled.slice(texts[0]).to_lowercase();
        let other = place.meant.clone().filter(|_| !same_language);
        let other = other.unwrap_or_else(|| place.original.slice(texts[1]).to_lowercase());
        rows.entry((own, other)).or_default().push(place);
    }
    let mut table: Vec<Substitution> =
        rows.into_values().map(|places| build_substitution(&places, texts)).collect();
    table.sort_by_key(|row| (std::cmp::Reverse(row.places.len()), row.places[0][0].start));
    table
}

fn build_substitution(places: &[SubstitutionPlace], texts: [&str; 2]) -> Substitution {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for place in places {
        *forms.entry(place.original.slice(texts[1])).or_default() += 1;
    }
    let most = forms.values().max().copied().unwrap_or(0);
    let first = &places[0];
    let original = places.iter().map(|p| p.original.slice(texts[1])).find(|form| forms[form] == most);
    Substitution {
        garbled: first.garbled.slice(texts[0]).to_owned(),
        original: original.unwrap_or_default().to_owned(),
        meant: first.meant.clone(),
        basis: places.iter().map(|p| p.basis).min().unwrap_or(first.basis),
        similarity: places.iter().map(|p| p.similarity).fold(0.0, f32::max).clamp(0.0, 1.0),
        places: places.iter().map(|p| [p.garbled, p.original]).collect(),
    }
}
