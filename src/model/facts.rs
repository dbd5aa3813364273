//! What rules, search and exact models know of a problem: indices, flat arrays, whole numbers. Built once from a
//! [neighbourhood](super::problem) or from an [instance of vehicle routing](super::fleet), then shared by all workers.
//!
//! Nurses, clients, shifts, care lines, visits and options are numbered from 0; shifts are ordered by nurse and start,
//! visits by client, care line and day. Times are ticks from the start of the horizon: seconds in a neighbourhood.

use super::acquaintance::Acquaintance;
use super::cost::Cost;
use super::document::{MaxFaces, WorkingTime};
use super::leave::Leave;
use super::notice::Notice;
use super::terms::Prices;
use std::ops::Range;

/// Everything that decides what a plan costs and which plans are possible.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// Number of days.
    pub(crate) days: u16,
    pub(crate) prices: Prices,
    pub(crate) working_time: WorkingTime,
    /// One entry for each mode of travel.
    pub(crate) roads: Vec<Roads>,
    pub(crate) nurses: Vec<NurseFacts>,
    pub(crate) clients: Vec<ClientFacts>,
    /// Names of competences.
    pub(crate) competences: Vec<String>,
    pub(crate) acquaintance: Acquaintance,
    pub(crate) leaves: Vec<Leave>,
    pub(crate) shifts: Vec<ShiftFacts>,
    pub(crate) lines: Vec<Line>,
    pub(crate) visits: Vec<VisitFacts>,
    pub(crate) options: Vec<DayOption>,
    pub(crate) blocks: Vec<Block>,
    /// What was published of each day option, by option; empty where nothing was.
    pub(crate) published: Vec<PublishedFacts>,
}

impl Facts {
    /// The roads of a shift.
    #[inline]
    pub(crate) fn roads_of(&self, shift: &ShiftFacts) -> &Roads {
        &self.roads[shift.roads as usize]
    }

    /// A start of care on a day option, counted from [`DayOption::hour`].
    #[inline]
    pub(crate) fn hour_of(&self, option: u32, start: i32) -> i32 {
        start - self.options[option as usize].hour
    }

    /// The block of which a visit is the first.
    #[inline]
    pub(crate) fn block_begun_by(&self, visit: u32) -> Option<&Block> {
        let block = &self.blocks[self.visits[visit as usize].block? as usize];
        (block.visits.start == visit).then_some(block)
    }

    /// The choices of days for all `visits` of a client: no choice for a visit with a fixed day, and one choice of a
    /// pattern for each block.
    pub(crate) fn day_choices<'a>(&'a self, visits: &'a [u32]) -> impl Iterator<Item = DayChoice<'a>> {
        visits.iter().filter_map(|&visit| match &self.visits[visit as usize] {
            facts @ VisitFacts { block: None, .. } => Some(DayChoice::Fixed(facts)),
            _ => self.block_begun_by(visit).map(|block| DayChoice::Patterns(&block.patterns)),
        })
    }

    /// One day option of each visit. For a block, those of the pattern with the most options for which `is_one` holds;
    /// of equal patterns, the first.
    pub(crate) fn options_with_most(&self, is_one: impl Fn(u32) -> bool) -> Vec<u32> {
        let fixed = self.visits.iter().filter(|visit| visit.block.is_none());
        let mut options: Vec<u32> = fixed.flat_map(|visit| visit.options.clone()).collect();
        let count = |pattern: &&Vec<u32>| pattern.iter().filter(|&&option| is_one(option)).count();
        for block in &self.blocks {
            options.extend(block.patterns.iter().rev().max_by_key(count).into_iter().flatten());
        }
        options
    }

    /// The shift class of each shift, by its first shift. Shifts of a class differ in nothing, so each can take the tour of any other; they
    /// stand side by side.
    pub(crate) fn shift_classes(&self) -> Vec<u32> {
        let mut classes: Vec<u32> = Vec::with_capacity(self.shifts.len());
        for (at, shift) in self.shifts.iter().enumerate() {
            let before = at.checked_sub(1).filter(|&before| self.shifts[before] == *shift);
            classes.push(before.map_or(at as u32, |before| classes[before]));
        }
        classes
    }

