//! JUnit XML, which build servers read: a suite for each story, a case for each pair of versions.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::alert_text::write_alert;
use crate::report::checked::{Alert, CheckVerdict, CheckedCorpus, CheckedPair, CheckedStory};
use crate::report::escape::strip_unwritable;
use crate::report::layout::Style;

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites").with_attribute(("name", env!("CARGO_PKG_NAME"))).write_inner_content(
        |xml| {
            checked.stories.iter().try_for_each(|story| write_suite(xml, story))?;
            write_corpus_alerts(xml, checked)
        },
    )?;
    writeln!(out)
}

fn write_suite<W: Write>(xml: &mut Writer<W>, story: &CheckedStory) -> io::Result<()> {
    let errors = usize::from(story.failed.is_some());
    xml.create_element("testsuite")
        .with_attribute(("name", strip_unwritable(&story.name).as_str()))
        .with_attribute(("tests", (story.pairs.len() + errors).to_string().as_str()))
        .with_attribute(("failures", count_verdict(story, CheckVerdict::Findings).as_str()))
        .with_attribute(("errors", errors.to_string().as_str()))
        .with_attribute(("skipped", count_verdict(story, CheckVerdict::Unclear).as_str()))
        .write_inner_content(|xml| {
            if let Some(why) = &story.failed {
                write_case(xml, &story.name, "story", |xml| {
                    write_element(xml, "error", "could not be checked", why)
                })?;
            }
            story.pairs.iter().try_for_each(|pair| {
                let name = format!("{} against {}", pair.b, pair.a);
                write_case(xml, &story.name, &name, |xml| write_verdict(xml, pair))
            })
        })?;
    Ok(())
}

fn count_verdict(story: &CheckedStory, verdict: CheckVerdict) -> String {
    story.pairs.iter().filter(|pair| pair.pair_verdict() == verdict).count().to_string()
}

fn write_verdict<W: Write>(xml: &mut Writer<W>, pair: &CheckedPair) -> io::Result<()> {
    let (new, known): (Vec<&Alert>, Vec<&Alert>) = pair.alerts.iter().partition(|alert| alert.is_new());
    match pair.pair_verdict() {
        CheckVerdict::Findings => {
            write_element(xml, "failure", &format!("{} new", new.len()), &alert_lines(&new, pair)?)?;
        }
        CheckVerdict::Unclear => {
            xml.create_element("skipped")
                .with_attribute((
                    "message",
                    strip_unwritable(pair.doubt.as_deref().unwrap_or_default()).as_str(),
                ))
                .write_empty()?;
        }
        CheckVerdict::Clean | CheckVerdict::Failed => {}
    }
    if !known.is_empty() {
        let lines = strip_unwritable(&alert_lines(&known, pair)?);
        xml.create_element("system-out").write_text_content(BytesText::new(&lines))?;
    }
    Ok(())
}

/// The findings on one line each, as in the text format.
fn alert_lines(alerts: &[&Alert], pair: &CheckedPair) -> io::Result<String> {
    let mut lines = Vec::new();
    let style = Style::without_color(usize::MAX);
    alerts.iter().try_for_each(|alert| write_alert(alert, Some(pair), style, &mut lines))?;
    Ok(String::from_utf8_lossy(&lines).into_owned())
}

/// The findings on the corpus's own files, and the notes.
fn write_corpus_alerts<W: Write>(xml: &mut Writer<W>, checked: &CheckedCorpus) -> io::Result<()> {
    if !checked.alerts.is_empty() {
        let count = checked.alerts.len().to_string();
        xml.create_element("testsuite")
            .with_attribute(("name", "suppressions"))
            .with_attribute(("tests", count.as_str()))
            .with_attribute(("failures", count.as_str()))
            .write_inner_content(|xml| {
                checked.alerts.iter().try_for_each(|alert| {
                    let place = format!("{}:{}", alert.at.path, alert.at.start.0);
                    write_case(xml, "suppressions", &place, |xml| {
                        write_element(xml, "failure", &alert.alert_title(), &alert.message)
                    })
                })
            })?;
    }
    if !checked.notes.is_empty() {
        let notes = strip_unwritable(&checked.notes.join("\n"));
        xml.create_element("system-out").write_text_content(BytesText::new(&notes))?;
    }
    Ok(())
}

fn write_case<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    name: &str,
    content: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element("testcase")
        .with_attribute(("classname", strip_unwritable(class).as_str()))
        .with_attribute(("name", strip_unwritable(name).as_str()))
        .write_inner_content(content)?;
    Ok(())
}

fn write_element<W: Write>(xml: &mut Writer<W>, name: &str, message: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .with_attribute(("message", strip_unwritable(message).as_str()))
        .write_text_content(BytesText::new(&strip_unwritable(text)))?;
    Ok(())
}
