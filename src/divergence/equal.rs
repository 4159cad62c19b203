//! Whether two values say the same, and how exactly.

use crate::claims::{Date, Qualifier, Unit, Value};

/// How two values of one kind stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sameness {
    /// Different.
    Different,
    /// The same figure, told with another qualifier: over 100 million, 100 million.
    Figure,
    /// Both can be true: 2013 and August 2013, almost 100 million and 98.7 million.
    Compatible,
    /// The same.
    Equal,
}

use Sameness::{Compatible, Different, Equal, Figure};

/// Amounts may be off by this share, which is what printing and reading a decimal costs.
const PRINTED: f64 = 1e-6;

/// "Almost", "about" and the like reach this far from the figure. News rounds to two digits: 98.7 to 100.
const ROUNDED: f64 = 0.06;

/// Compares two values; [`Different`] where they are of different kinds.
pub(super) fn compare(a: &Value, b: &Value) -> Sameness {
    match (a, b) {
        (
            Value::Money { amount: x, currency: c, qualifier: p },
            Value::Money { amount: y, currency: d, qualifier: q },
        ) => {
            if c.is_some() && d.is_some() && c != d {
                Different
            } else {
                amounts(*x, *p, *y, *q)
            }
        }
        (Value::Number { amount: x, qualifier: p, .. }, Value::Number { amount: y, qualifier: q, .. }) => {
            amounts(*x, *p, *y, *q)
        }
        (
            Value::Duration { amount: x, unit: s, qualifier: p },
            Value::Duration { amount: y, unit: t, qualifier: q },
        ) => match common(*x, *s, *y, *t) {
            Some((x, y)) => amounts(x, *p, y, *q),
            None => Different,
        },
        (
            Value::Frequency { amount: x, unit: s, ambiguous: p },
            Value::Frequency { amount: y, unit: t, ambiguous: q },
        ) => match common(*x, *s, *y, *t) {
            Some((x, y)) if near(x, y, PRINTED) => Equal,
            // Bi-weekly is every two weeks or twice a week.
            Some((x, y)) if (*p || *q) && (near(x, y * 4.0, PRINTED) || near(x * 4.0, y, PRINTED)) => {
                Compatible
            }
            _ => Different,
        },
        (Value::Date(x), Value::Date(y)) => dates(x, y),
        (Value::Relative { offset: x, unit: s }, Value::Relative { offset: y, unit: t })
            if near(*x, *y, PRINTED) && s == t =>
        {
            Equal
        }
        // What day "Tuesday" or "last year" is, is not told: it can be any date.
        (Value::Relative { .. }, Value::Relative { .. } | Value::Date(_))
        | (Value::Date(_), Value::Relative { .. }) => Compatible,
        _ => Different,
    }
}

/// The bare figure, where the value has one: what stays when a unit or a currency is lost.
pub(super) fn figure(value: &Value) -> Option<f64> {
    match value {
        Value::Money { amount, .. } | Value::Number { amount, .. } | Value::Duration { amount, .. } => {
            Some(*amount)
        }
        Value::Date(Date { year: Some(year), month: None, .. }) => Some(f64::from(*year)),
        _ => None,
    }
}

/// The same value, or the same figure told as another kind: a year as a number, an amount without its currency.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    let across = std::mem::discriminant(a) != std::mem::discriminant(b)
        && matches!((figure(a), figure(b)), (Some(x), Some(y)) if near(x, y, PRINTED));
    across || day_of(a, b) || day_of(b, a) || compare(a, b) >= Compatible
}

/// Whether a bare number is the day of a date, as where the month's name was lost.
fn day_of(number: &Value, date: &Value) -> bool {
    matches!((number, date), (Value::Number { amount, .. }, Value::Date(Date { day: Some(day), .. }))
        if near(*amount, f64::from(*day), PRINTED))
}

pub(super) fn near(x: f64, y: f64, share: f64) -> bool {
    (x - y).abs() <= share * x.abs().max(y.abs()).max(1e-9)
}

fn amounts(x: f64, p: Option<Qualifier>, y: f64, q: Option<Qualifier>) -> Sameness {
    if near(x, y, PRINTED) {
        return if p.map(family) == q.map(family) { Equal } else { Figure };
    }
    let rounds = |figure: f64, qualifier, actual: f64| {
        digits(figure) < digits(actual) && admits(qualifier, figure, actual)
    };
    if rounds(x, p, y) || rounds(y, q, x) { Compatible } else { Different }
}

/// Significant decimal digits, at most 9: 100 million has one, 98.7 million three.
fn digits(amount: f64) -> usize {
    let text = format!("{:.8e}", amount.abs());
    text.split('e').next().unwrap_or_default().replace('.', "").trim_end_matches('0').len()
}

/// Qualifiers that a careful translator uses for one another.
fn family(qualifier: Qualifier) -> u8 {
    match qualifier {
        Qualifier::Over | Qualifier::AtLeast => 0,
        Qualifier::About | Qualifier::Almost => 1,
        Qualifier::UpTo | Qualifier::Under => 2,
        Qualifier::Several => 3,
    }
}