    /// The visits of each client.
    pub(crate) fn visits_by_client(&self) -> Vec<Vec<u32>> {
        let mut visits = vec![Vec::new(); self.clients.len()];
        for (visit, facts) in (0..).zip(&self.visits) {
            visits[facts.client as usize].push(visit);
        }
        visits
    }
}

/// Travel times of one mode, stored both by origin and by destination, so that a scan in either direction reads one
/// row.
#[derive(Debug, Clone)]
pub(crate) struct Roads {
    places: usize,
    out: Vec<i32>,
    into: Vec<i32>,
}

impl Roads {
    /// `out` holds the times row by row: `out[from * places + to]`.
    pub(super) fn new(places: usize, out: Vec<i32>) -> Self {
        let mut into = vec![0; out.len()];
        for from in 0..places {
            for to in 0..places {
                into[to * places + from] = out[from * places + to];
            }
        }
        Self { places, out, into }
    }

    /// Ticks from `place` to each other place.
    #[inline]
    pub(crate) fn out_of(&self, place: u32) -> &[i32] {
        &self.out[place as usize * self.places..][..self.places]
    }

    /// Ticks to `place` from each other place.
    #[inline]
    pub(crate) fn into(&self, place: u32) -> &[i32] {
        &self.into[place as usize * self.places..][..self.places]
    }

    /// Ticks from a place to another.
    #[inline]
    pub(crate) fn leg(&self, from: u32, to: u32) -> i32 {
        self.out[from as usize * self.places + to as usize]
    }
}

/// A nurse: a person, not a shift.
#[derive(Debug, Clone, Default)]
pub(crate) struct NurseFacts {
    /// Contract seconds in each week of the horizon; `None` without a contract.
    pub(crate) contract: Option<Vec<i64>>,
    /// The shifts of the nurse.
    pub(crate) shifts: Range<u32>,
    /// Level of competence.
    pub(crate) level: u8,
    /// Competences, as positions in [`Facts::competences`].
    pub(crate) competences: Vec<u32>,
}

/// A client, or a pseudo-client for the meetings of a nurse: only she visits it, it has no wishes, and its weight is 0.
/// Pseudo-clients come after all clients.
#[derive(Debug, Clone)]
pub(crate) struct ClientFacts {
    /// Where the client lives, other addresses aside.
    pub(crate) place: u32,
    /// Factor of the prices of faces, COC, UPC and hand-overs.
    pub(crate) weight: f64,
    /// The household, counted from 0, where one is named.
    pub(crate) household: Option<u32>,
    pub(crate) max_faces: Option<MaxFaces>,
    pub(crate) first_nurse: Option<u32>,
    /// Nurses, in the order in which they were named; empty where no circle is named.
    pub(crate) circle: Vec<u32>,
    /// Nurses whom the client knows by agreement: the first nurse and the circle of the document.
    pub(crate) known: Vec<u32>,
    /// Nurses; empty where none is preferred.
    pub(crate) preferred: Vec<u32>,
    /// Nurses who must not come, whether the client or the nurse says so.
    pub(crate) forbidden: Vec<u32>,
    /// Visits shorter than this many minutes may be made only by nurses whom the client knows.
    pub(crate) known_faces_under_minutes: Option<f64>,
}

impl Default for ClientFacts {
    /// A client without wishes.
    fn default() -> Self {
        Self {
            place: 0,
            weight: 1.0,
            household: None,
            max_faces: None,
            first_nurse: None,
            circle: Vec::new(),
            known: Vec::new(),
            preferred: Vec::new(),
            forbidden: Vec::new(),
            known_faces_under_minutes: None,
        }
    }
}

