//! The report of one plan, from which every page is printed.

use super::circles_kept::{CircleKept, kept};
use super::indicators;
use super::names;
use super::reading::Reading;
use super::regret::{of_client, regret};
use crate::check::{Checked, recompute};
use crate::error::Result;
use crate::model::attainable::{Attainable, ClientAttainable, Regret};
use crate::model::document::{Document, Priority};
use crate::model::{Indicators, Plan, Problem};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// What a plan costs and is worth, ready to print: as pages for the terminal, or as JSON.
///
/// Its JSON is `{"cost": {"total", "unit": "ms", "terms": {…}}, "unplanned", "indicators"}` with every term, in order;
/// to add fields, flatten it into a larger object. Costs are in thousandths of a second of nurse time.
/// [`Report::with_attainable`] adds `"attainable"` to the indicators. A plan whose circles were planned first has
/// `"circles"`, each beside the nurses who come.
///
/// Pages are plain text of 96 columns; tables of long names may take up to 120. Their only character beyond ASCII is
/// `─`, apart from those of the document's text. Text of the document is made safe for a terminal.
pub struct Report<'a> {
    pub(super) reading: Reading<'a>,
    #[cfg(feature = "page")]
    pub(super) plan: &'a Plan,
    pub(super) checked: Checked,
    pub(super) indicators: Indicators,
    /// Short names of the nurses, for narrow columns.
    pub(super) short: Vec<String>,
    attainable: Option<Compared>,
    circles: Vec<CircleKept>,
}

/// What no plan can beat, and how far this plan is from it.
#[derive(Serialize)]
struct Compared {
    #[serde(flatten)]
    attainable: Attainable,
    regret: Regret,
}

impl<'a> Report<'a> {
    /// Joins a plan to its problem and checks it: the cost and the violations of the report are those of
    /// [`check`](crate::check()).
    ///
    /// # Errors
    /// As [`indicators`](super::indicators()): a plan that names what the document does not have. A broken rule is no
    /// error.
    ///
    /// # Complexity
    /// Linear in the plan and the care plans, up to a logarithm.
    pub fn new(problem: &'a Problem, plan: &'a Plan) -> Result<Self> {
        let document = problem.document();
        Self::of(document, plan, recompute(document, problem.times(), plan, problem.published())?)
    }

    /// The report of a plan with the result of a check made elsewhere. It serves tests of pages whose plans belong to
    /// no problem.
    #[doc(hidden)]
    pub fn of(document: &'a Document, plan: &'a Plan, checked: Checked) -> Result<Self> {
        let reading = Reading::new(document, plan)?;
        let ids: Vec<&str> = document.nurses.iter().map(|nurse| nurse.id.as_str()).collect();
        Ok(Self {
            indicators: indicators::of_reading(&reading),
            short: names::short_names(&ids),
            checked,
            circles: kept(&reading, &plan.circles),
            reading,
            #[cfg(feature = "page")]
            plan,
            attainable: None,
        })
    }

    /// Compares the faces with the fewest possible, which [`attainable`](crate::attainable()) finds for the same
    /// document. The comparison stands in the week view, the summary and the JSON. Clients of another document are
    /// passed over.
    #[must_use]
    pub fn with_attainable(mut self, attainable: Attainable) -> Self {
        let regret = regret(&attainable, &self.indicators.clients, &self.checked.cost);
        self.attainable = Some(Compared { attainable, regret });
        self
    }

    /// How far the faces are from the fewest possible; `None` before [`Report::with_attainable`].
    pub fn regret(&self) -> Option<&Regret> {
        self.attainable.as_ref().map(|compared| &compared.regret)
    }

    /// What is attainable, if known.
    pub(super) fn attainable(&self) -> Option<&Attainable> {
        self.attainable.as_ref().map(|compared| &compared.attainable)
    }

    /// What is attainable for a client, if known.
    pub(super) fn attainable_of(&self, client: usize) -> Option<&ClientAttainable> {
        of_client(self.attainable()?, client, &self.reading.document.clients[client].id)
    }

    /// What became of the circles that were planned before the tours; empty where none were.
    pub fn circles(&self) -> &[CircleKept] {
        &self.circles
    }

    /// What the second opinion found: violations and cost.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The indicators of the plan.
    pub fn indicators(&self) -> &Indicators {
        &self.indicators
    }

    /// Number of visits left out.
    pub fn unplanned(&self) -> usize {
        self.reading.unplanned.len()
    }

    /// The report as a JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        // The report holds only numbers and text under fixed keys, so serializing it cannot fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Number of weeks: blocks of seven days from the first day; the last may be short.
    pub fn weeks(&self) -> u16 {
        self.reading.weeks()
    }

    /// The full name for each short name of a nurse; empty if all short names are the full names.
    pub(super) fn nurse_legend(&self) -> Vec<String> {
        let entry = |nurse: usize| format!("{} {}", self.short[nurse], self.reading.nurse_name(nurse));
        let plain = |nurse: usize| self.short[nurse] == self.reading.nurse_name(nurse);
        let nurses = 0..self.short.len();
        if nurses.clone().all(plain) { Vec::new() } else { nurses.map(entry).collect() }
    }
}

/// The word of a priority in documents.
pub(super) fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::Vital => "vital",
        Priority::Needed => "needed",
        Priority::Wished => "wished",
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("cost", &self.checked.cost)
            .field("indicators", &self.indicators)
            .finish()
    }
}

/// The indicators as JSON has them.
#[derive(Serialize)]
struct Measured<'r> {
    #[serde(flatten)]
    indicators: &'r Indicators,
    #[serde(skip_serializing_if = "Option::is_none")]
    attainable: &'r Option<Compared>,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Report", 4)?;
        object.serialize_field("cost", &self.checked.cost)?;
        object.serialize_field("unplanned", &self.unplanned())?;
        let measured = Measured { indicators: &self.indicators, attainable: &self.attainable };
        object.serialize_field("indicators", &measured)?;
        match self.circles.is_empty() {
            true => object.skip_field("circles")?,
            false => object.serialize_field("circles", &self.circles)?,
        }
        object.end()
    }
}
