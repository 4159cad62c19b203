//! Cue phrases of the boilerplate, bylines and captions around an article: data, one file a language.
//!
//! All languages are asked at once: a machine-translated article often keeps the frame of the site it came from.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::block::Role;
use super::line_text::ends_sentence;
use crate::lang::LANGUAGES;
use crate::text::Lang;

/// Longest line, in characters, in which a phrase is a cue; in longer ones it is part of the article.
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

/// The role of a block by a cue phrase in it.
#[derive(Clone, Copy)]
pub(super) struct CueVerdict {
    pub(super) role: Role,
    pub(super) reason: &'static str,
    /// It heads a list; the entries have the same role.
    pub(super) list: bool,
    /// It heads a thread of comments, or is part of one.
    pub(super) thread: bool,
    /// Pages close with it.
    pub(super) end: bool,
}

/// All phrases, ready to be looked up.
#[derive(Default)]
pub(super) struct FrameCues {
    by_whole_line: HashMap<&'static str, CueVerdict>,
    /// By their first character: there are hundreds.
    by_line_start: PhrasesByFirstChar,
    by_title_start: PhrasesByFirstChar,
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
    /// The language of each common word that is unique to one language.
    pub(super) common: HashMap<&'static str, Lang>,
}

/// The cues of all languages.
pub(super) fn frame_cues() -> &'static FrameCues {
    static FRAME_FILES: LazyLock<Vec<(Lang, FrameFile)>> = LazyLock::new(|| {
        LANGUAGES.iter().map(|language| (language.tag, parse_frame_file(language.frame))).collect()
    });
    static CUES: LazyLock<FrameCues> = LazyLock::new(|| FrameCues::new(&FRAME_FILES));
    &CUES
}

impl FrameCues {
    fn new(files: &'static [(Lang, FrameFile)]) -> Self {
        let mut cues = Self::default();
        for (lang, file) in files {
            cues.common.extend(as_phrases(&file.common).map(|word| (word, *lang)));
            cues.months.extend(as_phrases(&file.months));
            cues.dateline.extend(as_phrases(&file.dateline));
            cues.by.extend(as_phrases(&file.by));
            cues.counted.extend(as_phrases(&file.counted));
            cues.biography.extend(as_phrases(&file.biography));
            cues.contact.extend(as_phrases(&file.contact));
            cues.follow.extend(as_phrases(&file.follow));
            cues.credit.extend(as_phrases(&file.credit));
            cues.name_particles.extend(as_phrases(&file.name_particles));
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
                cues.by_whole_line.extend(as_phrases(&cue.whole).map(|w| (w, verdict)));
                for (list, into) in
                    [(&cue.start, &mut cues.by_line_start), (&cue.title, &mut cues.by_title_start)]
                {
                    for phrase in as_phrases(list) {
                        into.entry(first_char(phrase)).or_default().push((phrase, verdict));
                    }
                }
                cues.anywhere_in_line.extend(as_phrases(&cue.inside).map(|w| (w, verdict)));
            }
        }
        cues
    }

    /// The verdict of the first phrase that a block matches, `folded` and as written.
    pub(super) fn match_cue(&self, folded: &str, text: &str) -> Option<CueVerdict> {
        // "Comments (14)", "4 min read"
        let uncounted = folded.trim_matches(|c: char| c.is_ascii_digit() || " (:".contains(c));
        self.by_whole_line
            .get(folded)
            .or_else(|| self.by_whole_line.get(uncounted))
            .copied()
            .or_else(|| match_start(&self.by_line_start, folded))
            .or_else(|| if ends_sentence(text) { None } else { match_start(&self.by_title_start, folded) })
            .or_else(|| {
                self.anywhere_in_line
                    .iter()
                    .find(|(phrase, _)| folded.contains(phrase))
                    .map(|(_, verdict)| *verdict)
            })
    }
}

type PhrasesByFirstChar = HashMap<char, Vec<(&'static str, CueVerdict)>>;

/// The verdict of the first phrase that a folded text begins with.
fn match_start(phrases: &PhrasesByFirstChar, folded: &str) -> Option<CueVerdict> {
    let list = phrases.get(&first_char(folded))?;
    list.iter().find(|(phrase, _)| folded.starts_with(phrase)).map(|(_, verdict)| *verdict)
}

fn parse_frame_file(source: &str) -> FrameFile {
    toml::from_str(source).expect("the tests read each language file")
}

fn as_phrases(list: &'static [String]) -> impl Iterator<Item = &'static str> {
    list.iter().map(String::as_str)
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}
