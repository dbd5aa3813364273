//! All rules together.

use super::concentration::ConcentrationRule;
use super::continuity::ContinuityRule;
use super::hours::HoursRule;
use super::introduction::IntroductionRule;
use super::pairing::Pairing;
use super::preferred_start::PreferredStart;
use super::regular_hour::RegularHourRule;
use super::tour_cost::TourPrices;
use crate::model::facts::Facts;

/// The price list of a problem, compiled once and shared by all workers.
#[derive(Debug, Clone)]
pub(crate) struct Evaluator {
    pub(crate) pairing: Pairing,
    pub(crate) continuity: ContinuityRule,
    pub(crate) concentration: ConcentrationRule,
    pub(crate) introduction: IntroductionRule,
    pub(crate) hours: HoursRule,
    pub(crate) tour: TourPrices,
    pub(crate) preferred: PreferredStart,
    pub(crate) regular: RegularHourRule,
    /// Whether a tour costs more than its travel: waiting, overtime or hours are priced.
    pub(crate) spans_matter: bool,
    /// Whether it matters who comes to whom.
    pub(crate) faces_matter: bool,
    /// Whether it matters who makes a client's other visits, beyond which faces it has.
    pub(crate) company_matters: bool,
    /// Whether start times are priced.
    pub(crate) starts_matter: bool,
}

impl Evaluator {
    pub(crate) fn new(problem: &Facts) -> Self {
        let prices = &problem.prices;
        let hours = HoursRule::new(problem);
        let tour = TourPrices::new(prices);
        let preferred = PreferredStart::new(prices);
        let overtime_possible = problem.shifts.iter().any(|shift| shift.latest_end > shift.end);
        let continuity = ContinuityRule::new(problem);
        let concentration = ConcentrationRule::new(problem);
        let introduction = IntroductionRule::new(problem);
        let company_matters = concentration.matters || introduction.matters;
        Self {
            pairing: Pairing::new(problem),
            faces_matter: continuity.matters() || company_matters,
            company_matters,
            continuity,
            concentration,
            introduction,
            spans_matter: tour.waiting != 0 || (overtime_possible && tour.overtime != 0) || hours.matters,
            starts_matter: preferred.matters() && problem.options.iter().any(|o| o.preferred.is_some()),
            hours,
            tour,
            preferred,
            regular: RegularHourRule::new(problem),
        }
    }
}
