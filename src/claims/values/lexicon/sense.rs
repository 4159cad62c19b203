//! Senses of the words of values, and their names in the language data.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use crate::claims::value::{Currency, DatePart, Qualifier, TimeUnit};

/// The country of a currency noun's usual currency.
pub(super) const DEFAULT_COUNTRY: [u8; 3] = *b"---";

/// A sense of a word or phrase, which may have several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::claims::values) enum Sense {
    /// Adds to a number: seven, twenty.
    Cardinal(f64),
    /// Multiplies the number before it; where `bare`, it is a number without one.
    Scale {
        times: f64,
        bare: bool,
    },
    /// An unknown count of so many: dozens.
    SeveralScale(f64),
    /// About so many: une centaine.
    RoundScale(f64),
    /// Multiplies digits: 10k.
    Abbreviation {
        times: f64,
        capital: bool,
        money: bool,
    },
    /// several, mehrere.
    Several,
    Ordinal(f64),
    OrdinalSuffix,
    /// The same behind Roman digits.
    RomanSuffix,
    OrdinalNotAfter,
    OrdinalAfter,
    /// Behind a numerator: thirds.
    Denominator(f64),
    /// Without a numerator: half a million.
    Share(f64),
    Glue(Glue),
    Label,
    Street(Street),
    /// A phrase that looks like a value and is none.
    Silent,
    One(One),
    Month(u8),
    Weekday(u8),
    DateGlue(DateGlue),
    /// A decade by its first year, in words: nineties.
    Decade(i32),
    Period(Period),
    Part(DatePart),
    RelativeDay(i32),
    RelativeNext(i32),
    /// Behind its unit: la semaine dernière.
    RelativeAfter(i32),
    Time(f64, TimeUnit),
    /// A number and its unit in one word: dreimonatig.
    Length(f64, TimeUnit),
    Frequency {
        every: f64,
        unit: TimeUnit,
        ambiguous: bool,
    },
    Count(f64),
    Qualifier(Qualifier),
    QualifierAfter(Qualifier),
    /// A phrase that ends with the word of a qualifier and is none: a dispute over $5 million.
    Unqualified,
    /// Index into the lexicon's nouns.
    CurrencyNoun(u8),
    /// A symbol or an ISO code.
    CurrencyCode {
        code: Currency,
        symbol: bool,
        capital: bool,
        behind: bool,
    },
    Subunit {
        per: f64,
        currency: Option<Currency>,
    },
    /// A currency noun with another meaning, and the least amount that is money: won, livres.
    Homonym(f64),
    /// Two or three letters.
    Country([u8; 3]),
    /// Index into the lexicon's `units`.
    Unit(u16),
}

/// Function words of values.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum Glue {
    Article,
    And,
    Of,
    The,
    Point,
    Minus,
    Over,
    Range,
    /// Joins two figures that share a unit and are no range: um 5 auf 8 Euro.
    Onto,
    /// Before the first of two figures that "and" makes a range.
    Between,
    /// Between the parts of a share: one in five.
    OutOf,
    /// The same, also with a noun before it: un électeur sur cinq.
    OutOfAll,
    /// Before hours of the clock: vers 10 heures.
    ClockBefore,
    AgoBefore,
    AgoAfter,
    AheadBefore,
    AheadAfter,
    Percent,
    PercentagePoint,
    Per,
    Every,
    Other,
    Times,
    Year,
    Clock,
    ArticleTime,
}

/// Words beside a "one" that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum One {
    #[serde(rename = "words")]
    Word,
    NotAfter,
    NotBefore,
}

/// Words beside a house number.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum Street {
    /// Behind it: 12, rue de la Paix; 10 Downing Street.
    Behind,
    /// The end of the word before it: Hauptstraße 12.
    Ending,
}

/// Periods that are counted by an ordinal: the third quarter, the 19th century.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum Period {
    Quarter,
    Half,
    /// Only with a year, since it mostly has another meaning: the first half.
    HalfWithYear,
    Century,
    /// A letter before the digit: Q3.
    QuarterSign,
    /// Only with a year: T3 2023.
    QuarterSignWithYear,
    HalfSignWithYear,
}

