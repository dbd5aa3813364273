//! Plans prepared ahead for every nurse and day: who takes over if the nurse falls ill. From them follows who else
//! could come to each client.

use super::cancel::Cancel;
use super::checking::check;
use super::options::Options;
use super::outcome::StopReason;
use super::planner::Planner;
use crate::check::{Rule, check_fitting};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::Document;
use crate::model::explanation::NurseAndStart;
use crate::model::plan::{MissedMeeting, PlannedVisit, Tour, Unplanned};
use crate::model::{Calendar, CostByTerm, Event, Events, Plan, Problem, Published, TravelTimes};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Iterations for each nurse and day where no number is given. On six days of the made-up town, four times as many made the plans
/// cheaper by one part in a hundred; with a sixteenth, a third more visits stayed uncovered.
const ITERATIONS: u64 = 16_000;

/// Most mistakes that are named.
const MOST: usize = 100;

/// What a client knows of a nurse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Familiarity {
    /// The nurse comes to the client in the plan as it is.
    Planned,
    /// The client met the nurse in the history window.
    Known,
    /// Neither: a new face.
    New,
}

/// A visit in the plan for a nurse who is ill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StandInVisit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day in the plan as it is.
    pub date: Date,
    /// As it is planned.
    pub before: NurseAndStart,
    /// As it would be; `None`: it stays uncovered.
    pub now: Option<NurseAndStart>,
    /// What the client knows of the nurse who would come; `None` where it stays uncovered.
    pub familiarity: Option<Familiarity>,
}

/// What to do if a nurse is ill on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StandInDay {
    /// Nurse id of the one who would be ill.
    pub nurse: String,
    /// The day, on which the nurse's shifts start.
    pub date: Date,
    /// The nurse's visits, by start: who takes which.
    pub visits: Vec<StandInVisit>,
    /// Visits of other nurses that change to make room: they go to another nurse or day, or their start moves by more
    /// than `changed_hour_tolerance`.
    pub moved: Vec<StandInVisit>,
    /// Meetings of the plan as it is that a nurse would now miss: time of her own for which no other day has room.
    pub missed: Vec<MissedMeeting>,
    /// Pairs of a client and a nurse who would be a new face.
    pub new_faces: u32,
    /// Visits that stay uncovered, those of others included.
    pub uncovered: u32,
    /// Change of cost, term by term, by the second opinion: the plan for that day minus the plan as it is. In
    /// milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// The plan for that day. It belongs to the document with the absence.
    #[serde(skip)]
    pub plan: Plan,
}

/// A nurse who could come to a client instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FallbackNurse {
    /// Nurse id.
    pub nurse: String,
    /// How many of the visits the nurse could make.
    pub visits: u32,
    /// What the client knows of the nurse.
    pub familiarity: Familiarity,
}

/// Who could come instead if a visit of a client is missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fallback {
    /// Client id.
    pub client: String,
    /// Visits that were looked at.
    pub visits: u32,
    /// Who could come, most visits first.
    pub nurses: Vec<FallbackNurse>,
    /// Visits that nobody could make instead: care line id and day.
    pub nobody: Vec<(String, Date)>,
}

/// Plans for every nurse and day, prepared ahead.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StandIns {
    /// By day, then in the order of the nurses in the document. Nurses without a visit on a day have none.
    pub days: Vec<StandInDay>,
    /// By client, in the order of the document: clients of whom a visit was looked at.
    pub fallbacks: Vec<Fallback>,
    /// Number of pairs of nurse and day that have no plan, because of a cancel or the time limit.
    pub left: u32,
}

