//! On which days a care line has its visits: fixed days, patterns and times a week, as sets of days.

use crate::model::Calendar;
use crate::model::document::{Away, Care, Days, Monthly, PerWeek, Weekday};
use jiff::civil::Date;

/// A set of days of the horizon: bit `d` is day number `d`. A horizon has at most 60 days.
pub(super) type DaySet = u64;

/// A stretch of days in which the visits take place on one of several sets of days. All these choices have the same
/// size. There is at least one; for fixed days there is exactly one.
#[derive(Debug)]
pub(super) struct Block {
    pub choices: Vec<DaySet>,
}

impl Block {
    /// Every day that some choice has.
    pub fn possible(&self) -> DaySet {
        self.choices.iter().fold(0, |all, choice| all | choice)
    }

    /// Number of visits in the block.
    pub fn visits(&self) -> u32 {
        self.choices.first().map_or(0, |choice| choice.count_ones())
    }

    /// The largest number of days of `planned` that a single choice allows.
    pub fn most_kept(&self, planned: DaySet) -> u32 {
        self.choices.iter().map(|choice| (choice & planned).count_ones()).max().unwrap_or(0)
    }
}

/// The set of one day; empty past the 60 days.
pub(super) fn single(day: u16) -> DaySet {
    if day < Calendar::LONGEST { 1 << day } else { 0 }
}

/// The days of a set in order.
pub(super) fn days_of(set: DaySet) -> impl Iterator<Item = u16> {
    (0..Calendar::LONGEST).filter(move |&day| set & single(day) != 0)
}

/// The dates of a set of days, for messages.
pub(super) fn dates(set: DaySet, calendar: &Calendar) -> String {
    let dates: Vec<String> = days_of(set).map(|day| calendar.date(i32::from(day)).to_string()).collect();
    if dates.is_empty() { "none".to_owned() } else { dates.join(", ") }
}

/// From the first to the last date of a set of days, for messages; nothing for no day.
pub(super) fn span(set: DaySet, calendar: &Calendar) -> String {
    let date = |day: u16| calendar.date(i32::from(day));
    match (days_of(set).next(), days_of(set).last()) {
        (Some(first), Some(last)) => format!(" from {} to {}", date(first), date(last)),
        _ => String::new(),
    }
}

/// The blocks of a care line of a client who is away on the dates `away`. Blocks share no day.
///
/// # Errors
/// What is wrong with the line, and how to mend it.
pub(super) fn blocks(
    care: &Care,
    away: &[Away],
    calendar: &Calendar,
) -> Result<Vec<Block>, (String, &'static str)> {
    let within = days_where(calendar, |date| {
        care.from.is_none_or(|from| from <= date) && care.until.is_none_or(|until| date <= until)
    });
    let at_home = days_where(calendar, |date| !away.iter().any(|a| a.from <= date && date <= a.until));
    let in_force = within & at_home & days_where(calendar, |date| in_turn(date, care.from, care.every_weeks));
    let fixed = |set: DaySet| Ok(vec![Block { choices: vec![set & in_force] }]);
    match &care.days {
        Days::Daily => fixed(in_force),
        Days::Weekdays(weekdays) => fixed(days_where(calendar, |date| weekdays.contains(&Weekday::of(date)))),
        Days::Dates(dates) => fixed(days_where(calendar, |date| dates.contains(&date))),
        Days::Monthly(rule) => fixed(days_where(calendar, |date| is_of_month(rule, date))),
        Days::Patterns(patterns) => one_of(patterns, within).map(|mut block| {
            block.choices.retain(|choice| choice & !at_home == 0);
            // The client is away on a day of every pattern, so there is no visit.
            if block.choices.is_empty() {
                block.choices.push(0);
            }
            vec![block]
        }),
        Days::PerWeek(rule) => (0..calendar.days())
            .step_by(7)
            .map(|first| times_a_week(rule, first, in_force, calendar))
            .collect(),
    }
}

