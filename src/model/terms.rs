//! The price list: everything that can cost something, in one table.
//!
//! A new price needs a row here, a rule that counts it (`rules`), and a definition that checks the rule (`check`). The
//! price list of the document with its defaults, its JSON Schema and its validation, the cost by term and the pages are
//! made from this table.
//!
//! # Example
//! ```
//! use kring::model::document::Prices;
//! use kring::model::terms::{Intention, Price, Term};
//!
//! assert_eq!(Term::Faces.price_name(), "face");
//! assert_eq!(Prices::default().of(Term::Faces), Price::Each(20.0));
//! assert_eq!(format!("{} minutes a {}", 20, Term::Faces.unit()), "20 minutes a face");
//! assert!(Intention::GreatCare.terms().any(|term| term == Term::Faces));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::document::UnplannedPrices;
use super::price_list::price_list;
use super::units::{Cost, cost_of_minutes, cost_per_second};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

price_list! {
// term        price = default        unit           in a few words
GreatCare {
    /// Each visit left out, by its priority.
    Unplanned      unplanned: UnplannedPrices
                       = UnplannedPrices { vital: 6000.0, needed: 1500.0, wished: 300.0 },
                                          Visit,         "visits left out: vital, needed, wished";
    /// Each nurse who comes to a client beyond the first one.
    Faces          face = 20.0,           Face,          "each face of a client beyond the first" as "faces";
    /// Each nurse who comes to a client and did not visit it in the history window. With a half-life in the history,
    /// the price is multiplied by the strangeness of the nurse (`half_life_days`).
    NewFaces       new_face = 12.0,       Face,          "each face that is new to the client" as "new_faces";
    /// Each stranger who visits a client during the leave of a nurse on whom the client counts. A client counts on its
    /// first nurse and its circle or, if it has neither, on the nurses who visited it in the history window. Every
    /// other nurse is a stranger, unless she visited the client in the history window, or visits it in the plan before
    /// the leave begins. A stranger is counted once per leave; absences that overlap or follow each other are one
    /// leave. With a half-life in the history, the price is multiplied by her strangeness (`half_life_days`): a nurse
    /// who is half forgotten costs half, and is not listed among the strangers.
    Unintroduced   unintroduced = 10.0,   StandIn,       "strangers who stand in during leave";
    /// Each visit not by the first nurse, where one is named.
    NotFirstNurse  not_first_nurse = 2.0, Visit,         "visits by another than the first nurse";
    /// Each visit by a nurse outside the circle, where one is named. Default 0: the circle is only reported.
    NotCircle      not_circle = 0.0,      Visit,         "visits by nurses outside the circle";
    /// Each face beyond a soft `max_faces`.
    FacesOverMax   face_over_max = 60.0,  Face,          "faces beyond the agreed number" as "faces_over_max";
    /// A client whose continuity of care (COC) is 0, so that no two of its visits are by the same nurse. The price falls in
    /// proportion to 0 at COC = 1, where one nurse makes all visits. Precisely: take all pairs of visits that the client should
    /// have. The cost is `coc`, times the client's weight, times the share of these pairs in which both visits are
    /// planned, with different nurses; rounded down. Default 0.
    Coc            coc = 0.0,             Client,        "visits divided among nurses, as 1 - COC";
    /// A client whose usual provider continuity (UPC) is 0. The usual nurse is the one who makes most of the client's visits. The
    /// price falls in proportion to 0 at UPC = 1, where she makes all of them. Precisely: the cost is `upc`, times the client's
    /// weight, times the number of planned visits by other nurses, divided by the number of visits that the client should
    /// have; rounded down. Default 0.
    Upc            upc = 0.0,             Client,        "visits not by the usual nurse, as 1 - UPC";
    /// Each hand-over, times the client's weight: two successive planned visits of a client by different nurses.
    /// Visits are ordered by day, start of the window and place of the care line in the document. Default 0.
    Handovers      handover = 0.0,        Handover,      "next visit by another nurse" as "handovers";
    /// Each further nurse who comes to a household on a day. On each day, count the different nurses who come to the household,
    /// and the different nurses who come to each of its clients; what counts is how far the first number exceeds the largest of
    /// the others. Clients with the same text in `household` live in one household.
    Households     household = 10.0,      Nurse,         "further nurses of a couple on a day" as "households";
    /// Each visit by a nurse outside `preferred_nurses`, where some are named.
    NotPreferred   not_preferred = 5.0,   Visit,         "visits by another than a preferred nurse";
    /// Each minute by which care starts further from the preferred start than the tolerance.
    PreferredStart preferred_start = 0.1, MinuteOfStart, "care away from the client's own hour"
        with
        /// Minutes before and after the preferred start within which a start costs nothing (0 to 1,440).
        preferred_start_tolerance = 15.0;
    /// Each minute by which the spread of the starts of a care line exceeds a soft `regular_hour`.
    IrregularHour  irregular_hour = 0.5,  MinuteOfStart, "care at an hour that is not regular";
    /// Each visit made by another nurse than the published plan says, times the factor of its notice. Changes are priced only where a
    /// plan is made, or checked, from a published plan.
    ChangedNurse   changed_nurse = 20.0,  Visit,         "visits by another nurse than published"
        with
        /// Notice: the prices of a change are multiplied by this factor (0 to 100) if the visit was to start less than an hour
        /// from now.
        notice_hour = 4.0
        with
        /// Notice: the factor (0 to 100) if the visit was to start later today.
        notice_today = 2.0
        with
        /// Notice: the factor (0 to 100) if the visit was to start seven days from now or later. Between today and then it is 1.
        notice_later = 0.5;
    /// Each visit that moved to a day for which the published plan has no visit of its care line, times the factor of its notice.
    /// Only care whose days kring chooses (`per_week` or `patterns`) can move. Its notice is the time from now to the published
    /// start or, if that is earlier, to the start of the time window on the new day.
    ChangedDay     changed_day = 20.0,    Visit,         "visits on another day than published";
    /// Each minute by which care starts further from the published start than the tolerance, times the factor of its notice.
    ChangedHour    changed_hour = 0.2,    MinuteOfStart, "care at another hour than published"
        with
        /// Minutes before and after the published start within which a change costs nothing (0 to 1,440).
        changed_hour_tolerance = 15.0;
    /// Each visit that the published plan has and the new plan leaves out, times the factor of its notice. It is added to the price of a
    /// visit left out (`unplanned`). Where kring chooses the days of a care line, a visit that is left out has no day of its own:
    /// it counts only if all visits of its week were published.
    Withdrawn      withdrawn = 60.0,      Visit,         "visits that were published and are left out";
}
GreatWorkingLives {
    /// Each minute by which the paid hours of a nurse in a week exceed her fair share: the team's paid hours, divided
    /// in proportion to the contracts. Nurses without a contract do not count. Where whole shifts are paid
    /// (`paid: shift`, the default) only overtime makes a difference; with `paid: span` the hours worked are shared
    /// out. Default 0.
    FairLoad       fair_load = 0.0,       MinuteOfWeek,  "hours of a week beyond a fair share";
    /// Each shift in which a nurse makes any visit. Default 0.
    UsedShifts     used_shift = 0.0,      Shift,         "shifts in which somebody comes in";
    /// Each shift on a day that its nurse wished off, if she makes any visit in it.
    WishedOff      wished_off = 100.0,    Shift,         "shifts on a day that was wished off";
    /// Each minute by which a tour with visits, from leaving home to being back, is shorter than `least_tour`: it keeps
    /// a nurse from coming in for only 40 minutes. Default 0.
    ShortTours     short_tour = 0.0,      MinuteOfTour,  "tours shorter than the least length"
        with
        /// Least length of a tour in minutes (0 to 1,440).
        least_tour = 120.0;
    /// Each minute by which a nurse is home after the end of her shift.
    Overtime       overtime = 3.0,        MinuteOfTour,  "home after the end of the shift";
    /// Each paid minute of a week above the contract.
    OverContract   over_contract = 0.5,   MinuteOfWeek,  "paid hours of a week above the contract";
    /// Each minute by which the paid hours of a week are below the contract.
    UnderContract  under_contract = 0.1,  MinuteOfWeek,  "paid hours of a week below the contract";
}
EfficientResources {
    /// Each minute on the road.
    Travel         travel = 1.0,          MinuteOfTour,  "on the road";
    /// Each minute of waiting between leaving home and being back, breaks left out.
    Waiting        waiting = 0.5,         MinuteOfTour,  "early at the door";
}
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Prices {
    /// Highest price that a document may have, in minutes.
    pub(super) const HIGHEST: f64 = 1e6;
}

/// The intentions that prices serve, in the order of their importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Intention {
    /// Great care: every visit happens, on time, by the same few faces, at a regular hour.
    GreatCare,
    /// Great working lives: contract hours, no overtime.
    GreatWorkingLives,
    /// Efficient use of resources: little travel and waiting.
    EfficientResources,
}

