//! The last of the test programs, by its name: says what the others left out on this machine, and fails nothing.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and print")]

mod support;

use std::fs;

fn main() {
    let mut reasons: Vec<(String, String)> = fs::read_dir(support::left_out_folder())
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    reasons.sort();
    println!("\n{}", if reasons.is_empty() { "no test left anything out" } else { "left out:" });
    for (test, reason) in reasons {
        println!("  {test}: {reason}");
    }
    println!();
}
