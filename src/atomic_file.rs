//! Atomic writes: after a full disk, a kill or a race with a second process a file has its old content or its new one.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Fails where [`replace_file`] would, as far as that is known before there is anything to write. Changes nothing.
///
/// # Errors
/// If the file or its folder cannot be written.
pub(crate) fn check_writable(path: &Path) -> io::Result<()> {
    let path = &link_target(path);
    if path.exists() {
        OpenOptions::new().write(true).open(path)?;
    }
    if is_replaced(path) { tempfile::tempfile_in(parent_folder(path)).map(drop) } else { Ok(()) }
}

/// Runs `write` on a temporary file beside `path`, then renames it to `path` with the permissions of the old file. A pipe or
/// a device is written to directly; of a link the target is replaced.
///
/// # Errors
/// If `write` fails, or the file cannot be written or renamed.
pub(crate) fn replace_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let path = &link_target(path);
    if !is_replaced(path) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    let old = fs::metadata(path).ok().map(|old| old.permissions());
    write_temporary(path, old, write)?.persist(path).map(drop).map_err(|e| e.error)
}

/// As [`replace_file`], but an error if `path` exists.
pub(crate) fn create_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_temporary(path, None, write)?.persist_noclobber(path).map(drop).map_err(|e| e.error)
}

/// Runs `write` on a new temporary file in the folder of `path`.
fn write_temporary(
    path: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimdiff-").suffix(".tmp");
    // The permissions of any new file; the system subtracts the user's mask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut out = BufWriter::new(builder.tempfile_in(parent_folder(path))?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    // Without this a loss of power could keep the new name and lose the bytes.
    file.as_file().sync_all()?;
    Ok(file)
}

/// The target of a link; `path` itself if it is none.
fn link_target(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether [`replace_file`] replaces `path` rather than writing to it directly.
fn is_replaced(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |there| there.is_file())
}

fn parent_folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        fs::read_dir(folder).unwrap().map(name).collect()
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        replace_file(&path, |out| out.write_all(b"old")).unwrap();
        let half = |out: &mut dyn Write| {
            out.write_all(&vec![b'x'; 1 << 20])?;
            Err(io::Error::other("no more"))
        };
        replace_file(&path, half).unwrap_err();
        assert_eq!(
            (fs::read(&path).unwrap(), names(folder.path())),
            (b"old".to_vec(), vec!["a.txt".to_owned()])
        );
        create_file(&path, |out| out.write_all(b"new")).unwrap_err();
        create_file(&folder.path().join("b.txt"), half).unwrap_err();
        check_writable(&path).unwrap();
        check_writable(&folder.path().join("none/a.txt")).unwrap_err();
        check_writable(folder.path()).unwrap_err();
        assert_eq!(
            (fs::read(&path).unwrap(), names(folder.path())),
            (b"old".to_vec(), vec!["a.txt".to_owned()])
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_permissions_and_devices_stay_what_they_are() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.txt"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        replace_file(&link, |out| out.write_all(b"new")).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        replace_file(Path::new("/dev/null"), |out| out.write_all(b"gone")).unwrap();
        assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    }
}
