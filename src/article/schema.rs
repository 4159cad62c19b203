//! The metadata of an article, and its schema.org vocabulary in pages and JSON files.

use serde_json::Value;

use crate::text::Lang;

/// The metadata of an article: what its file declares outside of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleMeta {
    /// Its title; a page's own title may hold the site's name too.
    pub title: Option<String>,
    /// Its author; several are joined by commas.
    pub author: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, as written in the file, whatever its time zone.
    pub published: Option<String>,
    /// The declared language. Templates at times declare a wrong one, so the language of the text comes first.
    pub lang: Option<Lang>,
}

/// Depth to which [`article_in`] searches; types of schema.org are nested some five deep.
const MAX_SCHEMA_DEPTH: usize = 8;

/// The first object of a type such as `NewsArticle` in a JSON-LD document.
pub(super) fn article_in(value: &Value) -> Option<&Value> {
    find_article(value, MAX_SCHEMA_DEPTH)
}

fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Object(object) => {
            if is_article(object.get("@type").or_else(|| object.get("type")))
                || object.contains_key("articleBody")
            {
                return Some(value);
            }
            object.values().find_map(|inner| find_article(inner, depth))
        }
        Value::Array(list) => list.iter().find_map(|inner| find_article(inner, depth)),
        _ => None,
    }
}

/// `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, ...
fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(name)) => is_article_type(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_article_type),
        _ => false,
    }
}

fn is_article_type(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("Posting") || name == "Report"
}

/// The metadata of an article object.
pub(super) fn read_meta(article: &Value) -> ArticleMeta {
    let mut authors = Vec::new();
    if let Some(author) = article.get("author").or_else(|| article.get("creator")) {
        collect_names(author, &mut authors);
    }
    ArticleMeta {
        title: text_value(article, "headline").or_else(|| text_value(article, "name")).map(str::to_owned),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        published: text_value(article, "datePublished")
            .or_else(|| text_value(article, "dateCreated"))
            .and_then(parse_day),
        lang: text_value(article, "inLanguage").and_then(|tag| tag.parse().ok()),
    }
}

/// A string of an object, trimmed; `None` where it is empty.
fn text_value<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty())
}

/// A name, an object with one, or a list of these.
fn collect_names(value: &Value, author_names: &mut Vec<String>) {
    match value {
        Value::String(name) if !name.starts_with("http") => author_names.push(name.trim().to_owned()),
        Value::Object(object) => {
            author_names.extend(object.get("name").and_then(Value::as_str).map(|n| n.trim().to_owned()));
        }
        Value::Array(list) => {
            for inner in list.iter().filter(|v| !v.is_array()) {
                collect_names(inner, author_names);
            }
        }
        _ => {}
    }
}

/// The day of an ISO 8601 date or an RFC 2822 date ("Thu, 14 Mar 2024 10:00:00 GMT"), as `YYYY-MM-DD`.
pub(super) fn parse_day(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let valid = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    if let Some(date) = text.get(..10)
        && let [year, month, day] = date.split('-').collect::<Vec<_>>()[..]
        && digits(year, 4)
        && digits(month, 2)
        && digits(day, 2)
    {
        return valid(month.parse().ok()?, day.parse().ok()?).then(|| date.to_owned());
    }
    // NITF and NewsML write "20240314T100000Z".
    if let Some(date) = text.get(..8).filter(|d| digits(d, 8)) {
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        return valid(month.parse().ok()?, day.parse().ok()?).then(|| format!("{year}-{month}-{day}"));
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| matches!(w.len(), 1 | 2) && w.bytes().all(|b| b.is_ascii_digit()))?;
    let month = words.get(at + 1)?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month)? as u32 + 1;
    let (day, year) = (words[at].parse().ok()?, words.get(at + 2).filter(|y| digits(y, 4))?);
    valid(month, day).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// Whether a text is JSON with an article in it.
pub(super) fn holds_article(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| article_in(&value).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_the_forms_of_files() {
        for (text, wanted) in [
            ("2024-03-14T10:00:00+01:00", Some("2024-03-14")),
            ("2024-03-14", Some("2024-03-14")),
            ("Thu, 14 Mar 2024 10:00:00 GMT", Some("2024-03-14")),
            ("4 Mar 2024 10:00 +0100", Some("2024-03-04")),
            ("20240314T100000Z", Some("2024-03-14")),
            ("2024-13-14", None),
            ("14. März 2024", None),
            ("yesterday", None),
            ("é2024-03-1", None),
        ] {
            assert_eq!(parse_day(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn an_article_among_other_things() {
        let page: Value = serde_json::from_str(
            r#"{"@graph": [{"@type": "WebSite", "name": "The Ferry Post"},
                {"@type": ["NewsArticle"], "headline": " Quay closed ", "inLanguage": "en-GB",
                 "datePublished": "2024-03-14T10:00:00Z", "author": [{"name": "Ina Roe"}, "Tom Bay"]}]}"#,
        )
        .unwrap();
        let meta = read_meta(article_in(&page).unwrap());
        assert_eq!(
            (meta.title.as_deref(), meta.author.as_deref(), meta.published.as_deref(), meta.lang),
            (Some("Quay closed"), Some("Ina Roe, Tom Bay"), Some("2024-03-14"), Some(Lang::EN))
        );
        assert_eq!(article_in(&serde_json::json!({"@type": "Recipe", "name": "Soup"})), None);
    }
}
