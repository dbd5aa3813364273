//! A search that circles guide.

use super::outcome::{Outcome, Progress};
use super::prepared::Parts;
use super::run::{Search, solve_plainly};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::circles::Circles;
use crate::model::facts::Facts;
use crate::model::{Plan, Problem};
use crate::rules::Evaluator;
use rustc_hash::FxHashMap;
use std::time::Instant;

/// The part of a search that is guided.
const GUIDED: f64 = 0.95;

/// Price of a visit by a nurse outside the circle in a guided search, as a share of the price of a face, where the
/// document has no price for it.
const GUIDE: f64 = 0.1;

/// Solves the problem, guided by the circles of the options if there are any and no plan to start from is given.
pub(super) fn solve_problem(
    problem: &Problem,
    parts: Parts<'_>,
    search: &Search<'_>,
    start: Option<&Plan>,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    let Some(circles) = &search.options.circles else {
        return solve_plainly(problem, parts, search, start, progress);
    };
    check_fit(problem, circles)?;
    let mut outcome = match start {
        None => solve_guided(problem, parts, search, circles, progress)?,
        Some(_) => solve_plainly(problem, parts, search, start, progress)?,
    };
    outcome.plan.circles =
        circles.clients.iter().filter(|circle| !circle.nurses.is_empty()).cloned().collect();
    Ok(outcome)
}

/// Checks that circles are for the clients of a problem, in their order, and name only its nurses.
fn check_fit(problem: &Problem, circles: &Circles) -> Result<()> {
    let document = problem.document();
    let is_nurse = |id: &String| document.nurses.iter().any(|nurse| nurse.id == *id);
    let same = document
        .clients
        .iter()
        .map(|client| &client.id)
        .eq(circles.clients.iter().map(|circle| &circle.client));
    let mut named = circles.clients.iter().flat_map(|circle| circle.nurses.iter().chain(&circle.first_nurse));
    if same && named.all(is_nurse) {
        return Ok(());
    }
    let mistake = Mistake::new(
        "circles",
        "they are of other clients or nurses than the document's".to_owned(),
        "plan them for this document",
    );
    Err(Error::new(ErrorKind::Options, mistake))
}

/// Solves with a guide: in most of the search, visits outside the circles have a price; the rest continues from there
/// at the prices of the document alone.
fn solve_guided(
    problem: &Problem,
    own: Parts<'_>,
    search: &Search<'_>,
    circles: &Circles,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    let mut spent = Spent::default();
    let options = search.options;
    let facts = guided(problem, circles);
    let evaluator = Evaluator::new(&facts);
    // A guide changes prices and no hard rule, so the candidate lists stay valid.
    let parts = Parts { facts: &facts, evaluator: &evaluator, candidates: own.candidates };
    let part = &options.part(GUIDED);
    let guided = Search { options: part, ..*search };
    let first = spent.add(solve_plainly(problem, parts, &guided, None, &mut spent.tell(progress))?);
    let mut rest = options.part(1.0 - GUIDED);
    let done = part.iterations.unwrap_or(0);
    rest.iterations = options.iterations.map(|all| all.saturating_sub(done).max(1));
    let rest = Search { begin: Instant::now(), options: &rest, ..*search };
    let last = solve_plainly(problem, own, &rest, Some(&first.plan), &mut spent.tell(progress))?;
    Ok(Outcome { broken: Vec::new(), ..spent.add(last) })
}

/// The facts of a problem with the circles entered, and a price on visits outside them. Whom clients know, and on whom
/// they count during leave, stays as the document says.
fn guided(problem: &Problem, circles: &Circles) -> Facts {
    let numbers = (0..).zip(&problem.document().nurses).map(|(number, nurse)| (nurse.id.as_str(), number));
    let numbers: FxHashMap<&str, u32> = numbers.collect();
    let number = |id: &String| numbers.get(id.as_str()).copied();
    let mut facts = problem.facts.clone();
    for (client, circle) in facts.clients.iter_mut().zip(&circles.clients) {
        if client.circle.is_empty() && !circle.nurses.is_empty() {
            client.circle = circle.nurses.iter().filter_map(number).collect();
            client.first_nurse = client.first_nurse.or_else(|| circle.first_nurse.as_ref().and_then(number));
        }
    }
    if facts.prices.not_circle <= 0.0 {
        facts.prices.not_circle = GUIDE * facts.prices.face;
    }
    facts
}

/// Time and work of the searches before this one.
#[derive(Default, Clone, Copy)]
struct Spent {
    seconds: f64,
    iterations: u64,
    evaluations: u64,
}

impl Spent {
    /// Adds the run of an outcome, and returns the outcome with the run of all searches so far.
    fn add(&mut self, mut outcome: Outcome) -> Outcome {
        let run = &mut outcome.run;
        run.seconds += self.seconds;
        run.iterations += self.iterations;
        run.evaluations += self.evaluations;
        *self = Self { seconds: run.seconds, iterations: run.iterations, evaluations: run.evaluations };
        outcome
    }

    /// Wraps `progress` so that the next search reports the time and iterations of all searches.
    fn tell<'a>(&self, progress: &'a mut dyn FnMut(&Progress)) -> impl FnMut(&Progress) + use<'a> {
        let before = *self;
        move |now| {
            let (seconds, iterations) = (before.seconds + now.seconds, before.iterations + now.iterations);
            let iterations_per_second = iterations as f64 / seconds.max(1e-9);
            progress(&Progress { seconds, iterations, iterations_per_second, ..now.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::model::circles::ClientCircle;
    use crate::rules::judge;

    #[test]
    fn a_stranger_of_a_planned_circle_stays_a_stranger() {
        let document: Document = serde_json::from_str(
            r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
                "nurses": [{"id": "n", "home": {"index": 0},
                    "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "15:00"}]}],
                "clients": [{"id": "c", "location": {"index": 1}, "known_faces_under_minutes": 30, "care": [
                    {"id": "long", "days": "daily", "minutes": 40, "window": {"from": "08:00", "to": "10:00"}},
                    {"id": "short", "days": "daily", "minutes": 20, "window": {"from": "11:00", "to": "13:00"}}]}],
                "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#,
        )
        .unwrap();
        let problem = super::super::prepare(&document, std::path::Path::new(".")).unwrap();
        let circle = ClientCircle {
            client: "c".to_owned(),
            first_nurse: Some("n".to_owned()),
            nurses: vec!["n".to_owned()],
            visits: vec![1],
        };
        let guided = guided(&problem, &Circles { clients: vec![circle], ..Circles::default() });
        assert_eq!((guided.clients[0].circle.as_slice(), guided.clients[0].first_nurse), (&[0][..], Some(0)));
        for facts in [&problem.facts, &guided] {
            assert!(judge(facts, 0, 0).is_ok() && judge(facts, 1, 0).is_err());
        }
    }
}
