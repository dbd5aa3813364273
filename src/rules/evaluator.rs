//! All rules behind one interface, as the search asks them. Other rooms name no single rule.

use super::assignments::Assignment;
use super::changed_hour::ChangedHour;
use super::continuity::ContinuityRule;
use super::due_start::DueStart;
use super::hours::HoursRule;
use super::ledgers::{LedgerRules, Ledgers};
use super::pairing::{FORBIDDEN, Pairing};
use super::preferred_start::PreferredStart;
use super::segment::TourTotals;
use super::tour_cost::TourPrices;
use crate::model::cost::{Cost, CostByTerm, Term};
use crate::model::facts::{Facts, ShiftFacts};

/// The price list of a problem, compiled once and shared by all workers.
#[derive(Debug, Clone)]
pub(crate) struct Evaluator {
    pairing: Pairing,
    pub(crate) ledgers: LedgerRules,
    tour: TourPrices,
    preferred: PreferredStart,
    changed: ChangedHour,
    /// Whether a tour can cost more than its travel: whether its duration, its end or its paid time has a price.
    spans_matter: bool,
    /// Whether start times have prices of their own.
    starts_matter: bool,
}

impl Evaluator {
    pub(crate) fn new(problem: &Facts) -> Self {
        let prices = &problem.prices;
        let ledgers = LedgerRules::new(problem);
        let tour = TourPrices::new(prices);
        let preferred = PreferredStart::new(prices);
        let overtime_possible = problem.shifts.iter().any(|shift| shift.latest_end > shift.end);
        let spans_matter = tour.prices_span(overtime_possible) || ledgers.counts_work;
        let changed = ChangedHour::new(problem);
        let some_preferred = preferred.matters() && problem.options.iter().any(|o| o.preferred.is_some());
        let starts_matter = some_preferred || changed.matters();
        Self {
            pairing: Pairing::new(problem),
            spans_matter,
            starts_matter,
            ledgers,
            tour,
            preferred,
            changed,
        }
    }

    // A visit and a nurse.

    /// The pairing cost of each nurse for a day option, by number of the nurse; [`FORBIDDEN`] where she may not make
    /// the visit.
    #[inline]
    pub(crate) fn pairs(&self, option: u32) -> &[Cost] {
        self.pairing.row(option)
    }

    /// Cost of a visit by a nurse that depends on the two alone. The pair must be allowed.
    #[inline]
    pub(crate) fn pair(&self, option: u32, nurse: u32) -> Cost {
        let cost = self.pairing.row(option)[nurse as usize];
        debug_assert_ne!(cost, FORBIDDEN, "a pair that is forbidden has no cost");
        cost
    }

    /// Whether a nurse may make a visit, as far as that depends on the two alone.
    #[inline]
    pub(crate) fn pairs_up(&self, option: u32, nurse: u32) -> bool {
        self.pairing.row(option)[nurse as usize] != FORBIDDEN
    }

    // Who visits whom.

    /// Whether it matters who visits whom.
    #[inline]
    pub(crate) fn counts_assignments(&self) -> bool {
        self.ledgers.counts_assignments
    }

    pub(super) fn continuity(&self) -> &ContinuityRule {
        &self.ledgers.continuity
    }

    /// Cost of a decision that pays off only together with later ones: the mean price of one more nurse for a client,
    /// or the price of a tour of a single visit, whichever is higher. A search that begins at a lower temperature
    /// hardly ever takes one.
    pub(crate) fn dear_decision(&self) -> f64 {
        self.continuity().mean_face().max(self.tour.opening() as f64)
    }

    /// Whether a client may meet one nurse only.
    #[inline]
    pub(crate) fn has_single_nurse(&self, client: u32) -> bool {
        self.continuity().has_single_nurse(client)
    }

    /// Whether some client may meet one nurse only.
    #[inline]
    pub(crate) fn some_single_nurse(&self) -> bool {
        self.continuity().some_single_nurse()
    }

    /// Whether most clients may meet one nurse only.
    pub(crate) fn mostly_single_nurse(&self) -> bool {
        self.continuity().mostly_single_nurse()
    }

    // The time of a tour.

    /// Whether a tour costs more than its travel.
    #[inline]
    pub(crate) fn spans_matter(&self) -> bool {
        self.spans_matter
    }

