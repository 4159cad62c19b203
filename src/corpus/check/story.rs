//! One story of a corpus by itself: its versions, the reference first.

use std::path::Path;

use super::config::{CorpusConfig, real_path};
use super::discover::{StoryFolder, find_stories};
use super::plan::StoryPlan;
use crate::divergence::Version;
use crate::error::{Error, ErrorKind, Result};

/// The versions of a story.
#[derive(Debug)]
pub struct StoryVersions {
    /// Display paths; the reference first, the others in the order of the manifest, then by name.
    pub paths: Vec<String>,
    /// The versions in the same order.
    pub versions: Vec<Version>,
}

/// Reads the story in a folder, as [`check_corpus`](super::check_corpus) finds it.
///
/// # Errors
/// [`ErrorKind::Corpus`] where the folder is no story, or holds several; as [`check_corpus`](super::check_corpus) where
/// a file of it cannot be read.
pub fn read_story(folder: &Path, config: &CorpusConfig) -> Result<StoryVersions> {
    let stories = find_stories(folder, config)?.stories;
    let root = real_path(folder)?;
    let Some(story_folder) = stories.iter().find(|story| story.real_path == root) else {
        return Err(no_story_error(folder, &stories));
    };
    let plan = StoryPlan::read_story(story_folder, config)?;
    let reference = plan.reference;
    let mut texts: Vec<_> =
        plan.texts.into_iter().map(|text| (text.display_path.clone(), text.into_version())).collect();
    texts[..=reference].rotate_right(1);
    let (paths, versions) = texts.into_iter().unzip();
    Ok(StoryVersions { paths, versions })
}

fn no_story_error(folder: &Path, below: &[StoryFolder]) -> Error {
    let display_path = folder.display();
    match below {
        [] => Error::new(ErrorKind::Corpus, format!("{display_path}: no story in it"))
            .with_advice("a story is a folder with two or more versions of one article"),
        [first, ..] => {
            Error::new(ErrorKind::Corpus, format!("{display_path}: holds stories, and is none itself"))
                .with_advice(format!("name one of its {}, such as {}", below.len(), first.display_path))
        }
    }
}
