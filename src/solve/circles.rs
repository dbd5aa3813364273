//! Circles before tours: planned on their own, and as a guide of the search.

use super::options::Options;
use super::{Cancel, Outcome, Progress, solve_plainly};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::circles as exact;
use crate::model::facts::Facts;
use crate::model::problem::Problem;
use rustc_hash::FxHashMap;

pub use crate::model::circles::{Circles, ClientCircle, NurseLoad};

/// Most pairs of a visit on a day and a nurse.
const MOST_PAIRS: usize = 4_000_000;

/// The part of a search that is guided.
const GUIDED: f64 = 0.95;

/// What a visit by a nurse outside the circle costs in a guided search, as a part of the price of a face, where the
/// document has no price for it.
const GUIDE: f64 = 0.1;

/// Plans a circle for each client: which few nurses look after it in the days of the horizon, and who is its first
/// nurse.
///
/// What counts: the document's prices of faces, new faces, first and preferred nurses and visits left out, and an
/// estimate of the way (a part of the way between the nurse's home and the client, and the way from the
/// nearest clients). What binds: competence, forbidden pairs, pins, known faces, hard bounds on faces; who is on
/// duty when a visit may take place; and the time of each shift and of its parts, of which a second too many costs three
/// in each part that is too full. Day patterns are chosen along. What does not count: tours, contract hours,
/// COC, UPC, hand-overs, introductions. Clients whose circle the document names keep it; a visit by others costs them
/// twenty minutes here.
///
/// Without `seconds` the answer is the same on every machine, unless the integer programme takes twenty seconds and is cut
/// off. With them, it takes about so long at most, and may depend on the machine. Either way it is never dearer, by the
/// estimates, than what clients agree on one by one and two by two. [`Circles::gap`] is what may be missing. A `cancel`
/// ends it early.
///
/// # Errors
/// Seconds that are not above 0, or above 10,000,000. `TooLarge` where visits on their possible days times nurses are more
/// than 4,000,000.
///
/// # Complexity
/// Sixty rounds at most, each of a branch and bound over the sets of nurses of each client, 2,000 of them at most; pairs
/// of clients; and up to some hundred clients an integer programme with a variable for each circle listed, 24 a client at most.
///
/// # References
/// M. L. Fisher and R. Jaikumar (1981), "A generalized assignment heuristic for vehicle routing", Networks 11(2);
/// C. F. Daganzo (1984), "The distance traveled to visit N points with a maximum of C stops per vehicle",
/// Transportation Science 18(4).
pub fn circles(problem: &Problem, seconds: Option<f64>, cancel: &Cancel) -> Result<Circles> {
    if seconds.is_some_and(|seconds| !(seconds > 0.0 && seconds <= 1e7)) {
        let value = seconds.unwrap_or_default();
        let mistake = Mistake::new(
            "seconds",
            format!("{value} is out of range"),
            "give seconds above 0, at most 10,000,000",
        );
        return Err(Error::new(ErrorKind::Options, mistake));
    }
    let pairs = problem.facts.options.len().saturating_mul(problem.facts.nurses.len());
    if pairs > MOST_PAIRS {
        let problem = format!("{pairs} pairs of a visit on a day and a nurse");
        let mistake = Mistake::new("clients", problem, "plan circles for fewer days, clients or nurses");
        return Err(Error::new(ErrorKind::TooLarge, mistake));
    }
    Ok(exact::circles(problem, seconds, &|| cancel.is_cancelled()))
}

/// Whether circles are for the clients and nurses of a problem.
pub(super) fn check_fit(problem: &Problem, circles: &Circles) -> Result<()> {
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

/// Solves with a guide: most of the search with circles that have a price, the rest from there at the prices of the
/// document alone.
pub(super) fn solve_guided(
    problem: &Problem,
    options: &Options,
    circles: &Circles,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    let mut spent = Spent::default();
    let part = options.part(GUIDED);
    let guided = guided(problem, circles);
    let first = spent.add(solve_plainly(problem, &guided, &part, None, cancel, &mut spent.tell(progress))?);
    let mut rest = options.part(1.0 - GUIDED);
    let done = part.iterations.unwrap_or(0);
    rest.iterations = options.iterations.map(|all| all.saturating_sub(done).max(1));
    let start = Some(&first.plan);
    let last = solve_plainly(problem, &problem.facts, &rest, start, cancel, &mut spent.tell(progress))?;
    Ok(Outcome { broken: Vec::new(), ..spent.add(last) })
}

/// The facts of a problem with circles named and priced. Whom clients count on during leave stays as the document says.
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

/// What searches before this one took.
#[derive(Default, Clone, Copy)]
struct Spent {
    seconds: f64,
    iterations: u64,
    evaluations: u64,
}

impl Spent {
    /// Counts an outcome in, and makes it that of all searches so far.
    fn add(&mut self, mut outcome: Outcome) -> Outcome {
        let run = &mut outcome.run;
        run.seconds += self.seconds;
        run.iterations += self.iterations;
        run.evaluations += self.evaluations;
        *self = Self { seconds: run.seconds, iterations: run.iterations, evaluations: run.evaluations };
        outcome
    }

    /// Tells how a search stands that goes on from here.
    fn tell<'a>(&self, progress: &'a mut dyn FnMut(&Progress)) -> impl FnMut(&Progress) + use<'a> {
        let before = *self;
        move |now| {
            let (seconds, iterations) = (before.seconds + now.seconds, before.iterations + now.iterations);
            let iterations_per_second = iterations as f64 / seconds.max(1e-9);
            progress(&Progress { seconds, iterations, iterations_per_second, ..now.clone() });
        }
    }
}
