use super::finding::{Kind, Place};
use super::pair::Pair;
use super::rules::{negations_that_do_not_match, times_without_their_day};
use crate::claims::{self, Value};
use crate::text::{Lang, Which};

/// Why it cannot be told whether two versions say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The other version is in a language without data, or in one that is not clear, so its claims are not read.
    Language(Lang),
    /// "Yesterday" against a date, where the day of the article is not known.
    Day,
    /// Both sides have a "not" and one has more of them, which can be a double negation or a clause turned.
    Negations,
}

impl Reason {
    /// The name used in machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Language(_) => "language",
            Self::Day => "day",
            Self::Negations => "negations",
        }
    }

    /// In words.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Language(lang) if lang.is_known() => format!("claims in the language {lang} are not read"),
            Self::Language(_) => "the language of the other version is not clear".to_owned(),
            Self::Day => "the day that the time is told from is not known".to_owned(),
            Self::Negations => "one side has more negations than the other".to_owned(),
        }
    }
}

/// A claim of which the evidence does not say whether the other version tells it too.
#[derive(Clone, Debug, PartialEq)]
pub struct Unclear {
    /// Of what kind.
    pub kind: Kind,
    /// Where in A, and where in B; one of them at least. A place on both sides is one that may tell the same.
    pub a: Option<Place>,
    /// See `a`.
    pub b: Option<Place>,
    /// Why.
    pub reason: Reason,
}

impl Unclear {
    /// One place, which stands in `which`.
    pub(super) fn of(kind: Kind, which: Which, own: Place, facing: Option<Place>, reason: Reason) -> Self {
        let (a, b) = if which == Which::A { (Some(own), facing) } else { (facing, Some(own)) };
        Self { kind, a, b, reason }
    }
}

/// What cannot be told of a pair, in the order of the texts.
pub(super) fn unclear(pair: &Pair<'_>) -> Vec<Unclear> {
    let mut all = unread(pair);
    if pair.is_read() {
        all.extend(times_without_their_day(pair));
        all.extend(negations_that_do_not_match(pair));
    }
    let at = |u: &Unclear| (u.a.as_ref().map(|p| p.span), u.b.as_ref().map(|p| p.span));
    all.sort_by(|x, y| at(x).cmp(&at(y)).then_with(|| (x.kind, x.reason).cmp(&(y.kind, y.reason))));
    all
}

/// The values and names of a version whose other version is not read.
fn unread(pair: &Pair<'_>) -> Vec<Unclear> {
    let sides = Which::BOTH.into_iter();
    let unread = sides.filter(|which| !pair.version(which.other()).is_read());
    unread
        .flat_map(|which| {
            let lang = pair.version(which.other()).article.lang;
            let claims = pair.version(which).claims.iter();
            claims.filter(|c| !matches!(c.claim.value, Value::Quote { .. })).map(move |stated| {
                let claims::Claim { kind, span, value, .. } = stated.claim.clone();
                let own = Place { sentence: stated.sentence, span, value: Some(value) };
                Unclear::of(Kind::of(kind), which, own, None, Reason::Language(lang))
            })
        })
        .collect()
}
