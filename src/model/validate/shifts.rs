//! The given shifts of a nurse: each by itself, and one after another.

use super::findings::Findings;
use super::scope::Scope;
use super::sizes::SHIFTS;
use crate::model::Calendar;
use crate::model::document::{Law, Nurse, Shift};
use crate::model::recurrence::MOST_WEEKS;
use crate::model::roster::{RosterPlace, Rostered, shifts_of};
use std::collections::BTreeSet;
use std::fmt;

/// Longest break in minutes.
const LONGEST_BREAK: u64 = 180;

pub(super) fn check(scope: &Scope, nurse_path: &str, nurse: &Nurse, findings: &mut Findings) {
    let Some(calendar) = &scope.calendar else { return };
    let law = scope.document.working_time.law;
    check_recurring(nurse_path, nurse, findings);
    let path = format!("{nurse_path}.wished_off");
    check_once(&format!("{path}.weekdays"), &nurse.wished_off.weekdays, findings);
    check_once(&format!("{path}.dates"), &nurse.wished_off.dates, findings);
    let shifts = shifts_of(nurse, calendar);
    if shifts.len() > SHIFTS {
        let problem = format_args!("{} shifts within the horizon", shifts.len());
        findings.add(format_args!("{nurse_path}.recurring"), problem, format_args!("give at most {SHIFTS}"));
        return;
    }
    let mut timed: Vec<Timed> = Vec::with_capacity(shifts.len());
    // Mistakes of a recurring shift are reported only for the first date that has any.
    let mut wrong_before = BTreeSet::new();
    for (number, Rostered { shift, place }) in shifts.iter().enumerate() {
        let path = format!("{nurse_path}.{place}");
        let Some(day) = calendar.day(shift.date) else {
            let last = calendar.date(i32::from(calendar.days()) - 1);
            let mend = format_args!("give a day from {} to {last}", calendar.date(0));
            let problem = format_args!("{} is outside the days to plan", shift.date);
            findings.add(format_args!("{path}.date"), problem, mend);
            continue;
        };
        if let Some(first_day) = nurse.first_day.filter(|&first_day| shift.date < first_day) {
            let problem = format_args!("{} is before the nurse's first day, {first_day}", shift.date);
            findings.add(format_args!("{path}.date"), problem, "drop the shift or mend first_day");
        }
        let mut found = Findings::default();
        let times = Timed::new((number, *place), day, shift, calendar, &path, &mut found);
        if let Some(times) = &times {
            check_one(times, shift, law, &path, &mut found);
        }
        let is_told = matches!(place, RosterPlace::Recurring(_)) && wrong_before.contains(place);
        if !found.is_empty() && !is_told {
            wrong_before.insert(*place);
            findings.append(found);
        }
        timed.extend(times);
    }

    // Shifts that an absence cancels do not count for overlap and rest.
    let agreements = &scope.document.agreements;
    timed.retain(|times| !agreements.is_away(&nurse.id, shifts[times.number].shift.date));
    timed.sort_by_key(|times| (times.start, times.number));
    check_succession(&timed, calendar, law, nurse_path, findings);
}

/// Days of a list are named once each.
fn check_once<T: Copy + Ord + fmt::Debug>(path: &str, days: &[T], findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (at, day) in days.iter().enumerate().filter(|(_, day)| !seen.insert(**day)) {
        let problem = format_args!("{day:?} is named twice");
        findings.add(format_args!("{path}[{at}]"), problem, "name each once");
    }
}

/// What a recurring shift says of its days.
fn check_recurring(nurse_path: &str, nurse: &Nurse, findings: &mut Findings) {
    for (i, shift) in nurse.recurring.iter().enumerate() {
        let path = format!("{nurse_path}.recurring[{i}]");
        if shift.weekdays.is_empty() {
            findings.add(format_args!("{path}.weekdays"), "the list is empty", "name at least one day");
        }
        check_once(&format!("{path}.weekdays"), &shift.weekdays, findings);
        let weeks = shift.every_weeks;
        findings.whole(format_args!("{path}.every_weeks"), weeks.into(), 1..=MOST_WEEKS.into());
        if weeks > 1 && shift.from.is_none() {
            let problem = format_args!("every {weeks} weeks from no first week");
            findings.add(format_args!("{path}.every_weeks"), problem, "give from, a date in the first week");
        }
        if let (Some(from), Some(until)) = (shift.from, shift.until)
            && until < from
        {
            let problem = format_args!("{until} is before from, {from}");
            findings.add(format_args!("{path}.until"), problem, "give a last day on or after the first");
        }
    }
}