impl Planner {
    /// For every nurse and day of a plan: what to do if the nurse is ill on that day. Each is planned as
    /// [`Planner::replan`] plans after an absence that is known at midnight of the day, at the same prices of changes.
    /// Nothing on other days changes: their visits keep nurse, day and hour, although another regular hour might now be
    /// better for a client. (A visit of the day whose days kring chooses may move to another day, between the visits
    /// there.) Pins to the nurse do not hold for her visits on the day.
    ///
    /// `date` and `nurse` choose one day or one nurse. `progress` is told how many of how many are ready.
    ///
    /// The iterations of `options` are for each nurse and day (default 16,000); its seconds, if given, for all together. Each search
    /// has one worker, and different ones run side by side. Without seconds the answer is the same whatever the number of threads.
    ///
    /// # Errors
    /// Options outside their ranges; kind `Options` for a day outside the horizon or an unknown nurse; kind `Plan` for a plan that is
    /// not of this document or breaks a rule (a missed meeting excepted).
    ///
    /// # Complexity
    /// For each nurse and day: a problem made, and a search.
    pub fn standins(
        &self,
        plan: &Plan,
        date: Option<Date>,
        nurse: Option<&str>,
        options: &Options,
        cancel: &Cancel,
        progress: impl FnMut(usize, usize) + Send,
    ) -> Result<StandIns> {
        let begin = Instant::now();
        self.check(options)?;
        let (document, times) = (self.problem().document(), self.problem().times());
        let calendar = self.problem().calendar();
        chosen(document, calendar, date, nurse)?;
        let cost = clean(document, times, plan)?;
        let all = nurse_days(document, plan, date, nurse);
        let pool = self.threads(options.threads)?;
        // Time is kept free to value every plan at the end, which takes about as long as valuing the plan as it is took
        // here.
        let beside = begin.elapsed();
        let search_for = |seconds: f64| Duration::from_secs_f64(seconds).saturating_sub(beside);
        let until = options.seconds.map(|seconds| begin + search_for(seconds));
        let options = Options {
            iterations: Some(options.iterations.unwrap_or(ITERATIONS)),
            workers: Some(1),
            circles: None,
            ..options.clone()
        };
        let acquaintance = Acquaintance::new(self.problem(), plan);
        let planner = self.clone().with_pool(pool.clone());
        let ahead = Ahead { planner, plan, cost, options, cancel, until, acquaintance };
        let (begun, done) = (AtomicUsize::new(0), Mutex::new((0, progress)));
        let found: Vec<Result<Option<StandInDay>>> = pool.install(|| {
            let one = |&(date, nurse): &(Date, usize)| {
                // Each pair of nurse and day gets a share of the time that is left, which includes its preparation.
                let waiting = all.len() - begun.fetch_add(1, Ordering::Relaxed);
                let share = (pool.current_num_threads() as f64 / waiting as f64).min(1.0);
                let left = until.map(|until| until.saturating_duration_since(Instant::now()));
                let is_over = cancel.is_cancelled() || left.is_some_and(|left| left.is_zero());
                let seconds = left.map(|left| left.as_secs_f64() * share);
                let found = if is_over { Ok(None) } else { ahead.day(date, nurse, seconds) };
                if let Ok(mut done) = done.lock() {
                    let (done, progress) = &mut *done;
                    *done += 1;
                    progress(*done, all.len());
                }
                found
            };
            all.par_iter().with_max_len(1).map(one).collect()
        });
        let found: Vec<Option<StandInDay>> = found.into_iter().collect::<Result<_>>()?;
        let left = found.iter().filter(|day| day.is_none()).count() as u32;
        let days: Vec<StandInDay> = found.into_iter().flatten().collect();
        Ok(StandIns { fallbacks: fallbacks(document, &days), days, left })
    }
}

/// # Errors
/// A day outside the horizon, an unknown nurse.
fn chosen(document: &Document, calendar: &Calendar, date: Option<Date>, nurse: Option<&str>) -> Result<()> {
    let mut mistakes = Vec::new();
    if let Some(date) = date.filter(|&date| calendar.day(date).is_none()) {
        let last = calendar.date(i32::from(calendar.days()) - 1);
        let problem = format!("{date} is outside the horizon, {} to {last}", calendar.date(0));
        mistakes.push(Mistake::new("date", problem, "give a day of the horizon"));
    }
    if let Some(id) = nurse.filter(|id| document.nurses.iter().all(|nurse| nurse.id != *id)) {
        let problem = format!("{id:?} is not a nurse of the document");
        mistakes.push(Mistake::new("nurse", problem, "name one"));
    }
    Error::from_mistakes(ErrorKind::Options, mistakes)
}

