//! What the words of values can mean, and how the language data names it.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::country_code;
use crate::claims::value::{Currency, DatePart, Qualifier, TimeUnit};

/// What a word or phrase can mean; one word can have several senses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::claims::values) enum Sense {
    /// Adds to a number: seven, twenty.
    Cardinal(f64),
    /// Multiplies what stands before it.
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
    /// Looks like a value and is none.
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
    /// Words that end with a qualifier and hold none: a dispute over $5 million.
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
    /// A currency's noun that also means something else, and the least amount that is money: won, livres.
    Homonym(f64),
    /// Two or three letters.
    Country([u8; 3]),
    /// Index into the lexicon's `units`.
    Unit(u16),
}

/// Words that hold others together.
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
    /// Joins two figures that share what they count, without a range: um 5 auf 8 Euro.
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

/// What surrounds a "one" that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum One {
    #[serde(rename = "words")]
    Word,
    NotAfter,
    NotBefore,
}

/// Words that make a number a house's.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum Street {
    /// Behind it: 12, rue de la Paix; 10 Downing Street.
    Behind,
    /// The end of the word before it: Hauptstraße 12. Looked up by [`Lexicon::is_street`](super::Lexicon::is_street).
    Ending,
}

/// What an ordinal counts to make a time: the third quarter, the 19th century.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::claims::values) enum Period {
    Quarter,
    Half,
    /// Only with a year, because it is mostly something else: the first half.
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

/// What the phrases under `section.key` of a language's data mean; `None` where no rule reads them, or where the
/// meaning needs the lexicon's own lists.
pub(super) fn sense_of(section: &str, key: &str) -> Option<Sense> {
    let number = || key.parse::<f64>().ok();
    Some(match section {
        "cardinals" => Sense::Cardinal(number()?),
        "scales" => Sense::Scale { times: number()?, bare: false },
        "bare_scales" => Sense::Scale { times: number()?, bare: true },
        "several_scales" => Sense::SeveralScale(number()?),
        "round_scales" => Sense::RoundScale(number()?),
        "abbreviations" => Sense::Abbreviation { times: number()?, capital: false, money: false },
        "capital_abbreviations" => Sense::Abbreviation { times: number()?, capital: true, money: false },
        "money_abbreviations" => Sense::Abbreviation { times: number()?, capital: false, money: true },
        "several" => Sense::Several,
        "ordinals" => Sense::Ordinal(number()?),
        "ordinal_suffixes" => Sense::OrdinalSuffix,
        "roman_suffixes" => Sense::RomanSuffix,
        "ordinal_not" => Sense::OrdinalNotAfter,
        "ordinal_after" => Sense::OrdinalAfter,
        "denominators" => Sense::Denominator(number()?),
        "shares" => Sense::Share(number()?),
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
        "homonyms" => Sense::Homonym(number()?),
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
        "counts" => Sense::Count(number()?),
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
