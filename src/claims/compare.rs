//! Comparison of two values, with tolerance for qualifiers, rounding and units.

use crate::claims::measure::{Dimension, in_base_unit};
use crate::claims::value::{Date, DatePart, Qualifier, TimeUnit, Value};

/// The agreement of two values, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sameness {
    /// Different values.
    Different,
    /// The same figure with a different qualifier: over 100 million, 100 million.
    SameFigure,
    /// Both can be true: 2013 and August 2013, almost 100 million and 98.7 million.
    Compatible,
    /// The same value.
    Equal,
}

use Sameness::{Compatible, Different, Equal, SameFigure};

/// Relative tolerance for the printing and parsing of decimals.
const PRINT_TOLERANCE: f64 = 1e-6;

/// Relative tolerance of "almost", "about" and the like. News rounds to two digits: 98.7 to 100.
const ROUNDING_TOLERANCE: f64 = 0.06;

/// Absolute tolerance for converted temperatures, in °C, since they are rounded: 38 °C for 100 °F.
const DEGREE_TOLERANCE: f64 = 1.0;

/// Relative tolerance for frequencies in different units: half a month is 15.2 days.
const FREQUENCY_TOLERANCE: f64 = 0.1;

/// Compares two values; [`Different`] for most pairs of different kinds.
pub(crate) fn compare_values(a: &Value, b: &Value) -> Sameness {
    match (a, b) {
        (
            Value::Money { amount: x, currency: c, among: may_be_c, qualifier: p },
            Value::Money { amount: y, currency: d, among: may_be_d, qualifier: q },
        ) => {
            let [of_a, of_b] = [(c, may_be_c), (d, may_be_d)]
                .map(|(currency, among)| currency.as_slice().iter().chain(among).collect::<Vec<_>>());
            if !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|code| of_b.contains(code)) {
                Different
            } else {
                compare_amounts(*x, *p, *y, *q)
            }
        }
        (
            Value::Number { amount: x, qualifier: p, unit: u },
            Value::Number { amount: y, qualifier: q, unit: v },
        ) => compare_numbers((*x, *p, u.as_deref()), (*y, *q, v.as_deref())),
        (
            Value::Duration { amount: x, unit: s, qualifier: p },
            Value::Duration { amount: y, unit: t, qualifier: q },
        ) => match in_common_unit(*x, *s, *y, *t) {
            Some((x, y)) => compare_amounts(x, *p, y, *q),
            None => Different,
        },
        (
            Value::Frequency { amount: x, unit: s, ambiguous: p },
            Value::Frequency { amount: y, unit: t, ambiguous: q },
        ) => match in_common_unit(*x, *s, *y, *t) {
            Some((x, y)) if within_share(x, y, PRINT_TOLERANCE) => Equal,
            // Bi-weekly is every two weeks or twice a week.
            Some((x, y))
                if (*p || *q)
                    && (within_share(x, y * 4.0, PRINT_TOLERANCE)
                        || within_share(x * 4.0, y, PRINT_TOLERANCE)) =>
            {
                Compatible
            }
            // Twice a month is every two weeks.
            None if within_share(x * unit_days(*s), y * unit_days(*t), FREQUENCY_TOLERANCE) => Compatible,
            _ => Different,
        },
        (Value::Date(x), Value::Date(y)) => compare_dates(x, y),
        (
            Value::Relative { offset: x, unit: s, qualifier: p },
            Value::Relative { offset: y, unit: t, qualifier: q },
        ) if within_share(*x, *y, PRINT_TOLERANCE) && s == t => {
            if p.map(qualifier_family) == q.map(qualifier_family) { Equal } else { SameFigure }
        }
        (Value::Relative { offset, unit: s, .. }, Value::Duration { amount, unit: t, .. })
        | (Value::Duration { amount, unit: t, .. }, Value::Relative { offset, unit: s, .. }) => {
            match in_common_unit(offset.abs(), *s, *amount, *t) {
                Some((x, y)) if within_share(x, y, PRINT_TOLERANCE) => Compatible,
                _ => Different,
            }
        }
        (Value::Weekday { day: x, side: s }, Value::Weekday { day: y, side: t }) => match x == y {
            true if s == t || s.is_none() || t.is_none() => Equal,
            true => Compatible,
            false => Different,
        },
        (Value::Weekday { day, .. }, Value::Date(date)) | (Value::Date(date), Value::Weekday { day, .. }) => {
            if date.iso_weekday().is_none_or(|of| of == *day) {
                Compatible
            } else {
                Different
            }
        }
        // Unresolved, "yesterday" or "last year" can be any date.
        (Value::Relative { .. }, Value::Relative { .. } | Value::Date(_) | Value::Weekday { .. })
        | (Value::Date(_) | Value::Weekday { .. }, Value::Relative { .. }) => Compatible,
        _ => Different,
    }
}

