//! The price list, in one currency: minutes of a nurse's time.

use super::Priority;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What each thing costs, in minutes of a nurse's time. The defaults keep the order of the three
/// intentions: great care, great working lives, efficient use of resources. All of kring's
/// defaults are assumptions to be discussed in a team, not facts.
///
/// # Units and ranges
/// Each price is 0 to 1,000,000 and rounded to a thousandth of a second of nurse time per unit. Prices of
/// faces are multiplied by the `weight` of the client before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Prices {
    // Great care.
    /// A visit left out, by priority.
    pub unplanned: UnplannedPrices,
    /// Each face of a client beyond the first.
    pub face: f64,
    /// Each face whom the client did not meet in the history window; with a half-life in the history, each
    /// face by how strange it is.
    pub new_face: f64,
    /// Each stand-in during a planned leave whom the client did not meet before it: neither in the history window
    /// (with a half-life, by how strange she is: one half forgotten costs half, and is not listed) nor in an earlier visit
    /// of the plan; nor does the client count on her as well. Once for each leave of somebody the
    /// client counts on: its first nurse and circle, or, where it has neither, the nurses it met in the history
    /// window. Absences that overlap or follow each other are one leave.
    pub unintroduced: f64,
    /// Each visit not by the first nurse, where one is named.
    pub not_first_nurse: f64,
    /// Each visit by a nurse outside the circle, where one is named. Default 0: the circle is only reported.
    pub not_circle: f64,
    /// Each face beyond a soft `max_faces`.
    pub face_over_max: f64,
    /// A client none of whose visits are by the same nurse; 0 where all are, and between them in proportion to the
    /// pairs of visits by two nurses: `coc`, times the weight, times the share that those planned by two nurses
    /// are of all pairs of the client's visits to plan, rounded down (with all planned: times 1 - COC). Default 0.
    pub coc: f64,
    /// A client whose visits are all by others than the usual nurse: `upc`, times the weight, times the share
    /// that planned visits by others are of the client's visits to plan, rounded down (with all planned: times
    /// 1 - UPC). The usual nurse makes most visits. Default 0.
    pub upc: f64,
    /// Each hand-over, times the weight: two planned visits of a client by different nurses, one after the other
    /// by day, start of the window and place of the care line in the document. Default 0.
    pub handover: f64,
    /// Each visit by a nurse outside `preferred_nurses`, where some are named.
    pub not_preferred: f64,
    /// Each minute that care starts further from the preferred start than the tolerance.
    pub preferred_start: f64,
    /// Minutes either side of the preferred start that cost nothing (0 to 1,440).
    pub preferred_start_tolerance: f64,
    /// Each minute that the starts of a care line spread beyond a soft `regular_hour`.
    pub irregular_hour: f64,
    // Great working lives.
    /// Each minute of being home after the end of the shift.
    pub overtime: f64,
    /// Each minute worked in a week above the contract.
    pub over_contract: f64,
    /// Each minute worked in a week below the contract.
    pub under_contract: f64,
    // Efficient use of resources.
    /// Each minute on the road.
    pub travel: f64,
    /// Each minute of waiting between leaving home and being back, breaks left out.
    pub waiting: f64,
}

impl Default for Prices {
    fn default() -> Self {
        Self {
            unplanned: UnplannedPrices::default(),
            face: 20.0,
            new_face: 12.0,
            unintroduced: 10.0,
            not_first_nurse: 2.0,
            not_circle: 0.0,
            face_over_max: 60.0,
            coc: 0.0,
            upc: 0.0,
            handover: 0.0,
            not_preferred: 5.0,
            preferred_start: 0.1,
            preferred_start_tolerance: 15.0,
            irregular_hour: 0.5,
            overtime: 3.0,
            over_contract: 0.5,
            under_contract: 0.1,
            travel: 1.0,
            waiting: 0.5,
        }
    }
}

impl Prices {
    /// What a minute beyond a hard regular hour costs while the search runs: little enough that it may pass
    /// through plans beyond the bound, enough to find those within. What is beyond at the end is left out, so four
    /// minutes cost as much as a needed visit: where every line of the made-up village has a hard hour, 24 visits
    /// were left out after 100,000 iterations, 58 at eight times travel. Where leaving out has no such price, on
    /// ConVRP, 1, 2 and 4 times travel were worse, 100 and 1,000 no better.
    pub(crate) fn beyond_hard_hour(&self) -> f64 {
        (8.0 * self.travel.max(1.0)).max(self.unplanned.needed / 4.0)
    }

    /// A list on which only the road costs: what the literature prices.
    pub(crate) fn travel_only() -> Self {
        Self {
            unplanned: UnplannedPrices { vital: 0.0, needed: 0.0, wished: 0.0 },
            face: 0.0,
            new_face: 0.0,
            unintroduced: 0.0,
            not_first_nurse: 0.0,
            not_circle: 0.0,
            face_over_max: 0.0,
            coc: 0.0,
            upc: 0.0,
            handover: 0.0,
            not_preferred: 0.0,
            preferred_start: 0.0,
            preferred_start_tolerance: 0.0,
            irregular_hour: 0.0,
            overtime: 0.0,
            over_contract: 0.0,
            under_contract: 0.0,
            travel: 1.0,
            waiting: 0.0,
        }
    }
}

/// Price in minutes of a visit left out, by priority.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UnplannedPrices {
    /// Price of a vital visit.
    pub vital: f64,
    /// Price of a needed visit.
    pub needed: f64,
    /// Price of a wished visit.
    pub wished: f64,
}

impl Default for UnplannedPrices {
    fn default() -> Self {
        Self { vital: 6000.0, needed: 1500.0, wished: 300.0 }
    }
}

impl UnplannedPrices {
    /// The price of a priority, in minutes.
    pub fn of(&self, priority: Priority) -> f64 {
        match priority {
            Priority::Vital => self.vital,
            Priority::Needed => self.needed,
            Priority::Wished => self.wished,
        }
    }
}
