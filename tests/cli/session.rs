//! A folder with files, and the built program run in it without anything of the user's environment.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support;

/// A short report.
pub(crate) const ENGLISH: &str = "\
Marlow library to open 60 hours a week

The city library of Marlow will open 60 hours a week from 3 March 2025. The council agreed to spend 2.4 million euros on new staff.

“Nobody should find a closed door,” said the director, Hanna Okoro. She denied that any branch would be closed.

Last year 48,000 people borrowed a book, 12 per cent more than in 2023.
";

/// Its translation, with another sum and without the denial.
pub(crate) const GERMAN: &str = "\
Bücherei Marlow öffnet künftig 60 Stunden pro Woche

Die Stadtbücherei von Marlow wird ab dem 3. März 2025 60 Stunden pro Woche geöffnet sein. Der Stadtrat beschloss, 4,2 Millionen Euro für neues Personal auszugeben.

„Niemand soll vor verschlossener Tür stehen“, sagte die Direktorin Hanna Okoro.

Im vergangenen Jahr liehen 48.000 Menschen ein Buch aus, 12 Prozent mehr als 2023.
";

/// The sum of the report, the sentences of the translation.
pub(crate) const FRENCH: &str = "\
La bibliothèque de Marlow ouvrira 60 heures par semaine

La bibliothèque municipale de Marlow ouvrira 60 heures par semaine à partir du 3 mars 2025. Le conseil a décidé de dépenser 2,4 millions d’euros pour de nouveaux employés.

« Personne ne doit trouver porte close », a déclaré la directrice, Hanna Okoro. Elle a nié qu’une annexe doive fermer.

L’an dernier, 48 000 personnes ont emprunté des livres, 12 pour cent de plus qu’en 2023.
";

/// Two sentences a line, for `words` and `score`.
pub(crate) const PAIRS: &str = r#"{"id": "p0", "a": "The council spent 3 million euros .", "b": "Der Rat gab 3 Millionen Euro aus ."}
{"id": 7, "a": "The council spent 3 million euros .", "b": "Der Rat gab 9 Millionen Euro aus ."}

{"id": "p2", "a": "Cats sleep all day .", "b": "La banque a relevé ses taux ."}
"#;

pub(crate) struct Session {
    folder: TempDir,
}

/// What the program said.
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Session {
    /// A folder with the articles above as `en.txt`, `de.txt` and `fr.txt`, and `pairs.jsonl`.
    pub(crate) fn new() -> Self {
        let session = Self { folder: TempDir::new().unwrap() };
        session.file("en.txt", ENGLISH);
        session.file("de.txt", GERMAN);
        session.file("fr.txt", FRENCH);
        session.file("pairs.jsonl", PAIRS);
        session
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), content).unwrap();
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The program in the folder, with the encoder and without the network.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(args);
        command.env("CLAIMDIFF_MODEL_DIR", support::folder());
        command
    }

    /// The same without an encoder.
    pub(crate) fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.folder.path()).env("CLAIMDIFF_OFFLINE", "1");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        answer(&mut self.command(args))
    }
}

pub(crate) fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Answer {
    /// Asserts success without a word on standard error, and hands over the output.
    #[track_caller]
    pub(crate) fn quiet(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (0, ""));
        self.stdout
    }

    /// Asserts that it could not run, and hands over what it said.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!((self.status, self.stdout.as_str()), (2, ""), "{}", self.stderr);
        self.stderr
    }
}

/// A page without its style, its script and their hashes.
pub(crate) fn content(page: &str) -> String {
    let mut text = page.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>"), ("sha256-", "&#39;")] {
        let cut: Vec<&str> = text.split(start).collect();
        let rest = cut[1..].iter().map(|part| part.split_once(end).unwrap().1);
        let rest: Vec<String> = rest.map(|rest| format!("{start}…{end}{rest}")).collect();
        text = cut[0].to_owned() + &rest.concat();
    }
    text
}

/// The records of a JSON-lines output.
pub(crate) fn records(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Scores and confidences are fitted again now and then; what is said about the texts has to stay.
macro_rules! without_numbers {
    ($($snapshot:expr),+) => {
        insta::with_settings!({filters => vec![
            (r#"("(?:score|spun|machine_translated|garbled|original)": )[0-9]+\.[0-9]+"#, "$1[score]"),
            (r#"("(?:divergence|content|claims|order|similarity|confidence|difference|covered|covered_a|covered_b|value|weight|line|right|false)": )-?[0-9.]+"#, "$1[score]"),
            (r" *[-+][0-9]+\.[0-9]{2}\b", " [score]"),
            (r"\b[01]\.[0-9]{2}\b", "[score]"),
            (r"corpus [0-9]+ of its [0-9]+ ", "corpus [right] of its [all] "),
            (r#""version": "[^"]+""#, r#""version": "[version]""#),
            (r"\bclaimdiff [0-9]+\.[0-9]+\.[0-9]+", "claimdiff [version]"),
            (r#"class="much" width="[0-9.]+""#, r#"class="much" width="[score]""#),
        ]}, { insta::assert_snapshot!($($snapshot),+) });
    };
}

pub(crate) use without_numbers;
