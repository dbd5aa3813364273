//! The validated whole: indices, flat arrays, whole seconds. Built once, then shared by all workers.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::cost::{Cost, cost_of_minutes};
use super::document::{Care, Document, Mode, Pin};
use super::leave::{Leave, leaves};
use super::recurrence::day_patterns;
use super::times::TravelTimes;
use crate::error::{Error, ErrorKind, Mistake, Result};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A document made ready for search: every visit with its windows in elapsed seconds, every shift
/// with its bounds, travel times as matrices.
///
/// Ids of the document become indices: nurse `i` and client `j` are those of the document's lists;
/// shifts are ordered by nurse and start, visits by client, care line and day.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(crate) document: Document,
    pub(crate) times: TravelTimes,
    pub(crate) calendar: Calendar,
    pub(crate) acquaintance: Acquaintance,
    pub(crate) leaves: Vec<Leave>,
    pub(crate) roads: [Option<Roads>; 3],
    pub(crate) nurses: Vec<NurseFacts>,
    pub(crate) shifts: Vec<ShiftFacts>,
    pub(crate) lines: Vec<Line>,
    pub(crate) visits: Vec<VisitFacts>,
    pub(crate) options: Vec<DayOption>,
    pub(crate) blocks: Vec<Block>,
}

/// Travel times of one mode, in both directions, so that a scan reads one row of each.
#[derive(Debug, Clone)]
pub(crate) struct Roads {
    places: usize,
    out: Vec<i32>,
    into: Vec<i32>,
}

impl Roads {
    pub(super) fn new(places: usize, out: Vec<i32>) -> Self {
        let mut into = vec![0; out.len()];
        for from in 0..places {
            for to in 0..places {
                into[to * places + from] = out[from * places + to];
            }
        }
        Self { places, out, into }
    }

    /// Seconds from `place` to each other place.
    #[inline]
    pub(crate) fn out_of(&self, place: u32) -> &[i32] {
        &self.out[place as usize * self.places..][..self.places]
    }

    /// Seconds to `place` from each other place.
    #[inline]
    pub(crate) fn into(&self, place: u32) -> &[i32] {
        &self.into[place as usize * self.places..][..self.places]
    }

    /// Seconds from a place to another.
    #[inline]
    pub(crate) fn leg(&self, from: u32, to: u32) -> i32 {
        self.out[from as usize * self.places + to as usize]
    }
}

/// A nurse as the search sees her: a person, not a shift.
#[derive(Debug, Clone)]
pub(crate) struct NurseFacts {
    /// Contract seconds in each week of the horizon; `None` without a contract.
    pub(crate) contract: Option<Vec<i64>>,
    /// The shifts of the nurse.
    pub(crate) shifts: Range<u32>,
}

/// One given shift that no absence cancels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShiftFacts {
    pub(crate) nurse: u32,
    pub(crate) home: u32,
    pub(crate) mode: Mode,
    pub(crate) day: u16,
    pub(crate) start: i32,
    pub(crate) end: i32,
    pub(crate) latest_end: i32,
    pub(crate) pause: Option<Pause>,
    /// Longest time from leaving home to being back; `i32::MAX` where the shift is the only bound.
    pub(crate) longest: i32,
    /// Most that the visits of a tour may load; `i32::MAX` where nothing is carried.
    pub(crate) capacity: i32,
}

/// The break of a shift: its length and when it may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) seconds: i32,
    pub(crate) earliest: i32,
    pub(crate) latest: i32,
}

/// One care line of a client.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) client: u32,
    /// Position in the client's care plan.
    pub(crate) care: u32,
    /// How regular its hour should be.
    pub(crate) regular: Option<Regular>,
}

/// At most so many seconds between the earliest and the latest start of a care line, each counted from
/// [`DayOption::hour`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regular {
    pub(crate) within: i32,
    /// Whether more is forbidden, not priced.
    pub(crate) hard: bool,
}

/// One visit to plan.
#[derive(Debug, Clone)]
pub(crate) struct VisitFacts {
    pub(crate) line: u32,
    pub(crate) client: u32,
    pub(crate) place: u32,
    pub(crate) duration: i32,
    /// What it takes of the capacity of a shift.
    pub(crate) load: i32,
    /// Cost of leaving it out.
    pub(crate) unplanned: Cost,
    /// The days on which it may take place; exactly one for fixed days.
    pub(crate) options: Range<u32>,
    /// The block of visits whose day pattern is chosen together, where there is a choice.
    pub(crate) block: Option<u32>,
}

