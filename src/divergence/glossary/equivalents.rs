//! The equivalents of a glossary, and which values they make equal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claims::Value;
use crate::text::Lang;

/// Version of the file format.
pub const GLOSSARY_VERSION: u32 = 1;

/// Allowed equivalents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glossary {
    /// Equivalent words and phrases.
    pub terms: Vec<GlossaryEntry>,
    /// Names of the same person, place or organisation.
    pub names: Vec<GlossaryEntry>,
    /// Units and currencies that may be converted into one another.
    pub units: Vec<UnitConversion>,
    /// Figures that differ by up to this share of the greater one are equal; 0 to 0.5, 0 allows no rounding.
    pub rounding: f64,
}

/// Equivalent forms by language code; those of [`ANY`] apply to all languages.
pub type GlossaryEntry = BTreeMap<String, Vec<String>>;

/// Pseudo language code of forms for all languages.
pub const ANY: &str = "any";

/// Conversion between two units, or between two currencies by their ISO 4217 codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitConversion {
    /// Source unit, as `claimdiff claims` prints it: `NOK`, `mi`.
    pub from: String,
    /// Target unit.
    pub to: String,
    /// Number of `to` per `from`, above 0.
    pub rate: f64,
    /// Allowed relative error of a converted figure, 0 to 0.5.
    #[serde(default = "default_tolerance")]
    pub tolerance: f64,
}

/// 2 %, since articles print converted figures with two or three digits.
fn default_tolerance() -> f64 {
    0.02
}

impl Glossary {
    /// Whether it has no equivalents and allows no rounding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.names.is_empty() && self.units.is_empty() && self.rounding == 0.0
    }

    /// Whether two values are equal by a unit conversion or by rounding.
    pub(crate) fn is_same_value(&self, a: &Value, b: &Value) -> bool {
        let (Some((x, unit_x)), Some((y, unit_y))) = (figure_and_unit(a), figure_and_unit(b)) else {
            return false;
        };
        if self.rounding > 0.0 && unit_x == unit_y && is_within(x, y, self.rounding) {
            return true;
        }
        let (Some(unit_x), Some(unit_y)) = (unit_x, unit_y) else { return false };
        self.units.iter().any(|unit| {
            unit.converts_to((x, &unit_x), (y, &unit_y)) || unit.converts_to((y, &unit_y), (x, &unit_x))
        })
    }
}

impl UnitConversion {
    /// Whether one figure converted from this unit is the other within the tolerance.
    fn converts_to(&self, (x, unit_x): (f64, &str), (y, unit_y): (f64, &str)) -> bool {
        unit_x == self.from && unit_y == self.to && is_within(x * self.rate, y, self.tolerance)
    }
}

/// Whether two figures differ by up to a share of the greater one.
fn is_within(x: f64, y: f64, share: f64) -> bool {
    (x - y).abs() <= share * x.abs().max(y.abs())
}

/// The figure of a value with its unit or currency; `None` for a value without a figure.
fn figure_and_unit(value: &Value) -> Option<(f64, Option<String>)> {
    match value {
        Value::Money { amount, currency, .. } => {
            Some((*amount, currency.as_ref().map(|c| c.code().to_owned())))
        }
        Value::Number { amount, unit, .. } => Some((*amount, unit.as_deref().map(str::to_owned))),
        Value::Duration { amount, unit, .. } => Some((*amount, Some(unit.name().to_owned()))),
        _ => None,
    }
}

/// The forms of an entry for a language.
pub(super) fn forms_in_language(entry: &GlossaryEntry, lang: Lang) -> impl Iterator<Item = &str> {
    let own = entry.get(lang.code()).into_iter().chain(entry.get(ANY));
    own.flatten().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Currency;

    fn money(amount: f64, currency: [u8; 3]) -> Value {
        Value::Money { amount, currency: Some(Currency(currency)), among: Vec::new(), qualifier: None }
    }

    #[test]
    fn converted_and_rounded_values_are_the_same() {
        let glossary = Glossary {
            units: vec![UnitConversion {
                from: "NOK".to_owned(),
                to: "EUR".to_owned(),
                rate: 0.085,
                tolerance: 0.02,
            }],
            rounding: 0.01,
            ..Glossary::default()
        };
        assert!(glossary.is_same_value(&money(1e6, *b"NOK"), &money(85e3, *b"EUR")));
        assert!(glossary.is_same_value(&money(86e3, *b"EUR"), &money(1e6, *b"NOK")));
        assert!(!glossary.is_same_value(&money(1e6, *b"NOK"), &money(95e3, *b"EUR")));
        assert!(!glossary.is_same_value(&money(1e6, *b"NOK"), &money(85e3, *b"USD")));
        assert!(glossary.is_same_value(&money(100.0, *b"EUR"), &money(101.0, *b"EUR")));
        assert!(!glossary.is_same_value(&money(100.0, *b"EUR"), &money(102.0, *b"EUR")));
        assert!(!glossary.is_same_value(&money(100.0, *b"EUR"), &money(100.0, *b"USD")));
        assert!(!Glossary::default().is_same_value(&money(1e6, *b"NOK"), &money(85e3, *b"EUR")));
    }
}
