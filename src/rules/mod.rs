//! What a plan costs and what it must not do: each rule in one file, and the one interface through which the search
//! evaluates moves.
//!
//! | a rule looks at | files | cost of asking |
//! | --- | --- | --- |
//! | a visit and a nurse | [`pairing`]: competence, forbidden, pinned, known face, preferred, first nurse, circle, changed | a table look-up |
//! | the order within one tour | [`schedule`] (windows, waiting, shift, break), [`journey`] (travel), joined in [`segment`] | two merges |
//! | the time of one tour | [`tour_cost`]: travel, waiting, overtime, using the shift at all, a day wished off, a tour too short | a few products |
//! | the starts in one tour | [`preferred_start`], [`changed_hour`]; [`departure`] chooses when the tour leaves home, so that they cost least | a walk along the tour, only where used |
//! | several tours | a [`ledger`]: [`continuity`], [`concentration`], [`introduction`], [`household`], [`hours`], [`fair_load`], [`regular_hour`] | a look-up, mostly |
//!
//! The prices themselves are the table in [`model::terms`](crate::model::terms).
//!
//! ```text
//! a move ──> Proposal ──> Evaluator::delta ──> None: not feasible, or not cheap enough
//!            (pieces of      pairs, ledgers,    Some(cost): exact
//!             tours)         fold, walk
//! ```
//! - [`proposal`]: what a move would make of some tours, written as parts of tours that exist.
//! - [`sequence`]: [`fold`] tests whether a proposed tour keeps its time windows, [`walk`] computes the start of each
//!   stop. The docs of `sequence` name the two other places that compare time windows, in code tuned by hand; debug
//!   builds compare both with `fold`.
//! - [`ledgers`]: the list of all ledgers; each question is put to those that are used.
//! - [`delta`]: the one place that decides whether a proposal is feasible, and adds its costs, cheap terms first.
//!
//! The scan of insertions in `search::scan` is the only other code that evaluates a proposal. It is tuned by hand, and
//! debug builds compare each of its answers with `delta`.
//!
//! # How to add a rule
//! 1. If it has a price, write a row in the table of [`model::terms`](crate::model::terms): term, price and default, unit, words,
//!    documentation. The document, its schema, its validation and every page read the table; the Dutch words stand in
//!    `report::page::words::dutch` and in the catalogues of `report::explain::words`, and `solve::explain::audience` says who may be told
//!    of it (nobody but the team, by default). If it has a field of its own, put that in
//!    `model::document`, and in `model::facts`, which `model::compile` fills.
//! 2. Decide by what the rule looks at, and follow a rule of the same row in the table above:
//!    - a visit and a nurse: a file in `pairing/` and a line in its list;
//!    - the time of one tour: a line in the list of [`tour_cost`];
//!    - the starts in one tour: a file beside [`preferred_start`] that says which start is due, and a place in
//!      `Evaluator::due_starts`. A price that depends on order and starts together (of the longest gap, say) cannot be
//!      a segment, because it is not the sum of the prices of its parts: compute it by a [`walk`], in `delta` and in
//!      `tour`;
//!    - several tours: a file that implements [`ledger::Ledger`], and a line in the list of [`ledgers`]. It answers
//!      what one change would cost, is told of changes, and sums its terms. Breaking a hard bound is either not allowed
//!      at all (`None`), or an excess at a price that adapts, so that the search may pass through infeasible plans.
//! 3. Write its definition in `check`, from the words in the document and without looking here.
//! 4. Test it: the ledger against a slow twin, the figure by hand in `tests/check/figures.rs`, a plan broken in exactly this
//!    way in `tests/check/rejects.rs` (of times: `rejects_times.rs`) if it is hard. Draw its price in
//!    `tests/common/random.rs`: then every property test, the oracle of all plans of tiny neighbourhoods, and the debug assertions
//!    try it.
//! 5. Say in `exact::bound` how the bound relaxes the rule; a cost that is never negative may be left out. If the bound
//!    needs more of the rule, add a question to [`relaxation`].
//!
//! 6. Add the file to the layers and the single rules of `tests/architecture/main.rs`. A rule across tours needs no
//!    change in `search`, and in `exact` only what step 5 says.
//!
//! `fair_load` was added in this way: it has its own file, a line in `ledgers` and in this file, a row of the table,
//! and its definition in `check`.
//!
//! A rule that ties two tours in time (a double-up: two nurses at once) fits none of these: write a design note first.

mod assignments;
mod changed_hour;
mod concentration;
mod continuity;
mod delta;
mod departure;
mod due_start;
mod evaluator;
mod fair_load;
mod hours;
mod household;
mod introduction;
mod journey;
mod ledger;
mod ledgers;
mod pairing;
mod preferred_start;
mod proposal;
mod regular_hour;
mod relaxation;
mod schedule;
mod segment;
mod sequence;
mod stop;
mod tour;
mod tour_cost;

// The interface: the only names of this room that other rooms use.
pub(crate) use assignments::{Assignment, Assignments};
pub(crate) use delta::{DeltaScratch, Standing};
pub(crate) use departure::Timing;
pub(crate) use evaluator::Evaluator;
pub(crate) use ledger::{Bearer, Penalty};
pub(crate) use ledgers::Ledgers;
pub(crate) use pairing::{FORBIDDEN, judge};
pub(crate) use proposal::{Part, Pieces, Proposal};
pub(crate) use relaxation::StartPrice;
pub(crate) use schedule::Schedule;
pub(crate) use segment::{TourSegment, TourTotals};
pub(crate) use sequence::{Departure, Piece, end_legs, fold, walk, whole_tour};
pub(crate) use stop::{Stop, StopKind};
pub(crate) use tour::{BreakAt, Tour, ends};
