//! What a page says of itself: JSON-LD, Open Graph and other `meta` elements, `title`, `lang`.

use serde_json::Value;

use super::super::schema::{self, Meta};

#[derive(Debug, Default)]
pub(super) struct Head {
    linked: Meta,
    social_title: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    locale: Option<String>,
}

/// Names of `meta` elements for the day of publication.
const DATES: [&str; 7] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
];

impl Head {
    /// A `meta` element.
    pub(super) fn meta(&mut self, name: &str, content: &str) {
        let name = name.to_ascii_lowercase();
        let slot = match name.as_str() {
            "og:title" | "twitter:title" => &mut self.social_title,
            "author" | "article:author" | "dc.creator" => &mut self.author,
            "og:locale" | "content-language" | "dc.language" => &mut self.locale,
            _ if DATES.contains(&name.as_str()) => &mut self.date,
            _ => return,
        };
        // Some sites give the address of the author's page.
        if slot.is_none() && !content.trim().is_empty() && !content.starts_with("http") {
            *slot = Some(content.trim().to_owned());
        }
    }

    pub(super) fn title(&mut self, text: &str) {
        if self.title.is_none() && !text.trim().is_empty() {
            self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    pub(super) fn lang(&mut self, tag: &str) {
        self.lang = Some(tag.to_owned());
    }

    /// A `script` element with JSON-LD; one that is no JSON says nothing.
    pub(super) fn json_ld(&mut self, script: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(script)
            && let Some(article) = schema::article_in(&value)
        {
            self.linked = schema::meta(article);
        }
    }

    /// The titles that the page gives itself, the surest first.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        [&self.linked.title, &self.social_title, &self.title].into_iter().flatten().map(String::as_str)
    }

    /// All of it; `time` is the first date that the page's text is marked with.
    pub(super) fn finish(self, time: Option<String>) -> Meta {
        let lang = |tag: Option<String>| tag.and_then(|t| t.parse().ok());
        let day = |text: Option<String>| text.and_then(|t| schema::day(&t));
        Meta {
            title: self.linked.title.or(self.social_title).or(self.title),
            author: self.linked.author.or(self.author),
            published: self.linked.published.or_else(|| day(self.date)).or_else(|| day(time)),
            lang: self.linked.lang.or_else(|| lang(self.lang)).or_else(|| lang(self.locale)),
        }
    }
}
