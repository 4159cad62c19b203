//! A comment on a pull request.

use std::io::{self, Write};

use super::{Alert, Checked, Pair, State, Verdict, text};
use crate::report::comment::{Comment, plain};

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut comment = Comment::new(&text::summary(checked));
    for (story, why) in checked.failures() {
        comment.add(&format!("\n- **failed** {}: {}\n", plain(&story.name), plain(why)));
    }
    for pair in checked.pairs().filter(|pair| pair.verdict() == Verdict::CannotTell) {
        let doubt = pair.doubt.as_deref().unwrap_or_default();
        comment.add(&format!("\n- **cannot tell** {}: {}\n", plain(&pair.b), plain(doubt)));
    }
    for pair in checked.pairs() {
        table(&mut comment, pair, Alert::is_new);
    }
    for alert in &checked.alerts {
        let place = format!("{}:{}", alert.at.path, alert.at.start.0);
        comment.add(&format!("\n- {}: {}\n", plain(&place), plain(&alert.message)));
    }
    for note in &checked.notes {
        comment.add(&format!("\n- note: {}\n", plain(note)));
    }
    if checked.alerts().any(|alert| alert.state != State::New) {
        comment.folded("Known", |comment| {
            checked.pairs().for_each(|pair| table(comment, pair, |alert| !alert.is_new()));
        });
    }
    comment.write("claimdiff check", out)
}

fn table(comment: &mut Comment, pair: &Pair, wanted: impl Fn(&Alert) -> bool) {
    let head = format!(
        "\n**{}** against {}, divergence {:.2}\n\n| severity | what | line | | id |\n|---|---|---|---|---|\n",
        plain(&pair.b),
        plain(&pair.a),
        pair.scores.divergence
    );
    let rows = pair.alerts.iter().filter(|alert| wanted(alert)).map(|alert| {
        let reason = match (&alert.reason, alert.state) {
            (_, State::New) => String::new(),
            (None, state) => format!(" _{}_", state.name()),
            (Some(reason), state) => format!(" _{}: {}_", state.name(), plain(reason)),
        };
        format!(
            "| {} | {} | {} | {}{reason} | `{}` |\n",
            alert.severity.name(),
            plain(&alert.title()),
            alert.at.start.0,
            plain(&alert.message),
            alert.id
        )
    });
    comment.table(&head, &rows.collect::<Vec<_>>());
}
