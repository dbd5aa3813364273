//! What people were told: the visits of a published plan, and which of them may not change.

use super::days::{DaySet, single};
use super::expand::Expanded;
use super::meetings::Parts;
use super::read::{ReadTour, ReadVisit, stop_place};
use super::violation::{Findings, Rule, apart};
use crate::model::document::{Kept, Lock};
use crate::model::plan::Stop;
use crate::model::{Moment, Plan, Published};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The locks of a visit taken together: what they keep hard, and the factors on the prices of changes. Arrays are
/// indexed by [`Kept`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    hard: [bool; 3],
    factor: [Option<f64>; 3],
}

impl Held {
    /// No lock.
    pub const FREE: Self = Self { hard: [false; 3], factor: [None; 3] };

    /// Factor on the price of a change: the largest factor of the locks, 1 without any.
    pub fn factor(&self, kept: Kept) -> f64 {
        self.factor[kept as usize].unwrap_or(1.0)
    }

    /// Factor on the price of leaving the visit out: 100 under a hard lock, otherwise the largest factor of all locks,
    /// at least 1.
    pub fn factor_left_out(&self) -> f64 {
        if self.hard.contains(&true) {
            return 100.0;
        }
        self.factor.iter().flatten().fold(1.0, |most, &factor| if factor > most { factor } else { most })
    }

    fn add(&mut self, lock: &Lock) {
        let keep = if lock.keep.is_empty() { &Kept::ALL[..] } else { &lock.keep };
        for &kept in keep {
            let factor = &mut self.factor[kept as usize];
            match lock.factor {
                Some(more) => *factor = Some(factor.unwrap_or(0.0).max(more)),
                None => self.hard[kept as usize] = true,
            }
        }
    }
}

/// A visit as it was published.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub nurse: &'a str,
    pub at: Moment,
    /// Elapsed seconds.
    pub start: i64,
    /// The number of the shift in which the visit has begun, or in which its nurse is on the way to it. Such a visit is
    /// frozen.
    pub under_way: Option<usize>,
    pub held: Held,
}

impl Told<'_> {
    /// Whether the visit may not change, because it is under way.
    pub fn is_frozen(&self) -> bool {
        self.under_way.is_some()
    }
}

/// Nurse id and meeting id.
type Attendance<'a> = (&'a str, &'a str);

/// The published visits, and the visits that the new plan names (made or left out), by client and care line.
pub(super) struct Story<'a> {
    /// The moment of replanning, in elapsed seconds.
    pub now: i64,
    told: HashMap<(&'a str, &'a str), BTreeMap<Date, Told<'a>>>,
    named: HashMap<(&'a str, &'a str), BTreeSet<Date>>,
    /// The published starts of meetings and whether they are frozen.
    meetings: HashMap<Attendance<'a>, BTreeMap<Date, (i64, bool)>>,
    /// The meetings that the plan names, held or missed.
    attended: HashMap<Attendance<'a>, BTreeSet<Date>>,
    /// The numbers of the shifts in which something is under way.
    begun: HashSet<usize>,
    none: (BTreeMap<Date, Told<'a>>, BTreeSet<Date>),
}