/// The cost of a plan. A broken rule other than a missed meeting is an error.
fn clean(document: &Document, times: &TravelTimes, plan: &Plan) -> Result<CostByTerm> {
    let checked = check_fitting(document, times, plan, None)?;
    let broken = checked.violations.iter().filter(|found| found.rule != Rule::MissedMeeting);
    let mend = "plans ahead are made for a plan that keeps every rule; 'kring solve --start' mends one";
    let mistakes = broken.take(MOST).map(|found| Mistake::new(&found.place, &found.message, mend));
    Error::from_mistakes(ErrorKind::Plan, mistakes.collect())?;
    Ok(checked.cost)
}

/// Days on which nurses have visits: by day, then by number of the nurse.
fn nurse_days(
    document: &Document,
    plan: &Plan,
    date: Option<Date>,
    nurse: Option<&str>,
) -> Vec<(Date, usize)> {
    let numbers: FxHashMap<&str, usize> =
        document.nurses.iter().enumerate().map(|(number, nurse)| (nurse.id.as_str(), number)).collect();
    let is_asked =
        |id: &str, day: Date| nurse.is_none_or(|nurse| nurse == id) && date.is_none_or(|date| date == day);
    let tours = plan.tours.iter().filter(|tour| tour.visits().next().is_some());
    let all = tours.filter_map(|tour| {
        let day = tour.shift.date();
        let number = numbers.get(tour.nurse.as_str()).filter(|_| is_asked(&tour.nurse, day))?;
        Some((day, *number))
    });
    let mut all: Vec<(Date, usize)> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What all nurses and days share.
struct Ahead<'a> {
    planner: Planner,
    plan: &'a Plan,
    cost: CostByTerm,
    options: Options,
    cancel: &'a Cancel,
    /// End of the time for all searches.
    until: Option<Instant>,
    acquaintance: Acquaintance<'a>,
}

