//! The command line as users see it: arguments and standard input in; output, messages and status out.

mod accept;
mod batch;
mod check;
mod compare;
mod explain;
mod formats;
mod garble;
mod html;
mod inputs;
mod matrix;
mod neighbours;
mod program;
mod schema;
mod session;
mod steps;
mod terminal;
mod uses;
