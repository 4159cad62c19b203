//! TBX-Basic (ISO 30042:2008 and 2019): the terms of each entry by language. All other elements are skipped.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::equivalents::{Glossary, GlossaryEntry};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

pub(super) fn parse_tbx(name: &str, text: &str) -> Result<Glossary> {
    let mut reader = Reader::from_str(text);
    let mut terms = TbxState::default();
    loop {
        let event = reader.read_event();
        let at = if event.is_err() { reader.error_position() } else { reader.buffer_position() };
        let wrong = |message: &str| {
            let line = 1 + text.get(..at as usize).unwrap_or(text).matches('\n').count();
            Error::new(ErrorKind::Input, format!("{name}: is no TBX, line {line}: {message}")).with_advice(
                "TBX-Basic has termEntry or conceptEntry, in it langSet or langSec with xml:lang, in it term",
            )
        };
        match event.map_err(|e| wrong(&e.to_string()))? {
            Event::Start(tag) => terms.open_element(&tag).map_err(|e| wrong(&e))?,
            Event::End(tag) => terms.close_element(tag.local_name().as_ref()),
            Event::Text(text) => terms.append_text(&text),
            Event::CData(text) => terms.append_text(&text),
            Event::GeneralRef(entity) => terms.append_text(&resolve_entity(&entity).map_err(|e| wrong(&e))?),
            Event::Eof if terms.depth > 0 => return Err(wrong("it ends inside an element")),
            Event::Eof if !terms.is_tbx => return Err(wrong("it is XML of another kind")),
            Event::Eof => return Ok(Glossary { terms: terms.finished_entries, ..Glossary::default() }),
            _ => {}
        }
    }
}

/// State of the parser.
#[derive(Default)]
struct TbxState {
    is_tbx: bool,
    depth: usize,
    finished_entries: Vec<GlossaryEntry>,
    entry: GlossaryEntry,
    lang: Option<Lang>,
    /// Text of the open `term` element.
    term: Option<String>,
}

impl TbxState {
    fn open_element(&mut self, tag: &BytesStart<'_>) -> std::result::Result<(), String> {
        self.depth += 1;
        match tag.local_name().as_ref() {
            "martif" | "tbx" if self.depth == 1 => self.is_tbx = true,
            "termEntry" | "conceptEntry" => self.entry = GlossaryEntry::new(),
            "langSet" | "langSec" => self.lang = Some(element_language(tag)?),
            "term" if self.lang.is_none() => return Err("a term has no language".to_owned()),
            "term" => self.term = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn close_element(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            "term" => {
                let term = self.term.take().unwrap_or_default();
                let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
                if let (Some(lang), true) = (self.lang, term.chars().any(char::is_alphanumeric)) {
                    self.entry.entry(lang.code().to_owned()).or_default().push(term);
                }
            }
            "langSet" | "langSec" => self.lang = None,
            "termEntry" | "conceptEntry" => {
                let entry = std::mem::take(&mut self.entry);
                // A single term has no equivalent.
                if entry.values().flatten().nth(1).is_some() {
                    self.finished_entries.push(entry);
                }
            }
            _ => {}
        }
    }

    fn append_text(&mut self, text: &str) {
        if let Some(term) = &mut self.term {
            term.push_str(text);
        }
    }
}

fn element_language(tag: &BytesStart<'_>) -> std::result::Result<Lang, String> {
    let attributes = tag.attributes().filter_map(std::result::Result::ok);
    let mut languages = attributes.filter(|a| matches!(a.key.as_ref(), "xml:lang" | "lang"));
    let Some(attribute) = languages.next() else {
        return Err("a language section has no xml:lang".to_owned());
    };
    attribute.value.parse()
}

/// The character of a reference. XML predefines five named ones; those that a file defines itself are an error.
fn resolve_entity(entity: &BytesRef<'_>) -> std::result::Result<String, String> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Ok(character.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(entity);
    known.map(str::to_owned).ok_or_else(|| format!("the entity &{}; is not known", &**entity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_of_the_form() {
        let old = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic"><text><body>
<termEntry id="c1"><descrip type="definition">people who use it</descrip>
<langSet xml:lang="en-GB"><tig><term>users</term></tig><tig><term>account <hi>holders</hi></term></tig></langSet>
<langSet xml:lang="de"><tig><term>Benutzer</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"#;
        let glossary = parse_tbx("g.tbx", old).unwrap();
        assert_eq!(glossary.terms.len(), 1);
        assert_eq!(glossary.terms[0]["en"], ["users", "account holders"]);
        assert_eq!(glossary.terms[0]["de"], ["Benutzer"]);
        let new = r#"<tbx style="dca" type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry><langSec xml:lang="en"><termSec><term>Procter &amp; Gamble</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>P&#38;G</term></termSec></langSec></conceptEntry></body></text></tbx>"#;
        let glossary = parse_tbx("g.tbx", new).unwrap();
        assert_eq!(
            (&glossary.terms[0]["en"][0], &glossary.terms[0]["fr"][0]),
            (&"Procter & Gamble".to_owned(), &"P&G".to_owned())
        );
    }

    #[test]
    fn an_error_names_its_line() {
        for (text, line, message) in [
            ("<tbx>\n<langSec>\n</langSec></tbx>", 2, "no xml:lang"),
            ("<tbx>\n\n<term>a</term></tbx>", 3, "has no language"),
            ("<tbx>\n<langSec xml:lang=\"english\"></langSec></tbx>", 2, "not a language tag"),
            ("<tbx>\n<langSec xml:lang=\"en\"><term>&bomb;</term></langSec></tbx>", 2, "&bomb; is not known"),
            ("<tbx>\n<text>\n</tbx>", 3, "expected `</text>`"),
            ("<tbx>\n<text>", 2, "ends inside"),
            ("<html>\n</html>", 2, "another kind"),
        ] {
            let error = parse_tbx("g.tbx", text).unwrap_err().to_string();
            assert!(
                error.contains(&format!("line {line}: ")) && error.contains(message),
                "{text:?}\n{error}"
            );
        }
    }
}
