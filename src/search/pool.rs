//! Pool of tours of good plans seen on the way, to be recombined. Of each set of visits it keeps the cheapest order.

use super::candidates::Candidates;
use super::draft::Draft;
use crate::model::cost::Cost;
use crate::rules::{BreakAt, Part, Proposal, Tour};
use rustc_hash::FxHashMap;

/// Most tours kept; at more, the half seen longest ago is forgotten.
const MOST: usize = 20_000;

/// A plan is good if it costs at most this share more than the best.
const SLACK: f64 = 0.01;

/// A stop that is a break.
const BREAK: u32 = u32::MAX;

/// A tour seen.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Hash of the set of its visits and of its shift class.
    pub(crate) key: u64,
    /// Its shift class: the first of the shifts that do not differ from its own.
    pub(crate) class: u32,
    /// Cost of its time and its starts, which is the same in every shift of its class.
    pub(crate) cost: Cost,
    /// The day option of each visit in order, or [`BREAK`].
    stops: Box<[u32]>,
    break_at: BreakAt,
    /// When it was seen last.
    last: u64,
}

/// Hash of a shift class and a set of day options. It sums over the options, so that their order does not matter.
fn key(class: u32, tour: &Tour) -> u64 {
    /// The finalizer of SplitMix64: G. Steele, D. Lea and C. Flood (2014), "Fast splittable pseudorandom
    /// number generators", OOPSLA.
    fn mix(value: u64) -> u64 {
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }
    let set = tour.visits_and_options().fold(0u64, |sum, (_, option)| {
        sum.wrapping_add(mix((u64::from(option) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    });
    mix(set ^ (u64::from(class) << 32))
}

impl Seen {
    /// A tour as it is.
    pub(crate) fn of(candidates: &Candidates, shift: u32, tour: &Tour) -> Self {
        let class = candidates.class_of(shift);
        Self::with_key(key(class, tour), class, tour, 0)
    }

    fn with_key(key: u64, class: u32, tour: &Tour, last: u64) -> Self {
        let inner = &tour.stops[1..tour.stops.len() - 1];
        let stops = inner.iter().map(|stop| stop.option().unwrap_or(BREAK)).collect();
        Self { key, class, cost: tour.cost(), stops, break_at: tour.break_at, last }
    }

    /// The day options of its visits, in order.
    pub(crate) fn options(&self) -> impl Iterator<Item = u32> + '_ {
        self.stops.iter().copied().filter(|&option| option != BREAK)
    }

    /// Proposes it as the tour of a shift of its class.
    pub(crate) fn propose(&self, shift: u32, proposal: &mut Proposal) {
        proposal.tour(shift, self.break_at);
        for &option in &self.stops {
            proposal.part(if option == BREAK { Part::Break } else { Part::Visit(option) });
        }
    }
}

/// Tours seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    tours: Vec<Seen>,
    at: FxHashMap<u64, u32>,
    clock: u64,
}

impl Pool {
    /// Whether the tours of a plan of this cost are worth noting.
    #[inline]
    pub(crate) fn takes(cost: Cost, best: Cost) -> bool {
        cost <= best + (best as f64 * SLACK) as Cost
    }

    /// Tours seen. Those that were first seen last come first.
    pub(crate) fn tours(&self) -> impl Iterator<Item = &Seen> {
        self.tours.iter().rev()
    }

    /// Notes the tours of a draft that changed since its last commit.
    ///
    /// # Complexity
    /// Linear in their stops.
    pub(crate) fn note(&mut self, draft: &Draft<'_>) {
        self.clock += 1;
        for shift in draft.touched() {
            let tour = &draft.tour(shift);
            if !tour.is_empty() {
                self.see(draft.candidates.class_of(shift), tour);
            }
        }
    }

    fn see(&mut self, class: u32, tour: &Tour) {
        let key = key(class, tour);
        let known = self.at.get(&key).and_then(|&at| self.tours.get_mut(at as usize));
        match known {
            Some(seen) if seen.cost <= tour.cost() => seen.last = self.clock,
            Some(seen) => *seen = Seen::with_key(key, class, tour, self.clock),
            None => {
                if self.tours.len() >= MOST {
                    self.forget();
                }
                self.at.insert(key, self.tours.len() as u32);
                self.tours.push(Seen::with_key(key, class, tour, self.clock));
            }
        }
    }

    fn forget(&mut self) {
        let mut times: Vec<u64> = self.tours.iter().map(|seen| seen.last).collect();
        let (_, &mut median, _) = times.select_nth_unstable(MOST / 2);
        self.tours.retain(|seen| seen.last > median);
        self.at = (0..).zip(&self.tours).map(|(at, seen)| (seen.key, at)).collect();
    }
}
