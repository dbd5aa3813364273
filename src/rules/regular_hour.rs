//! Ledger across tours: how far the starts of a care line spread over the days.
//!
//! A start depends on the whole tour, and its cost depends on the starts on other days. So the evaluation of a changed
//! tour asks about every visit with a regular hour whose start moves, in constant time each. Only tours with such
//! visits take this time. Groer, Golden and Wasil (2009), "The consistent vehicle routing problem", Manufacturing &
//! Service Operations Management 11(4), bound the same spread.

use super::assignments::{Assignment, Assignments};
use super::ledger::{Bearer, Ledger, LedgerRule, Penalty, Span};
use crate::model::cost::{Cost, Term, cost_per_second};
use crate::model::facts::Facts;
use crate::model::reason::Why;
use std::ops::Range;

/// What a care line asks for.
#[derive(Debug, Clone)]
struct Line {
    within: i32,
    /// Price of each second beyond `within`, where that is not `hard`.
    price: Cost,
    hard: bool,
    client: u32,
    visits: Range<u32>,
}

/// Prices and bounds, by care line.
#[derive(Debug, Clone)]
pub(crate) struct RegularHourRule {
    /// Of the lines with a regular hour.
    lines: Vec<Line>,
    /// For each visit its place in `lines`; empty where no line has a regular hour.
    line_of: Vec<u32>,
    /// The visit of each day option; empty where no line has a regular hour.
    visit: Vec<u32>,
    /// Price of a second beyond a hard bound while the search runs: `strict` as good as forbids it, `initial` is the
    /// price to begin with.
    strict: Cost,
    initial: Cost,
}

/// No line with a regular hour.
const NONE: u32 = u32::MAX;

/// The highest price of a second at which the sum over all lines does not overflow, if starts can lie `spread` seconds
/// apart. (To limit the price here, once, costs the search nothing; to limit each sum costs a tenth of an evaluation.)
fn highest_price(spread: i64, lines: usize) -> Cost {
    // At least 150,000 seconds, 1.7 days, so that the prices of documents do not depend on their windows.
    (Cost::MAX / 4 / spread.max(150_000) / lines.max(1) as Cost).max(1)
}

impl LedgerRule for RegularHourRule {
    fn new(problem: &Facts) -> Self {
        let prices = &problem.prices;
        let soft = cost_per_second(prices.irregular_hour);
        let dearest = problem.visits.iter().map(|visit| visit.unplanned).max().unwrap_or(0);
        let first =
            problem.options.iter().map(|option| i64::from(option.open) - i64::from(option.hour)).min();
        let last =
            problem.options.iter().map(|option| i64::from(option.close) - i64::from(option.hour)).max();
        let spread = first.zip(last).map_or(0, |(first, last)| last - first);
        let most = highest_price(spread, problem.lines.len());
        let mut rule = Self {
            lines: Vec::new(),
            line_of: Vec::new(),
            visit: Vec::new(),
            strict: dearest.clamp(1, most),
            initial: cost_per_second(prices.beyond_hard_hour()).clamp(1, most),
        };
        if problem.lines.iter().all(|line| line.regular.is_none()) {
            return rule;
        }
        rule.line_of = vec![NONE; problem.visits.len()];
        rule.visit = problem.options.iter().map(|option| option.visit).collect();
        let mut last = NONE;
        for (visit, facts) in (0..).zip(&problem.visits) {
            let Some(regular) = problem.lines[facts.line as usize].regular else { continue };
            if std::mem::replace(&mut last, facts.line) != facts.line {
                let (within, hard) = (regular.within, regular.hard);
                rule.lines.push(Line {
                    within,
                    price: soft,
                    hard,
                    client: facts.client,
                    visits: visit..visit,
                });
            }
            rule.line_of[visit as usize] = rule.lines.len() as u32 - 1;
            if let Some(line) = rule.lines.last_mut() {
                line.visits.end = visit + 1;
            }
        }
        rule
    }

