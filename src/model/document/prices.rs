//! Prices of visits left out; the price list is the table in [`crate::model::terms`].

use super::Priority;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Prices of leaving a visit out, by its priority, in minutes of a nurse's time. Each price is from 0 to 1,000,000.
/// They should be far above all other prices, and in the order of the priorities; otherwise kring leaves out visits to
/// save other costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UnplannedPrices {
    /// Minutes for a vital visit, 0 to 1,000,000; default 6,000.
    pub vital: f64,
    /// Minutes for a needed visit, 0 to 1,000,000; default 1,500.
    pub needed: f64,
    /// Minutes for a wished visit, 0 to 1,000,000; default 300.
    pub wished: f64,
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
