//! From a care line to the days on which its visits can be: blocks with their allowed day patterns.
//!
//! ```text
//! days: per_week 2, min_gap 3, 14 days          days: daily
//!   block 0: {0,3} {0,4} .. {3,6}                 block 0: {0,1,..,13}
//!   block 1: {7,10} {7,11} .. {10,13}
//! ```
//! A plan takes one pattern of every block; the blocks of a line are independent of one another.

use super::Calendar;
use super::document::{Away, Care, Days, Monthly, PerWeek, Weekday};
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most explicit patterns of one care line.
pub const MOST_PATTERNS: usize = 1_000;

const WEEK: u16 = 7;

/// A stretch of days of a care line with a choice of its own.
///
/// Invariant: at least one pattern; all patterns have the same length, at least 1; each is strictly
/// increasing; no two are equal; every day lies within the horizon and within `from`/`until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The allowed patterns, each a list of day numbers (0 is the first day of the horizon).
    pub patterns: Vec<Vec<u16>>,
}

impl Block {
    /// Number of visits that every pattern has.
    pub fn visits(&self) -> usize {
        self.patterns.first().map_or(0, Vec::len)
    }

    /// Whether there is nothing to choose.
    pub fn is_fixed(&self) -> bool {
        self.patterns.len() == 1
    }

    /// Whether some pattern has the day.
    pub fn can_have(&self, day: u16) -> bool {
        self.patterns.iter().any(|pattern| pattern.contains(&day))
    }

    /// Keeps only the patterns with the day, as a pin asks. Returns false, and changes nothing,
    /// where no pattern has it.
    #[must_use]
    pub fn keep_with(&mut self, day: u16) -> bool {
        let possible = self.can_have(day);
        if possible {
            self.patterns.retain(|pattern| pattern.contains(&day));
        }
        possible
    }
}

/// The allowed day patterns of a care line, block by block: one block with one pattern where the
/// days are fixed, one block with the given patterns, or one block for each seven days from the
/// first day of the horizon where a number of times a week is asked. Blocks without a visit are
/// left out, so that a line that ends before the horizon has none. `away` are the days on which the client is away.
///
/// # Errors
/// [`ErrorKind::Document`] with every mistake in `days`, `from` and `until`; paths are relative to
/// the care line (`days.patterns[2]`).
///
/// # Complexity
/// At most 128 subsets a block are tried for a number of times a week; linear in the list given
/// otherwise, up to a logarithm.
///
/// # Example
/// ```
/// use kring::model::document::{Care, Horizon};
/// use kring::model::{Calendar, recurrence::day_patterns};
///
/// let horizon: Horizon = serde_json::from_str(r#"{"first_day": "2026-03-02", "days": 9}"#)?;
/// let care: Care = serde_json::from_str(
///     r#"{"id": "shower", "days": {"per_week": {"times": 2, "min_gap": 4}},
///         "window": {"from": "08:00", "to": "12:00"}, "minutes": 40}"#,
/// )?;
/// let blocks = day_patterns(&care, &[], &Calendar::new(&horizon)?)?;
/// // The last two days hold 2 * 2 / 7 = 0 visits, so there is one block only.
/// assert_eq!(blocks.len(), 1);
/// assert_eq!(blocks[0].patterns, [[0, 4], [0, 5], [0, 6], [1, 5], [1, 6], [2, 6]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn day_patterns(care: &Care, away: &[Away], calendar: &Calendar) -> Result<Vec<Block>> {
    let mut mistakes = Vec::new();
    if let (Some(from), Some(until)) = (care.from, care.until)
        && until < from
    {
        mistakes.push(Mistake::new(
            "until",
            format!("{until} is before from, {from}"),
            "give a last day on or after the first",
        ));
    }
    check_weeks(care, &mut mistakes);
    let range = range_of(care, calendar);
    let is_away = |day: u16| {
        let date = calendar.date(i32::from(day));
        away.iter().any(|away| (away.from..=away.until).contains(&date))
    };
    let in_turn = |day: u16| is_in_turn(care.from, care.every_weeks, calendar.date(i32::from(day)));
    let in_force: Vec<u16> = range.clone().filter(|&day| !is_away(day) && in_turn(day)).collect();
    let blocks = match &care.days {
        Days::Daily => fixed(in_force),
        Days::Weekdays(weekdays) => {
            check_list("days.weekdays", weekdays, &mut mistakes);
            fixed(in_force.into_iter().filter(|&day| weekdays.contains(&weekday(calendar, day))).collect())
        }
        Days::Dates(dates) => {
            check_list("days.dates", dates, &mut mistakes);
            let days: BTreeSet<u16> = dates.iter().filter_map(|&d: &Date| calendar.day(d)).collect();
            fixed(days.into_iter().filter(|day| in_force.contains(day)).collect())
        }
        Days::Monthly(monthly) => {
            check_monthly(monthly, &mut mistakes);
            let falls = |day: &u16| falls_on(monthly, calendar.date(i32::from(*day)));
            fixed(in_force.into_iter().filter(falls).collect())
        }
        Days::PerWeek(per_week) => per_week_blocks(per_week, calendar, &in_force, &mut mistakes),
        Days::Patterns(patterns) => {
            check_patterns(patterns, &range, &mut mistakes);
            let kept = patterns.iter().filter(|days| !days.iter().any(|&day| is_away(day)));
            let patterns: Vec<Vec<u16>> = kept.cloned().collect();
            if patterns.is_empty() { Vec::new() } else { vec![Block { patterns }] }
        }
    };
    Error::from_mistakes(ErrorKind::Document, mistakes)?;
    Ok(blocks)
}