/// Words around years and months.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum DateGlue {
    BeforeYear,
    MonthAlone,
    DecadeSuffix,
    /// Only with a word for decades behind it: 1990er Jahre.
    DecadeAdjective,
    DecadeBefore,
    DecadeAfter,
}

/// The sense of the phrases under `section.key` of a language's data; `None` for a section or key that is unknown, or
/// whose sense needs the lists of the lexicon.
pub(super) fn sense_of(section: &str, key: &str) -> Option<Sense> {
    let number = key.parse::<f64>().ok();
    Some(match section {
        "cardinals" => Sense::Cardinal(number?),
        "scales" => Sense::Scale { times: number?, bare: false },
        "bare_scales" => Sense::Scale { times: number?, bare: true },
        "several_scales" => Sense::SeveralScale(number?),
        "round_scales" => Sense::RoundScale(number?),
        "abbreviations" => Sense::Abbreviation { times: number?, capital: false, money: false },
        "capital_abbreviations" => Sense::Abbreviation { times: number?, capital: true, money: false },
        "money_abbreviations" => Sense::Abbreviation { times: number?, capital: false, money: true },
        "several" => Sense::Several,
        "ordinals" => Sense::Ordinal(number?),
        "ordinal_suffixes" => Sense::OrdinalSuffix,
        "roman_suffixes" => Sense::RomanSuffix,
        "ordinal_not" => Sense::OrdinalNotAfter,
        "ordinal_after" => Sense::OrdinalAfter,
        "denominators" => Sense::Denominator(number?),
        "shares" => Sense::Share(number?),
        "glue" => Sense::Glue(variant_named(key)?),
        "labels" => Sense::Label,
        "streets" => Sense::Street(variant_named(key)?),
        "silent" => Sense::Silent,
        "one" => Sense::One(variant_named(key)?),
        "months" => Sense::Month(key.parse().ok()?),
        "weekdays" => Sense::Weekday(key.parse().ok()?),
        "dates" => Sense::DateGlue(variant_named(key)?),
        "parts" => Sense::Part(
            [DatePart::Early, DatePart::Mid, DatePart::Late].into_iter().find(|p| p.name() == key)?,
        ),
        "decades" => Sense::Decade(key.parse().ok()?),
        "periods" => Sense::Period(variant_named(key)?),
        "homonyms" => Sense::Homonym(number?),
        "relative_days" => Sense::RelativeDay(key.parse().ok()?),
        "relative_after" => Sense::RelativeAfter(key.parse().ok()?),
        "relative_next" => Sense::RelativeNext(key.parse().ok()?),
        "times" => parse_time_key(key).map(|(n, unit)| Sense::Time(n, unit))?,
        "frequencies" => {
            parse_time_key(key).map(|(every, unit)| Sense::Frequency { every, unit, ambiguous: false })?
        }
        "ambiguous_frequencies" => {
            parse_time_key(key).map(|(every, unit)| Sense::Frequency { every, unit, ambiguous: true })?
        }
        "counts" => Sense::Count(number?),
        "qualifiers" => Sense::Qualifier(qualifier_named(key)?),
        "qualifiers_after" => Sense::QualifierAfter(qualifier_named(key)?),
        "unqualified" => Sense::Unqualified,
        "countries" => Sense::Country(country_code(key)),
        _ => return None,
    })
}

/// The variant of that name.
fn variant_named<T: for<'a> Deserialize<'a>>(key: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(key)).ok()
}

fn qualifier_named(key: &str) -> Option<Qualifier> {
    use Qualifier::{About, Almost, AtLeast, Over, Under, UpTo};
    [Over, AtLeast, About, Almost, UpTo, Under].into_iter().find(|q| q.name() == key)
}

/// Reads `2 week`.
fn parse_time_key(key: &str) -> Option<(f64, TimeUnit)> {
    use TimeUnit::{Day, Hour, Minute, Month, Second, Week, Year};
    let (n, name) = key.split_once(' ')?;
    let unit = [Second, Minute, Hour, Day, Week, Month, Year].into_iter().find(|u| u.name() == name)?;
    Some((n.parse().ok()?, unit))
}

pub(super) fn country_code(code: &str) -> [u8; 3] {
    let mut letters = DEFAULT_COUNTRY;
    if code != "default" {
        for (to, from) in letters.iter_mut().zip(code.bytes()) {
            *to = from;
        }
    }
    letters
}
