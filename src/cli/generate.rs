//! `--generate`: shell completions and the manual page, from the arguments themselves.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::{CommandLine, GenerateTarget};
use super::exit::Exit;
use super::output;
use crate::error::Result;

pub(super) fn run(what: GenerateTarget) -> Result<Exit> {
    let shell = match what {
        GenerateTarget::CompleteBash => Shell::Bash,
        GenerateTarget::CompleteElvish => Shell::Elvish,
        GenerateTarget::CompleteFish => Shell::Fish,
        GenerateTarget::CompletePowershell => Shell::PowerShell,
        GenerateTarget::CompleteZsh => Shell::Zsh,
        GenerateTarget::Man => {
            return output::write_stdout(|out| write_manual_page(out)).map(|()| Exit::Clean);
        }
    };
    // Into memory first: the generator panics on a write error.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), "claimdiff", &mut script);
    output::write_stdout(|out| out.write_all(&script))?;
    Ok(Exit::Clean)
}

/// Writes one manual page: the program, then a section for each command.
fn write_manual_page(out: &mut dyn Write) -> io::Result<()> {
    let mut command = CommandLine::command();
    command.build();
    let page = Man::new(command.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let page = Man::new(sub.clone());
        let mut section = Vec::new();
        page.render_synopsis_section(&mut section)?;
        page.render_description_section(&mut section)?;
        page.render_options_section(&mut section)?;
        writeln!(out, ".SH \"CLAIMDIFF {}\"", sub.get_name().to_uppercase())?;
        out.write_all(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").as_bytes())?;
    }
    let mut examples = Vec::new();
    page.render_extra_section(&mut examples)?;
    out.write_all(String::from_utf8_lossy(&examples).replace(".SH EXTRA", ".SH EXAMPLES").as_bytes())
}
