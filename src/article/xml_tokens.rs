//! Tags, references and errors, as all readers of XML need them.
//!
//! Only the entities of XML itself (and `nbsp`) are expanded, so that no document grows while it is read.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart};

use crate::error::{Error, ErrorKind};

/// An attribute by its local name.
pub(super) fn attribute_value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut matching = tag.attributes().flatten().filter(|a| a.key.local_name().as_ref() == name);
    matching.next().map(|a| a.value.into_owned())
}

/// The character of a reference; one that XML does not define is kept as it is written.
pub(super) fn resolve_reference(inner: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(c)) = inner.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name = inner.xml10_content();
    match &*name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        other => format!("&{other};").into(),
    }
}

/// The error of a document that is not well-formed XML at byte `at`.
pub(super) fn malformed_error(at: u64, cause: quick_xml::Error) -> Error {
    Error::new(ErrorKind::Input, format!("not well-formed XML at byte {at}"))
        .with_advice("save the article as HTML or plain text")
        .with_cause(cause)
}
