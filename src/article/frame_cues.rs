//! What sites print around an article: phrases as data, one file a language.
//!
//! All languages are asked at once: a machine-translated article often keeps the frame of the site it came from.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Role;
use super::lines::ends_sentence;
use crate::lang::LANGUAGES;
use crate::text::Lang;

/// A phrase stands in a frame line of this many characters or fewer; in longer ones it is what the article tells.
pub(super) const MAX_CUE_LINE: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    common: Vec<String>,
    months: Vec<String>,
    dateline: Vec<String>,
    by: Vec<String>,
    counted: Vec<String>,
    biography: Vec<String>,
    contact: Vec<String>,
    follow: Vec<String>,
    credit: Vec<String>,
    name_particles: Vec<String>,
    cue: Vec<FrameFileCue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFileCue {
    role: CueRole,
    reason: String,
    #[serde(default)]
    list: bool,
    #[serde(default)]
    thread: bool,
    #[serde(default)]
    end: bool,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    inside: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CueRole {
    Boilerplate,
    Byline,
    Caption,
}

/// What a phrase says of the block it stands in.
#[derive(Clone, Copy)]
pub(super) struct CueVerdict {
    pub(super) role: Role,
    pub(super) reason: &'static str,
    /// It heads a list whose entries go with it.
    pub(super) list: bool,
    /// It heads a thread of comments, or stands in one.
    pub(super) thread: bool,
    /// Pages close with it.
    pub(super) end: bool,
}

/// All phrases, ready to be looked up.
#[derive(Default)]
pub(super) struct FrameCues {
    by_whole_line: HashMap<&'static str, CueVerdict>,
    /// By their first character: there are hundreds.
    by_line_start: HashMap<char, Vec<(&'static str, CueVerdict)>>,
    by_title_start: HashMap<char, Vec<(&'static str, CueVerdict)>>,
    anywhere_in_line: Vec<(&'static str, CueVerdict)>,
    /// Month names and the other words of a date line.
    pub(super) months: HashSet<&'static str>,
    pub(super) dateline: HashSet<&'static str>,
    pub(super) by: Vec<&'static str>,
    pub(super) counted: HashSet<&'static str>,
    pub(super) biography: Vec<&'static str>,
    pub(super) contact: Vec<&'static str>,
    pub(super) follow: Vec<&'static str>,
    pub(super) credit: HashSet<&'static str>,
    /// Small words inside the name of an author.
    pub(super) name_particles: HashSet<&'static str>,
    /// The language of each common word that one language alone has.
    pub(super) common: HashMap<&'static str, Lang>,
}

pub(super) fn frame_cues() -> &'static FrameCues {
    static FRAME_FILES: LazyLock<Vec<(Lang, FrameFile)>> = LazyLock::new(|| {
        let read = |source| toml::from_str(source).expect("the tests read each language file");
        LANGUAGES.iter().map(|language| (language.tag, read(language.frame))).collect()
    });
    static CUES: LazyLock<FrameCues> = LazyLock::new(|| FrameCues::new(&FRAME_FILES));
    &CUES
}

impl FrameCues {
    fn new(files: &'static [(Lang, FrameFile)]) -> Self {
        let words = |list: &'static [String]| list.iter().map(String::as_str);
        let mut cues = Self::default();
        for (lang, file) in files {
            cues.common.extend(words(&file.common).map(|word| (word, *lang)));
            cues.months.extend(words(&file.months));
            cues.dateline.extend(words(&file.dateline));
            cues.by.extend(words(&file.by));
            cues.counted.extend(words(&file.counted));
            cues.biography.extend(words(&file.biography));
            cues.contact.extend(words(&file.contact));
            cues.follow.extend(words(&file.follow));
            cues.credit.extend(words(&file.credit));
            cues.name_particles.extend(words(&file.name_particles));
            for cue in &file.cue {
                let role = match cue.role {
                    CueRole::Boilerplate => Role::Boilerplate,
                    CueRole::Byline => Role::Byline,
                    CueRole::Caption => Role::Caption,
                };
                let verdict = CueVerdict {
                    role,
                    reason: &cue.reason,
                    list: cue.list,
                    thread: cue.thread,
                    end: cue.end,
                };
                cues.by_whole_line.extend(words(&cue.whole).map(|w| (w, verdict)));
                for (list, into) in
                    [(&cue.start, &mut cues.by_line_start), (&cue.title, &mut cues.by_title_start)]
                {
                    for phrase in words(list) {
                        into.entry(first_char(phrase)).or_default().push((phrase, verdict));
                    }
                }
                cues.anywhere_in_line.extend(words(&cue.inside).map(|w| (w, verdict)));
            }
        }
        cues
    }

    /// What the phrases say of a block, `folded` and as it stands.
    pub(super) fn match_cue(&self, folded: &str, text: &str) -> Option<CueVerdict> {
        let starts = |lists: &HashMap<char, Vec<(&'static str, CueVerdict)>>| {
            let list = lists.get(&first_char(folded))?;
            list.iter().find(|(phrase, _)| folded.starts_with(phrase)).map(|(_, verdict)| *verdict)
        };
        let inside =
            || self.anywhere_in_line.iter().find(|(phrase, _)| folded.contains(phrase)).map(|(_, v)| *v);
        // "Comments (14)", "4 min read"
        let uncounted = folded.trim_matches(|c: char| c.is_ascii_digit() || " (:".contains(c));
        self.by_whole_line
            .get(folded)
            .or_else(|| self.by_whole_line.get(uncounted))
            .copied()
            .or_else(|| starts(&self.by_line_start))
            .or_else(|| if ends_sentence(text) { None } else { starts(&self.by_title_start) })
            .or_else(inside)
    }
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}