impl Intention {
    /// The three intentions, in order.
    pub const ALL: &'static [Intention] =
        &[Intention::GreatCare, Intention::GreatWorkingLives, Intention::EfficientResources];

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Intention::GreatCare => "Great care",
            Intention::GreatWorkingLives => "Great working lives",
            Intention::EfficientResources => "Efficient use of resources",
        }
    }

    /// Its terms, in order.
    pub fn terms(self) -> impl Iterator<Item = Term> {
        Term::ALL.iter().copied().filter(move |term| term.intention() == self)
    }
}

/// What a price is multiplied by. Displayed as the noun that follows a price: "20 a face".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// A visit.
    Visit,
    /// A face of a client, times the client's weight.
    Face,
    /// A nurse who stands in for a client during a leave, times the client's weight.
    StandIn,
    /// A client, as a share between 0 and 1, times the client's weight.
    Client,
    /// Two successive visits of a client, times the client's weight.
    Handover,
    /// A nurse who comes to a household on a day.
    Nurse,
    /// A shift.
    Shift,
    /// A minute by which care starts too early or too late.
    MinuteOfStart,
    /// A minute of a tour.
    MinuteOfTour,
    /// A minute of a nurse's paid hours in a week.
    MinuteOfWeek,
}

impl Unit {
    /// The cost of one unit at a price in minutes. For units counted in minutes it is the cost of one second.
    pub(crate) fn cost(self, price: f64) -> Cost {
        match self {
            Unit::Visit
            | Unit::Face
            | Unit::StandIn
            | Unit::Client
            | Unit::Handover
            | Unit::Nurse
            | Unit::Shift => cost_of_minutes(price),
            Unit::MinuteOfStart | Unit::MinuteOfTour | Unit::MinuteOfWeek => cost_per_second(price),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Visit => "visit",
            Unit::Face => "face",
            Unit::StandIn => "stand-in",
            Unit::Client => "client",
            Unit::Handover => "hand-over",
            Unit::Nurse => "nurse",
            Unit::Shift => "shift",
            Unit::MinuteOfStart | Unit::MinuteOfTour | Unit::MinuteOfWeek => "minute",
        })
    }
}

