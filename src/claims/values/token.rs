//! One pass over the text: words, digit runs and signs, each word looked up once.

use super::compound;
use super::lexicon::{LONGEST_PHRASE, Sense, ValueLexicon};
use crate::claims::value::TimeUnit;
use crate::text::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenForm {
    Word,
    Digits,
    /// One character that is neither letter nor digit.
    Sign,
    /// A web or mail address, a handle, a hashtag: no claim is read inside.
    Address,
    /// An empty line or a tabulator: no claim spans it.
    Break,
}

/// A piece of the text; 16 bytes, because a hostile text has millions.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueToken {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Number of the folded word in the lexicon, 0 where it is unknown; from [`FIRST_COMPOUND_ID`] on, an entry of
    /// [`TokenizedText::compounds`].
    pub(super) word_id: u32,
    pub(super) form: TokenForm,
    /// Without whitespace before it.
    pub(super) glued: bool,
    /// The first letter is a capital.
    pub(super) title: bool,
    /// All letters are capitals.
    pub(super) upper: bool,
}

/// First word number of compounds that the scan read (`zweihundertdrei`).
const FIRST_COMPOUND_ID: u32 = 1 << 30;

/// A text as tokens, with the lexicon of its language.
pub(super) struct TokenizedText<'a> {
    pub(super) source: &'a str,
    pub(super) lex: &'static ValueLexicon,
    pub(super) tokens: Vec<ValueToken>,
    /// Senses of the compounds, by word number above [`FIRST_COMPOUND_ID`].
    compounds: Vec<Sense>,
    /// Number of lexicon look-ups: the work that a test bounds.
    #[cfg(test)]
    pub(super) looks: std::cell::Cell<usize>,
}

