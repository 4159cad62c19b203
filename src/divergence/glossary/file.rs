//! The TOML form of a glossary.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::equivalents::{ANY, GLOSSARY_VERSION, Glossary, GlossaryEntry, UnitConversion};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    #[expect(dead_code, reason = "it is checked while it is read")]
    version: FileVersion,
    #[serde(default)]
    rounding: CheckedShare,
    #[serde(default)]
    term: Vec<CheckedEntry>,
    #[serde(default)]
    name: Vec<CheckedEntry>,
    #[serde(default)]
    unit: Vec<CheckedUnit>,
}

/// The glossary as it is written.
#[derive(Serialize)]
struct GlossaryOutput<'a> {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<f64>,
    #[serde(skip_serializing_if = "<[GlossaryEntry]>::is_empty")]
    name: &'a [GlossaryEntry],
    #[serde(skip_serializing_if = "<[GlossaryEntry]>::is_empty")]
    term: &'a [GlossaryEntry],
    #[serde(skip_serializing_if = "<[UnitConversion]>::is_empty")]
    unit: &'a [UnitConversion],
}

/// The version of the file, checked while it is parsed, so that the TOML parser adds the line to the error.
struct FileVersion;

impl<'de> Deserialize<'de> for FileVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        match u32::deserialize(from)? {
            GLOSSARY_VERSION => Ok(Self),
            other => Err(D::Error::custom(format!(
                "version {other} is not known, write version = {GLOSSARY_VERSION}"
            ))),
        }
    }
}

/// A share, 0 to 0.5.
#[derive(Default)]
struct CheckedShare(f64);

impl<'de> Deserialize<'de> for CheckedShare {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let share = f64::deserialize(from)?;
        if (0.0..=0.5).contains(&share) {
            Ok(Self(share))
        } else {
            Err(D::Error::custom(format!("{share} is no share from 0 to 0.5")))
        }
    }
}

struct CheckedUnit(UnitConversion);

impl<'de> Deserialize<'de> for CheckedUnit {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let unit = UnitConversion::deserialize(from)?;
        if !(unit.rate.is_finite() && unit.rate > 0.0) {
            return Err(D::Error::custom(format!("rate {} is not above 0", unit.rate)));
        }
        if !(0.0..=0.5).contains(&unit.tolerance) {
            return Err(D::Error::custom(format!("tolerance {} is no share from 0 to 0.5", unit.tolerance)));
        }
        Ok(Self(unit))
    }
}

struct CheckedEntry(GlossaryEntry);

impl<'de> Deserialize<'de> for CheckedEntry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let read: BTreeMap<String, FormList> = BTreeMap::deserialize(from)?;
        let mut entry = GlossaryEntry::new();
        for (lang, FormList(words)) in read {
            let code =
                if lang == ANY { ANY.to_owned() } else { language_code(&lang).map_err(D::Error::custom)? };
            entry.entry(code).or_default().extend(words);
        }
        if entry.values().flatten().nth(1).is_none() {
            return Err(D::Error::custom("one form alone has no equivalent, write two or more"));
        }
        Ok(Self(entry))
    }
}

fn language_code(lang: &str) -> std::result::Result<String, String> {
    let known = lang.parse::<Lang>();
    known.map(|lang| lang.code().to_owned()).map_err(|e| format!("{e}, or any for a form of all languages"))
}

/// One form or several.
struct FormList(Vec<String>);

impl<'de> Deserialize<'de> for FormList {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_any(FormListVisitor)
    }
}

struct FormListVisitor;