/// What a unit of a term costs, in minutes of a nurse's time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Price {
    /// The same for each unit.
    Each(f64),
    /// By the priority of the visit.
    ByPriority(UnplannedPrices),
}

impl Price {
    /// The most that a unit costs.
    pub(crate) fn highest(self) -> f64 {
        match self {
            Price::Each(price) => price,
            Price::ByPriority(prices) => {
                prices.named().into_iter().map(|(_, price)| price).fold(0.0, f64::max)
            }
        }
    }
}

/// A field of [`Prices`] that holds a price.
trait Amount {
    /// The price 0.
    const FREE: Self;

    fn price(&self) -> Price;
}

impl Amount for f64 {
    const FREE: Self = 0.0;

    fn price(&self) -> Price {
        Price::Each(*self)
    }
}

impl Amount for UnplannedPrices {
    const FREE: Self = Self { vital: 0.0, needed: 0.0, wished: 0.0 };

    fn price(&self) -> Price {
        Price::ByPriority(*self)
    }
}

/// The price of a missed meeting: its least value in minutes, and its ratio to the highest price of a visit left out.
const MISSED_MEETING: (f64, f64) = (60_000.0, 10.0);

impl Prices {
    /// What a minute beyond the bound of a hard regular hour costs during the search: low enough that the search can
    /// pass through plans that break the bound, high enough that it finds plans that keep it. Visits beyond the bound
    /// at the end are left out, so four minutes cost as much as leaving out a needed visit. With a hard hour for every
    /// line of the made-up village, 24 visits were left out after 100,000 iterations, against 58 at eight times the
    /// price of travel. On ConVRP, where leaving out has no such price, 1, 2 and 4 times the price of travel were
    /// worse, and 100 and 1,000 times were no better.
    pub(crate) fn beyond_hard_hour(&self) -> f64 {
        (8.0 * self.travel.max(1.0)).max(self.unplanned.needed / 4.0)
    }