/// A visit on one of its days.
#[derive(Debug, Clone)]
pub(crate) struct DayOption {
    pub(crate) visit: u32,
    pub(crate) day: u16,
    /// Earliest start of care.
    pub(crate) open: i32,
    /// Latest start of care.
    pub(crate) close: i32,
    /// The moment from which the hour of care is counted, the same time of day on every day.
    pub(crate) hour: i32,
    /// The client's own hour.
    pub(crate) preferred: Option<i32>,
    /// The nurse to whom it is pinned.
    pub(crate) pinned: Option<u32>,
}

/// Visits whose days are chosen together: one of several day patterns.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) visits: Range<u32>,
    /// Each pattern as the option of each visit, in the order of the visits.
    pub(crate) patterns: Vec<Vec<u32>>,
}

impl Problem {
    /// Builds a problem from a document and the travel times between its places.
    ///
    /// # Errors
    /// Every mistake of [`Document::validate`]; travel times that do not fit the document.
    ///
    /// # Complexity
    /// Linear in the number of visits, times the day patterns of each.
    pub fn new(document: &Document, times: TravelTimes) -> Result<Self> {
        document.validate()?;
        let calendar = Calendar::new(&document.horizon)?;
        let places = document.nurses.len() + document.clients.len();
        let missing = Mode::ALL
            .into_iter()
            .find(|&mode| document.nurses.iter().any(|n| n.mode == mode) && times.matrix(mode).is_none());
        if times.places() != places || missing.is_some() {
            return Err(Error::new(
                ErrorKind::Travel,
                Mistake::new(
                    "travel",
                    format!("times are for {} places, the document has {places}", times.places()),
                    "compute the times from the same document, for every mode that a nurse uses",
                ),
            ));
        }
        let roads = Mode::ALL.map(|mode| {
            times.matrix(mode).map(|m| Roads::new(places, m.iter().map(|&seconds| seconds as i32).collect()))
        });
        let acquaintance = Acquaintance::new(document, &calendar);
        let mut problem = Self {
            document: document.clone(),
            leaves: leaves(document, &calendar, &acquaintance),
            acquaintance,
            times,
            calendar,
            roads,
            nurses: Vec::new(),
            shifts: Vec::new(),
            lines: Vec::new(),
            visits: Vec::new(),
            options: Vec::new(),
            blocks: Vec::new(),
        };
        problem.add_nurses();
        problem.add_clients()?;
        Ok(problem)
    }

    /// The document that the problem was built from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Travel times between the places of the document.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// The days of the horizon.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Number of visits to plan.
    pub fn visit_count(&self) -> usize {
        self.visits.len()
    }

    /// Number of shifts after absences.
    pub fn shift_count(&self) -> usize {
        self.shifts.len()
    }

    /// The roads of a shift's mode.
    #[inline]
    pub(crate) fn roads_of(&self, shift: &ShiftFacts) -> &Roads {
        match &self.roads[shift.mode.index()] {
            Some(roads) => roads,
            None => unreachable!("Problem::new checks that every mode of a nurse has its matrix"),
        }
    }

    /// The visits of each client.
    pub(crate) fn visits_by_client(&self) -> Vec<Vec<u32>> {
        let mut visits = vec![Vec::new(); self.document.clients.len()];
        for (visit, facts) in (0..).zip(&self.visits) {
            visits[facts.client as usize].push(visit);
        }
        visits
    }

    /// The care line of a visit as the user wrote it.
    pub(crate) fn care(&self, visit: u32) -> &Care {
        let line = &self.lines[self.visits[visit as usize].line as usize];
        &self.document.clients[line.client as usize].care[line.care as usize]
    }