/// Whether a date lies in a week that counts. Weeks run from Monday to Sunday, and every `every_weeks`-th counts,
/// beginning with the week of `from`. Without `from` every week counts.
pub(crate) fn is_in_turn(from: Option<Date>, every_weeks: u8, date: Date) -> bool {
    let monday = |date: Date| {
        let since = i64::from(date.weekday().to_monday_zero_offset());
        date.duration_since(jiff::civil::date(1970, 1, 5)).as_hours() / 24 - since
    };
    from.is_none_or(|from| (monday(date) - monday(from)) / 7 % i64::from(every_weeks.max(1)) == 0)
}

/// Largest value of `every_weeks`.
pub(crate) const MOST_WEEKS: u8 = 26;

fn check_weeks(care: &Care, mistakes: &mut Vec<Mistake>) {
    let weeks = care.every_weeks;
    let mut wrong = |problem: String, mend: &str| mistakes.push(Mistake::new("every_weeks", problem, mend));
    if !(1..=MOST_WEEKS).contains(&weeks) {
        wrong(format!("every {weeks} weeks"), "give 1 to 26");
    } else if weeks > 1 {
        if care.from.is_none() {
            wrong(format!("every {weeks} weeks from no first week"), "give from, a date in the first week");
        }
        if !matches!(care.days, Days::Daily | Days::Weekdays(_) | Days::PerWeek(_)) {
            let problem = "weeks are counted for daily, weekdays and per_week only";
            wrong(problem.to_owned(), "leave every_weeks out, or give the days in one of these ways");
        }
    }
}

fn check_monthly(monthly: &Monthly, mistakes: &mut Vec<Mistake>) {
    let mut wrong =
        |path: &str, problem: String, mend: &str| mistakes.push(Mistake::new(path, problem, mend));
    match *monthly {
        Monthly { day: Some(day), weekday: None, nth: None } => {
            if !(1..=31).contains(&day) {
                wrong("days.monthly.day", format!("day {day} of the month"), "give 1 to 31");
            }
        }
        Monthly { day: None, weekday: Some(_), nth: Some(nth) } => {
            if !(1..=5).contains(&nth) {
                wrong("days.monthly.nth", nth.to_string(), "give 1 to 4, or 5 for the last of the month");
            }
        }
        _ => {
            let problem = "neither a day of the month nor one of its weekdays";
            wrong("days.monthly", problem.to_owned(), "give day, or weekday and nth");
        }
    }
}

