//! Sums of number words.

use super::lexicon::NumberStyle;

/// A number word by word: after `two million three hundred` a number under a hundred may follow.
#[derive(Clone)]
pub(super) struct NumberSum<'a> {
    style: &'a NumberStyle,
    /// The value up to the last scale from a thousand on.
    total: f64,
    /// The value after it.
    current: f64,
    /// The last scale: the next must be smaller, or multiplies everything.
    limit: f64,
    empty: bool,
}

impl<'a> NumberSum<'a> {
    pub(super) fn new(style: &'a NumberStyle) -> Self {
        Self { style, total: 0.0, current: 0.0, limit: f64::INFINITY, empty: true }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    pub(super) fn total_value(&self) -> f64 {
        self.total + self.current
    }

    /// The value after the last scale.
    pub(super) fn tail_value(&self) -> f64 {
        self.current
    }

    /// The last scale from a thousand on, where no number word came after it.
    pub(super) fn open_scale(&self) -> Option<f64> {
        (self.current == 0.0 && self.limit.is_finite()).then_some(self.limit)
    }

    /// Starts with a number in digits.
    pub(super) fn start_with(&mut self, n: f64) {
        self.current = n;
        self.empty = false;
    }

    /// Adds a word such as seven, twenty, or a compound such as dreihundertzwei; false where it does not fit.
    pub(super) fn add_word(&mut self, n: f64, and: bool) -> bool {
        if self.empty {
            self.current = n;
            self.empty = false;
            return !and;
        }
        let tail = self.current % 100.0;
        let fits =
            if n == 0.0 || self.current.fract() != 0.0 || self.current == 0.0 && self.limit.is_infinite() {
                false
            } else if and && self.style.inverted_tens && (1.0..10.0).contains(&tail) {
                (20.0..100.0).contains(&n) && n % 10.0 == 0.0
            } else if self.style.vigesimal && fits_vigesimal(n, tail) {
                if tail == 4.0 {
                    self.current += 76.0;
                    return true;
                }
                true
            } else if and && self.style.vigesimal {
                (tail >= 20.0 && tail % 10.0 == 0.0 && n == 1.0) || (self.current == 0.0 && n < self.limit)
            } else if and {
                tail == 0.0 && n < self.room_left()
            } else {
                n < self.room_left()
            };
        if fits {
            self.current += n;
        }
        fits
    }

    /// The limit under which the next word must be.
    fn room_left(&self) -> f64 {
        let free = if self.current == 0.0 {
            f64::INFINITY
        } else if self.current % 1000.0 == 0.0 {
            1000.0
        } else if self.current % 100.0 == 0.0 {
            100.0
        } else if self.current % 10.0 == 0.0 && self.current % 100.0 >= 20.0 {
            10.0
        } else {
            0.0
        };
        free.min(self.limit)
    }

    /// Multiplies by hundred, thousand, dozen; false where it does not fit.
    pub(super) fn apply_scale(&mut self, times: f64) -> bool {
        if times < 1000.0 {
            if self.current >= 1000.0
                || times >= self.limit
                || (self.current >= 100.0 && times == 100.0 && self.total > 0.0)
            {
                return false;
            }
            self.current = if self.current == 0.0 { times } else { self.current * times };
        } else if times < self.limit {
            let n = if self.current == 0.0 { 1.0 } else { self.current };
            if self.total > 0.0 && self.current == 0.0 {
                return false;
            }
            self.total += n * times;
            self.current = 0.0;
            self.limit = times;
        } else if self.total > 0.0 && times > self.limit {
            self.total = self.total_value() * times;
            self.current = 0.0;
            self.limit = times;
        } else {
            return false;
        }
        self.empty = false;
        true
    }

    /// The whole as an ordinal that ends in `n` (twenty + first); `None` where it does not fit.
    pub(super) fn finish_ordinal(mut self, n: f64, and: bool) -> Option<f64> {
        let fits = if n >= 100.0 && !self.empty { self.apply_scale(n) } else { self.add_word(n, and) };
        (fits && n > 0.0).then(|| self.total_value())
    }
}

/// quatre-vingt, soixante-dix, quatre-vingt-onze, dix-sept.
fn fits_vigesimal(n: f64, tail: f64) -> bool {
    (tail == 4.0 && n == 20.0)
        || ((tail == 60.0 || tail == 80.0) && (10.0..20.0).contains(&n))
        || ([10.0, 70.0, 90.0].contains(&tail) && (7.0..10.0).contains(&n))
}
