//! What a path of a shift class knows of triples of visits, and what it pays for them.
//!
//! A path knows of which triples it made an odd number of visits; the next pays. It remembers a triple only at some
//! stops, and starts to count anew after any other stop. Fewer labels then differ, and a path may pay less than it
//! should: the bound may be lower, and is still valid.
//!
//! # References
//! Limited memory: Pecin, Pessoa, Poggi, Uchoa (2017), "Improved branch-cut-and-price for capacitated vehicle routing",
//! Mathematical Programming Computation 9.

use rustc_hash::FxHashSet;

/// Triples that a shift class can tell apart: bits of a label.
const MOST: usize = 128;

/// Three day options of visits, in rising order.
pub(super) type Triple = [u32; 3];

/// The triples of a shift class: those of which a tour could make two visits.
#[derive(Debug, Clone, Default)]
pub(super) struct ClassTriples {
    /// The dual value of each.
    pub(super) duals: Vec<u32>,
    /// The triples that each stop is in, a bit each; empty where there never was one.
    members: Vec<u128>,
    /// The triples that a path remembers at each stop.
    memory: Vec<u128>,
}

impl ClassTriples {
    /// The triples of which a path has made an odd number of visits after one more stop, and those that this visit pays.
    #[inline]
    pub(super) fn after(&self, odd: u128, stop: usize) -> (u128, u128) {
        let Some(&members) = self.members.get(stop) else { return (0, 0) };
        let odd = odd & self.memory[stop];
        (odd ^ members, odd & members)
    }

    /// How often a tour pays each dual value: the value is named once for each time.
    pub(super) fn paid(&self, tour: &[u32]) -> Vec<u32> {
        let (mut odd, mut paid) = (0, Vec::new());
        for &stop in tour {
            let paying;
            (odd, paying) = self.after(odd, stop as usize);
            paid.extend(bits(paying).map(|bit| self.duals[bit]));
        }
        paid
    }

    /// Whether there is room for a triple of a class with stops of these options, or no need of it.
    pub(super) fn has_room_for(&self, triple: &Triple, options: &[u32]) -> bool {
        self.duals.len() < MOST || !concerns(triple, options)
    }

    /// Lets the paths of a class with stops of these options remember a triple at some of them, if a tour could make
    /// two visits of it. Returns whether that is new.
    pub(super) fn remember(
        &mut self,
        triple: &Triple,
        dual: u32,
        options: &[u32],
        at: &FxHashSet<u32>,
    ) -> bool {
        let known = self.duals.iter().position(|&known| known == dual);
        if known.is_none() && !concerns(triple, options) {
            return false;
        }
        let bit = 1 << known.unwrap_or(self.duals.len());
        if known.is_none() {
            self.duals.push(dual);
            self.members.resize(options.len(), 0);
            self.memory.resize(options.len(), 0);
        }
        let mut is_new = known.is_none();
        for (stop, option) in options.iter().enumerate() {
            if triple.contains(option) {
                self.members[stop] |= bit;
            }
            if at.contains(option) {
                is_new |= self.memory[stop] & bit == 0;
                self.memory[stop] |= bit;
            }
        }
        is_new
    }

    /// Drops a triple; returns whether it was there.
    pub(super) fn forget(&mut self, dual: u32) -> bool {
        let Some(bit) = self.duals.iter().position(|&known| known == dual) else { return false };
        self.duals.remove(bit);
        let below = (1u128 << bit) - 1;
        for set in self.members.iter_mut().chain(&mut self.memory) {
            *set = *set & below | *set >> 1 & !below;
        }
        true
    }
}

/// Whether a tour of visits among these could make two of a triple.
fn concerns(triple: &Triple, options: &[u32]) -> bool {
    options.iter().filter(|option| triple.contains(option)).count() > 1
}

/// The places of the bits that are set.
#[inline]
pub(super) fn bits(mut of: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (of != 0).then(|| of.trailing_zeros() as usize)?;
        of &= of - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn class_triples(stops: usize, triples: &[[usize; 3]]) -> ClassTriples {
        let mut made = ClassTriples { members: vec![0; stops], memory: vec![0; stops], ..Default::default() };
        for (bit, triple) in triples.iter().enumerate() {
            made.duals.push(10 + bit as u32);
            triple.iter().for_each(|&stop| made.members[stop] |= 1 << bit);
            made.memory.iter_mut().for_each(|memory| *memory |= 1 << bit);
        }
        made
    }

    #[test]
    fn what_is_forgotten_on_the_way_is_not_paid() {
        let mut triples = class_triples(4, &[[0, 1, 2]]);
        assert_eq!(triples.paid(&[0, 3, 1]), [10]);
        triples.memory[3] = 0;
        assert!(triples.paid(&[0, 3, 1]).is_empty());
        assert_eq!(triples.paid(&[3, 0, 1, 2]), [10]);
    }

    proptest! {
        /// Where all is remembered, every second visit pays; dropping one triple changes nothing for the others.
        #[test]
        fn every_second_visit_pays(
            tour in prop::collection::vec(0u32..6, 0..12),
            triples in prop::collection::vec(prop::sample::subsequence(vec![0usize, 1, 2, 3, 4, 5], 3), 1..6),
            dropped in 0u32..6,
        ) {
            let triples: Vec<[usize; 3]> = triples.into_iter().map(|t| [t[0], t[1], t[2]]).collect();
            let mut made = class_triples(6, &triples);
            made.forget(10 + dropped);
            let paid = made.paid(&tour);
            for (dual, triple) in (10..).zip(&triples).filter(|(dual, _)| *dual != 10 + dropped) {
                let visits = tour.iter().filter(|&&stop| triple.contains(&(stop as usize))).count();
                prop_assert_eq!(paid.iter().filter(|&&paid| paid == dual).count(), visits / 2);
            }
        }
    }
}
