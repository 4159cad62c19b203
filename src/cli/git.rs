//! Queries to git about a corpus, through the `git` program.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::error::{Error, ErrorKind, Result};

/// The files that changed since the merge base of the current branch and `revision`, including untracked and without
/// deleted ones.
pub(super) fn files_changed_since(corpus: &Path, revision: &str) -> Result<BTreeSet<PathBuf>> {
    let top = stdout_text(&run_git(corpus, &["rev-parse", "--show-toplevel"])?);
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    let commit = format!("{revision}^{{commit}}");
    let base = run_git(&top, &["merge-base", "--end-of-options", &commit, "HEAD"]).map_err(|e| {
        e.with_advice(format!(
            "fetch the history up to {revision} first: git fetch --unshallow, or fetch-depth: 0 in actions/checkout"
        ))
    })?;
    let base = stdout_text(&base);
    let changed =
        run_git(&top, &["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", base.trim(), "--"])?;
    let untracked = run_git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = [changed, untracked].map(|output| stdout_text(&output));
    let names = names.iter().flat_map(|names| names.split('\0')).filter(|name| !name.is_empty());
    Ok(names.filter_map(|name| top.join(name).canonicalize().ok()).collect())
}

/// The `user.name` of git, if it is set.
pub(super) fn git_author_name(corpus: &Path) -> Option<String> {
    let name = stdout_text(&run_git(corpus, &["config", "user.name"]).ok()?);
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn stdout_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn run_git(folder: &Path, args: &[impl AsRef<OsStr>]) -> Result<Output> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output().map_err(|e| {
        Error::new(ErrorKind::Input, "git cannot be run")
            .with_cause(e)
            .with_advice("install git, or name the files with --files")
    })?;
    if output.status.success() {
        return Ok(output);
    }
    let stderr_text = String::from_utf8_lossy(&output.stderr);
    let reason = stderr_text.lines().next().unwrap_or("it found nothing").trim_start_matches("fatal: ");
    Err(Error::new(ErrorKind::Input, format!("git in {}: {reason}", folder.display())))
}
