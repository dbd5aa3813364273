//! The given shifts of a nurse: each by itself, and one after another.

use super::findings::Findings;
use super::scope::Scope;
use crate::model::Calendar;
use crate::model::document::{Law, Nurse, Shift};
use std::fmt;

/// Longest break in minutes.
const LONGEST_BREAK: u64 = 180;

pub(super) fn check(scope: &Scope, nurse_path: &str, nurse: &Nurse, findings: &mut Findings) {
    let Some(calendar) = &scope.calendar else { return };
    let law = scope.document.working_time.law;
    let mut timed: Vec<Timed> = Vec::with_capacity(nurse.shifts.len());
    for (number, shift) in nurse.shifts.iter().enumerate() {
        let path = format!("{nurse_path}.shifts[{number}]");
        let Some(day) = calendar.day(shift.date) else {
            let last = calendar.date(i32::from(calendar.days()) - 1);
            let mend = format_args!("give a day from {} to {last}", calendar.date(0));
            findings.add(format_args!("{path}.date"), shift.date, mend);
            continue;
        };
        if let Some(first_day) = nurse.first_day.filter(|&first_day| shift.date < first_day) {
            let problem = format_args!("{} is before the nurse's first day, {first_day}", shift.date);
            findings.add(format_args!("{path}.date"), problem, "drop the shift or mend first_day");
        }
        let Some(times) = Timed::new(number, day, shift, calendar, &path, findings) else { continue };
        check_one(&times, shift, law, &path, findings);
        timed.push(times);
    }

    // Shifts that an absence drops do not take part any more.
    let away = |shift: &Shift| {
        let absences = &scope.document.agreements.absences;
        absences.iter().any(|a| a.nurse == nurse.id && (a.from..=a.until).contains(&shift.date))
    };
    timed.retain(|times| !away(&nurse.shifts[times.number]));
    timed.sort_by_key(|times| (times.start, times.number));
    check_succession(&timed, law, nurse_path, findings);
}

/// A shift in elapsed seconds.
struct Timed {
    number: usize,
    day: u16,
    start: i64,
    end: i64,
    latest_end: i64,
}

impl Timed {
    /// `None`, with a mistake, where the end is not after the start.
    fn new(
        number: usize,
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
        Some(Self { number, day, start, end, latest_end: latest_end.max(end) })
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
fn check_succession(shifts: &[Timed], law: Law, path: &str, findings: &mut Findings) {
    let rest = law.rest_seconds();
    // The last latest end so far, with the number of its shift.
    let mut busy: Option<&Timed> = None;
    for shift in shifts {
        if let Some(before) = busy {
            let gap = shift.start - before.latest_end;
            let path = format!("{path}.shifts[{}]", shift.number);
            if gap < 0 {
                let problem = format_args!(
                    "starts {} before shifts[{}] is over at the latest",
                    Hours(-gap),
                    before.number
                );
                findings.add(path, problem, "give shifts that do not overlap");
            } else if shift.day != before.day && gap < rest {
                let problem =
                    format_args!("starts {} after the latest end of shifts[{}]", Hours(gap), before.number);
                let mend = format_args!("the law asks for {} of rest", Hours(rest));
                findings.add(path, problem, mend);
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
