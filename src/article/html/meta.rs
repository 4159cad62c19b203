//! The metadata of a page: JSON-LD, Open Graph and other `meta` elements, `title`, `lang`.

use serde_json::Value;

use super::super::schema::{self, ArticleMeta};

/// The metadata elements of a page, as they come.
#[derive(Debug, Default)]
pub(super) struct PageHead {
    linked: ArticleMeta,
    social_title: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    locale: Option<String>,
}

/// Names of `meta` elements for the day of publication.
const DATE_META_NAMES: [&str; 7] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
];

impl PageHead {
    /// A `meta` element.
    pub(super) fn add_meta(&mut self, name: &str, content: &str) {
        let name = name.to_ascii_lowercase();
        let slot = match name.as_str() {
            "og:title" | "twitter:title" => &mut self.social_title,
            "author" | "article:author" | "dc.creator" => &mut self.author,
            "og:locale" | "content-language" | "dc.language" => &mut self.locale,
            _ if DATE_META_NAMES.contains(&name.as_str()) => &mut self.date,
            _ => return,
        };
        // Some sites give the address of the author's page.
        if slot.is_none() && !content.trim().is_empty() && !content.starts_with("http") {
            *slot = Some(content.trim().to_owned());
        }
    }

    pub(super) fn add_title(&mut self, text: &str) {
        if self.title.is_none() && !text.trim().is_empty() {
            self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    pub(super) fn set_lang(&mut self, tag: &str) {
        self.lang = Some(tag.to_owned());
    }

    /// A `script` element with JSON-LD; one that is not JSON is ignored.
    pub(super) fn add_json_ld(&mut self, script: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(script)
            && let Some(article) = schema::article_in(&value)
        {
            self.linked = schema::read_meta(article);
        }
    }

    /// The titles in the metadata, the most reliable first.
    pub(super) fn page_titles(&self) -> impl Iterator<Item = &str> {
        [&self.linked.title, &self.social_title, &self.title].into_iter().flatten().map(String::as_str)
    }

    /// The metadata of the article; `time` is the first date that is marked in the page's text.
    pub(super) fn into_meta(self, time: Option<String>) -> ArticleMeta {
        let days = [self.date, time];
        let tags = [self.lang, self.locale];
        ArticleMeta {
            title: self.linked.title.or(self.social_title).or(self.title),
            author: self.linked.author.or(self.author),
            published: self
                .linked
                .published
                .or_else(|| days.iter().flatten().find_map(|day| schema::parse_day(day))),
            lang: self.linked.lang.or_else(|| tags.iter().flatten().find_map(|tag| tag.parse().ok())),
        }
    }
}