impl<'a> Story<'a> {
    pub fn new(expanded: &Expanded<'_>, plan: &'a Plan, published: &'a Published) -> Self {
        let calendar = &expanded.calendar;
        let mut story = Self {
            now: published.now.map_or(0, |now| calendar.elapsed(now)),
            told: HashMap::new(),
            named: HashMap::new(),
            meetings: HashMap::new(),
            attended: HashMap::new(),
            begun: HashSet::new(),
            none: Default::default(),
        };
        let now = story.now;
        for tour in &published.plan.tours {
            let (nurse, named) = (expanded.nurse(&tour.nurse), calendar.elapsed(tour.shift));
            // The shift in which a stop has begun, or in which the nurse has set out for it, from home or from the
            // previous stop. Where two shifts meet at that moment, the tour's own shift is taken.
            let under_way = |first: bool, start: i64, way: i64| {
                let home = if first { calendar.elapsed(tour.leave) } else { i64::MAX };
                let sets_out = start.saturating_sub(way.max(0)).min(home);
                let since = if start < now { start } else { sets_out };
                let begins = |shift: usize| expanded.shifts[shift].start;
                let holds = |&shift: &usize| {
                    since < now && begins(shift) <= since && start <= expanded.shifts[shift].latest_end
                };
                let shifts = nurse.into_iter().flat_map(|nurse| expanded.worked(nurse)).filter(holds);
                shifts.min_by_key(|&shift| (begins(shift) != named, begins(shift)))
            };
            let mut first = true;
            for stop in &tour.stops {
                let visit = match stop {
                    Stop::Break(_) => continue,
                    Stop::Meeting(at) => {
                        let start = calendar.elapsed(at.start);
                        let shift = under_way(std::mem::take(&mut first), start, at.travel_seconds);
                        let name = (tour.nurse.as_str(), at.meeting.as_str());
                        let of_name = story.meetings.entry(name).or_default();
                        of_name.entry(at.date).or_insert((start, shift.is_some()));
                        story.begun.extend(shift);
                        continue;
                    }
                    Stop::Visit(visit) => visit,
                };
                let start = calendar.elapsed(visit.start);
                let under_way = under_way(std::mem::take(&mut first), start, visit.travel_seconds);
                story.begun.extend(under_way);
                let mut told =
                    Told { nurse: &tour.nurse, at: visit.start, start, under_way, held: Held::FREE };
                let name = (visit.client.as_str(), visit.care.as_str());
                for lock in &expanded.document.agreements.locks {
                    if is_locked(expanded, lock, name, visit.date, &told) {
                        told.held.add(lock);
                    }
                }
                story.told.entry(name).or_default().entry(visit.date).or_insert(told);
            }
        }
        for tour in &plan.tours {
            for at in tour.meetings() {
                story.attended.entry((&tour.nurse, &at.meeting)).or_default().insert(at.date);
            }
        }
        for missed in &plan.missed {
            story.attended.entry((&missed.nurse, &missed.meeting)).or_default().insert(missed.date);
        }
        let made = plan.tours.iter().flat_map(|tour| tour.visits());
        let made = made.map(|visit| (visit.client.as_str(), visit.care.as_str(), visit.date));
        let out = plan.unplanned.iter().map(|out| (out.client.as_str(), out.care.as_str(), out.date));
        for (client, care, date) in made.chain(out) {
            story.named.entry((client, care)).or_default().insert(date);
        }
        story
    }

