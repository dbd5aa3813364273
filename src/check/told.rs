//! What people were told: the visits of a published plan, and what of them may not change.

use super::days::{DaySet, single};
use super::expand::{Expanded, Given};
use super::read::{ReadTour, ReadVisit, stop_place};
use super::violation::{Findings, Rule, apart};
use crate::model::document::{Kept, Lock};
use crate::model::plan::Stop;
use crate::model::{Moment, Plan, Published};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the locks of a visit say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    hard: [bool; 3],
    factor: [Option<f64>; 3],
}

impl Held {
    /// No lock.
    pub const FREE: Self = Self { hard: [false; 3], factor: [None; 3] };

    /// What the price of a change is multiplied by: the largest factor of the locks, 1 without any.
    pub fn factor(&self, kept: Kept) -> f64 {
        self.factor[kept as usize].unwrap_or(1.0)
    }

    /// What the price of leaving it out is multiplied by: 100 under a hard lock, otherwise the largest factor of all, at least 1.
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
    /// It has begun, or its nurse is on the way to it: it may not change.
    pub frozen: bool,
    pub held: Held,
}

/// The published visits and those that the plan names, made or left out; by client and care line.
pub(super) struct Story<'a> {
    /// Elapsed seconds.
    pub now: i64,
    told: HashMap<(&'a str, &'a str), BTreeMap<Date, Told<'a>>>,
    named: HashMap<(&'a str, &'a str), BTreeSet<Date>>,
    /// The published starts of meetings and whether they are frozen, by nurse, meeting and day.
    meetings: HashMap<(&'a str, &'a str, Date), (i64, bool)>,
    /// The starts of what is frozen, by nurse.
    begun: HashMap<&'a str, Vec<i64>>,
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
            begun: HashMap::new(),
            none: Default::default(),
        };
        let mut duty: HashMap<&str, Vec<(i64, i64)>> = HashMap::new();
        for shift in expanded.shifts.iter().filter(|shift| !shift.absent) {
            let id = expanded.document.nurses[shift.nurse].id.as_str();
            duty.entry(id).or_default().push((shift.start, shift.latest_end));
        }
        for tour in &published.plan.tours {
            let shifts = duty.get(tour.nurse.as_str()).map_or(&[][..], Vec::as_slice);
            // A visit that has begun; or she has left home, or the stop before, for it.
            let is_frozen = |first: bool, start: i64, way: i64| {
                let home = if first { calendar.elapsed(tour.leave) } else { i64::MAX };
                let sets_out = start.saturating_sub(way.max(0)).min(home);
                let since = if start < story.now { start } else { sets_out };
                since < story.now && shifts.iter().any(|&(from, to)| from <= since && start <= to)
            };
            let (mut first, mut begun) = (true, Vec::new());
            for stop in &tour.stops {
                let visit = match stop {
                    Stop::Break(_) => continue,
                    Stop::Meeting(at) => {
                        let start = calendar.elapsed(at.start);
                        let frozen = is_frozen(std::mem::take(&mut first), start, at.travel_seconds);
                        let name = (tour.nurse.as_str(), at.meeting.as_str(), at.date);
                        story.meetings.entry(name).or_insert((start, frozen));
                        begun.extend(frozen.then_some(start));
                        continue;
                    }
                    Stop::Visit(visit) => visit,
                };
                let start = calendar.elapsed(visit.start);
                let frozen = is_frozen(std::mem::take(&mut first), start, visit.travel_seconds);
                begun.extend(frozen.then_some(start));
                let mut told = Told { nurse: &tour.nurse, at: visit.start, start, frozen, held: Held::FREE };
                let name = (visit.client.as_str(), visit.care.as_str());
                for lock in &expanded.document.agreements.locks {
                    if is_locked(expanded, lock, name, visit.date, &told) {
                        told.held.add(lock);
                    }
                }
                story.told.entry(name).or_default().entry(visit.date).or_insert(told);
            }
            story.begun.entry(&tour.nurse).or_default().extend(begun);
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

    /// Nurses whose shifts were cut short finish the visits that are under way, and go home.
    pub fn let_finish(&self, expanded: &mut Expanded<'_>) {
        let mut ends = Vec::new();
        for ((client, care), told) in &self.told {
            let Some(client) = expanded.client(client) else { continue };
            let Some(line) = expanded.line(client, care).map(|line| &expanded.lines[line]) else { continue };
            for (&date, told) in told.iter().filter(|(_, told)| told.frozen) {
                let is_visit =
                    expanded.calendar.day(date).is_some_and(|day| line.possible() & single(day) != 0);
                let Some(nurse) = expanded.nurse(told.nurse).filter(|_| is_visit) else { continue };
                let of_nurse = |shift: &Given| shift.nurse == nurse && !shift.absent;
                let holds = |shift: &Given| shift.start <= told.start && told.start <= shift.latest_end;
                let shift = expanded.shifts.iter().position(|shift| of_nurse(shift) && holds(shift));
                let Some(shift) = shift else { continue };
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

    /// Finds what was under way and changed, what starts or leaves before now and was not published to, and what is locked and
    /// changed.
    pub fn check(&self, expanded: &Expanded<'_>, tours: &[ReadTour<'_>], found: &mut Findings) {
        for (number, tour) in tours.iter().enumerate() {
            for (position, visit) in tour.visits() {
                let place = stop_place(number, position);
                match self.told(&visit.printed.client, &visit.printed.care).get(&visit.printed.date) {
                    Some(told) if told.frozen => check_past(tour, visit, told, &place, found),
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
            let of_shift = |start: &i64| {
                let shift = tour.shift.map(|shift| &expanded.shifts[shift]);
                shift.is_some_and(|shift| shift.start <= *start && *start <= shift.latest_end)
            };
            let starts = self.begun.get(tour.printed.nurse.as_str());
            let has_begun = starts.is_some_and(|starts| starts.iter().any(of_shift));
            for (position, at) in tour.meetings() {
                let name = (tour.printed.nurse.as_str(), at.printed.meeting.as_str(), at.printed.date);
                let (told, frozen) = self.meetings.get(&name).copied().unwrap_or((self.now, false));
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
        self.check_days(expanded, found);
    }

    /// Finds days that were published and are given up, though one of the choices keeps them: the past first, then what is locked.
    fn check_days(&self, expanded: &Expanded<'_>, found: &mut Findings) {
        for line in &expanded.lines {
            let client = &expanded.document.clients[line.client].id;
            let told = self.told(client, &line.care.id);
            let days = |dates: &mut dyn Iterator<Item = Date>| -> DaySet {
                dates.filter_map(|date| expanded.calendar.day(date)).fold(0, |all, day| all | single(day))
            };
            let of = |keeps: &dyn Fn(&Told<'_>) -> bool| {
                days(&mut told.iter().filter(|(_, told)| keeps(told)).map(|(date, _)| *date))
            };
            let past = of(&|told| told.frozen);
            let locked = of(&|told| told.held.hard[Kept::Day as usize]);
            let is = days(&mut self.named(client, &line.care.id).iter().copied());
            for block in line.blocks.iter().filter(|block| block.choices.len() > 1) {
                let kept = |choice: DaySet| ((choice & past).count_ones(), (choice & locked).count_ones());
                let most = block.choices.iter().map(|&choice| kept(choice)).max().unwrap_or((0, 0));
                let now = kept(is & block.possible());
                let who = format!("{client} {}", line.care.id);
                if now.0 < most.0 {
                    let message = format!("{who} has another day instead of one before now");
                    found.add(Rule::Frozen, "tours", (most.0 - now.0).into(), message);
                } else if now.1 < most.1 {
                    let message = format!("{who} has another day instead of one that is locked");
                    found.add(Rule::Locked, "tours", (most.1 - now.1).into(), message);
                }
            }
        }
    }
}

/// Whether a lock is about a visit.
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

/// What lies before now has to be as it was published.
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

/// What is locked hard has to stay: the nurse, if she has a shift that day, and the hour within the tolerance.
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
        let date = visit.printed.date;
        expanded.shifts.iter().any(|shift| Some(shift.nurse) == nurse && shift.date == date && !shift.absent)
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
