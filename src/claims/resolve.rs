//! Resolution of relative times, given the publication day.

use super::value::{Claim, Date, TimeUnit, Value};
use super::values::extract_values;
use crate::article::{Article, Role};

/// Replaces relative times in `claims` by dates, given the publication `day`: yesterday, last year, two months ago,
/// last Tuesday, and 2 April as the nearest one.
/// Unchanged are weeks, which have no [`Date`], weekdays without a side, and offsets with a qualifier; and all where
/// `day` is not whole.
pub fn resolve_dates(claims: &mut [Claim], day: &Date) {
    for claim in claims {
        let date = match claim.value {
            Value::Relative { offset, unit, qualifier: None } => shift_date(day, offset, unit),
            Value::Weekday { day: wanted, side: Some(side) } => resolve_weekday(day, wanted, side),
            Value::Date(Date { year: None, month: Some(month), day: Some(of), .. }) => {
                nearest_date(day, month, of)
            }
            _ => None,
        };
        if let Some(date) = date {
            claim.value = Value::Date(date);
        }
    }
}

/// The publication day of an article: that of its metadata, else the first whole date in its bylines.
#[must_use]
pub fn published_date(article: &Article) -> Option<Date> {
    if let Some(day) = article.meta.published.as_deref().and_then(|day| day.parse().ok()) {
        return Some(day);
    }
    let lines = article.blocks.iter().filter(|block| block.role == Role::Byline);
    let mut claims = lines.flat_map(|block| extract_values(block.span.slice(&article.text), article.lang));
    claims.find_map(|claim| match claim.value {
        Value::Date(date) if date.iso_weekday().is_some() => Some(date),
        _ => None,
    })
}

fn shift_date(day: &Date, offset: f64, unit: TimeUnit) -> Option<Date> {
    // A thousand years are more than any text means.
    let units = (offset.fract() == 0.0 && offset.abs() <= 366_000.0).then_some(offset as i64)?;
    let days = day.epoch_days()?;
    match unit {
        TimeUnit::Day => Date::from_epoch_days(days + units),
        TimeUnit::Month => {
            let months = i64::from(day.year?) * 12 + i64::from(day.month?) - 1 + units;
            let year = i32::try_from(months.div_euclid(12)).ok()?;
            Some(Date { year: Some(year), month: Some(months.rem_euclid(12) as u8 + 1), ..Date::default() })
        }
        TimeUnit::Year => {
            Some(Date { year: Some(i32::try_from(i64::from(day.year?) + units).ok()?), ..Date::default() })
        }
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Week => None,
    }
}

/// The date with this month and day that is nearest to `day`: the usual meaning of a date without a year.
fn nearest_date(day: &Date, month: u8, of: u8) -> Option<Date> {
    let (days, year) = (day.epoch_days()?, day.year?);
    let all = (year - 1..=year + 1).filter_map(|year| Date::new(year, month, of));
    all.min_by_key(|date| date.epoch_days().map_or(i64::MAX, |d| (d - days).abs()))
}

/// The last such weekday before `day`, the next after it, or that of the same week, by the sign of `side`.
fn resolve_weekday(day: &Date, wanted: u8, side: i8) -> Option<Date> {
    let (days, own) = (day.epoch_days()?, i64::from(day.iso_weekday()?));
    let on = i64::from(wanted) - own;
    Date::from_epoch_days(
        days + match side {
            ..0 => on.rem_euclid(7) - 7,
            0 => on,
            _ => (on - 1).rem_euclid(7) + 1,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn resolved_date(text: &str, lang: Lang) -> String {
        let mut claims = extract_values(text, lang);
        // A Thursday.
        resolve_dates(&mut claims, &Date::new(2024, 3, 14).unwrap());
        let date =
            claims.iter().find_map(|c| if let Value::Date(date) = c.value { Some(date) } else { None });
        date.map(|d| d.to_string()).unwrap_or_default()
    }

    #[test]
    fn relative_times_become_dates() {
        for (text, lang, date) in [
            ("It closed yesterday.", Lang::EN, "2024-03-13"),
            ("Das war letztes Jahr so.", Lang::DE, "2023"),
            ("C'était il y a deux ans.", Lang::FR, "2022"),
            ("Vor drei Monaten begann der Bau.", Lang::DE, "2023-12"),
            ("It opened last Tuesday.", Lang::EN, "2024-03-12"),
            ("It opened last Thursday.", Lang::EN, "2024-03-07"),
            ("Jeudi prochain, on vote.", Lang::FR, "2024-03-21"),
            ("Am kommenden Montag wird gewählt.", Lang::DE, "2024-03-18"),
            ("Er stirbt am 30. Dezember.", Lang::DE, "2023-12-30"),
            ("Le 2 avril, on vote.", Lang::FR, "2024-04-02"),
            ("It was a 29 February.", Lang::EN, "2024-02-29"),
            ("It ended more than two years ago.", Lang::EN, ""),
            ("It opened last week, on a Tuesday.", Lang::EN, ""),
        ] {
            assert_eq!(resolved_date(text, lang), date, "{text}");
        }
    }
}
