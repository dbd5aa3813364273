//! The plan being edited: tours, ledgers, unplanned visits, and a journal to take edits back.
//!
//! Every change goes through five methods: [`Draft::insert`] and [`Draft::remove`] for single visits, [`Draft::apply`]
//! for whatever else a [`Proposal`] can say, [`Draft::choose`] for the day of an unplanned visit, and
//! [`Draft::reserve_nurse`] for its nurse. What was done since the last [`Draft::commit`] can be taken back by
//! [`Draft::roll_back`], bit for bit. All but `reserve_nurse` stand in `edit.rs`; `whole.rs` computes from scratch what
//! the draft keeps up to date.

mod edit;
mod whole;

use super::candidates::Candidates;
use super::insertion::{JointScratch, NONE};
use super::insertion_cache::InsertionCache;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use crate::model::reason::Why;
use crate::rules::{
    Assignment, Assignments, DeltaScratch, Evaluator, Ledgers, Penalty, Pieces, Proposal, Standing, Tour,
};

/// One change of who visits whom and when, so that it can be undone.
#[derive(Debug, Clone, Copy)]
enum Change {
    Assigned {
        visit: u32,
    },
    Unassigned {
        visit: u32,
        option: u32,
        shift: u32,
    },
    Chose {
        visit: u32,
        option: u32,
    },
    /// The nurse before, or [`NONE`].
    ReservedNurse {
        client: u32,
        before: u32,
    },
}

/// A tour as it was at the last commit.
#[derive(Debug, Clone)]
struct Saved {
    shift: u32,
    tour: Tour,
    /// Its version in the insertion cache.
    version: u32,
}

/// Lists that are kept for their capacity.
#[derive(Debug, Clone, Default)]
struct Spare {
    delta: DeltaScratch,
    pieces: Pieces,
    tours: Vec<Tour>,
    made: Vec<Tour>,
    moves: Vec<(u32, u32, u32)>,
}

/// A plan under construction.
///
/// Invariants (checked by `assert_sound` in debug builds): every tour is feasible; `cost` is the
/// full cost of tours, ledgers and unplanned visits; a visit is in one tour or unplanned.
#[derive(Debug, Clone)]
pub(crate) struct Draft<'p> {
    pub(crate) problem: &'p Facts,
    pub(crate) evaluator: &'p Evaluator,
    pub(crate) candidates: &'p Candidates,
    pub(super) tours: Vec<Tour>,
    /// The shift of each visit, or [`NONE`].
    pub(super) shift_of: Vec<u32>,
    option_of: Vec<u32>,
    reserved: Vec<u32>,
    unplanned: Vec<u32>,
    unplanned_at: Vec<u32>,
    pub(super) ledgers: Ledgers,
    pub(super) cache: InsertionCache,
    cost: Cost,
    penalty: Penalty,
    /// No tour is opened while this many tours have visits.
    pub(crate) most_tours: usize,
    /// Insertion positions evaluated.
    pub(crate) evaluations: u64,
    // The journal since the last commit.
    changes: Vec<Change>,
    saved: Vec<Saved>,
    touched: Vec<bool>,
    cost_before: Cost,
    // Kept for their capacity.
    pub(super) joint: JointScratch,
    pub(super) bare_tour: Option<Tour>,
    pub(super) proposal: Proposal,
    spare: Spare,
}

impl<'p> Draft<'p> {
    /// All visits unplanned; bounds are strict.
    pub(crate) fn empty(problem: &'p Facts, evaluator: &'p Evaluator, candidates: &'p Candidates) -> Self {
        let visits = problem.visits.len();
        let mut draft = Self {
            problem,
            evaluator,
            candidates,
            tours: problem.shifts.iter().map(|shift| Tour::empty(evaluator, shift)).collect(),
            shift_of: vec![NONE; visits],
            option_of: problem.visits.iter().map(|visit| visit.options.start).collect(),
            reserved: vec![NONE; problem.clients.len()],
            unplanned: (0..visits as u32).collect(),
            unplanned_at: (0..visits as u32).collect(),
            ledgers: Ledgers::empty(&evaluator.ledgers, problem),
            cache: InsertionCache::new(candidates),
            cost: 0,
            penalty: Penalty::Strict,
            most_tours: usize::MAX,
            evaluations: 0,
            changes: Vec::new(),
            saved: Vec::new(),
            touched: vec![false; problem.shifts.len()],
            cost_before: 0,
            joint: JointScratch::default(),
            bare_tour: None,
            proposal: Proposal::default(),
            spare: Spare::default(),
        };
        draft.cost = draft.terms().total();
        draft.cost_before = draft.cost;
        draft
    }

    /// The tours of all shifts.
    #[inline]
    pub(crate) fn tours(&self) -> &[Tour] {
        &self.tours
    }

    /// The tour of a shift.
    #[inline]
    pub(crate) fn tour(&self, shift: u32) -> &Tour {
        &self.tours[shift as usize]
    }

    /// Number of tours with visits.
    pub(crate) fn used_tours(&self) -> usize {
        self.cache.used()
    }

