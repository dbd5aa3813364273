//! What comes before and after a search: documents made ready and pages made, said where it takes long.

use crate::args::Format;
use crate::ending::Failure;
use crate::files::{self, Neighbourhood};
use crate::library::{self, Attainable, Cancel, Error, Form, Planner, Problem, Warning, WarningKind, text};
use crate::output::note;
use std::borrow::Cow;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Between two lines that say what is going on.
const PAUSE: Duration = Duration::from_secs(2);

/// Longest time to compare a plan with what is possible; clients who are not reached are shown as not proven.
const COMPARING: Duration = Duration::from_secs(2);

/// Does a piece of work, and says every other second on standard error what it is, as `4 s: drawing the page`.
pub fn saying<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (begin, (done, wait)) = (Instant::now(), mpsc::channel::<()>());
    thread::scope(|scope| {
        // (Let go where the work ends, a panic included.)
        let _done = done;
        scope.spawn(move || {
            while wait.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                note(&format!("{:.0} s: {what}", begin.elapsed().as_secs_f64()));
            }
        });
        work()
    })
}

impl Neighbourhood {
    /// Makes the document ready for planning.
    pub fn prepare(&self, file: &Path) -> Result<Problem, Failure> {
        saying("preparing", || library::prepare(&self.document, &self.folder))
            .map_err(|error| self.wrong(file, error))
    }

    /// What is wrong with the document, with the lines of its file.
    fn wrong(&self, file: &Path, error: Error) -> Failure {
        if self.format == Format::Homecare || files::is_standard_input(file) {
            return files::failure(file, &error);
        }
        match files::text_of(file) {
            Ok(written) => {
                let form = Form::of_name(file).unwrap_or_else(|| Form::of_look(&written));
                files::failure(file, &text::located(error, &written, form))
            }
            Err(_) => files::failure(file, &error),
        }
    }

    /// What the document probably does not mean. Where addresses were looked up, far places are known only of the `problem`.
    pub fn warnings_of(&self, problem: &Problem) -> Cow<'_, [Warning]> {
        if *problem.document() == self.document {
            return Cow::Borrowed(&self.warnings);
        }
        let is_far = |warning: &Warning| warning.kind == WarningKind::FarPlace;
        let far = problem.document().warnings().into_iter().filter(is_far);
        let others = self.warnings.iter().filter(|warning| !is_far(warning)).cloned();
        Cow::Owned(far.chain(others).collect())
    }
}

/// What no plan can beat, as far as it is found in some seconds.
pub fn attainable(planner: &Planner) -> Attainable {
    saying("comparing with what is possible", || planner.attainable(&Cancel::after(COMPARING)))
}

#[cfg(test)]
mod tests {
    use super::saying;

    #[test]
    fn work_ends_with_its_answer_or_its_panic() {
        assert_eq!(saying("nothing", || 7), 7);
        let begin = std::time::Instant::now();
        assert!(std::panic::catch_unwind(|| saying("nothing", || panic!("of its own"))).is_err());
        // (Nobody waits for the next line.)
        assert!(begin.elapsed() < super::PAUSE);
    }
}
