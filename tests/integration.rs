//! Everything but the browser and Spark, in one program: one module a room or a promise.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and show what it measured")]

mod align;
mod article;
mod articles;
mod claims;
mod cli;
mod corpus;
mod encode;
mod faults;
mod formats;
mod fuzz;
mod garble;
mod limits;
mod names;
mod neighbours;
mod properties;
mod readme;
mod recipes;
mod rooms;
mod rules;
mod segment;
mod supply;
mod support;