    /// The published visits of a care line.
    pub fn told<'b>(&'b self, client: &'b str, care: &'b str) -> &'b BTreeMap<Date, Told<'b>> {
        self.told.get(&(client, care)).unwrap_or(&self.none.0)
    }

    /// The days of a care line that the plan names.
    pub fn named<'b>(&'b self, client: &'b str, care: &'b str) -> &'b BTreeSet<Date> {
        self.named.get(&(client, care)).unwrap_or(&self.none.1)
    }

    /// Extends shifts that were cut short, so that the nurse can finish the visit that is under way and go home.
    pub fn let_finish(&self, expanded: &mut Expanded<'_>) {
        let mut ends = Vec::new();
        for ((client, care), told) in &self.told {
            let Some(client) = expanded.client(client) else { continue };
            let Some(line) = expanded.line(client, care).map(|line| &expanded.lines[line]) else { continue };
            for (&date, told) in told {
                let is_visit =
                    expanded.calendar.day(date).is_some_and(|day| line.possible() & single(day) != 0);
                let shift = told.under_way.filter(|_| is_visit);
                let Some((shift, nurse)) = shift.zip(expanded.nurse(told.nurse)) else { continue };
                let place = expanded.place(client, date);
                let home = expanded.leg(nurse, Some(place), Some(expanded.shifts[shift].bases[1]));
                ends.push((shift, told.start + line.duration + home.unwrap_or(0)));
            }
        }
        for (shift, end) in ends {
            let latest = &mut expanded.shifts[shift].latest_end;
            *latest = end.max(*latest);
        }
    }

    /// Finds what was under way and has changed, what starts or leaves before now although it was not published so, and
    /// what is locked and has changed.
    pub fn check(
        &self,
        expanded: &Expanded<'_>,
        parts: &Parts,
        tours: &[ReadTour<'_>],
        found: &mut Findings,
    ) {
        for (number, tour) in tours.iter().enumerate() {
            for (position, visit) in tour.visits() {
                let place = stop_place(number, position);
                match self.told(&visit.printed.client, &visit.printed.care).get(&visit.printed.date) {
                    Some(told) if told.is_frozen() => check_past(tour, visit, told, &place, found),
                    told => {
                        if visit.start < self.now {
                            let message =
                                format!("{} starts before now and was not published to", name(visit));
                            found.add(Rule::Frozen, &place, apart(self.now, visit.start), message);
                        }
                        if let Some(told) = told {
                            check_locks(expanded, tour, visit, told, &place, found);
                        }
                    }
                }
            }
        }
        for (number, tour) in tours.iter().enumerate() {
            let has_begun = tour.shift.is_some_and(|shift| self.begun.contains(&shift));
            for (position, at) in tour.meetings() {
                let name = (tour.printed.nurse.as_str(), at.printed.meeting.as_str());
                let told = self.meetings.get(&name).and_then(|told| told.get(&at.printed.date));
                let (told, frozen) = told.copied().unwrap_or((self.now, false));
                if (frozen || at.start < self.now) && told != at.start {
                    let message = format!(
                        "meeting {} of {} is not where it was published, and that is before now",
                        name.1, name.0
                    );
                    found.add(Rule::Frozen, stop_place(number, position), apart(told, at.start), message);
                }
            }
            if !has_begun && !tour.is_empty() && tour.leave < self.now {
                let message =
                    format!("nurse {} leaves before now, and was not under way", tour.printed.nurse);
                found.add(Rule::Frozen, format!("tours[{number}]"), apart(self.now, tour.leave), message);
            }
        }
        self.check_days(expanded, parts, found);
    }

    /// Finds published days that the plan gives up although one of the choices keeps them: first the days of the past,
    /// then the locked ones.
    fn check_days(&self, expanded: &Expanded<'_>, parts: &Parts, found: &mut Findings) {
        let days = |dates: &mut dyn Iterator<Item = &Date>| -> DaySet {
            dates.filter_map(|&date| expanded.calendar.day(date)).fold(0, |all, day| all | single(day))
        };
        let mut add = |who: String, given_up: Option<(Rule, u32)>| {
            let Some((rule, count)) = given_up else { return };
            let what = if rule == Rule::Frozen { "before now" } else { "that is locked" };
            found.add(rule, "tours", count.into(), format!("{who} has another day instead of one {what}"));
        };
        for line in &expanded.lines {
            let client = &expanded.document.clients[line.client].id;
            let told = self.told(client, &line.care.id);
            let of = |keeps: &dyn Fn(&Told<'_>) -> bool| {
                days(&mut told.iter().filter(|(_, told)| keeps(told)).map(|(date, _)| date))
            };
            let past = of(&|told| told.is_frozen());
            let locked = of(&|told| told.held.hard[Kept::Day as usize]);
            let is = days(&mut self.named(client, &line.care.id).iter());
            for block in &line.blocks {
                let given_up = given_up(&block.choices, is, past, locked);
                add(format!("{client} {}", line.care.id), given_up);
            }
        }
        for ((nurse, meeting), stretches) in parts.in_order() {
            let nurse = &expanded.document.nurses[nurse].id;
            let meeting = &expanded.document.meetings[meeting].id;
            let name = (nurse.as_str(), meeting.as_str());
            let Some(told) = self.meetings.get(&name) else { continue };
            let frozen = told.iter().filter(|(_, (_, frozen))| *frozen);
            let past = days(&mut frozen.map(|(date, _)| date));
            let is = days(&mut self.attended.get(&name).into_iter().flatten());
            for choices in stretches {
                add(format!("meeting {meeting} of {nurse}"), given_up(choices, is, past, 0));
            }
        }
    }
}

