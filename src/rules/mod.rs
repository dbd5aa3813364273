//! What is good: each rule in one file; this page is the price list.
//!
//! | seam | rules | cost of asking |
//! | --- | --- | --- |
//! | [`pairing`]: a visit and a nurse | competence, forbidden, pinned, known face, preferred, first nurse, circle | a table look-up |
//! | [`segment`]: the order within one tour | [`schedule`] (windows, waiting, shift, break, longest tour), [`journey`] (travel) | two merges |
//! | tour: a sum over its visits | load against capacity (`Tour::load`, asked in `search::insertion`) | an addition |
//! | ledger: counts across tours | [`continuity`] (faces, new faces, at most k), [`concentration`] (COC, UPC, hand-overs), [`introduction`] (stand-ins during leave), [`hours`] (contract) | a look-up |
//! | timing: the start times of a whole tour | [`preferred_start`] | the tour, only where used |
//! | timing across tours: a ledger of start times | [`regular_hour`] | the tour, only where used |
//!
//! [`evaluator`] holds them all. The search asks for differences in two places: `search::look` with
//! `search::insertion` (what a visit in a place would cost) and `search::draft` (what a change did cost, and
//! the full cost by term); debug builds assert after every step that both agree.
//!
//! # How to add a rule
//! 1. Give it a field in `model::document` and in `model::facts`, which `model::compile` fills, and, if it has a
//!    price, a row in the table of [`model::terms`](crate::model::terms); say there what is measured, in which unit.
//! 2. Decide by what it looks at. A visit and a nurse, known before the search: a file in
//!    `rules/pairing/` and a line in `pairing::RULES`. The order within one tour: a field in a
//!    segment with an associative merge, and its price in `tour_cost`. Counts across tours: a
//!    ledger with a constant-time change, asked and told in `search::company` (what depends on nurse and client) or
//!    `insertion::timed_delta` (on the tour) and `draft::book`, `remove` and `roll_back`, summed in `terms`.
//! 3. Write its definition in `check`, from the words in the document and without looking here.
//! 4. Tests: the merge or the ledger against a slow twin, a plan broken in exactly this way that
//!    `check` must reject, and the property that cost after = cost before + delta, which asserts
//!    itself in every debug run.
//!
//! A rule that ties two tours in time (two carers at once) fits none of these: write a note first.

pub(crate) mod assignments;
pub(crate) mod concentration;
pub(crate) mod continuity;
pub(crate) mod delta;
pub(crate) mod evaluator;
pub(crate) mod hours;
pub(crate) mod introduction;
pub(crate) mod journey;
pub(crate) mod ledger;
pub(crate) mod pairing;
pub(crate) mod preferred_start;
pub(crate) mod proposal;
pub(crate) mod regular_hour;
pub(crate) mod schedule;
pub(crate) mod segment;
pub(crate) mod sequence;
pub(crate) mod tour;
pub(crate) mod tour_cost;

pub(crate) use evaluator::Evaluator;