/// Whether a date lies in a week whose turn it is: the week of `from`, or one that is a multiple of `every_weeks` weeks
/// away from it. Mondays are found day by day, so that the check shares nothing with the engine's arithmetic.
pub(super) fn in_turn(date: Date, from: Option<Date>, every_weeks: u8) -> bool {
    let Some(from) = from.filter(|_| every_weeks > 1) else { return true };
    let monday_of = |mut date: Date| {
        while Weekday::of(date) != Weekday::Monday {
            date = date.yesterday().unwrap_or(Date::MIN);
        }
        date
    };
    let between = monday_of(from).until(monday_of(date)).map_or(0, |span| i64::from(span.get_days()));
    between % (7 * i64::from(every_weeks)) == 0
}

/// Whether a date is the day of its month that a rule names. Months that are too short have their last day; the fifth
/// weekday is the last one.
fn is_of_month(rule: &Monthly, date: Date) -> bool {
    let of_month: Vec<Date> = date.first_of_month().series(jiff::Span::new().days(1)).take(31).collect();
    let of_month = of_month.into_iter().filter(|other| other.month() == date.month());
    match *rule {
        Monthly { day: Some(day), .. } => of_month.take(usize::from(day)).last() == Some(date),
        Monthly { weekday: Some(weekday), nth: Some(nth), .. } => {
            let all: Vec<Date> = of_month.filter(|&other| Weekday::of(other) == weekday).collect();
            let chosen = if nth == 5 { all.last() } else { all.get(usize::from(nth).wrapping_sub(1)) };
            chosen == Some(&date)
        }
        _ => false,
    }
}

fn days_where(calendar: &Calendar, holds: impl Fn(Date) -> bool) -> DaySet {
    (0..calendar.days())
        .filter(|&day| holds(calendar.date(i32::from(day))))
        .fold(0, |set, day| set | single(day))
}

fn one_of(patterns: &[Vec<u16>], in_force: DaySet) -> Result<Block, (String, &'static str)> {
    let mut choices = Vec::new();
    for pattern in patterns {
        let set = pattern.iter().fold(0, |set, &day| set | single(day));
        if pattern.iter().any(|&day| single(day) & in_force == 0) {
            let problem = format!("the pattern {pattern:?} has a day outside the horizon or the line");
            return Err((problem, "give day numbers from 0 within both"));
        }
        if set.count_ones() as usize != pattern.len() {
            return Err((format!("the pattern {pattern:?} has a day twice"), "name each day once"));
        }
        choices.push(set);
    }
    let Some(first) = choices.first() else {
        return Err(("no pattern".to_owned(), "give at least one pattern of days"));
    };
    if choices.iter().any(|choice| choice.count_ones() != first.count_ones()) {
        return Err((
            "patterns of different lengths".to_owned(),
            "give patterns with the same number of days",
        ));
    }
    Ok(Block { choices })
}

