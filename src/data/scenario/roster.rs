//! The given roster: as many shifts as the care asks for, dealt out as a team would.

use super::care::at;
use super::draw::Draw;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::Calendar;
use crate::model::document::{Absence, Care, Client, Nurse, Shift, TimeOfDay};
use crate::model::recurrence::{Block, day_patterns};
use crate::model::weeks::week_of;

/// When care is given: each band has shifts of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Band {
    Morning,
    Day,
    Evening,
}

impl Band {
    /// The band of a care line.
    pub(super) fn of(care: &Care) -> Self {
        if care.window.from >= at(16, 0) {
            Band::Evening
        } else if care.window.to <= at(12, 0) {
            Band::Morning
        } else {
            Band::Day
        }
    }

    /// The band of a shift.
    pub(super) fn of_shift(shift: &Shift) -> Self {
        match shift.start {
            start if start >= at(16, 0) => Band::Evening,
            start if start >= at(10, 0) => Band::Day,
            _ => Band::Morning,
        }
    }
}

/// A kind of shift.
#[derive(Clone, Copy)]
struct Slot {
    start: TimeOfDay,
    end: TimeOfDay,
    latest_end: TimeOfDay,
}

impl Slot {
    fn minutes(&self) -> f64 {
        f64::from(self.end.seconds() - self.start.seconds()) / 60.0
    }

    fn is_late(&self) -> bool {
        self.start >= at(16, 0)
    }
}

/// The kinds of shift; all of them between 3 and 6 hours.
fn slots() -> [Slot; 5] {
    let slot = |start, end, latest_end| Slot { start, end, latest_end };
    [
        slot(at(7, 0), at(13, 0), at(13, 30)),
        slot(at(7, 0), at(11, 0), at(11, 30)),
        slot(at(10, 0), at(15, 0), at(15, 30)),
        slot(at(16, 30), at(22, 30), at(23, 0)),
        slot(at(18, 0), at(21, 0), at(21, 30)),
    ]
}

/// Minutes of rest between the latest end of a shift and the start of the next day's shift.
const REST: i64 = 11 * 60;
/// Most shifts of a nurse in a week.
const SHIFTS_A_WEEK: usize = 5;
/// Most days of work in a row.
const DAYS_IN_A_ROW: usize = 5;

/// Gives the nurses shifts in which the care fits, and the contract hours that go with them.
pub(super) fn give_shifts(
    team: &mut [Nurse],
    clients: &[Client],
    calendar: &Calendar,
    fill: f64,
    away: Option<&Absence>,
    draw: &mut Draw,
) -> Result<()> {
    let day_slots = compose(clients, calendar, fill)?;
    // Contracts differ: some work half as much as others.
    let mut weights: Vec<f64> = (0..team.len()).map(|i| [1.0, 0.8, 1.1, 0.6, 0.9, 1.2][i % 6]).collect();
    draw.shuffle(&mut weights);
    let mut rows: Vec<Row> = weights.into_iter().map(|weight| Row { weight, ..Row::default() }).collect();
    for day in 0..calendar.days() {
        for (number, slot) in day_slots.iter().enumerate() {
            // The first shift of each part of the day is for somebody who may do most of the care.
            let leads = number == 0 || day_slots[number - 1].start != slot.start;
            let date = calendar.date(day.into());
            let free = |row: &Row, nurse: &Nurse| {
                let is_away = away.is_some_and(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&date));
                // Level 2 does not give medication, which most evenings ask for.
                !is_away && (nurse.level > 2 || !slot.is_late()) && row.may_work(day, slot)
            };
            let mut scores: Vec<(f64, usize)> = Vec::new();
            for (i, (row, nurse)) in rows.iter().zip(team.iter()).enumerate() {
                let jitter = draw.unit() * 60.0;
                if free(row, nurse) {
                    let unfit = if leads && nurse.level < 4 { 300.0 } else { 0.0 };
                    scores.push((row.minutes / row.weight + unfit + jitter, i));
                }
            }
            let Some(&(_, chosen)) = scores.iter().min_by(|a, b| a.0.total_cmp(&b.0)) else {
                return Err(too_few(team.len(), clients.len()));
            };
            let latest_end = draw.chance(0.85).then_some(slot.latest_end);
            let shift = Shift { latest_end, ..Shift::new(date, slot.start, slot.end) };
            team[chosen].shifts.push(shift);
            rows[chosen].work(day, slot);
        }
    }
    give_away_a_shift(team, calendar, away);
    let weeks = f64::from(calendar.days()) / 7.0;
    for (nurse, row) in team.iter_mut().zip(&rows) {
        // Contracts are in steps of two hours; a roster rarely meets them to the minute.
        let hours = row.paid() / 60.0 / weeks;
        nurse.contract_hours = Some(((hours / 2.0).round() * 2.0).clamp(4.0, 36.0));
    }
    Ok(())
}