impl Ahead<'_> {
    /// The plan for a nurse who is ill on a day, within so many seconds; `None` where somebody stopped it, or the time
    /// for all searches was over before this one.
    fn day(&self, date: Date, number: usize, seconds: Option<f64>) -> Result<Option<StandInDay>> {
        let begin = Instant::now();
        let problem = self.planner.problem();
        let (calendar, nurse) = (problem.calendar(), problem.document().nurses[number].id.as_str());
        let day = calendar.days_from_first(date) as i32;
        let now = calendar.moment(calendar.seconds(day, crate::model::document::TimeOfDay::MIDNIGHT));
        let absent =
            Event::NurseAbsent { nurse: nurse.to_owned(), date, until: None, from_time: None, to_time: None };
        let events = Events::new(Some(now), vec![absent]);
        let (document, plan) = events.apply(&self.unpinned(date, nurse), self.plan)?;
        let published = Published::new(plan, events.now);
        // No address changes, so the travel times are reused.
        let problem = Problem::new(&document, problem.times().clone())?.with_published(&published);
        let problem = problem.with_other_days_frozen(date);
        let planner = self.planner.of(problem);
        let over = || self.cancel.is_cancelled() || self.until.is_some_and(|until| Instant::now() >= until);
        if planner.core.parts_until(&over).is_none() {
            return Ok(None);
        }
        let options = Options { seconds, ..self.options.clone() };
        let outcome =
            planner.solve_since(begin, &options, Some(&published.plan), self.cancel, &mut |_| {})?;
        if outcome.run.stop == StopReason::Cancelled {
            return Ok(None);
        }
        let mut plan = outcome.plan;
        self.keep_reasons(&mut plan, date);
        let mut cost = check(planner.problem(), &plan)?.cost;
        for (term, before) in self.cost.iter() {
            cost[term] -= before;
        }
        Ok(Some(self.described(date, nurse, plan, cost)))
    }

    /// The document in which no visit of the day is pinned to this nurse.
    fn unpinned(&self, date: Date, nurse: &str) -> Document {
        let tours = self.plan.tours.iter().filter(|tour| tour.nurse == nurse && tour.shift.date() == date);
        let visits = tours.flat_map(Tour::visits);
        let hers: FxHashSet<(&str, &str, Date)> =
            visits.map(|visit| (visit.client.as_str(), visit.care.as_str(), visit.date)).collect();
        let mut document = self.planner.problem().document().clone();
        document.agreements.pins.retain_mut(|pin| {
            let is_hers = hers.contains(&(pin.client.as_str(), pin.care.as_str(), pin.date));
            pin.nurse.take_if(|_| is_hers);
            !is_hers || pin.start.is_some()
        });
        document
    }

    /// Gives what is left out on other days the reasons that it has in the plan as it is: those days were not planned
    /// again.
    fn keep_reasons(&self, plan: &mut Plan, date: Date) {
        let mut known: FxHashMap<(&str, &str, Date), &Unplanned> = FxHashMap::default();
        for out in self.plan.unplanned.iter().filter(|out| out.date != date) {
            known.insert((&out.client, &out.care, out.date), out);
        }
        for out in &mut plan.unplanned {
            if let Some(was) = known.get(&(out.client.as_str(), out.care.as_str(), out.date)) {
                out.reasons.clone_from(&was.reasons);
            }
        }
        for out in plan.missed.iter_mut().filter(|out| out.date != date) {
            if let Some(was) = self.plan.missed.iter().find(|was| is_same(was, out)) {
                out.why.clone_from(&was.why);
            }
        }
    }

    /// Describes the new plan of a day, visit by visit.
    fn described(&self, date: Date, nurse: &str, plan: Plan, cost: CostByTerm) -> StandInDay {
        let problem = self.planner.problem();
        let calendar = problem.calendar();
        let tolerance = i64::from(problem.document().prices.changed_hour_seconds());
        let mut now = ByLine::default();
        for tour in &plan.tours {
            for visit in tour.visits() {
                let at = NurseAndStart { nurse: tour.nurse.clone(), start: visit.start };
                now.entry((&visit.client, &visit.care)).or_default().push((visit.date, at));
            }
        }
        // Visits that keep their day are matched first. What is left over of a care line has moved to another day.
        let all = self.plan.tours.iter().flat_map(|tour| tour.visits().map(move |visit| (tour, visit)));
        let all: Vec<(&Tour, &PlannedVisit, Option<NurseAndStart>)> =
            all.map(|(tour, visit)| (tour, visit, take(&mut now, visit, Some(visit.date)))).collect();
        let (mut own, mut moved) = (Vec::new(), Vec::new());
        for (tour, visit, same) in all {
            let now = same.or_else(|| take(&mut now, visit, None));
            let noticed = now.as_ref().is_none_or(|at| {
                let apart = calendar.elapsed(at.start) - calendar.elapsed(visit.start);
                at.nurse != tour.nurse || apart.abs() > tolerance
            });
            let is_own = tour.nurse == nurse && tour.shift.date() == date;
            let list = if is_own { &mut own } else { &mut moved };
            if is_own || noticed {
                list.push(StandInVisit {
                    client: visit.client.clone(),
                    care: visit.care.clone(),
                    date: visit.date,
                    before: NurseAndStart { nurse: tour.nurse.clone(), start: visit.start },
                    familiarity: now.as_ref().map(|at| self.acquaintance.of(&visit.client, &at.nurse)),
                    now,
                });
            }
        }
        let by_start = |visit: &StandInVisit| calendar.elapsed(visit.before.start);
        own.sort_by_key(by_start);
        moved.sort_by_key(by_start);
        let all = || own.iter().chain(&moved);
        let new = all().filter(|visit| visit.familiarity == Some(Familiarity::New));
        let new: FxHashSet<(&str, &str)> = new
            .filter_map(|visit| Some((visit.client.as_str(), visit.now.as_ref()?.nurse.as_str())))
            .collect();
        let new_faces = new.len() as u32;
        let uncovered = all().filter(|visit| visit.now.is_none()).count() as u32;
        let is_new = |missed: &&MissedMeeting| !self.plan.missed.iter().any(|was| is_same(was, missed));
        let missed = plan.missed.iter().filter(is_new).cloned().collect();
        let nurse = nurse.to_owned();
        StandInDay { nurse, date, visits: own, moved, missed, new_faces, uncovered, cost, plan }
    }
}

