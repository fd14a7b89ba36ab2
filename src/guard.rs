//! Watching over work that a theme gives us: nothing in it can be trusted to end.
//!
//! Neither Tera nor Typst can be stopped from without. A template that loops for ever, or makes a
//! text twice as long again and again, is therefore ended with the whole program, in words and
//! before anything is written: the program tells [`watch`] how to say it. Time is counted in
//! looks and not by the clock, so that a machine that sleeps or is busy blames nobody.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::time::Duration;

use crate::diag::{Code, Diagnostic};

/// How often is looked.
const LOOK: Duration = Duration::from_millis(20);
/// How many looks a template may take, some eight seconds; what is usual is a fraction of one.
const LOOKS: u32 = 400;
/// By how many bytes memory may grow during one piece of work, for each that is under way and
/// once more.
const GROWTH: usize = 256 << 20;
/// What no page or poster needs at once.
const AT_ONCE: usize = 1 << 30;

type Alarm = Box<dyn Fn(Diagnostic) + Send + Sync>;

static ALARM: OnceLock<Alarm> = OnceLock::new();
static WORK: Mutex<Work> = Mutex::new(Work {
    jobs: BTreeMap::new(),
    next: 0,
});
static BEGUN: Condvar = Condvar::new();

/// What is under way.
struct Work {
    /// By number, the oldest first.
    jobs: BTreeMap<u64, Job>,
    next: u64,
}

struct Job {
    file: String,
    looks: u32,
    /// How much memory the program had at the first look.
    memory: usize,
}

/// Watches from now on; `alarm` says what is wrong and ends the program.
pub fn watch(alarm: impl Fn(Diagnostic) + Send + Sync + 'static) {
    if ALARM.set(Box::new(alarm)).is_ok() {
        // Where the system grants no thread, work goes on unwatched.
        let _ = std::thread::Builder::new()
            .name("guard".into())
            .spawn(look_on);
    }
}

/// Does `work`, which the theme's `file` gives.
pub(crate) fn doing<T>(file: &str, work: impl FnOnce() -> T) -> T {
    let _under_way = UnderWay::begin(file);
    work()
}

/// Hears that `bytes` of memory are asked for at once; the program's allocator tells it.
pub fn asked_for(bytes: usize) {
    if bytes < AT_ONCE {
        return;
    }
    let work = match WORK.try_lock() {
        Ok(work) => work,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    let oldest = work.jobs.values().next();
    let found = oldest.map(|job| blame(Code::TemplateTooLarge, &job.file));
    drop(work);
    if let Some(found) = found {
        sound(found);
    }
}

/// A piece of work under way; ended when dropped.
struct UnderWay(u64);

impl UnderWay {
    fn begin(file: &str) -> Self {
        let mut work = work();
        let number = work.next;
        work.next += 1;
        let job = Job {
            file: file.to_owned(),
            looks: 0,
            memory: 0,
        };
        work.jobs.insert(number, job);
        if work.jobs.len() == 1 {
            BEGUN.notify_one();
        }
        Self(number)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        work().jobs.remove(&self.0);
    }
}

fn work() -> MutexGuard<'static, Work> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks again and again, as long as anything is under way.
fn look_on() {
    loop {
        let idle = BEGUN.wait_while(work(), |work| work.jobs.is_empty());
        drop(idle);
        std::thread::sleep(LOOK);
        let found = work().look(memory());
        if let Some(found) = found {
            sound(found);
        }
    }
}

impl Work {
    /// Looks once, when the program has `memory`; returns what is wrong.
    fn look(&mut self, memory: usize) -> Option<Diagnostic> {
        let allowed = GROWTH * (1 + self.jobs.len());
        self.jobs.values_mut().find_map(|job| {
            if job.looks == 0 {
                job.memory = memory;
            }
            job.looks += 1;
            if memory.saturating_sub(job.memory) > allowed {
                return Some(blame(Code::TemplateTooLarge, &job.file));
            }
            (job.looks > LOOKS).then(|| blame(Code::TemplateEndless, &job.file))
        })
    }
}

fn blame(code: Code, file: &str) -> Diagnostic {
    Diagnostic::new(code).with("file", file)
}

fn sound(found: Diagnostic) {
    if let Some(alarm) = ALARM.get() {
        alarm(found);
    }
}

/// Returns how much of the machine's memory the program has; nothing where the system does not
/// say.
fn memory() -> usize {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Language;

    fn work(files: &[&str]) -> Work {
        let job = |(number, file): (usize, &&str)| {
            let job = Job {
                file: (*file).to_owned(),
                looks: 0,
                memory: 0,
            };
            (number as u64, job)
        };
        Work {
            jobs: files.iter().enumerate().map(job).collect(),
            next: files.len() as u64,
        }
    }

    fn said(found: Option<Diagnostic>) -> String {
        found.map_or(String::new(), |found| {
            found.render(Language::English).message
        })
    }

    #[test]
    fn what_takes_too_long_or_grows_too_much_is_named() {
        let mut slow = work(&["theme/a.html"]);
        for _ in 0..LOOKS {
            assert_eq!(said(slow.look(1)), "");
        }
        assert!(said(slow.look(1)).contains("theme/a.html"));
        // Two at a time may take more than one; the older one is blamed.
        let mut large = work(&["theme/a.html", "theme/b.html"]);
        assert_eq!(said(large.look(7)), "");
        assert_eq!(said(large.look(7 + 3 * GROWTH)), "");
        assert!(said(large.look(8 + 3 * GROWTH)).contains("theme/a.html"));
    }

    #[test]
    fn work_is_forgotten_when_it_has_ended() {
        let known = || {
            super::work()
                .jobs
                .values()
                .any(|job| job.file == "theme/c.html")
        };
        assert_eq!(doing("theme/c.html", || (known(), 5)), (true, 5));
        assert!(!known());
    }
}