/// The figure without unit and currency, where the value has one.
pub(crate) fn bare_figure(value: &Value) -> Option<f64> {
    match value {
        Value::Money { amount, .. } | Value::Number { amount, .. } | Value::Duration { amount, .. } => {
            Some(*amount)
        }
        Value::Date(Date { year: Some(year), month: None, .. }) => Some(f64::from(*year)),
        _ => None,
    }
}

/// Whether the values are compatible, or the same figure as different kinds: a year as a number, an amount without its
/// currency.
pub(crate) fn same_value(a: &Value, b: &Value) -> bool {
    let across = std::mem::discriminant(a) != std::mem::discriminant(b)
        && matches!((bare_figure(a), bare_figure(b)), (Some(x), Some(y)) if within_share(x, y, PRINT_TOLERANCE));
    across || is_day_of(a, b) || is_day_of(b, a) || compare_values(a, b) >= Compatible
}

/// Whether a number is the day of a date, as where the name of the month was lost.
fn is_day_of(number: &Value, date: &Value) -> bool {
    matches!((number, date), (Value::Number { amount, .. }, Value::Date(Date { day: Some(day), .. }))
        if within_share(*amount, f64::from(*day), PRINT_TOLERANCE))
}

/// Whether the difference is at most `share` of the greater magnitude.
pub(crate) fn within_share(x: f64, y: f64, share: f64) -> bool {
    (x - y).abs() <= share * x.abs().max(y.abs()).max(1e-9)
}

type QualifiedFigure<'a> = (f64, Option<Qualifier>, Option<&'a str>);

/// Compares measures in one unit: 100 miles and 161 km are compatible. Nouns that are counted have many names, so these
/// are compared by the figure alone.
fn compare_numbers((x, p, u): QualifiedFigure<'_>, (y, q, v): QualifiedFigure<'_>) -> Sameness {
    // Three percentage points are no three per cent.
    if [u, v].contains(&Some("percentage point")) && (u.is_none() || v.is_none()) {
        return Different;
    }
    match (u.and_then(|unit| in_base_unit(x, unit)), v.and_then(|unit| in_base_unit(y, unit))) {
        (Some((d, x)), Some((e, y))) if u != v => match compare_amounts(x, p, y, q) {
            _ if d != e => Different,
            Different
                if within_share(x, y, ROUNDING_TOLERANCE)
                    || d == Dimension::Temperature && (x - y).abs() <= DEGREE_TOLERANCE =>
            {
                Compatible
            }
            sameness => sameness,
        },
        _ => compare_amounts(x, p, y, q),
    }
}

fn compare_amounts(x: f64, p: Option<Qualifier>, y: f64, q: Option<Qualifier>) -> Sameness {
    if within_share(x, y, PRINT_TOLERANCE) {
        return if p.map(qualifier_family) == q.map(qualifier_family) { Equal } else { SameFigure };
    }
    if is_rounded(x, p, y) || is_rounded(y, q, x) { Compatible } else { Different }
}

/// Whether the qualified figure is `actual`, rounded.
fn is_rounded(figure: f64, qualifier: Option<Qualifier>, actual: f64) -> bool {
    significant_digits(figure) < significant_digits(actual) && qualifier_admits(qualifier, figure, actual)
}

/// Significant decimal digits, at most 9: 100 million has one, 98.7 million three.
fn significant_digits(amount: f64) -> usize {
    let text = format!("{:.8e}", amount.abs());
    text.split('e').next().unwrap_or_default().replace('.', "").trim_end_matches('0').len()
}

/// The group of qualifiers that translate one another.
fn qualifier_family(qualifier: Qualifier) -> u8 {
    match qualifier {
        Qualifier::Over | Qualifier::AtLeast => 0,
        Qualifier::About | Qualifier::Almost => 1,
        Qualifier::UpTo | Qualifier::Under => 2,
        Qualifier::Several => 3,
    }
}

/// Whether `actual` is within the meaning of the qualified figure.
fn qualifier_admits(qualifier: Option<Qualifier>, figure: f64, actual: f64) -> bool {
    let close = within_share(figure, actual, ROUNDING_TOLERANCE);
    match qualifier {
        None => false,
        Some(Qualifier::About) => close,
        Some(Qualifier::Almost | Qualifier::Under | Qualifier::UpTo) => close && actual <= figure,
        Some(Qualifier::Over | Qualifier::AtLeast) => close && actual >= figure,
        Some(Qualifier::Several) => (2.0 * figure..10.0 * figure).contains(&actual),
    }
}

