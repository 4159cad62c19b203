//! The stories of a corpus: the folders in it with two or more versions.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::config::{CorpusConfig, real_path, slash_path};
use crate::corpus::manifest::{ARTICLE_ENDINGS, MANIFEST_FILE};
use crate::error::{Error, ErrorKind, Result};

/// A folder with two or more versions, or with a manifest.
#[derive(Debug)]
pub(super) struct StoryFolder {
    /// Display path, beginning with the corpus as the user named it.
    pub(super) display_path: String,
    /// The same with symbolic links resolved.
    pub(super) real_path: PathBuf,
    /// The names of the files in it that are articles, in order.
    pub(super) files: Vec<String>,
}

/// The stories of a corpus, and the articles that belong to none.
#[derive(Debug, Default)]
pub(super) struct DiscoveredStories {
    pub(super) stories: Vec<StoryFolder>,
    /// Articles that are alone in their folder.
    pub(super) lone_articles: Vec<String>,
}

/// Names of files that describe a folder and are no articles, without their endings.
const NON_STORY_NAMES: [&str; 6] = ["readme", "changelog", "contributing", "license", "licence", "security"];

/// Finds the stories of a corpus. Ignored files (`.gitignore`, `.ignore`), hidden files and symbolic links are no part
/// of it. The user's global git settings are not read, so that every machine finds the same stories.
pub(super) fn find_stories(corpus: &Path, config: &CorpusConfig) -> Result<DiscoveredStories> {
    let root = real_path(corpus)?;
    if !root.is_dir() {
        return Err(Error::new(ErrorKind::Corpus, format!("{}: is no folder", corpus.display()))
            .with_advice("name the folder of the corpus; claimdiff compare takes single files"));
    }
    let mut walk = WalkBuilder::new(&root);
    walk.git_global(false).git_exclude(false).require_git(false).sort_by_file_name(OsStr::cmp);
    let mut folders: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    let mut declared = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|e| {
            Error::new(ErrorKind::Corpus, format!("{}: cannot be looked through", corpus.display()))
                .with_cause(e)
                .with_advice("mend it, or leave it out with .gitignore or exclude in claimdiff.toml")
        })?;
        let path = entry.path();
        if !entry.file_type().is_some_and(|kind| kind.is_file())
            || config.excludes_path(&config.path_key(path), false)
        {
            continue;
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { continue };
        let name = name.to_string_lossy();
        if name == MANIFEST_FILE {
            declared.push(folder.to_owned());
            folders.entry(folder.to_owned()).or_default();
        } else if is_article(&name) {
            folders.entry(folder.to_owned()).or_default().push(name.into_owned());
        }
    }
    let mut discovered = DiscoveredStories::default();
    for (folder, files) in folders {
        let display_path = display_folder(corpus, &root, &folder);
        if files.len() >= 2 || declared.contains(&folder) {
            discovered.stories.push(StoryFolder { display_path, real_path: folder, files });
        } else {
            discovered.lone_articles.extend(files.iter().map(|name| join_display_path(&display_path, name)));
        }
    }
    Ok(discovered)
}

fn is_article(name: &str) -> bool {
    let path = Path::new(name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = path.extension().unwrap_or_default();
    ARTICLE_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        && !NON_STORY_NAMES.iter().any(|paper| stem == *paper || stem.starts_with(&format!("{paper}-")))
}

/// The display path of a folder, beginning with the corpus as the user named it.
fn display_folder(corpus: &Path, root: &Path, folder: &Path) -> String {
    let below = slash_path(folder.strip_prefix(root).unwrap_or(folder));
    let named = corpus.to_string_lossy();
    let named = named.trim_end_matches('/');
    match (named, below.as_str()) {
        (".", "") => ".".to_owned(),
        (".", below) => below.to_owned(),
        ("", below) => format!("/{below}"),
        (named, "") => named.to_owned(),
        (named, below) => format!("{named}/{below}"),
    }
}

/// The display path of a file in a folder.
pub(super) fn join_display_path(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{}/{name}", folder.trim_end_matches('/')) }
}
