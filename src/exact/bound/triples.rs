//! Subset-row cuts: of three visits of a day, at most one tour makes two or more.
//!
//! The model of the bound mixes tours: half a tour may make visits *a* and *b*, half a tour *b* and *c*, half a tour
//! *c* and *a*. Each visit is then made once, but no plan is like that: each of the three half tours makes two of the
//! three visits, which only one tour of a plan can. Such a *triple* gets a dual value of its own, which a tour pays for
//! every second visit of the three that it makes. Together the tours of a plan pay it at most once, and it is
//! subtracted from the bound once. So the mixture becomes dearer, and plans do not.
//!
//! # References
//! Jepsen, Petersen, Spoorendonk, Pisinger (2008), "Subset-row inequalities applied to the vehicle-routing problem with
//! time windows", Operations Research 56(2).

use super::bundle::{Bundle, Cut};
use super::class_triples::Triple;
use super::shift_class::ShiftClass;
use crate::error::Stop;
use crate::model::cost::Cost;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Most triples that are added, or remembered at more stops, at a time.
const MOST_AT_A_TIME: usize = 120;

/// Most of these that hold the same visit, because several triples of a visit often cut off the same mixture.
const MOST_OF_A_VISIT: usize = 4;

/// A triple is added where the mixed tours exceed its limit, which is 1, by more than this.
const LEAST_EXCESS: f64 = 0.04;

/// A dual value below this is worth nothing: a thousandth of a second.
const LEAST_DUAL: f64 = 1.0;

/// Pairs of options looked at for triples: less than a second.
const MOST_LOOKED_AT: usize = 20_000_000;

/// A triple is dropped when its dual value was worth nothing so many times in a row.
const MOST_IDLE: u32 = 3;

/// The triples of a relaxation.
#[derive(Default)]
pub(super) struct Triples {
    known: FxHashMap<Triple, Place>,
    /// Places of dropped triples, for new ones.
    spare: Vec<Place>,
}

/// Where a triple stands in the model.
#[derive(Debug, Clone, Copy)]
struct Place {
    dual: u32,
    /// The part that says whether the tours use the triple up.
    part: usize,
    /// How many times in a row it was worth nothing.
    idle: u32,
}

impl Place {
    /// Adds the two cuts of the part: the tours use the triple up, or they do not.
    fn give_cuts(self, bundle: &mut Bundle) {
        bundle.add(self.part, Cut::new(0, std::iter::empty(), 1.0, Vec::new()));
        bundle.add(self.part, Cut::new(0, std::iter::once(self.dual), -1.0, Vec::new()));
    }
}

impl Triples {
    /// What all triples cost the bound: all tours together may pay each once.
    pub(super) fn cost(&self, duals: &[Cost]) -> i128 {
        self.known.values().map(|place| i128::from(duals[place.dual as usize].max(0))).sum()
    }

    #[cfg(test)]
    pub(super) fn knows(&self, dual: u32) -> bool {
        self.known.values().any(|place| place.dual == dual)
    }

    /// Gives the model the cuts of all triples, where it has dropped them.
    pub(super) fn give_cuts(&self, bundle: &mut Bundle) {
        self.known.values().for_each(|place| place.give_cuts(bundle));
    }

    /// Drops the triples that are worth nothing and adds those that the mixed tours violate, the most violated first.
    /// Returns how many were added, or are remembered at more stops.
    pub(super) fn renew(&mut self, classes: &mut [ShiftClass], bundle: &mut Bundle, stop: Stop<'_>) -> usize {
        let options: Vec<Vec<u32>> = classes.iter().map(options_of).collect();
        let mixed: Vec<Mixed> = mixed(classes, bundle);
        self.drop_idle(classes, bundle);
        let (mut renewed, mut times) = (0, FxHashMap::<u32, usize>::default());
        for triple in violated(&mixed, stop) {
            if renewed == MOST_AT_A_TIME || stop() {
                break;
            }
            let is_rare = |option| times.get(option).is_none_or(|&times| times < MOST_OF_A_VISIT);
            if triple.iter().all(is_rare) && self.add(&triple, &mixed, &options, classes, bundle) {
                renewed += 1;
                triple.iter().for_each(|&option| *times.entry(option).or_default() += 1);
            }
        }
        renewed
    }

