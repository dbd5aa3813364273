//! What of the price list is no row of the table in [`crate::model::terms`].

use super::Priority;
use crate::model::terms::Prices;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
        Self { travel: 1.0, ..Self::free() }
    }
}

/// Price in minutes of a visit left out, by priority.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
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
        Prices::default().unplanned
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

    /// Each price with the name of its priority.
    pub(crate) fn named(&self) -> [(&'static str, f64); 3] {
        [("vital", self.vital), ("needed", self.needed), ("wished", self.wished)]
    }
}