    /// Whether any line has a regular hour.
    #[inline]
    fn is_used(&self) -> bool {
        !self.lines.is_empty()
    }
}

impl RegularHourRule {
    fn of(&self, visit: u32) -> Option<&Line> {
        self.lines.get(*self.line_of.get(visit as usize)? as usize)
    }
}

impl Line {
    fn beyond(&self, low: i32, high: i32) -> i64 {
        // Without a start `high` is below `low`.
        if high < low { 0 } else { (i64::from(high) - i64::from(low) - i64::from(self.within)).max(0) }
    }

    fn price(&self, penalty: Cost) -> Cost {
        if self.hard { penalty } else { self.price }
    }

    fn cost(&self, low: i32, high: i32, penalty: Cost) -> Cost {
        self.beyond(low, high) * self.price(penalty)
    }
}

/// The start of a visit, and the first and last start of the others of its line. Without a start, `first` is
/// above `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hour {
    first: i32,
    last: i32,
    others_first: i32,
    others_last: i32,
}

impl Hour {
    const OUT: Self = Self { first: i32::MAX, last: i32::MIN, others_first: i32::MAX, others_last: i32::MIN };

    fn ends(&self, first: i32, last: i32) -> (i32, i32) {
        (first.min(self.others_first), last.max(self.others_last))
    }
}

/// The hours of all visits in the draft, counted from [`DayOption::hour`](crate::model::facts::DayOption).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RegularHourLedger {
    /// By visit; empty where no line has a regular hour.
    hours: Vec<Hour>,
    beyond_hard: i64,
    /// Price of a second beyond a hard bound.
    penalty: Cost,
}

impl Ledger for RegularHourLedger {
    type Rule = RegularHourRule;
    const COUNTS_STARTS: bool = true;
    const EXCEEDED: Why = Why::RegularHour;

    fn empty(rule: &RegularHourRule, _: &Facts) -> Self {
        Self::new(rule)
    }

    #[inline]
    fn counts_start_of(rule: &RegularHourRule, visit: u32) -> bool {
        rule.line_of.get(visit as usize).is_some_and(|&line| line != NONE)
    }

    /// The visits of the same line. (A tour with two of them would make visits of two days, which nobody plans.)
    #[inline]
    fn excluded(rule: &RegularHourRule, visit: u32) -> Range<u32> {
        rule.of(visit).map_or(0..0, |line| line.visits.clone())
    }

    fn start_span(&self, rule: &RegularHourRule, visit: u32) -> Option<Span> {
        rule.of(visit).map(|line| Span { within: line.within, price: line.price(self.penalty) })
    }

    #[inline]
    fn start_delta(&self, rule: &RegularHourRule, visit: u32, hour: i32) -> Cost {
        let Some(line) = rule.of(visit) else { return 0 };
        let now = &self.hours[visit as usize];
        if now.first == hour {
            return 0;
        }
        let (before, after) = (now.ends(now.first, now.last), now.ends(hour, hour));
        line.cost(after.0, after.1, self.penalty) - line.cost(before.0, before.1, self.penalty)
    }

    #[inline]
    fn start(&mut self, rule: &RegularHourRule, visit: u32, hour: i32) -> Cost {
        // Most starts of a changed tour are as they were.
        match self.hours.get(visit as usize) {
            Some(now) if now.first != hour => self.set(rule, visit, hour, hour),
            _ => 0,
        }
    }

    fn unassign(&mut self, rule: &RegularHourRule, _: &Assignments, one: &Assignment) -> Cost {
        self.set(rule, rule.visit[one.option as usize], Hour::OUT.first, Hour::OUT.last)
    }

    #[inline]
    fn excess(&self) -> i64 {
        self.beyond_hard
    }

    fn set_penalty(&mut self, rule: &RegularHourRule, penalty: Penalty) -> Cost {
        let before = std::mem::replace(&mut self.penalty, penalty.price(rule.strict, rule.initial));
        (self.penalty - before) * self.beyond_hard
    }

