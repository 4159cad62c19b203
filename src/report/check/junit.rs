//! JUnit XML, what build servers read: a suite a story, a case a pair of versions.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Alert, Checked, Pair, Story, Verdict, text};
use crate::report::layout::Style;
use crate::report::tmx::writable;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites").with_attribute(("name", env!("CARGO_PKG_NAME"))).write_inner_content(
        |xml| {
            checked.stories.iter().try_for_each(|story| suite(xml, story))?;
            own(xml, checked)
        },
    )?;
    writeln!(out)
}

fn suite<W: Write>(xml: &mut Writer<W>, story: &Story) -> io::Result<()> {
    let count = |verdict| story.pairs.iter().filter(|pair| pair.verdict() == verdict).count().to_string();
    let errors = usize::from(story.failed.is_some());
    xml.create_element("testsuite")
        .with_attribute(("name", writable(&story.name).as_str()))
        .with_attribute(("tests", (story.pairs.len() + errors).to_string().as_str()))
        .with_attribute(("failures", count(Verdict::Findings).as_str()))
        .with_attribute(("errors", errors.to_string().as_str()))
        .with_attribute(("skipped", count(Verdict::CannotTell).as_str()))
        .write_inner_content(|xml| {
            if let Some(why) = &story.failed {
                case(xml, &story.name, "story", |xml| element(xml, "error", "could not be checked", why))?;
            }
            story.pairs.iter().try_for_each(|pair| {
                let name = format!("{} against {}", pair.b, pair.a);
                case(xml, &story.name, &name, |xml| verdict(xml, pair))
            })
        })?;
    Ok(())
}

fn verdict<W: Write>(xml: &mut Writer<W>, pair: &Pair) -> io::Result<()> {
    let (new, known): (Vec<&Alert>, Vec<&Alert>) = pair.alerts.iter().partition(|alert| alert.is_new());
    match pair.verdict() {
        Verdict::Findings => element(xml, "failure", &format!("{} new", new.len()), &lines(&new, pair)?)?,
        Verdict::CannotTell => {
            xml.create_element("skipped")
                .with_attribute(("message", writable(pair.doubt.as_deref().unwrap_or_default()).as_str()))
                .write_empty()?;
        }
        Verdict::Clean | Verdict::Failed => {}
    }
    if !known.is_empty() {
        let lines = writable(&lines(&known, pair)?);
        xml.create_element("system-out").write_text_content(BytesText::new(&lines))?;
    }
    Ok(())
}

/// The findings as the text format has them.
fn lines(alerts: &[&Alert], pair: &Pair) -> io::Result<String> {
    let mut lines = Vec::new();
    let style = Style::colorless(usize::MAX);
    alerts.iter().try_for_each(|alert| text::line(alert, Some(pair), style, &mut lines))?;
    Ok(String::from_utf8_lossy(&lines).into_owned())
}

/// What is wrong with the corpus's own files, and what is to be known.
fn own<W: Write>(xml: &mut Writer<W>, checked: &Checked) -> io::Result<()> {
    if !checked.alerts.is_empty() {
        let count = checked.alerts.len().to_string();
        xml.create_element("testsuite")
            .with_attribute(("name", "suppressions"))
            .with_attribute(("tests", count.as_str()))
            .with_attribute(("failures", count.as_str()))
            .write_inner_content(|xml| {
                checked.alerts.iter().try_for_each(|alert| {
                    let place = format!("{}:{}", alert.at.path, alert.at.start.0);
                    case(xml, "suppressions", &place, |xml| {
                        element(xml, "failure", &alert.title(), &alert.message)
                    })
                })
            })?;
    }
    if !checked.notes.is_empty() {
        let notes = writable(&checked.notes.join("\n"));
        xml.create_element("system-out").write_text_content(BytesText::new(&notes))?;
    }
    Ok(())
}

fn case<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    name: &str,
    content: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element("testcase")
        .with_attribute(("classname", writable(class).as_str()))
        .with_attribute(("name", writable(name).as_str()))
        .write_inner_content(content)?;
    Ok(())
}

fn element<W: Write>(xml: &mut Writer<W>, name: &str, message: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .with_attribute(("message", writable(message).as_str()))
        .write_text_content(BytesText::new(&writable(text)))?;
    Ok(())
}