    /// Number of visits, planned or not.
    #[inline]
    pub(crate) fn visit_count(&self) -> usize {
        self.shift_of.len()
    }

    /// The shift of a visit; `None` if it is unplanned.
    #[inline]
    pub(crate) fn shift_of(&self, visit: u32) -> Option<u32> {
        let shift = self.shift_of[visit as usize];
        (shift != NONE).then_some(shift)
    }

    /// Whether a visit is in a tour.
    #[inline]
    pub(crate) fn is_planned(&self, visit: u32) -> bool {
        self.shift_of[visit as usize] != NONE
    }

    /// The day option of each visit.
    pub(crate) fn options(&self) -> &[u32] {
        &self.option_of
    }

    /// The day option of a visit.
    #[inline]
    pub(crate) fn option_of(&self, visit: u32) -> u32 {
        self.option_of[visit as usize]
    }

    /// The shift of a day option, if its visit is planned on that day.
    #[inline]
    pub(crate) fn shift_of_option(&self, option: u32) -> Option<u32> {
        let visit = self.problem.options[option as usize].visit;
        self.shift_of(visit).filter(|_| self.option_of(visit) == option)
    }

    /// The client of a visit.
    #[inline]
    pub(crate) fn client_of(&self, visit: u32) -> u32 {
        self.problem.visits[visit as usize].client
    }

    /// Unplanned visits. New ones are put at the end; otherwise the order has no meaning.
    #[inline]
    pub(crate) fn unplanned(&self) -> &[u32] {
        &self.unplanned
    }

    /// Who visits whom, and how often.
    #[inline]
    pub(crate) fn counts(&self) -> &Assignments {
        self.ledgers.counts()
    }

    /// Excess: by how much the plan breaks hard bounds that the search may break at a price.
    #[inline]
    pub(crate) fn excess(&self) -> i64 {
        self.ledgers.excess()
    }

    /// The full cost.
    #[inline]
    pub(crate) fn cost(&self) -> Cost {
        self.cost
    }

    /// The full cost at the last commit.
    pub(crate) fn cost_before(&self) -> Cost {
        self.cost_before
    }

    /// Whether the tour of a shift changed since the last commit.
    pub(crate) fn is_touched(&self, shift: u32) -> bool {
        self.touched[shift as usize]
    }

    /// Shifts whose tours changed since the last commit.
    pub(crate) fn touched(&self) -> impl Iterator<Item = u32> + '_ {
        self.saved.iter().map(|saved| saved.shift)
    }

    /// Number of shifts whose tours changed since the last commit.
    pub(super) fn touched_count(&self) -> usize {
        self.saved.len()
    }

    /// One of them, in the order in which they first changed.
    pub(super) fn touched_at(&self, at: usize) -> u32 {
        self.saved[at].shift
    }

    /// The nurse reserved for a client who may meet one only, while the visits of that client are being inserted.
    #[inline]
    pub(super) fn reserved(&self, client: u32) -> Option<u32> {
        let nurse = self.reserved[client as usize];
        (nurse != NONE).then_some(nurse)
    }

    /// Reserves a nurse for a client without planned visits. That ends when the last planned visit is unassigned.
    pub(super) fn reserve_nurse(&mut self, client: u32, nurse: Option<u32>) {
        let before = std::mem::replace(&mut self.reserved[client as usize], nurse.unwrap_or(NONE));
        if before != self.reserved[client as usize] {
            self.changes.push(Change::ReservedNurse { client, before });
        }
    }

    /// A visit made by the nurse of a shift.
    fn assignment(&self, option: u32, shift: u32) -> Assignment {
        let client = self.client_of(self.problem.options[option as usize].visit);
        Assignment { option, client, nurse: self.candidates.nurse(shift) }
    }

    /// Change of cost by assigning a visit to a nurse, without that of her tour and without the price of leaving the
    /// visit out; `None` if she may not make it.
    pub(crate) fn assign_delta(&self, option: u32, nurse: u32) -> Option<Cost> {
        let client = self.client_of(self.problem.options[option as usize].visit);
        self.evaluator.assign_delta(&self.ledgers, &Assignment { option, client, nurse })
    }

    /// Why a nurse may not make a visit in any of her tours, given what is planned already; `None` if she may.
    pub(crate) fn why_refused(&self, option: u32, nurse: u32) -> Option<Why> {
        let client = self.client_of(self.problem.options[option as usize].visit);
        self.ledgers.why_refused(&self.evaluator.ledgers, &Assignment { option, client, nurse })
    }

    /// Change of cost by a proposal; `None` if it is infeasible or the change is `limit` or more.
    pub(crate) fn delta(&mut self, proposal: &Proposal, limit: Cost) -> Option<Cost> {
        let standing = Standing {
            problem: self.problem,
            tours: &self.tours,
            shift_of: &self.shift_of,
            option_of: &self.option_of,
        };
        self.evaluator.delta(standing, &mut self.ledgers, proposal, limit, &mut self.spare.delta)
    }
}