/// Whether "qualifier figure" can be said of `actual`.
fn admits(qualifier: Option<Qualifier>, figure: f64, actual: f64) -> bool {
    let close = near(figure, actual, ROUNDED);
    match qualifier {
        None => false,
        Some(Qualifier::About) => close,
        Some(Qualifier::Almost | Qualifier::Under | Qualifier::UpTo) => close && actual <= figure,
        Some(Qualifier::Over | Qualifier::AtLeast) => close && actual >= figure,
        Some(Qualifier::Several) => (2.0 * figure..10.0 * figure).contains(&actual),
    }
}

/// Both lengths of time in one unit, where that is exact: weeks in days, years in months.
fn common(x: f64, s: Unit, y: f64, t: Unit) -> Option<(f64, f64)> {
    let base = |unit| match unit {
        Unit::Second => (0, 1.0),
        Unit::Minute => (0, 60.0),
        Unit::Hour => (0, 3600.0),
        Unit::Day => (0, 86_400.0),
        Unit::Week => (0, 604_800.0),
        Unit::Month => (1, 1.0),
        Unit::Year => (1, 12.0),
    };
    let ((f, u), (g, v)) = (base(s), base(t));
    (f == g).then_some((x * u, y * v))
}

fn dates(a: &Date, b: &Date) -> Sameness {
    if a == b {
        return Equal;
    }
    let differ = |x: Option<i32>, y: Option<i32>| x.is_some() && y.is_some() && x != y;
    // A decade or a century contains its years.
    let open = 10_i32.pow(u32::from(a.unspecified.max(b.unspecified).min(4)));
    let whole = |date: &Date| Date { year: date.year.map(|y| y / open), unspecified: 0, part: None, ..*date };
    let (a, b) = (&whole(a), &whole(b));
    let (m, n) = (a.month.map(i32::from), b.month.map(i32::from));
    let (d, e) = (a.day.map(i32::from), b.day.map(i32::from));
    if differ(a.year, b.year) || differ(m, n) || differ(d, e) {
        return Different;
    }
    // Something has to be shared: "3 June" and "2013" do not speak of the same.
    let shared = (a.year.is_some() && b.year.is_some()) || (m.is_some() && n.is_some());
    if shared { Compatible } else { Different }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Currency;

    fn money(amount: f64, currency: [u8; 3], qualifier: Option<Qualifier>) -> Value {
        Value::Money { amount, currency: Some(Currency(currency)), qualifier }
    }

    #[test]
    fn money_is_compared_by_amount_currency_and_qualifier() {
        let plain = money(1e8, *b"USD", None);
        assert_eq!(compare(&plain, &money(1e8, *b"USD", None)), Equal);
        assert_eq!(compare(&plain, &money(1e8, *b"EUR", None)), Different);
        assert_eq!(compare(&plain, &money(1e8, *b"USD", Some(Qualifier::Over))), Figure);
        assert_eq!(compare(&plain, &money(1.5e8, *b"USD", None)), Different);
        assert_eq!(
            compare(&money(9.87e7, *b"USD", None), &money(1e8, *b"USD", Some(Qualifier::Almost))),
            Compatible
        );
        assert_eq!(
            compare(&money(1.2e8, *b"USD", None), &money(1e8, *b"USD", Some(Qualifier::Almost))),
            Different
        );
        let unknown = Value::Money { amount: 1e8, currency: None, qualifier: None };
        assert_eq!(compare(&plain, &unknown), Equal);
    }

    #[test]
    fn a_partial_date_contains_a_whole_one() {
        let date = |year, month, day| Value::Date(Date { year, month, day, ..Date::default() });
        assert_eq!(compare(&date(Some(2013), None, None), &date(Some(2013), Some(8), None)), Compatible);
        assert_eq!(compare(&date(None, Some(4), Some(2)), &date(Some(2024), Some(4), Some(2))), Compatible);
        assert_eq!(compare(&date(Some(2013), Some(7), None), &date(Some(2013), Some(8), None)), Different);
        assert_eq!(compare(&date(Some(2013), None, None), &date(None, Some(8), Some(3))), Different);
    }

    #[test]
    fn time_is_compared_in_one_unit() {
        let last = |amount, unit| Value::Duration { amount, unit, qualifier: None };
        assert_eq!(compare(&last(2.0, Unit::Week), &last(14.0, Unit::Day)), Equal);
        assert_eq!(compare(&last(1.0, Unit::Month), &last(30.0, Unit::Day)), Different);
        let every = |amount, unit, ambiguous| Value::Frequency { amount, unit, ambiguous };
        assert_eq!(compare(&every(2.0, Unit::Week, false), &every(2.0, Unit::Week, true)), Equal);
        assert_eq!(compare(&every(0.5, Unit::Week, false), &every(2.0, Unit::Week, true)), Compatible);
        assert_eq!(compare(&every(1.0, Unit::Week, false), &every(2.0, Unit::Week, true)), Different);
    }
}