    fn add_nurses(&mut self) {
        let weeks = usize::from(self.calendar.days()).div_ceil(7);
        for (i, nurse) in self.document.nurses.iter().enumerate() {
            let first = self.shifts.len() as u32;
            let away = |date| {
                let absences = &self.document.agreements.absences;
                absences.iter().any(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&date))
            };
            for shift in nurse.shifts.iter().filter(|shift| !away(shift.date)) {
                let Some(day) = self.calendar.day(shift.date) else { continue };
                let start = self.calendar.seconds(i32::from(day), shift.start);
                let end = self.calendar.end_seconds(i32::from(day), shift.start, shift.end);
                let latest_end = shift
                    .latest_end
                    .map_or(end, |l| self.calendar.end_seconds(i32::from(day), shift.start, l).max(end));
                let length = end - start;
                let seconds = shift.break_minutes.map_or_else(
                    || self.document.working_time.law.break_seconds(length),
                    |m| i64::from(m) * 60,
                );
                let pause = (seconds > 0).then(|| Pause {
                    seconds: seconds as i32,
                    earliest: (start + length / 4) as i32,
                    latest: (end - length / 4 - seconds) as i32,
                });
                self.shifts.push(ShiftFacts {
                    nurse: i as u32,
                    home: i as u32,
                    mode: nurse.mode,
                    day,
                    start: start as i32,
                    end: end as i32,
                    latest_end: latest_end as i32,
                    pause,
                    longest: i32::MAX,
                    capacity: i32::MAX,
                });
            }
            self.shifts[first as usize..].sort_by_key(|shift| shift.start);
            let contract = nurse.contract_hours.map(|hours| {
                let days = |week: usize| (usize::from(self.calendar.days()) - 7 * week).min(7) as f64;
                (0..weeks).map(|week| (hours * 3600.0 * days(week) / 7.0).round() as i64).collect()
            });
            self.nurses.push(NurseFacts { contract, shifts: first..self.shifts.len() as u32 });
        }
    }

    fn add_clients(&mut self) -> Result<()> {
        let document = self.document.clone();
        let nurse_index: FxHashMap<&str, u32> =
            document.nurses.iter().enumerate().map(|(i, n)| (n.id.as_str(), i as u32)).collect();
        let mut pins: FxHashMap<(&str, &str), Vec<&Pin>> = FxHashMap::default();
        for pin in &document.agreements.pins {
            pins.entry((&pin.client, &pin.care)).or_default().push(pin);
        }
        for (client, facts) in document.clients.iter().enumerate() {
            for (care_index, care) in facts.care.iter().enumerate() {
                let regular = care.regular_hour.map(|regular| Regular {
                    within: (regular.within_minutes * 60.0).round() as i32,
                    hard: regular.hard,
                });
                self.lines.push(Line { client: client as u32, care: care_index as u32, regular });
                let pins = pins.get(&(facts.id.as_str(), care.id.as_str())).map_or(&[][..], Vec::as_slice);
                for mut block in day_patterns(care, &self.calendar)? {
                    for day in pins.iter().filter_map(|pin| self.calendar.day(pin.date)) {
                        // A pin belongs to the block that can have its day; the others ignore it.
                        let _ = block.keep_with(day);
                    }
                    self.add_block(client, care, &block.patterns, pins, &nurse_index);
                }
            }
        }
        Ok(())
    }

    /// Adds the visits of a block of day patterns of the line that was pushed last.
    fn add_block(
        &mut self,
        client: usize,
        care: &Care,
        patterns: &[Vec<u16>],
        pins: &[&Pin],
        nurse_index: &FxHashMap<&str, u32>,
    ) {
        let size = patterns.first().map_or(0, Vec::len);
        let first_visit = self.visits.len() as u32;
        let block = (patterns.len() > 1).then_some(self.blocks.len() as u32);
        let mut option_of: Vec<FxHashMap<u16, u32>> = vec![FxHashMap::default(); size];
        for (nth, known) in option_of.iter_mut().enumerate() {
            let visit = self.visits.len() as u32;
            let first_option = self.options.len() as u32;
            let mut days: Vec<u16> = patterns.iter().map(|pattern| pattern[nth]).collect();
            days.sort_unstable();
            days.dedup();
            for day in days {
                known.insert(day, self.options.len() as u32);
                let option = self.day_option(visit, care, day, pins, nurse_index);
                self.options.push(option);
            }
            self.visits.push(VisitFacts {
                line: self.lines.len() as u32 - 1,
                client: client as u32,
                place: (self.nurses.len() + client) as u32,
                duration: (care.minutes * 60.0).round() as i32,
                load: 0,
                unplanned: cost_of_minutes(self.document.prices.unplanned.of(care.priority)),
                options: first_option..self.options.len() as u32,
                block,
            });
        }
        if block.is_some() {
            let patterns = patterns
                .iter()
                .map(|days| days.iter().zip(&option_of).map(|(day, known)| known[day]).collect())
                .collect();
            self.blocks.push(Block { visits: first_visit..self.visits.len() as u32, patterns });
        }
    }

    fn day_option(
        &self,
        visit: u32,
        care: &Care,
        day: u16,
        pins: &[&Pin],
        nurse_index: &FxHashMap<&str, u32>,
    ) -> DayOption {
        let d = i32::from(day);
        let pin = pins.iter().find(|pin| self.calendar.day(pin.date) == Some(day));
        let window = care.window;
        // A time of day before the window's start belongs to the part after midnight.
        let moment = |time| {
            let wraps = window.to < window.from && time < window.from;
            self.calendar.seconds(if wraps { d + 1 } else { d }, time) as i32
        };
        let (open, close) = match pin.and_then(|pin| pin.start) {
            Some(start) => (moment(start), moment(start)),
            None => (moment(window.from), moment(window.to)),
        };
        DayOption {
            visit,
            day,
            open,
            close,
            hour: moment(window.from),
            preferred: care.preferred_start.map(moment),
            pinned: pin.and_then(|pin| pin.nurse.as_deref()).and_then(|id| nurse_index.get(id).copied()),
        }
    }
}
