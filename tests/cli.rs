//! The command line as users see it: arguments and standard input in; output, messages and status out.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "encode/support.rs"]
mod support;

#[path = "cli/accept.rs"]
mod accept;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/garble.rs"]
mod garble;
#[path = "cli/html.rs"]
mod html;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/matrix.rs"]
mod matrix;
#[path = "cli/neighbours.rs"]
mod neighbours;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/session.rs"]
mod session;
#[path = "cli/steps.rs"]
mod steps;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/uses.rs"]
mod uses;