/// One given shift that no absence cancels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShiftFacts {
    pub(crate) nurse: u32,
    /// The place where the tour starts.
    pub(crate) leaves_from: u32,
    /// The place where it ends.
    pub(crate) returns_to: u32,
    /// Whether it starts, and ends, at the nurse's home rather than at the office.
    pub(crate) is_home: [bool; 2],
    /// Position in [`Facts::roads`].
    pub(crate) roads: u32,
    pub(crate) day: u16,
    pub(crate) start: i32,
    /// Earliest time at which the tour leaves: the start, or now in a plan that is changed during the shift.
    pub(crate) leave: i32,
    pub(crate) end: i32,
    pub(crate) latest_end: i32,
    pub(crate) break_facts: Option<BreakFacts>,
    /// Longest time from leaving home to being back; `i32::MAX` where the shift is the only bound.
    pub(crate) longest: i32,
    /// Largest total load of the visits of a tour; `i32::MAX` where nothing is carried.
    pub(crate) capacity: i32,
    /// Whether the nurse wished its day off.
    pub(crate) wished_off: bool,
}

impl ShiftFacts {
    /// Whether its tour may last `duration` from leaving home to being back.
    #[inline]
    pub(crate) fn may_last(&self, duration: i32) -> bool {
        duration <= self.longest
    }

    /// Whether it bounds the length of its tour (`longest`) in addition to its start and end.
    #[inline]
    pub(crate) fn bounds_length(&self) -> bool {
        self.longest < i32::MAX
    }
}

/// The break of a shift: its length and when it may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BreakFacts {
    pub(crate) seconds: i32,
    pub(crate) earliest: i32,
    pub(crate) latest: i32,
}

/// One care line of a client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) client: u32,
    /// Position in the client's care plan; of a meeting, its position in the document.
    pub(crate) care: u32,
    /// How regular its hour should be.
    pub(crate) regular: Option<Regular>,
    /// Minutes with the client, before they are rounded to whole seconds.
    pub(crate) minutes: f64,
    /// Least level of competence.
    pub(crate) level: Option<u8>,
    /// Competences that are all needed, as positions in [`Facts::competences`].
    pub(crate) competences: Vec<u32>,
}

/// At most so many seconds between the earliest and the latest start of a care line, each counted from
/// [`DayOption::hour`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regular {
    pub(crate) within: i32,
    /// Whether a larger spread is forbidden rather than priced.
    pub(crate) hard: bool,
}

/// One visit to plan.
#[derive(Debug, Clone)]
pub(crate) struct VisitFacts {
    pub(crate) line: u32,
    pub(crate) client: u32,
    pub(crate) duration: i32,
    /// How much of the capacity of a shift it takes.
    pub(crate) load: i32,
    /// Cost of leaving it out.
    pub(crate) unplanned: Cost,
    /// The part of that cost which is there because the visit was published.
    pub(crate) withdrawn: Cost,
    /// The days on which it may take place; exactly one for fixed days.
    pub(crate) options: Range<u32>,
    /// The block with which its day is chosen; `None` for a fixed day.
    pub(crate) block: Option<u32>,
}

/// A visit on one of its days.
#[derive(Debug, Clone)]
pub(crate) struct DayOption {
    pub(crate) visit: u32,
    pub(crate) day: u16,
    /// Where it takes place on this day.
    pub(crate) place: u32,
    /// Earliest start of care.
    pub(crate) open: i32,
    /// Latest start of care.
    pub(crate) close: i32,
    /// The moment from which the hour of care is counted, the same time of day on every day.
    pub(crate) hour: i32,
    /// The preferred start.
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

/// A choice of days for some visits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DayChoice<'a> {
    /// No choice: a visit with a fixed day.
    Fixed(&'a VisitFacts),
    /// One of the patterns of a block.
    Patterns(&'a [Vec<u32>]),
}

/// What was published of a day option, and what it costs to change it. By default, nothing was.
#[derive(Debug, Clone, Default)]
pub(crate) struct PublishedFacts {
    /// The nurse and the start of care, where the visit was published on this day.
    pub(crate) visit: Option<(u32, i32)>,
    /// How long before the visit people hear of a change.
    pub(crate) notice: Option<Notice>,
    /// Price of another nurse.
    pub(crate) nurse: Cost,
    /// Price of this day, which was not published.
    pub(crate) day: Cost,
    /// Price of a second beyond the tolerance.
    pub(crate) second: Cost,
}