/// Both lengths of time in one unit, where the conversion is exact: weeks in days, years in months.
fn in_common_unit(x: f64, s: TimeUnit, y: f64, t: TimeUnit) -> Option<(f64, f64)> {
    let ((base, u), (other_base, v)) = (base_time_unit(s), base_time_unit(t));
    (base == other_base).then_some((x * u, y * v))
}

/// The unit that `unit` is an exact multiple of, second or month, and the factor.
fn base_time_unit(unit: TimeUnit) -> (TimeUnit, f64) {
    match unit {
        TimeUnit::Second => (TimeUnit::Second, 1.0),
        TimeUnit::Minute => (TimeUnit::Second, 60.0),
        TimeUnit::Hour => (TimeUnit::Second, 3600.0),
        TimeUnit::Day => (TimeUnit::Second, 86_400.0),
        TimeUnit::Week => (TimeUnit::Second, 604_800.0),
        TimeUnit::Month => (TimeUnit::Month, 1.0),
        TimeUnit::Year => (TimeUnit::Month, 12.0),
    }
}

/// The mean length of a unit in days.
fn unit_days(unit: TimeUnit) -> f64 {
    match unit {
        TimeUnit::Second => 1.0 / 86_400.0,
        TimeUnit::Minute => 1.0 / 1440.0,
        TimeUnit::Hour => 1.0 / 24.0,
        TimeUnit::Day => 1.0,
        TimeUnit::Week => 7.0,
        TimeUnit::Month => 30.44,
        TimeUnit::Year => 365.25,
    }
}

fn compare_dates(a: &Date, b: &Date) -> Sameness {
    if a == b {
        return Equal;
    }

    // A decade or a century contains its years.
    let open = 10_i32.pow(u32::from(a.unspecified.max(b.unspecified).min(4)));
    if a.year.zip(b.year).is_some_and(|(x, y)| x / open != y / open)
        || a.day.zip(b.day).is_some_and(|(x, y)| x != y)
    {
        return Different;
    }
    let (m, n) = (month_range(a), month_range(b));
    // Compatible dates share a month or a year, unlike "3 June" and "2013".
    let shared = match (m, n) {
        (Some((from, to)), Some((begin, end))) if from > end || begin > to => return Different,
        (Some(_), Some(_)) => true,
        _ => a.year.is_some() && b.year.is_some(),
    };
    if shared { Compatible } else { Different }
}

