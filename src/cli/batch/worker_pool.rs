//! Runs jobs on all threads with a bound on how many are in memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{panic, thread};

use crate::error::Result;

/// Maximum number of jobs in memory per thread: read, in work, or done and waiting for their turn.
const JOBS_PER_THREAD: usize = 8;

/// Interval at which an idle thread checks whether it should stop.
const STOP_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Runs `work` on every job that `read` passes on and `write` on each answer: in the order of the jobs if `is_ordered`,
/// else as they are ready. Reading waits while too many jobs are in memory.
///
/// Once `stop` is set, no job is started; started ones are finished and written. They are always the first of all jobs,
/// so that the order has no gap.
///
/// # Errors
/// The first error of `write`, after which nothing more is written, or the error of `read`.
pub(super) fn run_jobs<J: Send + 'static, R: Send>(
    read: impl FnOnce(&mut dyn FnMut(J) -> bool) -> Result<()> + Send + 'static,
    work: impl Fn(J) -> R + Sync,
    mut write: impl FnMut(R) -> Result<()>,
    is_ordered: bool,
    stop: &AtomicBool,
) -> Result<()> {
    let threads = rayon::current_num_threads();
    let (hold, held) = mpsc::sync_channel(JOBS_PER_THREAD * threads);
    let (hand, take) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    // Outside the scope, which would wait for it: it may block on input that never comes.
    let reader = thread::spawn(move || {
        let mut numbers = 0_u64..;
        read(&mut |job| {
            hold.send(()).is_ok() && numbers.next().is_some_and(|number| hand.send((number, job)).is_ok())
        })
    });
    let take = Mutex::new(take);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (answer, take, work) = (answer.clone(), &take, &work);
            scope.spawn(move || {
                run_on_own_pool(|| {
                    while let Some((number, job)) = next_job(take, stop) {
                        if answer.send((number, work(job))).is_err() {
                            break;
                        }
                    }
                });
            });
        }
        drop(answer);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        for (number, answer) in answers {
            // Without an order every answer is due as soon as it is ready.
            turn = if is_ordered { turn } else { number };
            waiting.insert(number, answer);
            while let Some(answer) = waiting.remove(&turn) {
                write(answer).inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                let _ = held.try_recv();
                turn += 1;
            }
        }
        Ok(())
    })?;
    if stop.load(Ordering::Relaxed) {
        return Ok(());
    }
    reader.join().unwrap_or_else(|cause| panic::resume_unwind(cause))
}

/// The next job; `None` once there are no more or `stop` is set.
fn next_job<J>(take: &Mutex<Receiver<J>>, stop: &AtomicBool) -> Option<J> {
    let take = take.lock().unwrap_or_else(PoisonError::into_inner);
    while !stop.load(Ordering::Relaxed) {
        match take.recv_timeout(STOP_POLL_INTERVAL) {
            Ok(job) => return Some(job),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
    None
}

/// Runs `work` in a thread pool of one thread, so that its own parallel iterators stay on this thread.
fn run_on_own_pool(work: impl FnOnce()) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    // If the pool cannot be built, the results are the same and the run is slower.
    work();
    drop(pool);
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::error::{Error, ErrorKind};

    fn squares(is_ordered: bool, stop_at: u64) -> Vec<u64> {
        let stop = AtomicBool::new(false);
        let mut written = Vec::new();
        run_jobs(
            |each| {
                (0..1000).all(each);
                Ok(())
            },
            |job: u64| {
                thread::sleep(Duration::from_micros(job * 7 % 5 * 100));
                stop.fetch_or(job == stop_at, Ordering::Relaxed);
                job * job
            },
            |square| {
                written.push(square);
                Ok(())
            },
            is_ordered,
            &stop,
        )
        .unwrap();
        written
    }

    #[test]
    fn every_job_is_answered_once() {
        let all: Vec<u64> = (0..1000).map(|n| n * n).collect();
        assert_eq!(squares(true, u64::MAX), all);
        let mut unordered = squares(false, u64::MAX);
        unordered.sort_unstable();
        assert_eq!(unordered, all);
    }

    #[test]
    fn what_was_begun_is_finished_and_nothing_else() {
        let written = squares(true, 500);
        assert!((501..520 + 8 * rayon::current_num_threads()).contains(&written.len()), "{}", written.len());
        assert!(written.iter().enumerate().all(|(k, square)| (k * k) as u64 == *square));
    }

    #[test]
    fn reading_waits_for_writing() {
        let (read, stop) = (std::sync::Arc::new(AtomicUsize::new(0)), AtomicBool::new(false));
        let mut written = 0;
        let most = JOBS_PER_THREAD * rayon::current_num_threads() + 1;
        let reading = read.clone();
        let jobs = move |each: &mut dyn FnMut(usize) -> bool| {
            (0..200).all(|job| {
                reading.fetch_add(1, Ordering::Relaxed);
                each(job)
            });
            Ok(())
        };
        let slow = |_| {
            thread::sleep(Duration::from_millis(1));
            assert!(read.load(Ordering::Relaxed) <= written + most);
            written += 1;
            Ok(())
        };
        run_jobs(jobs, |job| job, slow, true, &stop).unwrap();
        assert_eq!(written, 200);
    }

    #[test]
    fn a_reader_and_a_writer_can_fail() {
        let fails = || Error::new(ErrorKind::Input, "gone");
        let read = |each: &mut dyn FnMut(u8) -> bool| {
            each(1);
            Err(Error::new(ErrorKind::Input, "gone"))
        };
        let mut written = 0;
        let count = |_| {
            written += 1;
            Ok(())
        };
        assert!(run_jobs(read, |job| job, count, false, &AtomicBool::new(false)).is_err());
        assert_eq!(written, 1);
        let endless = |each: &mut dyn FnMut(u8) -> bool| {
            while each(1) {}
            Ok(())
        };
        assert!(run_jobs(endless, |job| job, |_| Err(fails()), false, &AtomicBool::new(false)).is_err());
    }
}