/// How many days of the past the plan gives up although one of the choices keeps them, or if none, how many locked
/// days. `None` where there is no choice.
fn given_up(choices: &[DaySet], is: DaySet, past: DaySet, locked: DaySet) -> Option<(Rule, u32)> {
    let kept = |days: DaySet| ((days & past).count_ones(), (days & locked).count_ones());
    let most = choices.iter().map(|&choice| kept(choice)).max()?;
    let now = kept(is & choices.iter().fold(0, |all, choice| all | choice));
    if choices.len() < 2 {
        None
    } else if now.0 < most.0 {
        Some((Rule::Frozen, most.0 - now.0))
    } else if now.1 < most.1 {
        Some((Rule::Locked, most.1 - now.1))
    } else {
        None
    }
}

/// Whether a lock applies to a visit.
fn is_locked(
    expanded: &Expanded<'_>,
    lock: &Lock,
    (client, care): (&str, &str),
    date: Date,
    told: &Told<'_>,
) -> bool {
    let others = [(&lock.client, client), (&lock.care, care), (&lock.nurse, told.nurse)];
    if others.into_iter().any(|(named, id)| named.as_deref().unwrap_or(id) != id) {
        return false;
    }
    if let Some(first) = lock.date
        && (date < first || date > lock.until.unwrap_or(first))
    {
        return false;
    }
    match (lock.before, expanded.calendar.day(date)) {
        (None, _) => true,
        (Some(time), Some(day)) => told.start < expanded.calendar.seconds(day.into(), time),
        (Some(_), None) => false,
    }
}

fn name(visit: &ReadVisit<'_>) -> String {
    format!("{} {} on {}", visit.printed.client, visit.printed.care, visit.printed.date)
}

/// Checks that a frozen visit has the nurse and the start that were published.
fn check_past(
    tour: &ReadTour<'_>,
    visit: &ReadVisit<'_>,
    told: &Told<'_>,
    place: &str,
    found: &mut Findings,
) {
    if told.nurse != tour.printed.nurse {
        let message = format!("{} lies before now and was published with {}", name(visit), told.nurse);
        found.add(Rule::Frozen, place, 1, message);
    }
    if visit.start != told.start {
        let message = format!("{} lies before now and was published to start at {}", name(visit), told.at);
        found.add(Rule::Frozen, place, apart(visit.start, told.start), message);
    }
}

/// Checks the hard locks of a visit. It keeps its nurse, if she works a shift on that day, and its hour, within the
/// tolerance.
fn check_locks(
    expanded: &Expanded<'_>,
    tour: &ReadTour<'_>,
    visit: &ReadVisit<'_>,
    told: &Told<'_>,
    place: &str,
    found: &mut Findings,
) {
    let nurse = expanded.nurse(told.nurse);
    let on_duty = || {
        let mut shifts = nurse.into_iter().flat_map(|nurse| expanded.worked_shifts(nurse));
        shifts.any(|shift| shift.date == visit.printed.date)
    };
    if told.held.hard[Kept::Nurse as usize] && told.nurse != tour.printed.nurse && on_duty() {
        let message = format!("{} is locked to nurse {}", name(visit), told.nurse);
        found.add(Rule::Locked, place, 1, message);
    }
    let tolerance = (expanded.document.prices.changed_hour_tolerance * 60.0).round() as i64;
    let beyond = apart(visit.start, told.start) - tolerance;
    if told.held.hard[Kept::Hour as usize] && beyond > 0 {
        let message = format!("{} is locked to the hour of {}", name(visit), told.at);
        found.add(Rule::Locked, place, beyond, message);
    }
}
