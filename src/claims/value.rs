//! The types of a claim: kind, value, qualifier, unit and date, with their names in the output.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use strum::VariantArray;

use crate::text::Span;

/// A claim: a value, name or quotation that a text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The kind of the value.
    pub kind: ClaimKind,
    /// Span in bytes of the given text.
    pub span: Span,
    /// The value, independent of the language.
    pub value: Value,
    /// Its place in a pair of figures, where it is in one: between 3 and 5 million, 2011 bis 2019, two of the three.
    pub range: Option<RangeEnd>,
}

/// The place of a figure in a range or a share: from 3 to 5, two of the three. The pair remains two claims, so that
/// each is compared by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum RangeEnd {
    From,
    To,
    Part,
    Whole,
}

impl RangeEnd {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::Part => "part",
            Self::Whole => "whole",
        }
    }
}

/// The kinds of claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[non_exhaustive]
pub enum ClaimKind {
    /// An amount of money.
    Money,
    /// A count or measure.
    Quantity,
    /// A share in per cent, or a difference in percentage points.
    Percent,
    /// A place in an order: third.
    Ordinal,
    /// A calendar date, possibly partial.
    Date,
    /// A length of time: two weeks.
    Duration,
    /// How often: every two weeks.
    Frequency,
    /// A person, organisation, place, product or work.
    Name,
    /// Words in quotation marks.
    Quote,
}

impl ClaimKind {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::Frequency => "frequency",
            Self::Name => "name",
            Self::Quote => "quote",
        }
    }
}

/// The qualifier of a figure: "over $100 million" is not "$100 million".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// More than the figure: over, mehr als, plus de.
    Over,
    /// The figure or more: at least, mindestens, au moins.
    AtLeast,
    /// Near the figure: about, rund, environ.
    About,
    /// A little less: almost, fast, près de.
    Almost,
    /// The figure or less: up to, bis zu, jusqu'à.
    UpTo,
    /// Less than the figure: under, weniger als, moins de.
    Under,
    /// A small unknown multiple of the figure: hundreds of millions is several times 100 million.
    Several,
}

impl Qualifier {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::AtLeast => "at_least",
            Self::About => "about",
            Self::Almost => "almost",
            Self::UpTo => "up_to",
            Self::Under => "under",
            Self::Several => "several",
        }
    }
}

/// An ISO 4217 code (also the historic one of a currency that is gone, and `BTC`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(pub [u8; 3]);

impl Currency {
    /// The three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A unit of calendar or clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A part of a year, a month or a longer time: early 2019, the third quarter of 2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatePart {
    /// The beginning, without a sharp end.
    Early,
    /// The middle.
    Mid,
    /// The end.
    Late,
    /// A quarter of a year, 1 to 4.
    Quarter(u8),
    /// A half of a year, 1 or 2.
    Half(u8),
}

impl DatePart {
    /// The name in the data and in ISO-like dates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Mid => "mid",
            Self::Late => "late",
            Self::Quarter(1) => "Q1",
            Self::Quarter(2) => "Q2",
            Self::Quarter(3) => "Q3",
            Self::Quarter(_) => "Q4",
            Self::Half(1) => "H1",
            Self::Half(_) => "H2",
        }
    }
}

