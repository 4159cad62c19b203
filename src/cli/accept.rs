//! `accept`: a finding that somebody decided to live with, written into the configuration.

use std::collections::BTreeSet;
use std::fs;

use clap::Args as ClapArgs;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::exit::Exit;
use super::options::{CorpusOptions, parse_finding_id, parse_nonempty_text};
use super::{check, git, output};
use crate::atomic_file;
use crate::claims::Date;
use crate::corpus::{CONFIG_FILE, CorpusConfig};
use crate::error::{Error, ErrorKind, Result};

/// A finding to accept: an entry in claimdiff.toml, which is made if there is none.
#[derive(Debug, ClapArgs)]
pub(super) struct AcceptOptions {
    /// Id of the finding, or its beginning: 4 to 12 digits, as check prints them
    #[arg(value_name = "ID", value_parser = parse_finding_id)]
    pub(super) id: String,
    #[command(flatten)]
    pub(super) corpus: CorpusOptions,
    /// Why the difference is acceptable
    #[arg(long, value_name = "TEXT", value_parser = parse_nonempty_text)]
    pub(super) reason: String,
    /// Who decided it [default: user.name of git]
    #[arg(long, value_name = "NAME", value_parser = parse_nonempty_text)]
    pub(super) author: Option<String>,
    /// The last day on which it holds
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) expires: Option<Date>,
}

/// An accepted finding as it is written into the configuration.
pub(super) struct Acceptance<'a> {
    pub(super) id: &'a str,
    /// The versions that have it, as the configuration writes their paths.
    pub(super) files: &'a BTreeSet<String>,
    pub(super) reason: &'a str,
    pub(super) author: &'a str,
    pub(super) expires: Option<Date>,
}

pub(super) fn run(options: &AcceptOptions) -> Result<Exit> {
    let author = accepting_author(&options.corpus, options.author.as_deref())?;
    let config = check::read_config(&options.corpus)?;
    let mut opened = check::open_corpus(&options.corpus, config, false)?;
    let outcome = check::check_with_progress(&options.corpus, &mut opened, None)?;
    let matching_ids = outcome.findings_with_id(&options.id);
    let corpus = options.corpus.folder.display();
    let (id, files) = match matching_ids.iter().collect::<Vec<_>>()[..] {
        [only] => only,
        [] => {
            let message = format!("no finding in {corpus} has an id that begins with {}", options.id);
            return Err(Error::new(ErrorKind::Input, message)
                .with_advice(format!("claimdiff check {corpus} prints all findings with their ids")));
        }
        [..] => {
            let all = matching_ids.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let message =
                format!("{} findings have an id that begins with {}: {all}", matching_ids.len(), options.id);
            return Err(Error::new(ErrorKind::Input, message).with_advice("write more of the digits"));
        }
    };
    let acceptance =
        Acceptance { id, files, reason: options.reason.trim(), author: &author, expires: options.expires };
    let file = write_acceptance(&opened.config, &acceptance)?;
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    output::write_stdout(|out| {
        use std::io::Write as _;
        let line = format!("{id} is accepted in {}: see {file}", files.join(", "));
        writeln!(out, "{}", crate::report::escape::escape_terminal(&line))
    })?;
    Ok(Exit::Clean)
}

/// Who accepts: the one that is named, or else the one whose name git signs commits with.
pub(super) fn accepting_author(corpus: &CorpusOptions, named: Option<&str>) -> Result<String> {
    named.map(str::to_owned).or_else(|| git::git_author_name(&corpus.folder)).ok_or_else(|| {
        Error::new(ErrorKind::Input, "it is not known who accepts").with_advice("give --author NAME")
    })
}

/// Adds an entry to the configuration, which is made if there is none, and returns the file's name.
pub(super) fn write_acceptance(config: &CorpusConfig, acceptance: &Acceptance<'_>) -> Result<String> {
    let path = config.file.clone().unwrap_or_else(|| config.folder.join(CONFIG_FILE));
    let display_path = path.display().to_string();
    let source = match fs::read_to_string(&path) {
        Ok(source) => source,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => {
            return Err(
                Error::new(ErrorKind::Corpus, format!("{display_path}: cannot be read")).with_cause(e)
            );
        }
    };
    let mut document: DocumentMut = source.parse().map_err(|e| {
        Error::new(ErrorKind::Corpus, format!("{display_path}: is no configuration")).with_cause(e)
    })?;
    let mut entry = suppression_table(acceptance);
    if document.is_empty() {
        // The text of a file with comments only would be written after all tables, unless it belongs to one.
        entry.decor_mut().set_prefix(source.clone());
        document.set_trailing("");
    }
    let entries = document.entry("suppress").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let entries = entries.as_array_of_tables_mut().ok_or_else(|| {
        Error::new(ErrorKind::Corpus, format!("{display_path}: suppress is no list of [[suppress]]"))
            .with_advice("write each suppression under a heading [[suppress]] of its own")
    })?;
    entries.push(entry);
    atomic_file::replace_file(&path, |out| out.write_all(document.to_string().as_bytes())).map_err(|e| {
        Error::new(ErrorKind::Output, format!("{display_path}: cannot be written")).with_cause(e)
    })?;
    Ok(display_path)
}

fn suppression_table(acceptance: &Acceptance<'_>) -> Table {
    let mut table = Table::new();
    table.insert("id", value(acceptance.id));
    let files = acceptance.files.iter().map(|file| escape_path_pattern(file)).collect::<Array>();
    table.insert("files", value(files));
    table.insert("reason", value(acceptance.reason));
    table.insert("author", value(acceptance.author));
    if let Some(day) = acceptance.expires {
        table.insert("expires", value(day.to_string()));
    }
    table
}

/// Characters with a meaning in a `.gitignore` pattern.
const PATTERN_SIGNS: [char; 10] = ['*', '?', '[', ']', '{', '}', '\\', '!', '#', ' '];

/// The `.gitignore` pattern that matches this path and no other.
fn escape_path_pattern(path: &str) -> String {
    let escaped: String = path
        .chars()
        .flat_map(|c| PATTERN_SIGNS.contains(&c).then_some('\\').into_iter().chain([c]))
        .collect();
    format!("/{escaped}")
}
