//! What a reader at a terminal and a reader of a pull request get of `compare`.

use super::session::{Answer, ENGLISH, Session, answer, without_numbers};

#[test]
fn one_part_alone() {
    let session = Session::new();
    let part = |only: &[&str]| session.run(&[&["compare", "en.txt", "de.txt"], only].concat()).stdout;
    let [all, findings, alignment, summary] =
        [&[][..], &["--only", "findings"], &["--only", "alignment"], &["--only", "summary"]].map(part);
    let head: String = all.split_inclusive('\n').take(4).collect();
    assert!(head.ends_with("\n\n") && alignment.starts_with(&head), "{head}");
    assert_eq!(all, format!("{alignment}\n{}", findings.strip_prefix(&head).unwrap()));
    without_numbers!("summary", summary);
}

#[test]
fn one_part_says_as_much_by_its_status() {
    let session = Session::new();
    session.file("copy.txt", ENGLISH);
    for only in ["findings", "alignment", "summary"] {
        for format in ["text", "markdown"] {
            let status =
                |b| session.run(&["compare", "en.txt", b, "--only", only, "--format", format]).status;
            assert_eq!((status("de.txt"), status("copy.txt")), (1, 0));
        }
        for format in ["json", "html"] {
            let args = ["compare", "en.txt", "de.txt", "--only", only, "--format", format];
            let said = answer(&mut session.bare(&args)).refused();
            assert_eq!(
                said,
                "claimdiff: --only: a page and JSON have all parts\n  help: leave --only out, or use --format text or markdown\n"
            );
        }
    }
}

#[test]
fn beside_each_other_from_100_columns_on() {
    let session = Session::new();
    let text = |width| session.run(&["compare", "en.txt", "de.txt", "--only", "alignment", "--width", width]);
    let (below, beside) = (text("99").stdout, text("100").stdout);
    assert!(!below.contains('│') && below.contains("\nB Bücherei Marlow"), "{below}");
    assert!(beside.contains("hours a week           │ Bücherei Marlow"), "{beside}");
    for (text, most) in [(below, 99), (beside, 100)] {
        assert!(text.lines().all(|line| line.chars().count() <= most), "{text}");
    }
}

#[test]
fn markdown_for_a_pull_request() {
    let session = Session::new();
    let args = ["compare", "en.txt", "de.txt", "--format", "markdown"];
    let text = session.run(&args).stdout;
    without_numbers!("markdown", &text);
    let written = session.run(&[&args[..], &["-o", "comment.md"]].concat());
    assert_eq!((written.status, written.stdout.as_str()), (1, ""));
    assert_eq!(std::fs::read_to_string(session.path().join("comment.md")).unwrap(), text);
    // Of several versions the findings of all stand before the sentences of the first.
    let text = session.run(&["compare", "en.txt", "de.txt", "fr.txt", "--format", "markdown"]).stdout;
    let at = |what: &str| text.find(what).unwrap();
    assert!(at("- **B** fr.txt") < at("<details>") && text.matches("</details>").count() == 2, "{text}");
}

#[test]
fn an_article_is_no_markdown() {
    let session = Session::new();
    let hostile = "<img src=x> @everyone #1 | `x` [a](http://b)";
    session.file("a|b.txt", ENGLISH.replace("new staff", hostile));
    let text = session.run(&["compare", "a|b.txt", "de.txt", "--format", "markdown"]).stdout;
    for safe in ["a\\|b.txt", "&lt;img src=x&gt;", "@\u{200b}everyone", "#\u{200b}1 \\| \\`x\\`", "http\\:"] {
        assert!(text.contains(safe), "{safe} {text}");
    }
    assert!(!text.contains("<img") && !text.contains("@everyone"), "{text}");
    let ends = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows = text.split("| severity").nth(1).unwrap().lines().skip(1).take_while(|l| l.starts_with('|'));
    assert!(rows.map(ends).all(|count| count == 7), "{text}");
}

