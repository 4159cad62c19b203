//! `corrections` and `diff-driver`: a comparison put to use.

use std::fs;
use std::process::Command;

use super::session::{ENGLISH, GERMAN, Session, answer, without_numbers};

#[test]
fn corrections_say_what_to_do() {
    let session = Session::new();
    session.file("more.txt", format!("{ENGLISH}\nA volcano erupted near the harbour of Tavik on Monday.\n"));
    let sheet = session.run(&["corrections", "--reference", "en.txt", "de.txt", "more.txt"]);
    assert_eq!((sheet.status, sheet.stderr.as_str()), (1, ""));
    without_numbers!("corrections", sheet.stdout);
    let mut rows = csv::Reader::from_reader(sheet.stdout.as_bytes());
    let actions: Vec<String> = rows.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert_eq!(actions, ["change", "add", "remove"]);
    let nothing = session.run(&["corrections", "--reference", "en.txt", "en.txt"]);
    assert_eq!((nothing.status, nothing.stdout.lines().count()), (0, 1));
    // From the other side what was to be added is to be removed.
    let mirrored = session.run(&["corrections", "--reference", "de.txt", "en.txt"]).stdout;
    assert!(mirrored.contains("\nen.txt,remove,high,statement,"), "{mirrored}");
    let missing = session.run(&["corrections", "de.txt"]).refused();
    assert!(missing.contains("--reference <FILE>"), "{missing}");
}

#[test]
fn git_shows_the_claims_that_changed() {
    let session = Session::new();
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Mia", "-c", "user.email=mia@example.org", "-c", "core.pager=cat"]);
        git.args(args).current_dir(session.path());
        git.env("CLAIMDIFF_MODEL_DIR", crate::support::folder()).env("CLAIMDIFF_OFFLINE", "1");
        let output = git.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "first"]);
    let driver = format!("'{}' diff-driver --width 80", env!("CARGO_BIN_EXE_claimdiff"));
    git(&["config", "diff.article.command", &driver]);
    session.file(".gitattributes", "*.txt diff=article\n");
    session.file("en.txt", ENGLISH.replace("2.4 million", "2.7 million"));
    let shown = git(&["diff"]);
    assert!(shown.starts_with("A a/en.txt (en, 6 sentences) Marlow library"), "{shown}");
    assert!(shown.contains("“2.4 million euros” became “2.7 million euros”: different amount"), "{shown}");
    assert!(!shown.contains("Nobody should find"), "{shown}");
    // A moved file, a new one and one that is gone.
    fs::rename(session.path().join("fr.txt"), session.path().join("new.txt")).unwrap();
    fs::remove_file(session.path().join("pairs.jsonl")).unwrap();
    session.file("de.txt", GERMAN.replacen("öffnet", "öffnet ", 1));
    git(&["add", "--all"]);
    let shown = git(&["diff", "--cached", "--ext-diff", "--no-renames"]);
    assert!(shown.contains("fr.txt is deleted\n") && shown.contains("new.txt is new\n"), "{shown}");
    assert!(shown.contains("No findings at or above low."), "{shown}");
    let moved = git(&["diff", "--cached", "--ext-diff", "-M", "--", "fr.txt", "new.txt"]);
    assert!(moved.is_empty() || moved.contains("a/fr.txt") && moved.contains("b/new.txt"), "{moved}");
    // As a difftool, and with what git never gives.
    let two = session.run(&["diff-driver", "en.txt", "en.txt"]);
    assert_eq!(two.status, 0);
    let odd = answer(&mut session.command(&["diff-driver", "a", "b", "c"])).refused();
    assert!(odd.contains("3 arguments are not what git gives"), "{odd}");
}
