//! Suppressions: findings that somebody accepted.

use std::path::Path;

use super::path_globs::PathGlobs;
use crate::claims::Date;
use crate::corpus::manifest::Suppression;
use crate::error::{Error, ErrorKind, Result};

/// A valid suppression.
#[derive(Debug)]
pub(super) struct SuppressionRule {
    pub(super) id: String,
    pub(super) reason: String,
    pub(super) author: String,
    pub(super) expires: Option<Date>,
    /// The file of the suppression.
    pub(super) file: String,
    /// Line and column of the id in that file, from 1.
    pub(super) id_position: (usize, usize),
    files: Option<PathGlobs>,
}

impl SuppressionRule {
    /// Checks a suppression of `file`, whose text is `source` and whose paths are relative to `folder`.
    pub(super) fn new(written: Suppression, file: &str, source: &str, folder: &Path) -> Result<Self> {
        let wrong = |what: &str, advice: &str| {
            Err(Error::new(ErrorKind::Corpus, format!("{file}: the suppression of {:?} {what}", written.id))
                .with_advice(advice.to_owned()))
        };
        let is_id = (4..=12).contains(&written.id.len())
            && written.id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_id {
            return wrong("has no id", "write 4 to 12 of the digits 0-9 and a-f that claimdiff check prints");
        }
        if written.reason.trim().is_empty() {
            return wrong("has no reason", "say why the difference is acceptable");
        }
        if written.author.trim().is_empty() {
            return wrong("has no author", "say who decided it");
        }
        let expires = match written.expires.as_deref().map(str::parse) {
            None => None,
            Some(Ok(day)) => Some(day),
            Some(Err(form)) => return wrong("does not expire on a day", form),
        };
        let files = if written.files.is_empty() {
            None
        } else {
            Some(PathGlobs::new(folder, written.files.clone(), file)?)
        };
        let id_position = find_id_position(source, &written.id);
        Ok(Self {
            id: written.id,
            reason: written.reason,
            author: written.author,
            expires,
            file: file.to_owned(),
            id_position,
            files,
        })
    }

    /// Whether it applies to the finding with this id in the version at this path.
    pub(super) fn applies_to(&self, id: &str, path: &str) -> bool {
        id.starts_with(&self.id) && self.files.as_ref().is_none_or(|files| files.matches_path(path, false))
    }

    /// Whether its last day is before `today`.
    pub(super) fn has_expired(&self, today: &Date) -> bool {
        self.expires.is_some_and(|day| calendar_key(&day) < calendar_key(today))
    }
}

/// Sort key of complete dates.
pub(super) fn calendar_key(date: &Date) -> (Option<i32>, Option<u8>, Option<u8>) {
    (date.year, date.month, date.day)
}

/// Line and column of an id in a file, from 1; (1, 1) where it is not found.
fn find_id_position(source: &str, id: &str) -> (usize, usize) {
    let quoted = format!("\"{id}\"");
    let mut lines = source.lines().enumerate();
    let position = lines.find_map(|(k, line)| Some((k + 1, line[..line.find(&quoted)?].chars().count() + 1)));
    position.unwrap_or((1, 1))
}
