//! What an exact model may ask of the rules. Such a model is a relaxation: it leaves out what it cannot express, and
//! what remains must never cost more than it does in a plan.
//!
//! | question | answer | rule behind it |
//! | --- | --- | --- |
//! | what do the nurses of a client cost? | [`FacePrices`]: exact, by who they are and how many | `continuity` |
//! | what does paid time cost at least? | [`PaidTime`]: a constant, and the price of overtime not in it | `hours` |
//! | what does a start cost at least? | [`StartPrice`]: exact for a moment, the least for a range | `preferred_start` |
//!
//! All other rules across tours and all other prices of starts are relaxed to 0. A model that needs another rule adds a question here.

use super::continuity::ContinuityRule;
use super::evaluator::Evaluator;
use super::hours::HoursRule;
use super::preferred_start::PreferredStart;
use crate::model::cost::Cost;
use crate::model::document::Paid;
use crate::model::facts::{Facts, ShiftFacts};
use rustc_hash::FxHashMap;

/// What the nurses who come to one client cost: each as a new face, and by their number.
#[derive(Clone, Copy)]
pub(crate) struct FacePrices<'a> {
    rule: &'a ContinuityRule,
    client: u32,
}

impl FacePrices<'_> {
    /// Cost of a nurse as a new face; 0 where the client knows her well.
    pub(crate) fn new_face(self, nurse: u32) -> Cost {
        self.rule.new_face(self.client, nurse)
    }

    /// Cost of the first nurse, the second, and so on, of `nurses` at most. The list ends before the first one that is forbidden.
    pub(crate) fn further(self, nurses: usize) -> Vec<Cost> {
        (0..nurses as u32).map_while(|faces| self.rule.further_face(self.client, faces)).collect()
    }

    /// Whether any number and any choice of the `nurses` nurses of the problem costs nothing.
    pub(crate) fn are_free(self, nurses: usize) -> bool {
        (0..nurses as u32)
            .all(|nurse| self.rule.further_face(self.client, nurse) == Some(0) && self.new_face(nurse) == 0)
    }
}

/// What paid time costs at least.
#[derive(Debug)]
pub(crate) struct PaidTime {
    /// Cost that every plan has, whatever its tours.
    pub(crate) least: Cost,
    /// By shift: the part of the price of a second of overtime that `least` does not contain.
    pub(crate) overtime: Vec<Cost>,
}

/// The price of the start of one visit by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StartPrice {
    rule: PreferredStart,
    preferred: Option<i32>,
}

impl StartPrice {
    /// Whether the price depends on the start.
    pub(crate) fn is_priced(&self) -> bool {
        self.preferred.is_some()
    }

    /// The least that a start from `earliest` to `latest` costs.
    #[inline]
    pub(crate) fn least(&self, earliest: i32, latest: i32) -> Cost {
        let nearest = |preferred: i32| preferred.clamp(earliest, latest.max(earliest));
        self.preferred.map_or(0, |preferred| self.rule.due(preferred).cost(nearest(preferred)))
    }
}

impl Evaluator {
    /// What the nurses of a client cost.
    pub(crate) fn face_prices(&self, client: u32) -> FacePrices<'_> {
        FacePrices { rule: self.continuity(), client }
    }

    /// All prices of faces; the cost of faces is always a sum of some of them.
    pub(crate) fn all_face_prices(&self) -> impl Iterator<Item = Cost> + '_ {
        self.continuity().costs()
    }

    /// The price of the start of a day option by itself, published starts aside.
    pub(crate) fn least_start_price(&self, problem: &Facts, option: u32) -> StartPrice {
        let rule = *self.preferred_start();
        let preferred = problem.options[option as usize].preferred.filter(|_| rule.matters());
        StartPrice { rule, preferred }
    }

    /// The least that hours against contracts cost in any plan, and for each shift the price of a second of overtime
    /// that is not in it.
    ///
    /// Where whole shifts are paid, a second of overtime lowers the cost of hours by at most the price of a second
    /// under contract. So that cost is at least its value without overtime, less this price for each second of
    /// overtime. Where a tour is paid from leaving home to being back, the cost of hours is convex in the paid seconds
    /// of a nurse's week, which lie between 0 and the length of all its shifts.
    pub(crate) fn least_paid_time(&self, problem: &Facts) -> PaidTime {
        let rule: &HoursRule = self.hours();
        let mut weeks: FxHashMap<usize, (i64, i64)> = FxHashMap::default();
        for shift in &problem.shifts {
            let base = rule.paid_without_visits(shift);
            let week = weeks.entry(rule.week_of(shift)).or_default();
            let most = match problem.working_time.paid {
                Paid::Shift => base + i64::from(shift.latest_end - shift.end),
                Paid::Span => i64::from(shift.latest_end - shift.start),
            };
            *week = (week.0 + base, week.1 + most);
        }
        let full = self.overtime_price();
        let is_whole = problem.working_time.paid == Paid::Shift;
        let mut least = 0;
        for at in 0..rule.week_count() {
            let (base, most) = weeks.get(&at).copied().unwrap_or_default();
            let discounted = is_whole && full >= rule.under_price(at);
            least += rule.least(at, base, if discounted { base } else { most });
        }
        let price = |shift: &ShiftFacts| {
            let under = rule.under_price(rule.week_of(shift));
            match is_whole {
                false => full,
                true if full >= under => full - under,
                true => 0,
            }
        };
        // Where overtime is cheaper than missing hours, `least` was computed above over the whole range of paid
        // seconds: no price of overtime is left.
        PaidTime { least, overtime: problem.shifts.iter().map(price).collect() }
    }
}
