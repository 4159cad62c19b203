//! What sites print around an article: phrases as data, one file a language.
//!
//! All languages are asked at once: a machine-translated article often keeps the frame of the site it came from.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Role;

/// Add a language here.
const FILES: [&str; 3] =
    [include_str!("lang/en.toml"), include_str!("lang/de.toml"), include_str!("lang/fr.toml")];

/// A phrase stands in a frame line of this many characters or fewer; in longer ones it is what the article tells.
pub(super) const LONGEST: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: Vec<String>,
    dateline: Vec<String>,
    by: Vec<String>,
    counted: Vec<String>,
    biography: Vec<String>,
    contact: Vec<String>,
    credit: Vec<String>,
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    role: Named,
    reason: String,
    #[serde(default)]
    list: bool,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    inside: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Named {
    Boilerplate,
    Byline,
    Caption,
}

/// What a phrase says of the block it stands in.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    pub(super) role: Role,
    pub(super) reason: &'static str,
    /// It heads a list whose entries go with it.
    pub(super) list: bool,
}

/// All phrases, ready to be looked up.
#[derive(Default)]
pub(super) struct Cues {
    whole: HashMap<&'static str, Verdict>,
    start: Vec<(&'static str, Verdict)>,
    inside: Vec<(&'static str, Verdict)>,
    /// Month names and the other words of a date line.
    pub(super) months: HashSet<&'static str>,
    pub(super) dateline: HashSet<&'static str>,
    pub(super) by: Vec<&'static str>,
    pub(super) counted: HashSet<&'static str>,
    pub(super) biography: Vec<&'static str>,
    pub(super) contact: Vec<&'static str>,
    pub(super) credit: HashSet<&'static str>,
}

pub(super) fn cues() -> &'static Cues {
    static READ: LazyLock<Vec<File>> = LazyLock::new(|| {
        FILES.iter().map(|f| toml::from_str(f).expect("the tests read each language file")).collect()
    });
    static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(&READ));
    &CUES
}

impl Cues {
    fn new(files: &'static [File]) -> Self {
        let words = |list: &'static [String]| list.iter().map(String::as_str);
        let mut cues = Self::default();
        for file in files {
            cues.months.extend(words(&file.months));
            cues.dateline.extend(words(&file.dateline));
            cues.by.extend(words(&file.by));
            cues.counted.extend(words(&file.counted));
            cues.biography.extend(words(&file.biography));
            cues.contact.extend(words(&file.contact));
            cues.credit.extend(words(&file.credit));
            for cue in &file.cue {
                let role = match cue.role {
                    Named::Boilerplate => Role::Boilerplate,
                    Named::Byline => Role::Byline,
                    Named::Caption => Role::Caption,
                };
                let verdict = Verdict { role, reason: &cue.reason, list: cue.list };
                cues.whole.extend(words(&cue.whole).map(|w| (w, verdict)));
                cues.start.extend(words(&cue.start).map(|w| (w, verdict)));
                cues.inside.extend(words(&cue.inside).map(|w| (w, verdict)));
            }
        }
        cues
    }

    /// What the phrases say of a folded block.
    pub(super) fn verdict(&self, folded: &str) -> Option<Verdict> {
        let found = |list: &[(&'static str, Verdict)], test: &dyn Fn(&str) -> bool| {
            list.iter().find(|(phrase, _)| test(phrase)).map(|(_, verdict)| *verdict)
        };
        self.whole
            .get(folded)
            .copied()
            .or_else(|| found(&self.start, &|phrase| folded.starts_with(phrase)))
            .or_else(|| found(&self.inside, &|phrase| folded.contains(phrase)))
    }
}