/// Whether a date is the day of its month that the care line asks for.
fn falls_on(monthly: &Monthly, date: Date) -> bool {
    let (today, last) = (date.day() as u8, date.days_in_month() as u8);
    match (monthly.day, monthly.weekday, monthly.nth) {
        (Some(day), ..) => today == day.min(last),
        (None, Some(weekday), Some(nth)) => {
            let is_nth = if nth == 5 { today + 7 > last } else { today.div_ceil(7) == nth };
            Weekday::of(date) == weekday && is_nth
        }
        _ => false,
    }
}

/// The day numbers of the horizon within `from`/`until`; empty where the horizon and the line have no day in common.
fn range_of(care: &Care, calendar: &Calendar) -> Range<u16> {
    let days = i64::from(calendar.days());
    let clamp = |day: i64| day.clamp(0, days) as u16;
    let from = care.from.map_or(0, |date| clamp(calendar.days_from_first(date)));
    let until = care.until.map_or(calendar.days(), |date| clamp(calendar.days_from_first(date) + 1));
    from..until
}

fn weekday(calendar: &Calendar, day: u16) -> Weekday {
    Weekday::of(calendar.date(i32::from(day)))
}

fn fixed(days: Vec<u16>) -> Vec<Block> {
    if days.is_empty() { Vec::new() } else { vec![Block { patterns: vec![days] }] }
}

/// One mistake for an empty list and one for each entry that repeats an earlier one.
fn check_list<T: Copy + Ord + std::fmt::Debug>(path: &str, list: &[T], mistakes: &mut Vec<Mistake>) {
    if list.is_empty() {
        mistakes.push(Mistake::new(path, "the list is empty", "name at least one, or leave the line out"));
    }
    check_unique(path, list, mistakes);
}

fn check_unique<T: Copy + Ord + std::fmt::Debug>(path: &str, list: &[T], mistakes: &mut Vec<Mistake>) {
    let mut seen = BTreeSet::new();
    for (i, &entry) in list.iter().enumerate() {
        if !seen.insert(entry) {
            let problem = format!("{entry:?} is named twice");
            mistakes.push(Mistake::new(format!("{path}[{i}]"), problem, "name each once"));
        }
    }
}

fn per_week_blocks(
    per_week: &PerWeek,
    calendar: &Calendar,
    in_force: &[u16],
    mistakes: &mut Vec<Mistake>,
) -> Vec<Block> {
    let PerWeek { times, min_gap, weekdays } = per_week;
    let before = mistakes.len();
    if !(1..=7).contains(times) {
        mistakes.push(Mistake::new("days.per_week.times", format!("{times} times a week"), "give 1 to 7"));
    }
    if !(1..=6).contains(min_gap) {
        mistakes.push(Mistake::new(
            "days.per_week.min_gap",
            format!("a gap of {min_gap}"),
            "give 1 to 6 days",
        ));
    }
    check_unique("days.per_week.weekdays", weekdays, mistakes);
    if mistakes.len() > before {
        return Vec::new();
    }

    let mut blocks = Vec::new();
    for first in (0..calendar.days()).step_by(usize::from(WEEK)) {
        let days: Vec<u16> = (first..first + WEEK).filter(|day| in_force.contains(day)).collect();
        // A full block keeps `times`; a shorter one has its share, rounded down.
        let visits = usize::from(*times) * days.len() / usize::from(WEEK);
        if visits == 0 {
            continue;
        }
        let allowed: Vec<u16> = days
            .into_iter()
            .filter(|&day| weekdays.is_empty() || weekdays.contains(&weekday(calendar, day)))
            .collect();
        let patterns = choices(&allowed, visits, u16::from(*min_gap));
        if patterns.is_empty() {
            let (from, until) = (calendar.date(i32::from(first)), calendar.date(i32::from(first + WEEK - 1)));
            let problem = format!("{visits} visits from {from} to {until} do not fit the days and the gap");
            let mend = "ask for fewer times, a smaller min_gap or more weekdays";
            mistakes.push(Mistake::new("days.per_week", problem, mend));
        } else {
            blocks.push(Block { patterns });
        }
    }
    blocks
}

