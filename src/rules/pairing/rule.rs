//! What a pairing rule sees, and what it says.

use crate::model::cost::{Cost, Term};
use crate::model::facts::{ClientFacts, Line, NurseFacts, PublishedFacts};
use crate::model::reason::Why;
use crate::model::terms::Prices;

/// What a rule may look at.
pub(super) struct Pair<'a> {
    pub(super) nurse: &'a NurseFacts,
    pub(super) nurse_index: u32,
    pub(super) client: &'a ClientFacts,
    pub(super) line: &'a Line,
    pub(super) pinned: Option<u32>,
    /// What was published of the visit on its day; `None` where there is no published plan.
    pub(super) published: Option<&'a PublishedFacts>,
    /// Whether client and nurse met in the history window.
    pub(super) have_met: bool,
    pub(super) prices: &'a Prices,
    /// Names of competences, for messages.
    pub(super) competences: &'a [String],
}

/// What a rule says of a pair.
pub(super) enum Verdict {
    /// The rule neither prices nor forbids the pair.
    Free,
    /// The visit by this nurse costs so much.
    Priced(Term, Cost),
    /// The nurse may not make the visit, and why.
    Forbidden(Why),
}

/// One pairing rule.
pub(super) trait PairingRule: Sync {
    fn judge(&self, pair: &Pair<'_>) -> Verdict;
}