    fn drop_idle(&mut self, classes: &mut [ShiftClass], bundle: &mut Bundle) {
        let spare = &mut self.spare;
        self.known.retain(|_, place| {
            place.idle = if bundle.centre()[place.dual as usize] < LEAST_DUAL { place.idle + 1 } else { 0 };
            let stays = place.idle < MOST_IDLE;
            if !stays {
                for (number, class) in classes.iter_mut().enumerate() {
                    if class.triples.forget(place.dual) {
                        bundle.charge(number, place.dual, |_| 0);
                    }
                }
                spare.push(Place { idle: 0, ..*place });
            }
            stays
        });
        // Sorted, because the order of the map must not matter.
        spare.sort_by_key(|place| place.dual);
    }

    /// Adds a triple, or lets paths remember it wherever the mixed tours pass between two of its visits. False where there is
    /// nothing to do, or no room.
    fn add(
        &mut self,
        triple: &Triple,
        mixed: &[Mixed],
        options: &[Vec<u32>],
        classes: &mut [ShiftClass],
        bundle: &mut Bundle,
    ) -> bool {
        let known = self.known.get(triple).copied();
        if known.is_none()
            && !classes
                .iter()
                .zip(options)
                .all(|(class, options)| class.triples.has_room_for(triple, options))
        {
            return false;
        }
        let place = known.unwrap_or_else(|| {
            let new =
                |bundle: &mut Bundle| Place { dual: bundle.add_dual(), part: bundle.add_part(1.0), idle: 0 };
            let place = self.spare.pop().unwrap_or_else(|| new(bundle));
            bundle.reset_dual(place.dual);
            place.give_cuts(bundle);
            self.known.insert(*triple, place);
            place
        });
        let between = between(triple, mixed);
        let mut changed = false;
        for (number, class) in classes.iter_mut().enumerate() {
            if class.triples.remember(triple, place.dual, &options[number], &between) {
                let triples = &class.triples;
                let is_this = |&paid: &u32| paid == place.dual;
                bundle.charge(number, place.dual, |stops| {
                    triples.paid(stops).into_iter().filter(is_this).count() as u32
                });
                changed = true;
            }
        }
        changed
    }
}

/// The day option of each stop.
fn options_of(class: &ShiftClass) -> Vec<u32> {
    class.stops.iter().map(|stop| stop.option).collect()
}

/// A tour of the mixture: its day options in order, and its weight.
struct Mixed {
    options: Vec<u32>,
    weight: f64,
}

fn mixed(classes: &[ShiftClass], bundle: &Bundle) -> Vec<Mixed> {
    let of_class = |(number, class): (usize, &ShiftClass)| -> Vec<Mixed> {
        let options = |stops: &[u32]| stops.iter().map(|&stop| class.stops[stop as usize].option).collect();
        bundle.mixed(number).map(|(stops, weight)| Mixed { options: options(stops), weight }).collect()
    };
    classes.iter().enumerate().flat_map(of_class).collect()
}

/// The options that the mixed tours pass between two options of a triple, and the triple itself.
fn between(triple: &Triple, mixed: &[Mixed]) -> FxHashSet<u32> {
    let mut between: FxHashSet<u32> = triple.iter().copied().collect();
    for tour in mixed {
        let is_in = |option: &u32| triple.contains(option);
        if let Some(first) = tour.options.iter().position(is_in) {
            let last = tour.options.iter().rposition(is_in).unwrap_or(first);
            between.extend(&tour.options[first..last]);
        }
    }
    between
}