/// Whether it is the same meeting of the same nurse on the same day.
fn is_same(a: &MissedMeeting, b: &MissedMeeting) -> bool {
    (&a.meeting, &a.nurse, a.date) == (&b.meeting, &b.nurse, b.date)
}

/// Visits of a plan by client and care line.
type ByLine<'p> = FxHashMap<(&'p str, &'p str), Vec<(Date, NurseAndStart)>>;

/// Takes out the visit of the same line on a day, or the first that is left.
fn take<'p>(now: &mut ByLine<'p>, visit: &'p PlannedVisit, date: Option<Date>) -> Option<NurseAndStart> {
    let of_line = now.get_mut(&(visit.client.as_str(), visit.care.as_str()))?;
    let fits = (0..of_line.len()).filter(|&at| date.is_none_or(|date| of_line[at].0 == date));
    let first = fits.min_by_key(|&at| of_line[at].0)?;
    Some(of_line.swap_remove(first).1)
}

/// Whom clients know: in the plan as it is, and from the history window.
struct Acquaintance<'a> {
    problem: &'a Problem,
    clients: FxHashMap<&'a str, u32>,
    nurses: FxHashMap<&'a str, u32>,
    planned: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Acquaintance<'a> {
    fn new(problem: &'a Problem, plan: &'a Plan) -> Self {
        let clients = (0..).zip(&problem.document().clients);
        let pairs = |tour: &'a Tour| tour.visits().map(|visit| (visit.client.as_str(), tour.nurse.as_str()));
        Self {
            problem,
            clients: clients.map(|(number, client)| (client.id.as_str(), number)).collect(),
            nurses: problem.nurse_numbers(),
            planned: plan.tours.iter().flat_map(pairs).collect(),
        }
    }

    fn of(&self, client: &str, nurse: &str) -> Familiarity {
        let has_met = |client, nurse| self.problem.facts.acquaintance.has_met(client, nurse);
        if self.planned.contains(&(client, nurse)) {
            Familiarity::Planned
        } else if self.clients.get(client).zip(self.nurses.get(nurse)).is_some_and(|(&c, &n)| has_met(c, n)) {
            Familiarity::Known
        } else {
            Familiarity::New
        }
    }
}

/// For each client, who could come instead, by the plans of all days.
fn fallbacks(document: &Document, days: &[StandInDay]) -> Vec<Fallback> {
    let mut of_client: FxHashMap<&str, Vec<&StandInVisit>> = FxHashMap::default();
    for visit in days.iter().flat_map(|day| &day.visits) {
        of_client.entry(&visit.client).or_default().push(visit);
    }
    let fallback = |client: &str| {
        let visits = of_client.get(client)?;
        let mut nurses: Vec<FallbackNurse> = Vec::new();
        let mut nobody = Vec::new();
        for visit in visits {
            let (Some(at), Some(familiarity)) = (&visit.now, visit.familiarity) else {
                nobody.push((visit.care.clone(), visit.date));
                continue;
            };
            match nurses.iter_mut().find(|one| one.nurse == at.nurse) {
                Some(one) => one.visits += 1,
                None => nurses.push(FallbackNurse { nurse: at.nurse.clone(), visits: 1, familiarity }),
            }
        }
        nurses.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.nurse.cmp(&b.nurse)));
        Some(Fallback { client: client.to_owned(), visits: visits.len() as u32, nurses, nobody })
    };
    document.clients.iter().filter_map(|client| fallback(&client.id)).collect()
}
