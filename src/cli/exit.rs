use std::process::ExitCode;

/// Exit status of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: ran, and found nothing at or above the reporting level.
    Clean,
    /// 1: ran, and there are findings.
    Findings,
    /// 2: could not run: usage, unreadable input, missing encoder.
    CouldNotRun,
    /// 3: nothing to compare.
    NothingToCompare,
    /// 4: ran and found nothing, but some versions could not be compared well enough for that to mean much.
    CannotTell,
    /// 128 plus the signal number: stopped by a signal after finishing started work.
    Stopped(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::CouldNotRun => Self::from(2),
            Exit::NothingToCompare => Self::from(3),
            Exit::CannotTell => Self::from(4),
            Exit::Stopped(signal) => Self::from(128 + signal),
        }
    }
}