/// Every way to take `visits` of at most seven ascending days that differ by at least `min_gap`, in
/// lexicographic order.
fn choices(allowed: &[u16], visits: usize, min_gap: u16) -> Vec<Vec<u16>> {
    let mut patterns: Vec<Vec<u16>> = (0u32..1 << allowed.len())
        .filter(|subset| subset.count_ones() as usize == visits)
        .map(|subset| {
            let chosen = allowed.iter().enumerate().filter(|(bit, _)| subset >> bit & 1 == 1);
            chosen.map(|(_, &day)| day).collect::<Vec<u16>>()
        })
        .filter(|days| days.is_sorted_by(|a, b| b - a >= min_gap))
        .collect();
    patterns.sort_unstable();
    patterns
}

fn check_patterns(patterns: &[Vec<u16>], range: &Range<u16>, mistakes: &mut Vec<Mistake>) {
    if patterns.is_empty() || patterns.len() > MOST_PATTERNS {
        let problem = format!("{} patterns", patterns.len());
        mistakes.push(Mistake::new("days.patterns", problem, "give 1 to 1,000 patterns"));
        return;
    }
    let length = patterns[0].len();
    let mut seen = BTreeSet::new();
    for (i, pattern) in patterns.iter().enumerate() {
        let path = format!("days.patterns[{i}]");
        let mut add = |problem: String, mend: &str| mistakes.push(Mistake::new(&path, problem, mend));
        if pattern.is_empty() {
            add("the pattern is empty".into(), "name at least one day");
        }
        if pattern.len() != length {
            let problem = format!("{} days, but the first pattern has {length}", pattern.len());
            add(problem, "give patterns of the same length");
        }
        if !pattern.is_sorted_by(|a, b| a < b) {
            let problem = "the days are not in ascending order, or one is named twice";
            add(problem.into(), "sort them and name each once");
        }
        for day in pattern.iter().filter(|day| !range.contains(day)) {
            let problem = format!("day {day} is outside the horizon or outside from and until");
            let mend = match range.clone().last() {
                Some(last) => format!("give day numbers from {} to {last}", range.start),
                None => "give days that lie within the horizon".into(),
            };
            add(problem, &mend);
        }
        if !seen.insert(pattern) {
            add("an earlier pattern is the same".into(), "give each pattern once");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Horizon;

    /// A horizon from Monday 2 March 2026.
    fn calendar(days: u16) -> Calendar {
        let first_day = "2026-03-02".parse().unwrap();
        Calendar::new(&Horizon { first_day, days, time_zone: Some("Europe/Amsterdam".into()) }).unwrap()
    }

    fn care(days: &str, rest: &str) -> Care {
        let text = format!(
            r#"{{"id": "a", "days": {days}, "window": {{"from": "08:00", "to": "09:00"}}, "minutes": 10{rest}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn patterns(days: &str, rest: &str, horizon: u16) -> Vec<Vec<Vec<u16>>> {
        let blocks = day_patterns(&care(days, rest), &[], &calendar(horizon)).unwrap();
        blocks.into_iter().map(|block| block.patterns).collect()
    }

    fn paths(days: &str, rest: &str) -> Vec<String> {
        let error = day_patterns(&care(days, rest), &[], &calendar(14)).unwrap_err();
        error.mistakes().iter().map(|m| m.path.clone()).collect()
    }

    #[test]
    fn fixed_days_are_one_pattern_within_from_and_until() {
        assert_eq!(patterns(r#""daily""#, "", 3), [[[0, 1, 2]]]);
        // 4 March is day 2, 6 March day 4.
        assert_eq!(
            patterns(r#""daily""#, r#", "from": "2026-03-04", "until": "2026-03-06""#, 14),
            [[[2, 3, 4]]]
        );
        // Mondays are days 0 and 7, Thursdays 3 and 10.
        assert_eq!(patterns(r#"{"weekdays": ["thursday", "monday"]}"#, "", 14), [[[0, 3, 7, 10]]]);
        // 1 March and 1 April lie outside the horizon.
        let dates = r#"{"dates": ["2026-04-01", "2026-03-05", "2026-03-01", "2026-03-03"]}"#;
        assert_eq!(patterns(dates, "", 14), [[[1, 3]]]);
    }

    #[test]
    fn a_line_outside_the_horizon_has_no_block() {
        assert!(patterns(r#""daily""#, r#", "until": "2026-03-01""#, 14).is_empty());
        assert!(patterns(r#""daily""#, r#", "from": "2026-03-16""#, 14).is_empty());
        assert!(patterns(r#"{"per_week": {"times": 7}}"#, r#", "from": "9999-01-01""#, 14).is_empty());
    }

    #[test]
    fn a_short_week_has_its_share_rounded_down() {
        // 11 days: a full block with 3 visits and 4 days with 3 * 4 / 7 = 1.
        let blocks = patterns(r#"{"per_week": {"times": 3, "min_gap": 2}}"#, "", 11);
        // Three of seven days, no two adjacent: C(7 - 2, 3) = 10.
        assert_eq!(blocks[0].len(), 10);
        assert_eq!(blocks[1], [[7], [8], [9], [10]]);
        // From day 5 on, the first block has 2 days: 7 * 2 / 7 = 2 visits, both days.
        assert_eq!(patterns(r#"{"per_week": {"times": 7}}"#, r#", "from": "2026-03-07""#, 7), [[[5, 6]]]);
    }

    #[test]
    fn weekdays_narrow_the_choice() {
        let days = r#"{"per_week": {"times": 1, "weekdays": ["tuesday", "friday"]}}"#;
        assert_eq!(patterns(days, "", 14), [[[1], [4]], [[8], [11]]]);
    }

    #[test]
    fn every_other_week_counts_from_the_week_of_from() {
        // Wednesday 25 February: its week and that of 9 March (days 7 to 13).
        let rest = r#", "every_weeks": 2, "from": "2026-02-25""#;
        assert_eq!(patterns(r#"{"weekdays": ["monday", "friday"]}"#, rest, 21), [[[7, 11]]]);
        // In the weeks between there is nothing to choose.
        assert_eq!(patterns(r#"{"per_week": {"times": 7}}"#, rest, 21), [[[7, 8, 9, 10, 11, 12, 13]]]);
        assert_eq!(paths(r#""daily""#, r#", "every_weeks": 2"#), ["every_weeks"]);
        assert_eq!(paths(r#""daily""#, r#", "every_weeks": 27, "from": "2026-03-02""#), ["every_weeks"]);
        let dates = r#"{"dates": ["2026-03-05"]}"#;
        assert_eq!(paths(dates, r#", "every_weeks": 2, "from": "2026-03-02""#), ["every_weeks"]);
    }

    #[test]
    fn a_day_of_the_month_or_one_of_its_weekdays() {
        // From 2 March: the 15th is day 13; 31 March day 29, 30 April day 59.
        assert_eq!(patterns(r#"{"monthly": {"day": 15}}"#, "", 30), [[[13]]]);
        assert_eq!(patterns(r#"{"monthly": {"day": 31}}"#, "", 60), [[[29, 59]]]);
        // The first Tuesday is 3 March (day 1), then 7 April (day 36); the last Mondays are 30 March and 27 April.
        assert_eq!(patterns(r#"{"monthly": {"weekday": "tuesday", "nth": 1}}"#, "", 60), [[[1, 36]]]);
        assert_eq!(patterns(r#"{"monthly": {"weekday": "monday", "nth": 5}}"#, "", 60), [[[28, 56]]]);
        assert_eq!(paths(r#"{"monthly": {"day": 32}}"#, ""), ["days.monthly.day"]);
        assert_eq!(paths(r#"{"monthly": {"weekday": "monday", "nth": 6}}"#, ""), ["days.monthly.nth"]);
        for neither in [r#"{"day": 1, "nth": 1}"#, r#"{"weekday": "monday"}"#, "{}"] {
            assert_eq!(paths(&format!(r#"{{"monthly": {neither}}}"#), ""), ["days.monthly"]);
        }
    }

    #[test]
    fn on_days_away_no_visit_takes_place() {
        let away = |days: &str| -> Vec<Vec<Vec<u16>>> {
            let day = |day| jiff::civil::date(2026, 3, day);
            let away = [Away { from: day(1), until: day(3) }, Away { from: day(8), until: day(8) }];
            let blocks = day_patterns(&care(days, ""), &away, &calendar(7)).unwrap();
            blocks.into_iter().map(|block| block.patterns).collect()
        };
        // Days 2 to 5 are left.
        assert_eq!(away(r#""daily""#), [[[2, 3, 4, 5]]]);
        assert_eq!(away(r#"{"dates": ["2026-03-03", "2026-03-06"]}"#), [[[4]]]);
        // Four of seven days: 2 * 4 / 7 = 1.
        assert_eq!(away(r#"{"per_week": {"times": 2}}"#), [[[2], [3], [4], [5]]]);
        assert_eq!(away(r#"{"patterns": [[0, 3], [2, 4]]}"#), [[[2, 4]]]);
        assert!(away(r#"{"patterns": [[0, 3], [1, 4]]}"#).is_empty());
    }

    #[test]
    fn a_pin_keeps_the_patterns_with_its_day() {
        let per_week = care(r#"{"per_week": {"times": 2, "min_gap": 3}}"#, "");
        let mut block = day_patterns(&per_week, &[], &calendar(7)).unwrap().remove(0);
        assert!(block.keep_with(1));
        assert_eq!(block.patterns, [[1, 4], [1, 5], [1, 6]]);
        assert!(!block.keep_with(2), "no pattern left has day 2");
        assert_eq!(block.patterns.len(), 3);
    }

    #[test]
    fn every_mistake_is_named() {
        assert_eq!(paths(r#""daily""#, r#", "from": "2026-03-05", "until": "2026-03-04""#), ["until"]);
        assert_eq!(paths(r#"{"weekdays": []}"#, ""), ["days.weekdays"]);
        assert_eq!(paths(r#"{"weekdays": ["monday", "monday"]}"#, ""), ["days.weekdays[1]"]);
        assert_eq!(paths(r#"{"dates": ["2026-03-05", "2026-03-05"]}"#, ""), ["days.dates[1]"]);
        assert_eq!(
            paths(r#"{"per_week": {"times": 8, "min_gap": 7}}"#, ""),
            ["days.per_week.times", "days.per_week.min_gap"]
        );
        // 3 visits 4 days apart need 9 days: impossible in both blocks.
        assert_eq!(
            paths(r#"{"per_week": {"times": 3, "min_gap": 4}}"#, ""),
            ["days.per_week", "days.per_week"]
        );
        assert_eq!(paths(r#"{"patterns": []}"#, ""), ["days.patterns"]);
        assert_eq!(
            paths(r#"{"patterns": [[0, 3], [3, 0], [1], [14, 15], [0, 3], []]}"#, ""),
            [
                "days.patterns[1]",
                "days.patterns[2]",
                "days.patterns[3]",
                "days.patterns[3]",
                "days.patterns[4]",
                "days.patterns[5]",
                "days.patterns[5]",
            ]
        );
    }
}
