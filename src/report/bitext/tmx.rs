//! A translation memory: TMX 1.4b (LISA OSCAR 2005), which translation tools import.
//!
//! Only groups are translation units; an unaligned sentence is none. Sentences of a group are joined by a space.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::report::contents::{Bitext, BitextRow, BitextSide};
use crate::report::escape::strip_unwritable;
use crate::report::records::round_score;

/// Writes the groups of an alignment as a translation memory.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_tmx(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    let langs = [0, 1].map(|k| bitext.sides[k].lang.code());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::DocType(BytesText::from_escaped("tmx SYSTEM \"tmx14.dtd\"")))?;
    xml.create_element("tmx").with_attribute(("version", "1.4")).write_inner_content(|xml| {
        xml.create_element("header")
            .with_attribute(("creationtool", env!("CARGO_PKG_NAME")))
            .with_attribute(("creationtoolversion", env!("CARGO_PKG_VERSION")))
            .with_attribute(("segtype", "sentence"))
            .with_attribute(("o-tmf", "claimdiff"))
            .with_attribute(("adminlang", "en"))
            .with_attribute(("srclang", langs[0]))
            .with_attribute(("datatype", "plaintext"))
            .write_empty()?;
        xml.create_element("body").write_inner_content(|xml| {
            bitext.rows.iter().try_for_each(|row| write_unit(xml, bitext, row, langs))
        })?;
        Ok(())
    })?;
    writeln!(out)
}

fn write_unit<W: Write>(
    xml: &mut Writer<W>,
    bitext: &Bitext<'_>,
    row: &BitextRow,
    langs: [&str; 2],
) -> io::Result<()> {
    let Some(evidence) = row.evidence else { return Ok(()) };
    let strength = round_score(evidence.match_strength()).to_string();
    let segments = if row.a.len() + row.b.len() == 2 { "sentence" } else { "block" };
    xml.create_element("tu").with_attribute(("segtype", segments)).write_inner_content(|xml| {
        let property = xml.create_element("prop").with_attribute(("type", "x-claimdiff-strength"));
        property.write_text_content(BytesText::new(&strength))?;
        let property = xml.create_element("prop").with_attribute(("type", "x-claimdiff-relation"));
        property.write_text_content(BytesText::new(row.relation.name()))?;
        for ((side, sentences), lang) in bitext.sides.iter().zip([&row.a, &row.b]).zip(langs) {
            let text = segment_text(side, sentences);
            xml.create_element("tuv").with_attribute(("xml:lang", lang)).write_inner_content(|xml| {
                xml.create_element("seg").write_text_content(BytesText::new(&text))?;
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The sentences, with each run of white space as one space.
fn segment_text(side: &BitextSide<'_>, sentences: &[usize]) -> String {
    let words = sentences.iter().flat_map(|k| side.sentences[*k].split_whitespace());
    strip_unwritable(&words.collect::<Vec<_>>().join(" "))
}
