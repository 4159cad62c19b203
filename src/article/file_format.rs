//! The format of a file: by its first characters, else by its name.

use super::schema;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileFormat {
    Plain,
    Markdown,
    Html,
    Xml,
    Json,
}

/// Bytes at the start that are examined: a page may begin with long comments.
const SNIFFED_BYTES: usize = 2048;

impl FileFormat {
    /// The format of a text; `name` is its file's.
    pub(super) fn detect_format(name: &str, text: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
        match extension {
            "md" | "markdown" | "mdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" | "jsonld" => Self::Json,
            _ => Self::sniff_content(text).unwrap_or(match extension {
                "xml" | "rss" | "atom" | "nitf" => Self::Xml,
                _ => Self::Plain,
            }),
        }
    }

    fn sniff_content(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with(['{', '[']) {
            return schema::holds_article(text).then_some(Self::Json);
        }
        let start = text[..text.floor_char_boundary(SNIFFED_BYTES)].to_ascii_lowercase();
        let declared = start.starts_with("<?xml");
        // Past comments and declarations before the first element.
        let mut rest = start.as_str();
        while let Some(inner) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?")) {
            let end = inner.find("-->").or_else(|| inner.find("?>"))?;
            rest = inner[end..].trim_start_matches(['-', '?', '>']).trim_start();
        }
        let page_tags = ["!doctype", "html", "head", "body", "meta", "title", "div", "article", "p", "h1"];
        if starts_with_tag(rest, &page_tags) {
            let foreign = rest.starts_with("<!doctype") && !rest[9..].trim_start().starts_with("html");
            return Some(if foreign { Self::Xml } else { Self::Html });
        }
        let known = ["rss", "feed", "rdf:rdf", "entry", "nitf", "newsitem", "newsmessage"];
        (declared || starts_with_tag(rest, &known)).then_some(Self::Xml)
    }
}

/// Whether a markup begins with a start tag of one of the names.
fn starts_with_tag(markup: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let after = markup.strip_prefix('<').and_then(|r| r.strip_prefix(name));
        after.is_some_and(|r| r.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_takes_precedence_over_the_name() {
        for (name, text, form) in [
            ("a.txt", "A town votes.", FileFormat::Plain),
            ("a.md", "<!doctype html>", FileFormat::Markdown),
            ("-", "\u{feff} <!DOCTYPE html><p>x", FileFormat::Html),
            ("-", "<!-- saved --><html lang=de>", FileFormat::Html),
            ("a.html", "no tags", FileFormat::Html),
            ("a.HTML.gz", "no tags", FileFormat::Html),
            ("-", "<?xml version=\"1.0\"?>\n<rss>", FileFormat::Xml),
            ("-", "<?xml version=\"1.0\"?><!DOCTYPE html><html>", FileFormat::Html),
            ("-", "<!DOCTYPE nitf SYSTEM \"x\"><nitf>", FileFormat::Xml),
            ("a.xml", "text", FileFormat::Xml),
            ("-", "{\"@type\": \"NewsArticle\", \"articleBody\": \"x\"}", FileFormat::Json),
            ("-", "{\"a\": 1}", FileFormat::Plain),
            ("-", "[1] said the mayor", FileFormat::Plain),
            ("-", "<b>, says the mayor, is no tag", FileFormat::Plain),
            ("-", "<3 is a heart", FileFormat::Plain),
        ] {
            assert_eq!(FileFormat::detect_format(name, text), form, "{name} {text}");
        }
    }
}