impl<'a> TokenizedText<'a> {
    pub(super) fn new(text: &'a str, lex: &'static ValueLexicon) -> Self {
        let mut scanned = Self {
            source: text,
            lex,
            tokens: Vec::new(),
            compounds: Vec::new(),
            #[cfg(test)]
            looks: std::cell::Cell::default(),
        };
        scanned.scan_tokens();
        scanned
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn form_at(&self, at: usize) -> Option<TokenForm> {
        self.tokens.get(at).map(|t| t.form)
    }

    /// The token's text as written.
    pub(super) fn text_at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| &self.source[t.start as usize..t.end as usize])
    }

    /// Whether token `at` exists and follows the one before it without whitespace.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| t.glued)
    }

    /// Whether token `at` is the sign `sign`.
    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.form == TokenForm::Sign)
            && self.text_at(at).chars().next().is_some_and(|c| c == sign)
    }

    /// Whether token `at` is a hyphen or a dash used as one.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.form == TokenForm::Sign)
            && matches!(self.text_at(at), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2212}")
    }

    /// The bytes of tokens `from..to`.
    pub(super) fn token_span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].start as usize, self.tokens[to - 1].end as usize)
    }

    /// The first sense at `at` that `wanted` accepts, longest phrase first, and the token after it.
    pub(super) fn sense_at<T>(&self, at: usize, wanted: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        let token = self.tokens.get(at)?;
        if token.word_id >= FIRST_COMPOUND_ID {
            return wanted(self.compounds[(token.word_id - FIRST_COMPOUND_ID) as usize]).map(|v| (v, at + 1));
        }
        for entry in self.lex.phrase_entries(token.word_id) {
            let fits = entry
                .rest
                .iter()
                .enumerate()
                .all(|(k, id)| self.tokens.get(at + 1 + k).is_some_and(|t| t.word_id == *id));
            if fits && let Some(value) = wanted(entry.sense) {
                return Some((value, at + 1 + entry.rest.len()));
            }
        }
        None
    }

    /// Whether a phrase at `at` has a sense that `wanted` accepts.
    pub(super) fn has_sense(&self, at: usize, wanted: impl Fn(Sense) -> bool) -> bool {
        self.sense_at(at, |s| wanted(s).then_some(())).is_some()
    }

    /// Whether a phrase that ends right before `at` has a sense that `wanted` accepts.
    pub(super) fn has_sense_before(&self, at: usize, wanted: impl Fn(Sense) -> bool) -> bool {
        self.sense_before(at, |s| wanted(s).then_some(())).is_some()
    }

    /// A number word at `at`, and the token after it.
    pub(super) fn cardinal_at(&self, at: usize) -> Option<(f64, usize)> {
        self.sense_at(at, |s| if let Sense::Cardinal(n) = s { Some(n) } else { None })
    }

    /// A time unit at `at` with its multiple (a decade is 10 years), and the token after it.
    pub(super) fn time_unit_at(&self, at: usize) -> Option<((f64, TimeUnit), usize)> {
        self.sense_at(at, |s| if let Sense::Time(n, unit) = s { Some((n, unit)) } else { None })
    }

    /// The end of a phrase at `at` that has exactly the sense `sense`.
    pub(super) fn sense_end(&self, at: usize, sense: Sense) -> Option<usize> {
        self.sense_at(at, |s| (s == sense).then_some(())).map(|((), end)| end)
    }

    /// The sense that `wanted` accepts of a phrase that ends right before `at`, longest phrase first.
    pub(super) fn sense_before<T>(&self, at: usize, wanted: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.sense_before_at(at, wanted).map(|(value, _)| value)
    }

    /// As [`Self::sense_before`], with the first token of the phrase.
    pub(super) fn sense_before_at<T>(
        &self,
        at: usize,
        wanted: impl Fn(Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        (1..=LONGEST_PHRASE.min(at)).rev().find_map(|back| {
            // Entries are sorted by length; a shorter phrase that begins at the same token may end here too.
            let start = at - back;
            self.lex
                .phrase_entries(self.tokens[start].word_id)
                .iter()
                .filter(|e| e.rest.len() + 1 == back)
                .filter(|e| {
                    e.rest.iter().enumerate().all(|(k, id)| self.tokens[start + 1 + k].word_id == *id)
                })
                .find_map(|e| wanted(e.sense))
                .map(|value| (value, start))
        })
    }

    /// Whether token `at` begins a sentence, judged by the sign before it.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || matches!(self.text_at(at - 1), "." | "!" | "?" | ":" | "\"" | "“" | "„" | "«" | "")
    }

    /// Whether two capitalised words inside a sentence begin a name: Third Reich, Zweite Bundesliga, Ve République.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        let first_two = self.tokens.get(at..at + 2);
        first_two.is_some_and(|pair| pair.iter().all(|t| t.title)) && !self.starts_sentence(at)
    }

    /// Whether nothing but punctuation or the end follows.
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        !matches!(self.form_at(at), Some(TokenForm::Word | TokenForm::Digits))
    }

    fn scan_tokens(&mut self) {
        let text = self.source;
        let mut folded = String::new();
        let mut at = 0;
        let mut glued = true;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let (c, next) = char_at(text, at);
            if c.is_whitespace() || c == '\0' {
                let (end, breaks) = blank_end(text, at);
                if breaks {
                    self.push_token(at, at, TokenForm::Break, false);
                }
                at = end;
                glued = false;
                continue;
            }
            if !glued || at == 0 {
                let end = chunk_end(text, at);
                if is_address(&text[at..end]) {
                    self.push_token(at, end, TokenForm::Address, glued);
                    at = end;
                    glued = true;
                    continue;
                }
            }
            if c.is_ascii_digit() {
                let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                self.push_token(at, end, TokenForm::Digits, glued);
                at = end;
            } else if c.is_alphabetic() {
                folded.clear();
                let end = self.scan_word(at, &mut folded);
                self.push_token(at, end, TokenForm::Word, glued);
                self.look_up_word(&folded);
                at = end;
            } else {
                self.push_token(at, next, TokenForm::Sign, glued);
                let word = self.lex.word_id(&text[at..next]);
                if let Some(token) = self.tokens.last_mut() {
                    token.word_id = word;
                }
                at = next;
            }
            glued = true;
        }
    }

    fn push_token(&mut self, start: usize, end: usize, form: TokenForm, glued: bool) {
        let (mut title, mut upper) = (false, false);
        if form == TokenForm::Word {
            let mut letters = self.source[start..end].chars();
            title = letters.next().is_some_and(char::is_uppercase);
            upper = title && !letters.any(char::is_lowercase);
        }
        self.tokens.push(ValueToken {
            start: start as u32,
            end: end as u32,
            word_id: 0,
            form,
            glued,
            title,
            upper,
        });
    }

    /// Appends the word at `at` to `folded`, and returns its end.
    fn scan_word(&self, at: usize, folded: &mut String) -> usize {
        let mut end = at;
        for c in self.source[at..].chars() {
            let joins = c.is_alphabetic() || is_combining(c) || c == '\u{ad}';
            if !joins {
                break;
            }
            self.lex.fold_char(c, folded);
            end += c.len_utf8();
        }
        end
    }

    fn look_up_word(&mut self, folded: &str) {
        let mut word = self.lex.word_id(folded);
        if word == 0
            && self.lex.style.compounds
            && let Some(sense) = compound::parse_compound(folded, self.lex)
        {
            word = FIRST_COMPOUND_ID + self.compounds.len() as u32;
            self.compounds.push(sense);
        }
        if let Some(token) = self.tokens.last_mut() {
            token.word_id = word;
        }
    }
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 128 {
        return (byte as char, at + 1);
    }
    let c = text[at..].chars().next().unwrap_or('\0');
    (c, at + c.len_utf8())
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The end of a run of whitespace, and whether it separates paragraphs or columns.
fn blank_end(text: &str, at: usize) -> (usize, bool) {
    let (mut end, mut lines, mut tabs) = (at, 0, 0);
    for c in text[at..].chars() {
        match c {
            '\n' | '\u{2028}' => lines += 1,
            '\t' | '\0' | '\u{2029}' => tabs += 1,
            c if c.is_whitespace() => {}
            _ => break,
        }
        end += c.len_utf8();
    }
    (end, lines > 1 || tabs > 0)
}

fn chunk_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| c == ' ' || c.is_whitespace()).map_or(text.len(), |n| at + n)
}

/// Whether the text between two blanks is a web or mail address, a handle or a hashtag.
fn is_address(chunk: &str) -> bool {
    if !chunk.bytes().any(|b| matches!(b, b'@' | b':' | b'#' | b'.')) {
        return false;
    }
    let inner = chunk.trim_start_matches(['(', '<', '"', '\'', '[']);
    let mut letters = inner.bytes();
    match letters.next() {
        Some(b'@' | b'#') if letters.next().is_some_and(|b| b.is_ascii_alphabetic()) => return true,
        None => return false,
        _ => {}
    }
    inner.starts_with("www.")
        || inner.contains("://")
        || inner
            .split_once('@')
            .is_some_and(|(user, host)| user.ends_with(|c: char| c.is_alphanumeric()) && host.contains('.'))
}
