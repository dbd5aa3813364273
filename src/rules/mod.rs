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

mod assignments;
mod concentration;
mod continuity;
mod delta;
mod evaluator;
mod fair_load;
mod hours;
mod introduction;
mod journey;
mod ledger;
mod ledgers;
mod pairing;
mod preferred_start;
mod proposal;
mod regular_hour;
mod schedule;
mod segment;
mod sequence;
mod stop;
mod tour;
mod tour_cost;

// The seam: all that other rooms name of this one.
pub(crate) use assignments::{Assignment, Assignments};
pub(crate) use delta::{DeltaScratch, Standing};
pub(crate) use evaluator::{Evaluator, judge};
pub(crate) use ledger::Penalty;
pub(crate) use ledgers::Ledgers;
pub(crate) use pairing::FORBIDDEN;
pub(crate) use preferred_start::PreferredStart;
pub(crate) use proposal::{Part, Pieces, Proposal};
pub(crate) use schedule::Schedule;
pub(crate) use segment::{TourSegment, TourTotals};
pub(crate) use sequence::{Piece, fold, walk};
pub(crate) use stop::{Stop, StopKind};
pub(crate) use tour::{BreakAt, Tour, ends};
