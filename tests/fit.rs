//! The models that can be fitted from this repository alone are what `python -m fit` writes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Command;

/// Runs a command to its end; what it printed, if it failed.
fn run_command(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if output.status.success() { Ok(()) } else { Err(format!("{command:?}\n{stdout}{stderr}")) }
}

#[test]
fn the_models_are_what_the_fit_writes() {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fit");
    let python = environment.join("bin/python");
    if !python.exists()
        && let Err(reason) = run_command(Command::new("python3").args(["-m", "venv"]).arg(&environment))
    {
        support::record_left_out("fit of the models", reason.lines().next());
        return;
    }
    let requirements = support::repository().join("tests/fit/requirements.txt");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"];
    run_command(Command::new(&python).args(pip).arg(requirements)).unwrap();
    let mut fit = Command::new(&python);
    fit.args(["-m", "fit", "--check", "--bin", env!("CARGO_BIN_EXE_claimdiff")]);
    fit.args(["rule_precision", "comparable_links"]).current_dir(support::repository());
    fit.env("PYTHONPATH", support::repository().join("tests")).env("PYTHONDONTWRITEBYTECODE", "1");
    fit.env("CLAIMDIFF_MODEL_DIR", support::folder()).env("CLAIMDIFF_OFFLINE", "1");
    run_command(&mut fit).unwrap();
    support::record_left_out("fit of the models", None);
}