/// A date of the proleptic Gregorian calendar, possibly partial.
///
/// Prints as ISO 8601: `2013-08-05`, `2013-08`, `2013`; without a year `--06-03` or `--06`. A decade or century prints
/// with unspecified digits as ISO 8601-2 does: `199X`, `19XX`. A quarter or half year prints as `2023-Q3`, `2023-H1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// Year, where stated.
    pub year: Option<i32>,
    /// Month 1 to 12, where stated.
    pub month: Option<u8>,
    /// Day 1 to 31, where stated; never without a month.
    pub day: Option<u8>,
    /// The number of unspecified last digits of the year: 1 for a decade (`year` is its first), 2 for a century.
    pub unspecified: u8,
    /// The part of the date, where stated; only a quarter and a half year are printed.
    pub part: Option<DatePart>,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => match self.unspecified {
                0 => write!(f, "{year:04}")?,
                1 => write!(f, "{:03}X", year / 10)?,
                _ => write!(f, "{:02}XX", year / 100)?,
            },
            None => f.write_str("-")?,
        }
        if let Some(part @ (DatePart::Quarter(_) | DatePart::Half(_))) = self.part {
            write!(f, "-{}", part.name())?;
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// The value of a claim, equal across languages.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A number of kind [`ClaimKind::Quantity`], [`ClaimKind::Percent`] (8 for 8 %) or [`ClaimKind::Ordinal`].
    Number {
        /// The number.
        amount: f64,
        /// The qualifier.
        qualifier: Option<Qualifier>,
        /// The SI symbol of the unit, or the canonical English noun of what is counted, where that is known.
        unit: Option<String>,
    },
    /// An amount in main units.
    Money {
        /// The number of main units: 30 cents are 0.3.
        amount: f64,
        /// `None` where the text does not state it.
        currency: Option<Currency>,
        /// The currencies that an ambiguous noun may mean: francs are no euros, whichever they are. Empty where the currency
        /// is known, or without a noun.
        among: Vec<Currency>,
        /// The qualifier.
        qualifier: Option<Qualifier>,
    },
    /// A date.
    Date(Date),
    /// An offset from the publication day, not resolved: last week is -1 week, tomorrow 1 day, two years ago -2 years.
    Relative {
        /// The number of units; negative for the past.
        offset: f64,
        /// The unit.
        unit: TimeUnit,
        /// The qualifier.
        qualifier: Option<Qualifier>,
    },
    /// A day of the week, not resolved.
    Weekday {
        /// 1 is Monday, 7 Sunday.
        day: u8,
        /// -1 for the last one, 1 for the next, 0 for this week's; `None` where the text does not state it.
        side: Option<i8>,
    },
    /// A length of time.
    Duration {
        /// The number of units.
        amount: f64,
        /// The unit.
        unit: TimeUnit,
        /// The qualifier.
        qualifier: Option<Qualifier>,
    },
    /// Once in a length of time: every two weeks is once in 2 weeks.
    Frequency {
        /// The number of units between two times.
        amount: f64,
        /// The unit.
        unit: TimeUnit,
        /// Whether the word can also mean the inverse (bi-weekly: every two weeks or twice a week).
        ambiguous: bool,
    },
    /// A name as written, without inflection and article.
    Name(String),
    /// A quotation, with its speaker where the sentence attributes it.
    Quote {
        /// The words between the marks.
        words: String,
        /// The speaker as written.
        speaker: Option<String>,
        /// Whether it is speech, and not a title or a scare quote.
        speech: bool,
    },
}

/// Serializes whole numbers without a fraction.
fn serialize_amount<S: SerializeMap>(map: &mut S, key: &str, amount: f64) -> Result<(), S::Error> {
    if amount.fract() == 0.0 && amount.abs() < 9e15 {
        map.serialize_entry(key, &(amount as i64))
    } else {
        map.serialize_entry(key, &amount)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Self::Date(date) = self {
            return serializer.serialize_str(&date.to_string());
        }
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Number { amount, qualifier, unit } => {
                serialize_amount(&mut map, "amount", *amount)?;
                if let Some(unit) = unit {
                    map.serialize_entry("unit", unit)?;
                }
                if let Some(q) = qualifier {
                    map.serialize_entry("qualifier", q.name())?;
                }
            }
            Self::Money { amount, currency, qualifier, .. } => {
                serialize_amount(&mut map, "amount", *amount)?;
                map.serialize_entry("currency", &currency.as_ref().map(Currency::code))?;
                if let Some(q) = qualifier {
                    map.serialize_entry("qualifier", q.name())?;
                }
            }
            Self::Duration { amount, unit, qualifier } => {
                serialize_amount(&mut map, "amount", *amount)?;
                map.serialize_entry("unit", unit.name())?;
                if let Some(q) = qualifier {
                    map.serialize_entry("qualifier", q.name())?;
                }
            }
            Self::Relative { offset, unit, qualifier } => {
                serialize_amount(&mut map, "offset", *offset)?;
                map.serialize_entry("unit", unit.name())?;
                if let Some(q) = qualifier {
                    map.serialize_entry("qualifier", q.name())?;
                }
            }
            Self::Weekday { day, side } => {
                map.serialize_entry("weekday", day)?;
                if let Some(side) = side {
                    map.serialize_entry("side", side)?;
                }
            }
            Self::Frequency { amount, unit, ambiguous } => {
                serialize_amount(&mut map, "every", *amount)?;
                map.serialize_entry("unit", unit.name())?;
                if *ambiguous {
                    map.serialize_entry("ambiguous", &true)?;
                }
            }
            Self::Name(name) => map.serialize_entry("name", name)?,
            Self::Quote { words, speaker, speech } => {
                map.serialize_entry("words", words)?;
                map.serialize_entry("speaker", speaker)?;
                map.serialize_entry("speech", speech)?;
            }
            Self::Date(_) => unreachable!("a date is a string"),
        }
        map.end()
    }
}
