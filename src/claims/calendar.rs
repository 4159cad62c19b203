//! Day numbers of the proleptic Gregorian calendar.

use std::str::FromStr;

use super::value::Date;

/// Days in 400 years.
const ERA_DAYS: i64 = 146_097;

impl Date {
    /// The date, where the day exists.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let date = Self { year: Some(year), month: Some(month), day: Some(day), ..Self::default() };
        (1..=days).contains(&day).then_some(date)
    }

    /// The weekday, 1 (Monday) to 7; `None` where the date is not whole.
    #[must_use]
    pub fn iso_weekday(&self) -> Option<u8> {
        Some((self.epoch_days()? + 3).rem_euclid(7) as u8 + 1)
    }

    /// Days since 1970-01-01, after Hinnant, "chrono-Compatible Low-Level Date Algorithms", in which years begin in March;
    /// `None` where the date is not whole.
    pub(super) fn epoch_days(&self) -> Option<i64> {
        let (month, day) = (i64::from(self.month?), i64::from(self.day?));
        let year = i64::from(self.year?) - i64::from(month <= 2);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let of_era = year.rem_euclid(400);
        Some(year.div_euclid(400) * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The date `days` after 1970-01-01; `None` where the year does not fit.
    #[must_use]
    pub fn from_epoch_days(days: i64) -> Option<Self> {
        let days = days + 719_468;
        let of_era = days.rem_euclid(ERA_DAYS);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = (shifted + 2) % 12 + 1;
        let year = year + days.div_euclid(ERA_DAYS) * 400 + i64::from(month <= 2);
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        Self::new(i32::try_from(year).ok()?, month as u8, day as u8)
    }
}

impl FromStr for Date {
    type Err = &'static str;

    /// Reads `2013-08-05`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let mut next_part =
            |digits| parts.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()));
        let (year, month, day) = (next_part(4), next_part(2), next_part(2));
        year.zip(month)
            .zip(day)
            .filter(|_| parts.next().is_none())
            .and_then(|((y, m), d)| Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?))
            .ok_or("a date is written YYYY-MM-DD")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_round_trip() {
        for days in (-800_000..800_000).step_by(17) {
            assert_eq!(Date::from_epoch_days(days).unwrap().epoch_days(), Some(days));
        }
        let day: Date = "2024-04-02".parse().unwrap();
        assert_eq!(day.iso_weekday(), Some(2));
        assert_eq!(Date::from_epoch_days(day.epoch_days().unwrap() - 33), "2024-02-29".parse().ok());
        for wrong in ["2023-02-29", "2023-2-1", "2023-02", "2023-02-01-1", "+023-02-01", ""] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }
}