/// A shift in elapsed seconds.
struct Timed {
    number: usize,
    place: RosterPlace,
    day: u16,
    start: i64,
    end: i64,
    latest_end: i64,
}

impl Timed {
    /// `None`, with a mistake, where the end is not after the start.
    fn new(
        (number, place): (usize, RosterPlace),
        day: u16,
        shift: &Shift,
        calendar: &Calendar,
        path: &str,
        findings: &mut Findings,
    ) -> Option<Self> {
        let start = calendar.seconds(day.into(), shift.start);
        let until = |end| calendar.end_seconds(day.into(), shift.start, end);
        let end = until(shift.end);
        let latest_end = shift.latest_end.map_or(end, until);
        if end <= start {
            let problem =
                format_args!("on {} the clock skips from {} to {}", shift.date, shift.start, shift.end);
            findings.add(format_args!("{path}.end"), problem, "move the shift away from the clock change");
            return None;
        }
        if latest_end < end {
            let latest = shift.latest_end.unwrap_or(shift.end);
            let problem = format_args!("{latest} is before the end of the shift, {}", shift.end);
            findings.add(format_args!("{path}.latest_end"), problem, "give the end or a later time");
        }
        Some(Self { number, place, day, start, end, latest_end: latest_end.max(end) })
    }
}

fn check_one(times: &Timed, shift: &Shift, law: Law, path: &str, findings: &mut Findings) {
    let longest = law.longest_shift_seconds();
    if times.latest_end - times.start > longest {
        let problem = format_args!("{} from start to latest end", Hours(times.latest_end - times.start));
        let mend = format_args!("the law allows {}; shorten the shift", Hours(longest));
        findings.add(path, problem, mend);
    }

    let length = times.end - times.start;
    let lawful = law.break_seconds(length);
    let Some(minutes) = shift.break_minutes else { return };
    let path = format!("{path}.break_minutes");
    findings.whole(&path, minutes.into(), 0..=LONGEST_BREAK);
    let seconds = i64::from(minutes) * 60;
    if seconds < lawful {
        let problem = format_args!("{minutes} minutes in a shift of {}", Hours(length));
        findings.add(&path, problem, format_args!("the law asks for {} minutes", lawful / 60));
    }
    // The break starts in the middle half of the shift and ends there: between one quarter and three.
    if u64::from(minutes) <= LONGEST_BREAK && length - 2 * (length / 4) < seconds {
        let problem = format_args!("{minutes} minutes do not fit in the middle half of {}", Hours(length));
        findings.add(&path, problem, "shorten the break or lengthen the shift");
    }
}

/// Shifts in the order of their start: no overlap, and rest from day to day.
fn check_succession(shifts: &[Timed], calendar: &Calendar, law: Law, path: &str, findings: &mut Findings) {
    let on = |shift: &Timed| match shift.place {
        RosterPlace::Dated(_) => String::new(),
        RosterPlace::Recurring(_) => format!(" of {}", calendar.date(shift.day.into())),
    };
    let rest = law.rest_seconds();
    // Of the shifts so far, the one with the last `latest_end`.
    let mut busy: Option<&Timed> = None;
    // For each pair of recurring shifts only the first clash is reported, not one for each week.
    let mut told = BTreeSet::new();
    for shift in shifts {
        let is_new = |before: &Timed| match (before.place, shift.place) {
            (RosterPlace::Recurring(_), RosterPlace::Recurring(_)) => {
                !told.contains(&(before.place, shift.place))
            }
            _ => true,
        };
        if let Some(before) = busy.filter(|before| is_new(before)) {
            let gap = shift.start - before.latest_end;
            let (path, date) = (format!("{path}.{}", shift.place), on(shift));
            let date = if date.is_empty() { date } else { format!("the one{date} ") };
            if gap < 0 {
                let problem = format_args!(
                    "{date}starts {} before {}{} is over at the latest",
                    Hours(-gap),
                    before.place,
                    on(before)
                );
                findings.add(path, problem, "give shifts that do not overlap");
                told.insert((before.place, shift.place));
            } else if shift.day != before.day && gap < rest {
                let problem = format_args!(
                    "{date}starts {} after the latest end of {}{}",
                    Hours(gap),
                    before.place,
                    on(before)
                );
                let mend = format_args!("the law asks for {} of rest", Hours(rest));
                findings.add(path, problem, mend);
                told.insert((before.place, shift.place));
            }
        }
        if busy.is_none_or(|before| shift.latest_end >= before.latest_end) {
            busy = Some(shift);
        }
    }
}

/// Seconds as `7 h 30 min`.
struct Hours(i64);

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} h {} min", self.0 / 3600, self.0 / 60 % 60)
    }
}