    /// Seconds by which a start may differ from the published start at no cost.
    pub(crate) fn changed_hour_seconds(&self) -> i32 {
        (self.changed_hour_tolerance * 60.0).round() as i32
    }

    /// What a meeting that its nurse misses costs, in minutes: ten times the highest price of a visit left out, and at
    /// least so much that the search finds a place for the meeting. Such a plan also breaks a rule.
    pub(crate) fn missed_meeting(&self) -> f64 {
        let (least, times) = MISSED_MEETING;
        (times * self.of(Term::Unplanned).highest()).max(least)
    }

    /// A list on which only travel costs anything, as in the literature.
    pub(crate) fn travel_only() -> Self {
        Self { travel: 1.0, ..Self::free() }
    }
}

impl Default for UnplannedPrices {
    fn default() -> Self {
        Prices::default().unplanned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_term_has_a_name_and_a_price_of_its_own() {
        let names: BTreeSet<&str> = Term::ALL.iter().map(|term| term.name()).collect();
        assert_eq!(names.len(), Term::ALL.len());
        // The only settings that are no prices.
        let settings = [
            "preferred_start_tolerance",
            "least_tour",
            "notice_hour",
            "notice_today",
            "notice_later",
            "changed_hour_tolerance",
        ];
        let prices: BTreeSet<&str> = Term::ALL.iter().map(|term| term.price_name()).chain(settings).collect();
        let written = serde_json::to_value(Prices::default()).unwrap();
        let fields: BTreeSet<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(prices, fields);
    }

    #[test]
    fn terms_are_in_the_order_of_the_intentions() {
        let by_intention: Vec<Term> = Intention::ALL.iter().flat_map(|intention| intention.terms()).collect();
        assert_eq!(by_intention, Term::ALL);
        assert!(Term::ALL.iter().enumerate().all(|(at, &term)| term as usize == at));
    }

    #[test]
    fn a_row_says_what_its_price_is() {
        let mut prices = Prices { face: 7.5, ..Prices::default() };
        assert_eq!((Term::Faces.name(), Term::Faces.price_name()), ("faces", "face"));
        assert_eq!(prices.of(Term::Faces), Price::Each(7.5));
        assert_eq!(Term::Faces.definition(), "Each nurse who comes to a client beyond the first one.");
        assert_eq!((Term::Faces.unit(), Term::Faces.intention()), (Unit::Face, Intention::GreatCare));
        prices.unplanned.vital = 9000.0;
        assert_eq!(prices.of(Term::Unplanned).highest(), 9000.0);
        assert!(Term::ALL.iter().all(|&term| Prices::free().of(term).highest() == 0.0));
    }

    #[test]
    fn a_minute_costs_by_the_second() {
        // 3 a minute: 3 s of cost for each second. 2 a visit: 120 s.
        assert_eq!(Unit::MinuteOfTour.cost(3.0), 3_000);
        assert_eq!(Unit::Visit.cost(2.0), 120_000);
    }
}