/// Triples that the mixed tours violate, the most violated first; of very many visits, not all of them.
///
/// # Complexity
/// The square of the visits of each tour, and for each option that of the options that share a tour with it, up to
/// [`MOST_LOOKED_AT`].
fn violated(tours: &[Mixed], stop: Stop<'_>) -> Vec<Triple> {
    // For each pair of options the total weight of the tours that hold both, and for each option its tours.
    let mut pairs: FxHashMap<(u32, u32), f64> = FxHashMap::default();
    let mut tours_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, tour) in tours.iter().enumerate() {
        let mut options = tour.options.clone();
        options.sort_unstable();
        options.dedup();
        for (at, &a) in options.iter().enumerate() {
            tours_of.entry(a).or_default().push(number as u32);
            options[at + 1..].iter().for_each(|&b| *pairs.entry((a, b)).or_default() += tour.weight);
        }
    }
    // (In one order on every machine.)
    let mut beside: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
    let mut sorted: Vec<((u32, u32), f64)> = pairs.iter().map(|(&pair, &weight)| (pair, weight)).collect();
    sorted.sort_unstable_by_key(|&(pair, _)| pair);
    for ((a, b), weight) in sorted {
        beside.entry(a).or_default().push((b, weight));
        beside.entry(b).or_default().push((a, weight));
    }
    let pair = |a: u32, b: u32| pairs.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0);
    let all_three = |triple: &Triple| -> f64 {
        let [a, b, c] = triple.map(|option| tours_of[&option].as_slice());
        let in_all = a.iter().filter(|tour| b.binary_search(tour).is_ok() && c.binary_search(tour).is_ok());
        in_all.map(|&tour| tours[tour as usize].weight).sum()
    };
    let mut found: FxHashMap<Triple, f64> = FxHashMap::default();
    let mut looked_at = 0;
    for (&middle, others) in &beside {
        looked_at += others.len() * others.len();
        if looked_at > MOST_LOOKED_AT || stop() {
            break;
        }
        for (at, &(a, first)) in others.iter().enumerate() {
            for &(b, second) in &others[at + 1..] {
                let two = first + second;
                // `middle` stands for the option that the two heaviest of the three pairs share: these two weigh at
                // least 2/3 if all three weigh 1 together.
                if two < 2.0 / 3.0 {
                    continue;
                }
                let all = two + pair(a, b);
                if all > 1.0 + LEAST_EXCESS {
                    let mut triple = [a, middle, b];
                    triple.sort_unstable();
                    // A tour of all three is in each of the three pairs, and pays once.
                    let excess = all - 2.0 * all_three(&triple) - 1.0;
                    if excess > LEAST_EXCESS {
                        found.insert(triple, excess);
                    }
                }
            }
        }
    }
    let mut found: Vec<(Triple, f64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.into_iter().map(|(triple, _)| triple).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::GO_ON;
    use proptest::prelude::*;

    fn mixed(tours: &[(&[u32], f64)]) -> Vec<Mixed> {
        tours.iter().map(|&(options, weight)| Mixed { options: options.to_vec(), weight }).collect()
    }

    #[test]
    fn three_half_tours_of_two_visits_each_are_too_much() {
        let half = mixed(&[(&[7, 3], 0.5), (&[3, 9, 1], 0.5), (&[9, 7], 0.5)]);
        assert_eq!(violated(&half, GO_ON), [[3, 7, 9]]);
        assert_eq!(between(&[1, 3, 7], &half), [1, 3, 7, 9].into_iter().collect());
    }

    #[test]
    fn a_tour_of_all_three_pays_once() {
        assert!(violated(&mixed(&[(&[1, 2, 3], 0.5), (&[3, 2, 1], 0.5)]), GO_ON).is_empty());
        assert_eq!(violated(&mixed(&[(&[1, 2, 3], 0.7), (&[1, 2], 0.5)]), GO_ON), [[1, 2, 3]]);
    }

    proptest! {
        /// Plans make each visit once: no triple is too much for them.
        #[test]
        fn a_plan_is_never_too_much(tours in prop::collection::vec(0usize..5, 12)) {
            let tour = |number: usize| -> Vec<u32> {
                (0u32..).zip(&tours).filter(|(_, tour)| **tour == number).map(|(option, _)| option).collect()
            };
            let plan: Vec<Mixed> = (0..5).map(|number| Mixed { options: tour(number), weight: 1.0 }).collect();
            prop_assert!(violated(&plan, GO_ON).is_empty());
        }
    }
}