    /// Price of a tour's time.
    #[inline]
    pub(crate) fn time_cost(&self, shift: &ShiftFacts, totals: &TourTotals) -> Cost {
        self.tour.cost(shift, totals)
    }

    /// Price of a second on the road.
    #[inline]
    pub(crate) fn travel_price(&self) -> Cost {
        self.tour.travel
    }

    /// Price of a second of overtime: of being home after the end of the shift.
    pub(crate) fn overtime_price(&self) -> Cost {
        self.tour.overtime
    }

    /// Price of a second of waiting.
    pub(crate) fn waiting_price(&self) -> Cost {
        self.tour.waiting
    }

    /// About the most that one more second of care can lower the cost of a tour's time: it may replace a second of
    /// waiting, and bring a tour that is too short a second nearer to its least length.
    #[inline]
    pub(crate) fn relief_price(&self) -> Cost {
        self.tour.relief()
    }

    /// Adds what a tour with visits costs by its time, term by term.
    pub(crate) fn add_tour_terms(&self, shift: &ShiftFacts, totals: &TourTotals, terms: &mut CostByTerm) {
        self.tour.add_terms(shift, totals, terms);
    }

    #[inline]
    pub(super) fn hours(&self) -> &HoursRule {
        &self.ledgers.hours
    }

    /// Whether paid time counts across tours, so that the cost of a visit in one tour depends on others.
    #[inline]
    pub(crate) fn counts_work(&self) -> bool {
        self.ledgers.counts_work
    }

    // Start times.

    pub(super) fn preferred_start(&self) -> &PreferredStart {
        &self.preferred
    }

    /// Whether some start has a price of its own.
    #[inline]
    pub(crate) fn starts_matter(&self) -> bool {
        self.starts_matter
    }

    /// Whether the start of a day option has a price of its own.
    #[inline]
    pub(crate) fn prices_start_of(&self, problem: &Facts, option: u32) -> bool {
        self.starts_matter
            && (problem.options[option as usize].preferred.is_some() || self.changed.counts(option))
    }

    /// The starts that a day option should have: the published one and the client's own hour.
    #[inline(always)]
    pub(super) fn due_starts(&self, problem: &Facts, option: u32) -> [Option<DueStart>; 2] {
        let own = problem.options[option as usize].preferred.map(|preferred| self.preferred.due(preferred));
        [self.changed.due(option), own]
    }

    /// Whether a start is within the tolerance of a published one.
    pub(crate) fn is_slight_change(&self, start: i32, published: i32) -> bool {
        self.changed.is_slight(start, published)
    }

    /// Adds what a start costs by itself, term by term.
    pub(crate) fn add_start_terms(&self, problem: &Facts, option: u32, start: i32, terms: &mut CostByTerm) {
        let [published, own] =
            self.due_starts(problem, option).map(|due| due.map_or(0, |due| due.cost(start)));
        terms[Term::PreferredStart] += own;
        terms[Term::ChangedHour] += published;
    }

    /// Whether starts count across tours.
    #[inline]
    pub(crate) fn counts_starts(&self) -> bool {
        self.ledgers.counts_starts
    }

    /// Whether the start of a visit counts across tours.
    #[inline]
    pub(crate) fn counts_start_of(&self, visit: u32) -> bool {
        self.ledgers.counts_start_of(visit)
    }

    /// Whether `holds` is true of any visit that must not share a tour with `visit`; `visit` itself may be among those
    /// asked.
    #[inline]
    pub(crate) fn any_excluded(&self, visit: u32, mut holds: impl FnMut(u32) -> bool) -> bool {
        self.ledgers.any_excluded(visit, |mut others| others.any(&mut holds))
    }

    // Several at once.

    /// Change of cost if a nurse made a visit, without the cost of the tour and without the price of leaving the visit
    /// out; `None` if she may not make it.
    #[inline]
    pub(crate) fn assign_delta(&self, ledgers: &Ledgers, one: &Assignment) -> Option<Cost> {
        let pair = self.pairing.row(one.option)[one.nurse as usize];
        let counted = ledgers.assign_delta(&self.ledgers, one)?;
        (pair != FORBIDDEN).then_some(pair.wrapping_add(counted))
    }
}
