//! Swap of tails: two tours of a day swap their tails from some stop on, or all their visits; or a tail becomes a tour.
//!
//! Ruin and recreate cannot do this: greedy insertion brings visits back one by one, each next to what stayed, or to a face that its
//! client knows. The 2-opt* move of J.-Y. Potvin and J.-M. Rousseau (1995), "An exchange heuristic for
//! routing problems with time windows", Journal of the Operational Research Society 46(12); visits that
//! the other nurse may not make are left to the repair.

use super::strings::strings_near;
use super::visits::{Scratch, random_planned};
use crate::search::draft::Draft;
use crate::search::insertion::{Blinks, Insertion};
use crate::search::repair_bias::RepairBias;
use crate::search::rng::Rng;

/// Share of swaps that swap whole tours.
const WHOLE: f64 = 0.3;
/// Average number of visits that strings remove near a tour that was split.
const BESIDE_SPLIT: f64 = 6.0;

/// Swaps the tails of the tour of a visit and of one near it. Returns `None` if the draft must be rolled back.
pub(super) fn swap_tails(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, shift)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let near = draft.candidates.near(draft.option_of(seed));
    let start = rng.below(near.len().min(12));
    let partner = near.iter().skip(start).find_map(|&option| {
        let other = draft.shift_of_option(option).filter(|&other| other != shift)?;
        Some((draft.problem.options[option as usize].visit, other))
    });
    let Some((visit, other)) = partner else { return Some(RepairBias::NONE) };
    let (tour, other_tour) = (draft.tour(shift), draft.tour(other));
    let (Some(here), Some(there)) = (tour.position(seed), other_tour.position(visit)) else {
        return Some(RepairBias::NONE);
    };
    let (from, from_other) = match rng.chance(WHOLE) {
        true => (1, 1),
        // The earlier of the two stays and the later of them follows it.
        false if tour.stops[here].begin() <= other_tour.stops[there].begin() => (here + 1, there),
        false => (here, there + 1),
    };
    let visits = &mut scratch.visits;
    visits.clear();
    draft.cut(shift, from, &mut scratch.positions, visits).then_some(())?;
    let ours = visits.len();
    draft.cut(other, from_other, &mut scratch.positions, visits).then_some(())?;
    draft.append(shift, &visits[ours..]);
    draft.append(other, &visits[..ours]);
    Some(RepairBias::NONE)
}

/// The end of a tour becomes a tour of its own; strings near it come out, to fill it or to close another. Greedy insertion hardly
/// ever opens a tour: one visit does not pay for it. Returns `None` if the draft must be rolled back.
pub(super) fn split_tour(draft: &mut Draft<'_>, rng: &mut Rng, scratch: &mut Scratch) -> Option<RepairBias> {
    let Some((seed, shift)) = random_planned(draft, rng) else { return Some(RepairBias::NONE) };
    let Some(here) = draft.tour(shift).position(seed) else { return Some(RepairBias::NONE) };
    let option = draft.option_of(seed);
    let shifts = draft.candidates.shifts(option).iter();
    let empty = shifts.copied().find(|&other| draft.tour(other).is_empty());
    let Some(empty) = empty.filter(|_| here > 1 && draft.used_tours() < draft.most_tours) else {
        return Some(RepairBias::NONE);
    };
    scratch.visits.clear();
    draft.cut(shift, here, &mut scratch.positions, &mut scratch.visits).then_some(())?;
    if let Some(base) = draft.assign_delta(option, draft.candidates.nurse(empty)) {
        let mut first = Insertion::nowhere(option);
        draft.scan(empty, option, base, &mut Blinks::never(), &mut first);
        if let Some(first) = first.found() {
            draft.insert(&first);
            draft.append(empty, &scratch.visits[1..]);
        }
    }
    strings_near(draft, rng, scratch, option, BESIDE_SPLIT).then_some(RepairBias::NONE)
}

impl Draft<'_> {
    /// Takes every visit from a position on out of a tour and adds them to a list. Returns false where the
    /// draft must be rolled back.
    fn cut(&mut self, shift: u32, from: usize, positions: &mut Vec<usize>, visits: &mut Vec<u32>) -> bool {
        positions.clear();
        for (position, stop) in self.tour(shift).stops.iter().enumerate().skip(from) {
            if let Some(visit) = stop.visit() {
                positions.push(position);
                visits.push(visit);
            }
        }
        positions.is_empty() || self.remove(shift, positions)
    }

    /// Appends some visits to a tour, in their order, as far as they can follow its last visit.
    fn append(&mut self, shift: u32, visits: &[u32]) {
        for &visit in visits {
            if let Some(insertion) = self.insertion_at_end(shift, self.option_of(visit)) {
                self.insert(&insertion);
            }
        }
    }

    /// The insertion of a visit behind all others of a tour, if that is feasible.
    fn insertion_at_end(&self, shift: u32, option: u32) -> Option<Insertion> {
        let inserted = self.inserted_visit(option);
        let base = self
            .assign_delta(option, self.candidates.nurse(shift))
            .filter(|_| !self.holds_other(shift, inserted.visit))?;
        let after = self.tour(shift).stops.len() - 2;
        let (delta, _) = self.delta_behind(&inserted, shift, after)?;
        Some(Insertion { cost: base + delta, shift, after: after as u32, option, break_at: None })
    }
}
