//! Patterns of paths.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::error::{Error, ErrorKind, Result};

/// Patterns of paths in the form of `.gitignore`, relative to the folder of the configuration.
#[derive(Debug)]
pub(super) struct PathGlobs {
    pub(super) patterns: Vec<String>,
    matcher: Gitignore,
}

impl PathGlobs {
    pub(super) fn new(folder: &Path, written: Vec<String>, at: &str) -> Result<Self> {
        let mut builder = GitignoreBuilder::new(folder);
        for glob in &written {
            builder.add_line(None, glob).map_err(|e| pattern_error(at, glob, e))?;
        }
        let matcher = builder.build().map_err(|e| pattern_error(at, &written.join(" "), e))?;
        Ok(Self { patterns: written, matcher })
    }

    /// Whether a path relative to the configuration's folder matches, by itself or through a folder above it.
    pub(super) fn matches_path(&self, path: &str, is_folder: bool) -> bool {
        self.matcher.matched_path_or_any_parents(path, is_folder).is_ignore()
    }
}

fn pattern_error(at: &str, pattern: &str, cause: ignore::Error) -> Error {
    Error::new(ErrorKind::Corpus, format!("{at}: {pattern:?} is no pattern of paths")).with_cause(cause)
}