/// The first and last month that a date can mean. The part of a decade or century counts as that of a year.
fn month_range(date: &Date) -> Option<(u8, u8)> {
    date.month.map(|month| (month, month)).or_else(|| {
        Some(match date.part? {
            DatePart::Early => (1, 5),
            DatePart::Mid => (4, 9),
            DatePart::Late => (8, 12),
            DatePart::Quarter(n) => (3 * n - 2, 3 * n),
            DatePart::Half(n) => (6 * n - 5, 6 * n),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::value::Currency;

    fn money(amount: f64, currency: [u8; 3], qualifier: Option<Qualifier>) -> Value {
        Value::Money { amount, currency: Some(Currency(currency)), among: Vec::new(), qualifier }
    }

    #[test]
    fn money_is_compared_by_amount_currency_and_qualifier() {
        let plain = money(1e8, *b"USD", None);
        assert_eq!(compare_values(&plain, &money(1e8, *b"USD", None)), Equal);
        assert_eq!(compare_values(&plain, &money(1e8, *b"EUR", None)), Different);
        assert_eq!(compare_values(&plain, &money(1e8, *b"USD", Some(Qualifier::Over))), SameFigure);
        assert_eq!(compare_values(&plain, &money(1.5e8, *b"USD", None)), Different);
        assert_eq!(
            compare_values(&money(9.87e7, *b"USD", None), &money(1e8, *b"USD", Some(Qualifier::Almost))),
            Compatible
        );
        assert_eq!(
            compare_values(&money(1.2e8, *b"USD", None), &money(1e8, *b"USD", Some(Qualifier::Almost))),
            Different
        );
        let unknown = Value::Money { amount: 1e8, currency: None, among: Vec::new(), qualifier: None };
        assert_eq!(compare_values(&plain, &unknown), Equal);
        let francs = |among: &[[u8; 3]]| Value::Money {
            amount: 1e8,
            currency: None,
            among: among.iter().map(|code| Currency(*code)).collect(),
            qualifier: None,
        };
        let swiss_or_french = francs(&[*b"CHF", *b"FRF"]);
        assert_eq!(compare_values(&plain, &swiss_or_french), Different);
        assert_eq!(compare_values(&money(1e8, *b"CHF", None), &swiss_or_french), Equal);
        assert_eq!(compare_values(&francs(&[*b"SEK", *b"NOK"]), &swiss_or_french), Different);
    }

    #[test]
    fn a_partial_date_contains_a_whole_one() {
        let date = |year, month, day| Value::Date(Date { year, month, day, ..Date::default() });
        assert_eq!(
            compare_values(&date(Some(2013), None, None), &date(Some(2013), Some(8), None)),
            Compatible
        );
        assert_eq!(
            compare_values(&date(None, Some(4), Some(2)), &date(Some(2024), Some(4), Some(2))),
            Compatible
        );
        assert_eq!(
            compare_values(&date(Some(2013), Some(7), None), &date(Some(2013), Some(8), None)),
            Different
        );
        assert_eq!(compare_values(&date(Some(2013), None, None), &date(None, Some(8), Some(3))), Different);
    }

    #[test]
    fn time_is_compared_in_one_unit() {
        let last = |amount, unit| Value::Duration { amount, unit, qualifier: None };
        assert_eq!(compare_values(&last(2.0, TimeUnit::Week), &last(14.0, TimeUnit::Day)), Equal);
        assert_eq!(compare_values(&last(1.0, TimeUnit::Month), &last(30.0, TimeUnit::Day)), Different);
        let every = |amount, unit, ambiguous| Value::Frequency { amount, unit, ambiguous };
        assert_eq!(
            compare_values(&every(2.0, TimeUnit::Week, false), &every(2.0, TimeUnit::Week, true)),
            Equal
        );
        assert_eq!(
            compare_values(&every(0.5, TimeUnit::Week, false), &every(2.0, TimeUnit::Week, true)),
            Compatible
        );
        assert_eq!(
            compare_values(&every(1.0, TimeUnit::Week, false), &every(2.0, TimeUnit::Week, true)),
            Different
        );
    }

    #[test]
    fn measures_are_compared_in_one_unit() {
        let of = |amount, unit: &str| Value::Number { amount, qualifier: None, unit: Some(unit.to_owned()) };
        assert_eq!(compare_values(&of(2.0, "km"), &of(2000.0, "m")), Equal);
        assert_eq!(compare_values(&of(100.0, "mi"), &of(161.0, "km")), Compatible);
        assert_eq!(compare_values(&of(100.0, "mi"), &of(100.0, "km")), Different);
        assert_eq!(compare_values(&of(100.0, "°F"), &of(38.0, "°C")), Compatible);
        assert_eq!(compare_values(&of(3.0, "km"), &of(3.0, "kg")), Different);
        assert_eq!(compare_values(&of(25.0, "basis point"), &of(0.25, "percentage point")), Equal);
        assert_eq!(compare_values(&of(40.0, "resident"), &of(40.0, "citizen")), Equal);
        let percent = Value::Number { amount: 3.0, qualifier: None, unit: None };
        assert_eq!(compare_values(&percent, &of(3.0, "percentage point")), Different);
    }

    #[test]
    fn quarters_contain_their_months() {
        let date = |month, part| Value::Date(Date { year: Some(2023), month, part, ..Date::default() });
        let third = date(None, Some(DatePart::Quarter(3)));
        assert_eq!(compare_values(&third, &date(Some(8), None)), Compatible);
        assert_eq!(compare_values(&third, &date(Some(1), None)), Different);
        assert_eq!(compare_values(&third, &date(None, Some(DatePart::Half(2)))), Compatible);
        assert_eq!(compare_values(&third, &date(None, Some(DatePart::Quarter(2)))), Different);
        assert_eq!(compare_values(&third, &date(None, None)), Compatible);
        assert_eq!(
            compare_values(&date(None, Some(DatePart::Early)), &date(None, Some(DatePart::Late))),
            Different
        );
    }

    #[test]
    fn a_weekday_is_one_of_its_dates() {
        let on = |day| Value::Weekday { day, side: None };
        let date = Value::Date(Date::new(2024, 4, 2).unwrap());
        assert_eq!(compare_values(&on(2), &Value::Weekday { day: 2, side: Some(-1) }), Equal);
        assert_eq!(compare_values(&on(2), &on(3)), Different);
        assert_eq!(compare_values(&on(2), &date), Compatible);
        assert_eq!(compare_values(&on(3), &date), Different);
        let ago = Value::Relative { offset: -2.0, unit: TimeUnit::Year, qualifier: None };
        let length = Value::Duration { amount: 2.0, unit: TimeUnit::Year, qualifier: None };
        assert_eq!(compare_values(&ago, &length), Compatible);
        let twice = Value::Frequency { amount: 0.5, unit: TimeUnit::Month, ambiguous: true };
        let every = Value::Frequency { amount: 2.0, unit: TimeUnit::Week, ambiguous: false };
        assert_eq!(compare_values(&twice, &every), Compatible);
    }
}