#[test]
fn a_comment_has_an_end() {
    let session = Session::new();
    let article = |add: usize| {
        let lines =
            (0..700).map(|k| format!("Street number {k} was repaired for {} euros in May.\n\n", k * 7 + add));
        format!("Streets of Marlow are repaired at last\n\n{}", lines.collect::<String>())
    };
    session.file("long.txt", article(1000));
    session.file("other.txt", article(20_000));
    let text = session.run(&["compare", "long.txt", "other.txt", "--format", "markdown"]).stdout;
    let (kept, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(text.len() > 64_000 && text.chars().count() <= 65_536, "{}", text.len());
    assert!(
        last.ends_with(" entries are left out to fit a comment; `claimdiff compare` prints all."),
        "{last}"
    );
    assert_eq!(kept.matches("<details>").count(), kept.matches("</details>").count());
}

#[test]
fn themes() {
    let session = Session::new();
    let escapes = |theme: &[&str]| {
        let args = ["compare", "en.txt", "de.txt", "--color", "always"];
        let text = session.run(&[&args[..], theme].concat()).stdout;
        let starts = text.split("\u{1b}[").skip(1).map(|rest| rest.split('m').next().unwrap().to_owned());
        starts.collect::<std::collections::BTreeSet<_>>()
    };
    let default = escapes(&[]);
    assert_eq!(default, escapes(&["--theme", "default"]));
    for (theme, [a, b]) in [
        ("default", ["38;5;130", "38;5;27"]),
        ("dark", ["38;5;214", "38;5;75"]),
        ("light", ["38;5;94", "38;5;20"]),
    ] {
        let escapes = escapes(&["--theme", theme]);
        let colors: Vec<&String> = escapes.iter().filter(|escape| escape.starts_with('3')).collect();
        assert!(colors.len() == 2 && escapes.contains(a) && escapes.contains(b), "{theme} {escapes:?}");
    }
    let plain = escapes(&["--theme", "plain"]);
    assert!(plain.contains("7") && plain.contains("4") && plain.iter().all(|e| e.len() == 1), "{plain:?}");
    let mut command = session.command(&["compare", "en.txt", "de.txt", "--theme", "plain"]);
    assert!(answer(&mut command).stdout.contains("[-2.4-] [-million-]"));
}

/// The program at a terminal with so many rows, by `script` of util-linux.
#[cfg(target_os = "linux")]
fn at_terminal(session: &Session, rows: u16, args: &str, env: &[(&str, &str)]) -> Answer {
    let program = env!("CARGO_BIN_EXE_claimdiff");
    let line = format!(
        "stty rows {rows} cols 80; '{program}' compare en.txt de.txt --width 80 --color never {args}"
    );
    let mut command = assert_cmd::Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(session.path()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap()).env("TERM", "xterm").env("CLAIMDIFF_OFFLINE", "1");
    command.env("CLAIMDIFF_MODEL_DIR", crate::support::folder()).envs(env.iter().copied());
    answer(&mut command)
}

#[cfg(target_os = "linux")]
#[test]
fn long_text_is_paged() {
    let session = Session::new();
    let text = session.run(&["compare", "en.txt", "de.txt", "--width", "80"]).stdout;
    let mark = ("PAGER", "sed 's/^/> /'");
    let paged: String = text.split_inclusive('\n').flat_map(|line| ["> ", line]).collect();
    let note =
        "claimdiff: note: PAGER: no-such-pager: cannot be run: No such file or directory (os error 2)\n";
    for (rows, args, env, shown) in [
        (12, "", &[mark][..], paged.clone()),
        (12, "", &[mark, ("CLAIMDIFF_PAGER", "sed 's/^/> /'"), ("PAGER", "cat")], paged),
        (500, "", &[mark], text.clone()),
        (12, "--no-pager", &[mark], text.clone()),
        (12, "", &[("PAGER", "cat")], text.clone()),
        (12, "", &[("PAGER", "")], text.clone()),
        (12, "", &[mark, ("CLAIMDIFF_PAGER", "")], text.clone()),
        (12, "", &[mark, ("TERM", "dumb")], text.clone()),
        // One that is not there, and one that ends before it has read anything.
        (12, "", &[("PAGER", "no-such-pager -x")], format!("{text}{note}")),
        (12, "", &[("PAGER", "true")], String::new()),
        (12, "--format markdown --only summary -o comment.md", &[mark], String::new()),
    ] {
        let answer = at_terminal(&session, rows, args, env);
        assert_eq!((answer.stdout.replace("\r\n", "\n"), answer.status), (shown, 1), "{rows} {args} {env:?}");
    }
}

#[test]
fn what_is_no_terminal_is_not_paged() {
    let session = Session::new();
    let args = ["compare", "en.txt", "de.txt"];
    let text = session.run(&args).stdout;
    assert_eq!(answer(session.command(&args).env("PAGER", "true")).stdout, text);
}
