//! The words of a language: its data file, parsed once, as phrases with what they mean.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::claims::value::{Currency, Part, Qualifier, Unit};
use crate::text::Lang;

/// What a word or phrase can mean; one word can have several senses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
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
    OrdinalNotAfter,
    OrdinalAfter,
    /// Behind a numerator: thirds.
    Denominator(f64),
    /// Without a numerator: half a million.
    Share(f64),
    Glue(Glue),
    Label,
    /// Looks like a value and is none.
    Silent,
    One(One),
    Month(u8),
    Weekday(u8),
    DateGlue(DateGlue),
    Part(Part),
    RelativeDay(i32),
    RelativeNext(i32),
    /// Behind its unit: la semaine dernière.
    RelativeAfter(i32),
    Time(f64, Unit),
    Frequency {
        every: f64,
        unit: Unit,
        ambiguous: bool,
    },
    Count(f64),
    Qualifier(Qualifier),
    QualifierAfter(Qualifier),
    /// Index into [`Lexicon::nouns`].
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
        of: Option<Currency>,
    },
    /// Two or three letters.
    Country([u8; 3]),
    /// Index into [`Lexicon::units`].
    Unit(u16),
}

/// Words that hold others together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Glue {
    Article,
    And,
    Of,
    The,
    Point,
    Minus,
    Over,
    Range,
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum One {
    Word,
    NotAfter,
    NotBefore,
}

/// Words around years and months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum DateGlue {
    BeforeYear,
    MonthAlone,
    DecadeSuffix,
    /// Only with a word for decades behind it: 1990er Jahre.
    DecadeAdjective,
    DecadeBefore,
    DecadeAfter,
}

/// How a language writes numbers and dates.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about a language")]
pub(super) struct Reading {
    /// The sign before decimals.
    pub(super) decimal: char,
    /// 3/4/2020 is the third of April.
    pub(super) day_first: bool,
    /// quatre-vingt-dix.
    pub(super) vigesimal: bool,
    /// einundzwanzig.
    pub(super) inverted_tens: bool,
    /// der 3. Platz.
    pub(super) ordinal_dot: bool,
    /// one third: the ordinal's word is also the fraction's.
    pub(super) ordinal_fractions: bool,
    /// Number words are written together.
    pub(super) compounds: bool,
    /// What `~` in a list stands for.
    endings: Vec<String>,
    /// Letters that count as others, so that spellings without accents are known.
    fold: HashMap<char, String>,
}

/// Key to spellings.
type Section = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct Data {
    reading: Reading,
    #[serde(flatten)]
    sections: BTreeMap<String, Section>,
}

#[derive(Deserialize)]
struct Currencies {
    nouns: BTreeMap<String, BTreeMap<String, String>>,
    subunits: BTreeMap<String, BTreeMap<String, f64>>,
    symbols: Section,
    codes: Section,
}

/// A phrase by its words after the first.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) rest: Box<[u32]>,
    pub(super) sense: Sense,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) reading: Reading,
    words: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    /// By number of the first word; number 0 is the unknown word.
    heads: Vec<Vec<Entry>>,
    /// Codes of each currency noun by country, `default` first where there is one.
    nouns: Vec<Vec<([u8; 3], Currency)>>,
    /// Canonical units.
    units: Vec<String>,
    /// The first two bytes of words that can begin a compound.
    starts: Vec<[u8; 2]>,
}

/// FNV-1a (Fowler, Noll, Vo 1991): for short words faster than the default; the table holds our own words alone, so
/// nobody can fill it with collisions.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

const DEFAULT: [u8; 3] = *b"---";

/// The languages that have data: one line each.
const FILES: [(Lang, &str); 3] = [
    (Lang::EN, include_str!("../lang/en.toml")),
    (Lang::DE, include_str!("../lang/de.toml")),
    (Lang::FR, include_str!("../lang/fr.toml")),
];

/// The words of `lang`, where there is data for it.
pub(super) fn of(lang: Lang) -> Option<&'static Lexicon> {
    static PARSED: [OnceLock<Lexicon>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let at = FILES.iter().position(|(l, _)| *l == lang)?;
    Some(PARSED[at].get_or_init(|| Lexicon::read(FILES[at].1)))
}

