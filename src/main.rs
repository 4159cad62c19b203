//! The command line: see `claimdiff --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    claimdiff::cli::main()
}
