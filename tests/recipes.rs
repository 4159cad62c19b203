//! The recipes for CI: what `corpus/README.md`, `.pre-commit-hooks.yaml` and `action.yml` say is run here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::repository;

const ENGLISH: &str =
    "The harbour of Lind gets a new crane for 3 million euros. It will be ready in May 2026.\n";
const GERMAN: &str =
    "Der Hafen von Lind bekommt für 3 Millionen Euro einen neuen Kran. Er wird im Mai 2026 fertig.\n";

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap()
}

/// A folder with one story whose two versions tell the same.
fn corpus() -> TempDir {
    let folder = TempDir::new().unwrap();
    let story = folder.path().join("corpus/crane");
    fs::create_dir_all(&story).unwrap();
    fs::write(story.join("source.en.txt"), ENGLISH).unwrap();
    fs::write(story.join("de.txt"), GERMAN).unwrap();
    folder
}

/// A command in a folder, with the built program first in the path.
fn command(program: &str, folder: &Path) -> Command {
    let own = Path::new(env!("CARGO_BIN_EXE_claimdiff")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap();
    let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).env("PATH", path).env("CLAIMDIFF_MODEL_DIR", crate::support::folder());
    command.env("CLAIMDIFF_CACHE_DIR", folder.join("cache")).env("CLAIMDIFF_OFFLINE", "1");
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn spoil(folder: &Path) {
    let path = folder.join("corpus/crane/de.txt");
    fs::write(path, GERMAN.replace("3 Millionen", "8 Millionen")).unwrap();
}

#[test]
fn the_page_leads_to_green() {
    let folder = corpus();
    spoil(folder.path());
    let page = read("corpus/README.md");
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    assert!(commands.len() < 5 && commands[0] == "cargo install --locked --path .", "{commands:?}");
    for line in &commands[1..] {
        let output = command("bash", folder.path()).args(["-c", line]).output().unwrap();
        assert!(output.status.success(), "{line} {}", said(&output));
    }
    assert!(folder.path().join("corpus/claimdiff-baseline.json").is_file());
    // The blocks of configuration on the page are taken.
    for (k, block) in page.split("```toml\n").skip(1).enumerate() {
        let block: Vec<&str> = block.split("```").next().unwrap().lines().map(str::trim_start).collect();
        let name = if k == 0 { "corpus/crane/case.toml" } else { "corpus/claimdiff.toml" };
        let text = block.join("\n").replace("\"source\"", "\"source.en\"");
        fs::write(folder.path().join(name), text).unwrap();
        let output =
            command("claimdiff", folder.path()).args(["check", "corpus", "--list"]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
}

/// The `run` blocks of the action with the environment that they name, in order.
fn steps() -> Vec<(String, Vec<(String, String)>)> {
    let text = read("action.yml");
    let steps = text.split("    - name: ").skip(1);
    let step = |step: &str| {
        assert!(step.contains("      shell: bash\n"), "{step}");
        let (head, run) = step.split_once("      run: |\n").unwrap();
        let run = run.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        assert!(!run.contains("${{"), "an input in a script is code: {run}");
        let env = head.split("      env:\n").nth(1).unwrap_or_default().lines();
        let env = env.map(|line| line.trim().split_once(": ").unwrap());
        (run, env.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    };
    steps.map(step).collect()
}

/// Runs the action's steps as the runner does; its inputs are (name, value).
fn act(folder: &Path, inputs: &[(&str, &str)]) -> (i32, String) {
    let mut all = String::new();
    for (run, env) in steps() {
        let script = folder.join("step.sh");
        fs::write(&script, run).unwrap();
        let mut bash = command("bash", folder);
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&script);
        bash.env("GITHUB_STEP_SUMMARY", folder.join("summary.md"));
        for (name, value) in env {
            let input = value.trim_start_matches("${{ ").trim_end_matches(" }}");
            let given = inputs.iter().find(|(name, _)| format!("inputs.{name}") == input).map(|(_, v)| *v);
            bash.env(name, given.unwrap_or_else(|| repository().to_str().unwrap()));
        }
        let output = bash.output().unwrap();
        all += &said(&output);
        if !output.status.success() {
            return (output.status.code().unwrap(), all);
        }
    }
    (0, all)
}

fn git(folder: &Path, args: &[&str]) {
    let identity =
        ["-c", "user.name=Mia", "-c", "user.email=mia@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn the_action_annotates_what_is_new() {
    let folder = corpus();
    let inputs = [("corpus", "corpus"), ("changed-since", "")];
    let (status, text) = act(folder.path(), &inputs);
    assert_eq!((status, text.as_str()), (0, "1 story, 1 pair of versions: 0 new findings\n"));
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "corpus"]);
    git(folder.path(), &["commit", "--quiet", "-m", "first"]);
    spoil(folder.path());
    let (status, text) = act(folder.path(), &[("corpus", "corpus"), ("changed-since", "main")]);
    assert_eq!(status, 1, "{text}");
    assert!(text.starts_with("::error file=corpus/crane/de.txt,line=1,endLine=1,col="), "{text}");
    let summary = fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert!(summary.contains("| high | altered money | 1 |"), "{summary}");
    // An input is never run.
    let (status, text) =
        act(folder.path(), &[("corpus", "corpus; touch run"), ("changed-since", "$(touch run)")]);
    assert_eq!(status, 2, "{text}");
    assert!(!folder.path().join("run").exists());
}

#[test]
fn the_gitlab_job_fails_on_what_is_new() {
    let page = read("corpus/README.md");
    let (_, job) = page.split_once("## GitLab\n\n```yaml\n").unwrap();
    let job = job.split("```").next().unwrap();
    let script =
        job.split("  script:\n").nth(1).unwrap().lines().map_while(|line| line.strip_prefix("    - "));
    let script: Vec<&str> = script.collect();
    // The program is built already.
    assert!(script.len() == 2 && script[0].starts_with("cargo install "), "{script:?}");
    let folder = corpus();
    let run = || command("bash", folder.path()).args(["-eo", "pipefail", "-c", script[1]]).output().unwrap();
    let green = run();
    assert!(green.status.success(), "{}", said(&green));
    spoil(folder.path());
    assert_eq!(run().status.code(), Some(1));
    let artifact = job.split("junit: ").nth(1).unwrap().trim();
    let report = fs::read_to_string(folder.path().join(artifact)).unwrap();
    assert!(report.contains("<failure") && report.contains("altered money"), "{report}");
}

/// pre-commit, installed once by pip under `target`.
fn pre_commit() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pre-commit-4.3.0");
    if !folder.join("pre_commit").is_dir() {
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "pre-commit==4.3.0",
            "--target",
        ];
        let output = Command::new("python3").args(pip).arg(&folder).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    folder
}

#[test]
fn the_hook_stops_a_commit_that_tells_something_else() {
    let packages = pre_commit();
    // The hook as pre-commit gets it, but with the program that is built already.
    let hooks = TempDir::new().unwrap();
    let hook = read(".pre-commit-hooks.yaml");
    assert!(hook.contains("  language: rust\n"));
    fs::write(
        hooks.path().join(".pre-commit-hooks.yaml"),
        hook.replace("language: rust", "language: system"),
    )
    .unwrap();
    git(hooks.path(), &["init", "--quiet"]);
    git(hooks.path(), &["add", "."]);
    git(hooks.path(), &["commit", "--quiet", "-m", "hook"]);
    git(hooks.path(), &["tag", "v1"]);
    let folder = corpus();
    let config = format!(
        "repos:\n  - repo: {}\n    rev: v1\n    hooks:\n      - id: claimdiff\n",
        hooks.path().display()
    );
    fs::write(folder.path().join(".pre-commit-config.yaml"), config).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    let run = || {
        let mut python = command("python3", folder.path());
        python.args(["-m", "pre_commit", "run", "claimdiff"]).env("PYTHONPATH", &packages);
        python.env("PRE_COMMIT_HOME", folder.path().join(".git/pre-commit")).output().unwrap()
    };
    let green = run();
    assert!(green.status.success() && said(&green).contains("Passed"), "{}", said(&green));
    spoil(folder.path());
    git(folder.path(), &["add", "."]);
    let red = run();
    assert_eq!(red.status.code(), Some(1), "{}", said(&red));
    assert!(
        said(&red).contains("corpus/crane/de.txt:1:") && said(&red).contains("altered money"),
        "{}",
        said(&red)
    );
    // Nothing of the corpus is about to be committed.
    git(folder.path(), &["commit", "--quiet", "--no-verify", "-m", "all"]);
    fs::write(folder.path().join("notes.txt"), "Buy coffee.\n").unwrap();
    git(folder.path(), &["add", "."]);
    let other = run();
    assert!(other.status.success(), "{}", said(&other));
}
