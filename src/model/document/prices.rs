//! Prices of visits left out; the price list is the table in [`crate::model::terms`].

use super::Priority;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