/// What a nurse works so far.
#[derive(Default)]
struct Row {
    weight: f64,
    minutes: f64,
    breaks: f64,
    /// Day of each shift, and its latest end in minutes from the start of that day.
    worked: Vec<(u16, i64)>,
}

impl Row {
    fn may_work(&self, day: u16, slot: &Slot) -> bool {
        let starts = i64::from(day) * 1440 + i64::from(slot.start.seconds() / 60);
        let rested = self
            .worked
            .last()
            .is_none_or(|&(last, ends)| last != day && starts - (i64::from(last) * 1440 + ends) >= REST);
        let week = self.worked.iter().filter(|(worked, _)| week_of(*worked) == week_of(day)).count();
        let row =
            (1..=day).take_while(|back| self.worked.iter().any(|&(worked, _)| worked == day - back)).count();
        rested && week < SHIFTS_A_WEEK && row < DAYS_IN_A_ROW
    }

    fn work(&mut self, day: u16, slot: &Slot) {
        self.worked.push((day, i64::from(slot.latest_end.seconds() / 60)));
        self.minutes += slot.minutes();
        if slot.minutes() > 330.0 {
            self.breaks += 30.0;
        }
    }

    fn paid(&self) -> f64 {
        self.minutes - self.breaks
    }
}

/// The shifts of every day, for the minutes of care divided by `fill`, the share of a shift that is spent with clients;
/// in the evening for more.
fn compose(clients: &[Client], calendar: &Calendar, fill: f64) -> Result<Vec<Slot>> {
    let mut load = [0.0; 3];
    for care in clients.iter().flat_map(|client| &client.care) {
        let visits: usize = day_patterns(care, &[], calendar)?.iter().map(Block::visits).sum();
        load[Band::of(care) as usize] += care.minutes * visits as f64 / f64::from(calendar.days());
    }
    let [early, short_early, middle, late, short_late] = slots();
    let [morning, day, evening] = load.map(|minutes| minutes / fill);
    // Evenings are thin: most of their care is asked for in the last three hours.
    let evening = evening / 0.7;
    let middles = (day / middle.minutes()).round() as usize;
    // Day care that the midday shifts do not cover is left to the morning shifts, which end after midday. In a small
    // team that is all of it.
    let rest_of_day = (day - middles as f64 * middle.minutes()).max(0.0);
    let mut all = cover(morning + rest_of_day, early, short_early);
    all.extend(std::iter::repeat_n(middle, middles));
    all.extend(cover(evening, late, short_late));
    Ok(all)
}

/// Shifts that cover `minutes`: as many long ones as fit, and one more for the rest, short where that is enough. The
/// first is always long.
fn cover(minutes: f64, long: Slot, short: Slot) -> Vec<Slot> {
    let whole = (minutes / long.minutes()) as usize;
    let rest = minutes - whole as f64 * long.minutes();
    let mut all = vec![long; whole];
    // A few minutes too many are no reason for another shift.
    if rest > 40.0 || (whole == 0 && rest > 0.0) {
        all.push(if whole > 0 && rest <= short.minutes() { short } else { long });
    }
    all
}

/// Adds a shift of the absent nurse on the first day of the absence. She had it before; another nurse has taken it over
/// already.
fn give_away_a_shift(team: &mut [Nurse], calendar: &Calendar, away: Option<&Absence>) {
    let Some(away) = away else { return };
    let Some(nurse) = team.iter_mut().find(|nurse| nurse.id == away.nurse) else { return };
    let [early, ..] = slots();
    if calendar.day(away.from).is_some() {
        let shift = Shift::new(away.from, early.start, early.end);
        nurse.shifts.push(Shift { latest_end: Some(early.latest_end), ..shift });
        nurse.shifts.sort_by_key(|shift| shift.date);
    }
}

#[cold]
fn too_few(nurses: usize, clients: usize) -> Error {
    let problem = format!("{nurses} nurses cannot care for {clients} clients under the working-time law");
    Error::new(ErrorKind::Options, Mistake::new("nurses", problem, "give more nurses or fewer clients"))
}