    /// Seconds beyond hard bounds count at the current price of the search.
    fn shares(&self, rule: &RegularHourRule, _: &Assignments, add: &mut dyn FnMut(Bearer, Term, Cost)) {
        for line in &rule.lines {
            let hours = &self.hours[line.visits.start as usize..line.visits.end as usize];
            let low = hours.iter().map(|hour| hour.first).min().unwrap_or(i32::MAX);
            let high = hours.iter().map(|hour| hour.last).max().unwrap_or(i32::MIN);
            add(Bearer::Client(line.client), Term::IrregularHour, line.cost(low, high, self.penalty));
        }
    }
}

impl RegularHourLedger {
    fn new(rule: &RegularHourRule) -> Self {
        Self { hours: vec![Hour::OUT; rule.line_of.len()], beyond_hard: 0, penalty: rule.strict }
    }

    /// Sets the start of a visit, or takes it away; returns the change of cost. Complexity: linear in the visits of the
    /// line.
    #[inline(never)]
    fn set(&mut self, rule: &RegularHourRule, visit: u32, first: i32, last: i32) -> Cost {
        let Some(line) = rule.of(visit) else { return 0 };
        let now = self.hours[visit as usize];
        if (now.first, now.last) == (first, last) {
            return 0;
        }
        let (before, after) = (now.ends(now.first, now.last), now.ends(first, last));
        let cost = line.cost(after.0, after.1, self.penalty) - line.cost(before.0, before.1, self.penalty);
        if line.hard {
            self.beyond_hard += line.beyond(after.0, after.1) - line.beyond(before.0, before.1);
        }
        let hours = &mut self.hours[line.visits.start as usize..line.visits.end as usize];
        let at = (visit - line.visits.start) as usize;
        (hours[at].first, hours[at].last) = (first, last);
        // The two earliest and the two latest starts. For the visit that is itself the earliest, the earliest of the
        // others is the second; so with the latest.
        let (mut firsts, mut lasts) = ([i32::MAX; 2], [i32::MIN; 2]);
        for hour in hours.iter() {
            firsts = [firsts[0].min(hour.first), firsts[1].min(hour.first.max(firsts[0]))];
            lasts = [lasts[0].max(hour.last), lasts[1].max(hour.last.min(lasts[0]))];
        }
        for hour in hours.iter_mut() {
            hour.others_first = if hour.first == firsts[0] { firsts[1] } else { firsts[0] };
            hour.others_last = if hour.last == lasts[0] { lasts[1] } else { lasts[0] };
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cost::CostByTerm;
    use proptest::prelude::*;

    /// Two lines of four visits with a visit without a regular hour between; the second line is hard.
    fn rule() -> RegularHourRule {
        let line = |hard, visits| Line { within: 10, price: 3, hard, client: 0, visits };
        RegularHourRule {
            lines: vec![line(false, 0..4), line(true, 5..9)],
            line_of: vec![0, 0, 0, 0, NONE, 1, 1, 1, 1],
            visit: (0..9).collect(),
            strict: 50,
            initial: 16,
        }
    }

    /// The ledger does not read them.
    fn counts() -> Assignments {
        Assignments::empty(1, 1)
    }

    fn without(ledger: &mut RegularHourLedger, rule: &RegularHourRule, visit: u32) -> Cost {
        ledger.unassign(rule, &counts(), &Assignment { option: visit, client: 0, nurse: 0 })
    }

    fn whole(ledger: &RegularHourLedger, rule: &RegularHourRule) -> Cost {
        let mut terms = CostByTerm::default();
        ledger.terms(rule, &counts(), &mut terms);
        terms.total()
    }

    #[test]
    fn only_the_spread_beyond_the_bound_costs() {
        let rule = rule();
        let mut ledger = RegularHourLedger::new(&rule);
        for (visit, hour) in [(0, 100), (1, 110), (2, 95), (5, 0), (6, 12), (7, 11)] {
            ledger.start(&rule, visit, hour);
        }
        assert_eq!((whole(&ledger, &rule), ledger.excess()), (5 * 3 + 2 * 50, 2));
        assert_eq!(ledger.start_delta(&rule, 2, 100), -5 * 3);
        assert_eq!(ledger.start_delta(&rule, 3, 117), 7 * 3);
        assert_eq!(ledger.start_delta(&rule, 4, 9_999), 0);
        // Two seconds beyond, at 7 each instead of 50.
        assert_eq!(ledger.set_penalty(&rule, Penalty::Sixteenths(7)), 2 * (7 - 50));
        assert_eq!(whole(&ledger, &rule), 5 * 3 + 2 * 7);
        assert_eq!(without(&mut ledger, &rule, 5), -2 * 7);
        assert_eq!(ledger.excess(), 0);
    }

    /// Every line as far beyond its bound as it can be, at the highest price: their sum does not overflow.
    #[test]
    fn no_sum_of_what_is_beyond_hard_bounds_overflows() {
        let (lines, spread) = (1_000, 1_500_000_000);
        let line = |at: u32| Line { within: 0, price: 0, hard: true, client: 0, visits: 2 * at..2 * at + 2 };
        let strict = highest_price(spread, lines as usize);
        let rule = RegularHourRule {
            lines: (0..lines).map(line).collect(),
            line_of: (0..2 * lines).map(|visit| visit / 2).collect(),
            visit: (0..2 * lines).collect(),
            strict,
            initial: 8_000,
        };
        let mut ledger = RegularHourLedger::new(&rule);
        let mut sum = 0;
        for visit in 0..2 * lines {
            let hour = if visit % 2 == 0 { 0 } else { spread as i32 };
            let delta = ledger.start_delta(&rule, visit, hour);
            assert_eq!(ledger.start(&rule, visit, hour), delta);
            sum += delta;
        }
        assert_eq!(whole(&ledger, &rule), sum);
        assert!(sum > Cost::MAX / 5 && sum <= Cost::MAX / 4, "{sum}");
    }

    proptest! {
        #[test]
        fn deltas_are_the_change_of_the_whole(
            steps in prop::collection::vec((0..9u32, prop::option::of(0..60i32)), 0..80)
        ) {
            let rule = rule();
            let mut ledger = RegularHourLedger::new(&rule);
            for (visit, hour) in steps {
                let before = whole(&ledger, &rule);
                let change = match hour {
                    Some(hour) => {
                        let delta = ledger.start_delta(&rule, visit, hour);
                        prop_assert_eq!(ledger.start(&rule, visit, hour), delta);
                        delta
                    }
                    None => without(&mut ledger, &rule, visit),
                };
                prop_assert_eq!(before + change, whole(&ledger, &rule));
            }
        }

        #[test]
        fn two_to_six_changes_cost_what_they_cost_together_and_are_undone_exactly(
            begin in prop::collection::vec((0..9u32, 0..60i32), 0..20),
            changes in prop::collection::vec((0..9u32, prop::option::of(0..60i32)), 2..7)
        ) {
            let rule = rule();
            let mut ledger = RegularHourLedger::new(&rule);
            for (visit, hour) in begin {
                ledger.start(&rule, visit, hour);
            }
            let (before, cost) = (ledger.clone(), whole(&ledger, &rule));
            let mut sum = 0;
            let mut undo = Vec::new();
            for (visit, hour) in changes {
                let now = ledger.hours[visit as usize];
                undo.push((visit, (now.first <= now.last).then_some(now.first)));
                sum += match hour {
                    Some(hour) => ledger.start(&rule, visit, hour),
                    None => without(&mut ledger, &rule, visit),
                };
            }
            prop_assert_eq!(cost + sum, whole(&ledger, &rule));
            for (visit, hour) in undo.into_iter().rev() {
                sum += match hour {
                    Some(hour) => ledger.start(&rule, visit, hour),
                    None => without(&mut ledger, &rule, visit),
                };
            }
            prop_assert_eq!(sum, 0);
            prop_assert_eq!(ledger, before);
        }
    }
}
