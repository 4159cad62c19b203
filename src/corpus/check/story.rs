//! One story of a corpus by itself: its versions, the reference first.

use std::path::Path;

use super::config::{Config, real};
use super::find::{Folder, find};
use super::plan::Plan;
use crate::divergence::Version;
use crate::error::{Error, ErrorKind, Result};

/// The versions of a story.
#[derive(Debug)]
pub struct Versions {
    /// Their paths as people see them; the reference first, the others in the order of the manifest, then by name.
    pub paths: Vec<String>,
    /// What they tell, in the same order.
    pub versions: Vec<Version>,
}

/// Reads the story in a folder, as [`check`](super::check) finds it.
///
/// # Errors
/// [`ErrorKind::Corpus`] where the folder is no story, or holds several; as [`check`](super::check) where a file of it
/// cannot be read.
pub fn versions(folder: &Path, config: &Config) -> Result<Versions> {
    let stories = find(folder, config)?.stories;
    let root = real(folder)?;
    let Some(found) = stories.iter().find(|story| story.real == root) else {
        return Err(no_story(folder, &stories));
    };
    let plan = Plan::read(found, config)?;
    let reference = plan.reference;
    let mut texts: Vec<_> =
        plan.texts.into_iter().map(|text| (text.shown.clone(), text.into_version())).collect();
    texts[..=reference].rotate_right(1);
    let (paths, versions) = texts.into_iter().unzip();
    Ok(Versions { paths, versions })
}

fn no_story(folder: &Path, below: &[Folder]) -> Error {
    let shown = folder.display();
    match below {
        [] => Error::new(ErrorKind::Corpus, format!("{shown}: no story in it"))
            .advise("a story is a folder with two or more versions of one article"),
        [first, ..] => Error::new(ErrorKind::Corpus, format!("{shown}: holds stories, and is none itself"))
            .advise(format!("name one of its {}, such as {}", below.len(), first.shown)),
    }
}