/// One block of seven days, or of fewer at the end of the horizon. Its choices are all sets of allowed days that have
/// the right size and keep the gap, found by trying every subset of the week.
fn times_a_week(
    rule: &PerWeek,
    first: u16,
    in_force: DaySet,
    calendar: &Calendar,
) -> Result<Block, (String, &'static str)> {
    let week: DaySet = 0b111_1111 << first;
    let days = (week & in_force).count_ones();
    // A whole week has `times` visits, a part of a week its share of them, rounded down.
    let visits = u32::from(rule.times) * days / 7;
    let allowed =
        days_where(calendar, |date| rule.weekdays.is_empty() || rule.weekdays.contains(&Weekday::of(date)))
            & week
            & in_force;
    let spread = |set: DaySet| {
        let mut chosen = days_of(set);
        let mut last = chosen.next();
        chosen.all(|day| last.replace(day).is_none_or(|before| day - before >= u16::from(rule.min_gap)))
    };
    let choices: Vec<DaySet> = (0..128u64)
        .map(|subset| subset << first)
        .filter(|&set| set & !allowed == 0 && set.count_ones() == visits && spread(set))
        .collect();
    if choices.is_empty() {
        let problem = format!(
            "no {visits} days at least {} apart among {} in the week from {}",
            rule.min_gap,
            dates(allowed, calendar),
            calendar.date(i32::from(first)),
        );
        return Err((problem, "ask for fewer visits, a smaller gap or more weekdays"));
    }
    Ok(Block { choices })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The choices of each block as lists of days, over ten days from Monday 2 March 2026.
    fn choices(days: Value, from: Option<&str>, until: Option<&str>) -> Result<Vec<Vec<Vec<u16>>>, String> {
        let horizon =
            serde_json::from_value(json!({"first_day": "2026-03-02", "days": 10})).expect("a horizon");
        let care = json!({"id": "x", "days": days, "from": from, "until": until, "minutes": 10,
            "window": {"from": "08:00", "to": "09:00"}});
        let care: Care = serde_json::from_value(care).expect("a care line");
        let blocks = blocks(&care, &[], &Calendar::new(&horizon).expect("a calendar"))
            .map_err(|(problem, _)| problem)?;
        Ok(blocks
            .iter()
            .map(|block| block.choices.iter().map(|&set| days_of(set).collect()).collect())
            .collect())
    }

    #[test]
    fn fixed_days_are_one_choice_within_horizon_and_line() {
        let all: Vec<u16> = (0..10).collect();
        assert_eq!(choices(json!("daily"), None, None), Ok(vec![vec![all]]));
        let some = choices(json!("daily"), Some("2026-03-10"), Some("2026-04-01"));
        assert_eq!(some, Ok(vec![vec![vec![8, 9]]]));
        let mondays = choices(json!({"weekdays": ["monday", "tuesday"]}), Some("2026-03-03"), None);
        assert_eq!(mondays, Ok(vec![vec![vec![1, 7, 8]]]));
        let dates = choices(json!({"dates": ["2026-03-05", "2026-03-01", "2026-03-05"]}), None, None);
        assert_eq!(dates, Ok(vec![vec![vec![3]]]));
        assert_eq!(choices(json!("daily"), Some("2026-03-05"), Some("2026-03-04")), Ok(vec![vec![vec![]]]));
    }

    #[test]
    fn times_a_week_keep_their_gap_within_the_block_of_seven_days() {
        // Three times with a gap of three: only Monday, Thursday, Sunday. Three days are left: 9 / 7 = 1.
        let found = choices(json!({"per_week": {"times": 3, "min_gap": 3}}), None, None);
        assert_eq!(found, Ok(vec![vec![vec![0, 3, 6]], vec![vec![7], vec![8], vec![9]]]));
    }

    #[test]
    fn a_short_block_rounds_down() {
        // From Thursday: four days, 2 * 4 / 7 = 1; then three days, 6 / 7 = 0.
        let found = choices(
            json!({"per_week": {"times": 2, "weekdays": ["friday", "sunday"]}}),
            Some("2026-03-05"),
            None,
        );
        assert_eq!(found, Ok(vec![vec![vec![4], vec![6]], vec![vec![]]]));
    }

    #[test]
    fn what_has_no_choice_is_refused() {
        assert!(choices(json!({"per_week": {"times": 4, "min_gap": 3}}), None, None).is_err());
        assert!(choices(json!({"per_week": {"times": 2, "weekdays": ["monday"]}}), None, None).is_err());
        assert!(choices(json!({"per_week": {"times": 255}}), None, None).is_err());
        assert!(choices(json!({"patterns": [[0, 10]]}), None, None).is_err());
        assert!(choices(json!({"patterns": [[0, 3]]}), None, Some("2026-03-04")).is_err());
        assert!(choices(json!({"patterns": [[0, 1], [2]]}), None, None).is_err());
    }
}
