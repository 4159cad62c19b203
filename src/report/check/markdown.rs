//! A comment on a pull request.

use std::io::{self, Write};

use crate::report::checked::{Alert, AlertState, CheckedCorpus, CheckedPair};
use crate::report::comment::Comment;
use crate::report::escape::escape_markdown;

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn Write) -> io::Result<()> {
    let mut comment = Comment::new(&checked.summary_line());
    for (story, why) in checked.failed_stories() {
        comment.add_piece(&format!(
            "\n- **failed** {}: {}\n",
            escape_markdown(&story.name),
            escape_markdown(why)
        ));
    }
    for pair in checked.unclear_pairs() {
        let doubt = pair.doubt.as_deref().unwrap_or_default();
        comment.add_piece(&format!(
            "\n- **cannot tell** {}: {}\n",
            escape_markdown(&pair.b),
            escape_markdown(doubt)
        ));
    }
    for pair in checked.all_pairs() {
        add_pair_table(&mut comment, pair, Alert::is_new);
    }
    for alert in &checked.alerts {
        let place = format!("{}:{}", alert.at.path, alert.at.start.0);
        comment.add_piece(&format!("\n- {}: {}\n", escape_markdown(&place), escape_markdown(&alert.message)));
    }
    for note in &checked.notes {
        comment.add_piece(&format!("\n- note: {}\n", escape_markdown(note)));
    }
    if checked.all_alerts().any(|alert| alert.state != AlertState::New) {
        comment.add_folded("Known", |comment| {
            checked.all_pairs().for_each(|pair| add_pair_table(comment, pair, |alert| !alert.is_new()));
        });
    }
    comment.write_comment("claimdiff check", out)
}

fn add_pair_table(comment: &mut Comment, pair: &CheckedPair, wanted: impl Fn(&Alert) -> bool) {
    let head = format!(
        "\n**{}** against {}, divergence {:.2}\n\n| severity | what | line | | id |\n|---|---|---|---|---|\n",
        escape_markdown(&pair.b),
        escape_markdown(&pair.a),
        pair.scores.divergence
    );
    let rows = pair.alerts.iter().filter(|alert| wanted(alert)).map(|alert| {
        let reason = match (&alert.reason, alert.state) {
            (_, AlertState::New) => String::new(),
            (None, state) => format!(" _{}_", state.name()),
            (Some(reason), state) => format!(" _{}: {}_", state.name(), escape_markdown(reason)),
        };
        format!(
            "| {} | {} | {} | {}{reason} | `{}` |\n",
            alert.severity.name(),
            escape_markdown(&alert.alert_title()),
            alert.at.start.0,
            escape_markdown(&alert.message),
            alert.id
        )
    });
    comment.add_table(&head, &rows.collect::<Vec<_>>());
}