impl<'de> Visitor<'de> for FormListVisitor {
    type Value = FormList;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a form, or a list of forms")
    }

    fn visit_str<E: serde::de::Error>(self, form: &str) -> std::result::Result<FormList, E> {
        check_form(form).map(|form| FormList(vec![form]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<FormList, A::Error> {
        let mut words = Vec::new();
        while let Some(form) = list.next_element::<String>()? {
            words.push(check_form(&form)?);
        }
        Ok(FormList(words))
    }
}

fn check_form<E: serde::de::Error>(form: &str) -> std::result::Result<String, E> {
    if form.chars().any(char::is_alphanumeric) {
        Ok(form.trim().to_owned())
    } else {
        Err(E::custom(format!("{form:?} is no word")))
    }
}

pub(super) fn parse_toml(name: &str, text: &str) -> Result<Glossary> {
    let file: GlossaryFile = toml::from_str(text).map_err(|e| {
        Error::new(ErrorKind::Input, format!("{name}: is no glossary"))
            .with_advice("write version = 1, then for each term [[term]] with lines such as en = [\"users\", \"customers\"]")
            .with_cause(e)
    })?;
    Ok(Glossary {
        terms: unwrap_entries(file.term),
        names: unwrap_entries(file.name),
        units: file.unit.into_iter().map(|CheckedUnit(unit)| unit).collect(),
        rounding: file.rounding.0,
    })
}

fn unwrap_entries(checked: Vec<CheckedEntry>) -> Vec<GlossaryEntry> {
    checked.into_iter().map(|CheckedEntry(entry)| entry).collect()
}

pub(super) fn write_toml(glossary: &Glossary) -> String {
    let written = GlossaryOutput {
        version: GLOSSARY_VERSION,
        rounding: (glossary.rounding > 0.0).then_some(glossary.rounding),
        name: &glossary.names,
        term: &glossary.terms,
        unit: &glossary.units,
    };
    toml::to_string(&written).expect("strings, numbers and lists of them have a form in TOML")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
version = 1
rounding = 0.01

[[name]]
any = ["Facebook", "Fb"]

[[term]]
en = ["users", "customers"]
de-CH = "Benutzer"

[[unit]]
from = "NOK"
to = "EUR"
rate = 0.085
"#;

    #[test]
    fn what_is_written_is_read_again() {
        let glossary = parse_toml("g.toml", WHOLE).unwrap();
        assert_eq!(glossary.terms[0]["de"], ["Benutzer"]);
        assert_eq!(glossary.names[0][ANY], ["Facebook", "Fb"]);
        assert!((glossary.units[0].tolerance - 0.02).abs() < 1e-9);
        assert_eq!(parse_toml("g.toml", &write_toml(&glossary)).unwrap(), glossary);
        let odd = Glossary {
            names: vec![GlossaryEntry::from([(
                "en".to_owned(),
                vec!["a\"\n\u{7f}".to_owned(), "b".to_owned()],
            )])],
            ..Glossary::default()
        };
        assert_eq!(parse_toml("g.toml", &write_toml(&odd)).unwrap(), odd);
    }

    #[test]
    fn an_error_names_its_line() {
        for (text, line, message) in [
            ("", 1, "missing field `version`"),
            ("version = 2\n", 1, "version 2 is not known"),
            ("version = 1\nrounding = 3.0\n", 2, "3 is no share"),
            ("version = 1\n[[term]]\nen = \"one\"\n", 2, "one form alone"),
            ("version = 1\n[[term]]\nenglish = [\"one\", \"two\"]\n", 2, "\"english\" is not a language tag"),
            ("version = 1\n[[term]]\nen = [\"one\", 2]\n", 3, "invalid type: integer"),
            ("version = 1\n[[term]]\nen = [\"one\", \"--\"]\n", 3, "\"--\" is no word"),
            ("version = 1\n\n[[unit]]\nfrom = \"NOK\"\nto = \"EUR\"\nrate = 0\n", 3, "rate"),
            ("version = 1\n[[terms]]\n", 2, "unknown field `terms`"),
            ("version = 1\n[[term\n", 2, "unclosed"),
        ] {
            let error = parse_toml("g.toml", text).unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert!(error.to_string().contains("g.toml: is no glossary") && error.advice_text().is_some());
            assert!(cause.contains(message) && cause.contains(&format!("line {line}")), "{text:?}\n{cause}");
        }
    }
}