impl Lexicon {
    #[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each")]
    fn read(file: &str) -> Self {
        let data: Data = toml::from_str(file).expect("language data");
        let common: Currencies =
            toml::from_str(include_str!("../lang/currencies.toml")).expect("currency data");
        let mut new = Self {
            reading: data.reading,
            words: HashMap::with_capacity_and_hasher(4096, BuildHasherDefault::default()),
            heads: vec![Vec::new()],
            nouns: Vec::new(),
            units: Vec::new(),
            starts: Vec::new(),
        };
        let nouns: Vec<&String> = common.nouns.keys().collect();
        for codes in common.nouns.values() {
            new.nouns.push(codes.iter().map(|(c, code)| (country(c), currency(code))).collect());
        }
        for (section, lists) in &data.sections {
            for (key, phrases) in lists {
                let sense = match section.as_str() {
                    "currencies" => {
                        nouns.iter().position(|n| *n == key).map(|n| Sense::CurrencyNoun(n as u8))
                    }
                    "subunits" => {
                        common.subunits.get(key).and_then(|s| s.iter().next()).map(|(code, per)| {
                            Sense::Subunit { per: *per, of: (!code.is_empty()).then(|| currency(code)) }
                        })
                    }
                    "units" => {
                        new.units.push(key.clone());
                        Some(Sense::Unit((new.units.len() - 1) as u16))
                    }
                    _ => sense(section, key),
                };
                let sense = sense.unwrap_or_else(|| unreachable!("no sense for {section}.{key}"));
                for phrase in phrases {
                    new.add_with_endings(phrase, sense);
                }
            }
        }
        new.add_currencies(&common);
        new.starts = new.number_starts();
        for head in &mut new.heads {
            head.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        new
    }

    fn add_currencies(&mut self, common: &Currencies) {
        for (code, signs) in &common.symbols {
            for sign in signs {
                let code = currency(code);
                self.add(sign, Sense::CurrencyCode { code, symbol: true, capital: false, behind: false });
            }
        }
        let has = |list: &str, code: &str| common.codes[list].iter().any(|c| c == code);
        let of_nouns = common.nouns.values().flat_map(BTreeMap::values);
        for code in of_nouns.chain(&common.codes["more"]) {
            let sense = Sense::CurrencyCode {
                code: currency(if code == "RMB" || code == "CNH" { "CNY" } else { code }),
                symbol: false,
                capital: !has("small", code),
                behind: has("behind", code),
            };
            self.add(code, sense);
            // "usd$ 15", "$CAD 3": code and sign are one marker. Only the usual codes, which keeps the sign's list short.
            if has("small", code) {
                self.add(&format!("{code} $"), sense);
                self.add(&format!("$ {code}"), sense);
            }
        }
    }

    fn add_with_endings(&mut self, phrase: &str, sense: Sense) {
        if let Some((stem, rest)) = phrase.split_once('~').filter(|(stem, _)| !stem.is_empty()) {
            for ending in self.reading.endings.clone() {
                self.add(&format!("{stem}{ending}{rest}"), sense);
            }
        } else {
            self.add(phrase, sense);
        }
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let ids: Vec<u32> = self.pieces(phrase).into_iter().map(|word| self.intern(word)).collect();
        debug_assert!((1..=super::token::LONGEST_PHRASE).contains(&ids.len()), "{phrase:?}");
        if let Some((first, rest)) = ids.split_first()
            && !self.heads[*first as usize].iter().any(|e| e.sense == sense && *e.rest == *rest)
        {
            self.heads[*first as usize].push(Entry { rest: rest.into(), sense });
        }
    }

    /// The folded words and the signs of a phrase, cut as the scanner cuts the text.
    fn pieces(&self, phrase: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut word = String::new();
        for c in phrase.chars() {
            if c.is_alphabetic() {
                self.fold(c, &mut word);
                continue;
            }
            if !word.is_empty() {
                pieces.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                pieces.push(c.to_string());
            }
        }
        if !word.is_empty() {
            pieces.push(word);
        }
        pieces
    }

    fn intern(&mut self, word: String) -> u32 {
        let next = self.heads.len() as u32;
        let id = *self.words.entry(word.into()).or_insert(next);
        if id == next {
            self.heads.push(Vec::new());
        }
        id
    }

    /// The number of a folded word or of a sign, 0 where it is not known.
    pub(super) fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The phrases that begin with a word, longest first.
    pub(super) fn entries(&self, word: u32) -> &[Entry] {
        self.heads.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// The first one-word sense of a folded word that `wanted` accepts.
    pub(super) fn sense<T>(&self, folded: &str, wanted: impl Fn(Sense) -> Option<T>) -> Option<T> {
        let entries = self.entries(self.word(folded));
        entries.iter().filter(|e| e.rest.is_empty()).find_map(|e| wanted(e.sense))
    }

    /// Appends a letter as it counts for comparison.
    pub(super) fn fold(&self, c: char, to: &mut String) {
        if c.is_ascii() {
            to.push(c.to_ascii_lowercase());
            return;
        }
        for lower in c.to_lowercase() {
            match self.reading.fold.get(&lower) {
                Some(as_ascii) => to.push_str(as_ascii),
                None if lower == '\u{ad}' => {}
                None => to.push(lower),
            }
        }
    }

    /// The code of a currency noun, with its country where one is told.
    pub(super) fn noun_code(&self, noun: u8, country: Option<[u8; 3]>) -> Option<Currency> {
        let codes = &self.nouns[noun as usize];
        let of = |c: [u8; 3]| codes.iter().find(|(k, _)| *k == c).map(|(_, code)| *code);
        country.and_then(of).or_else(|| of(DEFAULT))
    }

    /// Whether the currency noun has a code of its own in that country.
    pub(super) fn noun_has(&self, noun: u8, country: [u8; 3]) -> bool {
        self.nouns[noun as usize].iter().any(|(c, _)| *c == country)
    }

    /// The currency whose cents a country's cents are.
    pub(super) fn subunit_of(&self, country: [u8; 3]) -> Option<Currency> {
        let codes = self.nouns.iter().find(|codes| codes.contains(&(DEFAULT, Currency(*b"USD"))))?;
        codes.iter().find(|(c, _)| *c == country).map(|(_, code)| *code)
    }

    fn number_starts(&self) -> Vec<[u8; 2]> {
        let number = |e: &Entry| {
            e.rest.is_empty()
                && matches!(e.sense, Sense::Cardinal(_) | Sense::Scale { bare: true, .. } | Sense::Ordinal(_))
        };
        let words = self.words.iter().filter(|(_, id)| self.entries(**id).iter().any(number));
        let mut starts: Vec<[u8; 2]> =
            words.filter_map(|(word, _)| word.as_bytes().first_chunk().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Whether a folded word begins as a number word does.
    pub(super) fn starts_number(&self, word: &str) -> bool {
        word.as_bytes().first_chunk().is_some_and(|two: &[u8; 2]| self.starts.binary_search(two).is_ok())
    }

    pub(super) fn unit(&self, at: u16) -> &str {
        &self.units[at as usize]
    }
}

fn currency(code: &str) -> Currency {
    Currency(code.as_bytes().try_into().unwrap_or(*b"XXX"))
}

fn country(code: &str) -> [u8; 3] {
    let mut letters = DEFAULT;
    if code != "default" {
        for (to, from) in letters.iter_mut().zip(code.bytes()) {
            *to = from;
        }
    }
    letters
}

fn sense(section: &str, key: &str) -> Option<Sense> {
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
        "ordinal_not" => Sense::OrdinalNotAfter,
        "ordinal_after" => Sense::OrdinalAfter,
        "denominators" => Sense::Denominator(number()?),
        "shares" => Sense::Share(number()?),
        "glue" => Sense::Glue(glue(key)?),
        "labels" => Sense::Label,
        "silent" => Sense::Silent,
        "one" => Sense::One(match key {
            "words" => One::Word,
            "not_after" => One::NotAfter,
            "not_before" => One::NotBefore,
            _ => return None,
        }),
        "months" => Sense::Month(key.parse().ok()?),
        "weekdays" => Sense::Weekday(key.parse().ok()?),
        "dates" => Sense::DateGlue(match key {
            "before_year" => DateGlue::BeforeYear,
            "month_alone" => DateGlue::MonthAlone,
            "decade_suffix" => DateGlue::DecadeSuffix,
            "decade_adjective" => DateGlue::DecadeAdjective,
            "decade_before" => DateGlue::DecadeBefore,
            "decade_after" => DateGlue::DecadeAfter,
            _ => return None,
        }),
        "parts" => Sense::Part(match key {
            "early" => Part::Early,
            "mid" => Part::Mid,
            "late" => Part::Late,
            _ => return None,
        }),
        "relative_days" => Sense::RelativeDay(key.parse().ok()?),
        "relative_after" => Sense::RelativeAfter(key.parse().ok()?),
        "relative_next" => Sense::RelativeNext(key.parse().ok()?),
        "times" => time(key).map(|(n, unit)| Sense::Time(n, unit))?,
        "frequencies" => time(key).map(|(every, unit)| Sense::Frequency { every, unit, ambiguous: false })?,
        "ambiguous_frequencies" => {
            time(key).map(|(every, unit)| Sense::Frequency { every, unit, ambiguous: true })?
        }
        "counts" => Sense::Count(number()?),
        "qualifiers" => Sense::Qualifier(qualifier(key)?),
        "qualifiers_after" => Sense::QualifierAfter(qualifier(key)?),
        "countries" => Sense::Country(country(key)),
        _ => return None,
    })
}

fn glue(key: &str) -> Option<Glue> {
    Some(match key {
        "article" => Glue::Article,
        "and" => Glue::And,
        "of" => Glue::Of,
        "the" => Glue::The,
        "point" => Glue::Point,
        "minus" => Glue::Minus,
        "over" => Glue::Over,
        "range" => Glue::Range,
        "percent" => Glue::Percent,
        "percentage_point" => Glue::PercentagePoint,
        "per" => Glue::Per,
        "every" => Glue::Every,
        "other" => Glue::Other,
        "times" => Glue::Times,
        "year" => Glue::Year,
        "clock" => Glue::Clock,
        "article_time" => Glue::ArticleTime,
        _ => return None,
    })
}

fn qualifier(key: &str) -> Option<Qualifier> {
    use Qualifier::{About, Almost, AtLeast, Over, Under, UpTo};
    [Over, AtLeast, About, Almost, UpTo, Under].into_iter().find(|q| q.name() == key)
}

/// Reads `2 week`.
fn time(key: &str) -> Option<(f64, Unit)> {
    use Unit::{Day, Hour, Minute, Month, Second, Week, Year};
    let (n, name) = key.split_once(' ')?;
    let unit = [Second, Minute, Hour, Day, Week, Month, Year].into_iter().find(|u| u.name() == name)?;
    Some((n.parse().ok()?, unit))
}
