//! Units of measure with a fixed conversion; their names are those of the language data.

/// The dimension of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Temperature,
    Energy,
    Power,
    Frequency,
    Data,
    /// Points of an index, a score or a percentage.
    Points,
}

use Dimension::{Area, Data, Energy, Frequency, Length, Mass, Points, Power, Speed, Temperature, Volume};

/// Unit, dimension, and the factor and then the summand that convert it to the base unit.
const UNIT_FACTORS: [(&str, Dimension, f64, f64); 44] = [
    ("km", Length, 1000.0, 0.0),
    ("m", Length, 1.0, 0.0),
    ("cm", Length, 0.01, 0.0),
    ("mm", Length, 0.001, 0.0),
    ("mi", Length, 1609.344, 0.0),
    ("nmi", Length, 1852.0, 0.0),
    ("yd", Length, 0.9144, 0.0),
    ("ft", Length, 0.3048, 0.0),
    ("in", Length, 0.0254, 0.0),
    ("km²", Area, 1e6, 0.0),
    ("m²", Area, 1.0, 0.0),
    ("mi²", Area, 2_589_988.110_336, 0.0),
    ("ft²", Area, 0.092_903_04, 0.0),
    ("ha", Area, 1e4, 0.0),
    ("acre", Area, 4_046.856_422_4, 0.0),
    ("l", Volume, 0.001, 0.0),
    ("m³", Volume, 1.0, 0.0),
    ("gallon", Volume, 0.003_785_411_784, 0.0),
    ("barrel", Volume, 0.158_987_294_928, 0.0),
    ("t", Mass, 1000.0, 0.0),
    ("kg", Mass, 1.0, 0.0),
    ("g", Mass, 0.001, 0.0),
    ("lb", Mass, 0.453_592_37, 0.0),
    ("km/h", Speed, 1.0, 0.0),
    ("mph", Speed, 1.609_344, 0.0),
    ("kn", Speed, 1.852, 0.0),
    ("m/s", Speed, 3.6, 0.0),
    ("°C", Temperature, 1.0, 0.0),
    ("°F", Temperature, 5.0 / 9.0, -160.0 / 9.0),
    ("kWh", Energy, 1.0, 0.0),
    ("MWh", Energy, 1e3, 0.0),
    ("GWh", Energy, 1e6, 0.0),
    ("TWh", Energy, 1e9, 0.0),
    ("W", Power, 1.0, 0.0),
    ("kW", Power, 1e3, 0.0),
    ("MW", Power, 1e6, 0.0),
    ("GW", Power, 1e9, 0.0),
    ("MHz", Frequency, 1e6, 0.0),
    ("GHz", Frequency, 1e9, 0.0),
    ("MB", Data, 1e6, 0.0),
    ("GB", Data, 1e9, 0.0),
    ("TB", Data, 1e12, 0.0),
    ("percentage point", Points, 1.0, 0.0),
    ("basis point", Points, 0.01, 0.0),
];

/// The dimension of `unit`, and `amount` in its base unit (m, m², m³, kg, km/h, °C, kWh, W, Hz, bytes, points); `None`
/// for nouns that are counted and not measured.
#[must_use]
pub fn in_base_unit(amount: f64, unit: &str) -> Option<(Dimension, f64)> {
    let (_, dimension, factor, plus) = UNIT_FACTORS.iter().find(|(name, ..)| *name == unit)?;
    Some((*dimension, amount * factor + plus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn miles_and_degrees() {
        assert_eq!(in_base_unit(2.0, "km"), Some((Length, 2000.0)));
        let (_, celsius) = in_base_unit(212.0, "°F").unwrap();
        assert!((celsius - 100.0).abs() < 1e-9);
        assert_eq!(in_base_unit(2.0, "person"), None);
    }
}
