//! One client alone: the cheapest choice of days and faces, where each visit has a price for each nurse.
//!
//! The lower bound uses dual values as prices; `attainable` and the circles have prices of their own.

use crate::model::cost::Cost;
use crate::model::facts::{DayChoice, Facts};

/// Stands for no nurse in particular, and for no price.
pub(super) const NOBODY: u32 = u32::MAX;

/// Most sets of faces that are looked at; what remains is only bounded.
const MOST_SETS: u32 = 20_000;

/// A visit on one of its days.
pub(super) struct DayPart {
    /// Cost of leaving it out.
    pub(super) unplanned: Cost,
    /// Number of the price of this visit by each nurse of the client; [`NOBODY`] for a nurse who cannot come.
    pub(super) prices: Vec<u32>,
}

/// What a client asks for, and who could come.
pub(super) struct ClientPart {
    /// Cost of each nurse as a new face.
    pub(super) new_face: Vec<Cost>,
    /// `faces[k]` is the cost of k faces; the list ends where more are forbidden.
    pub(super) faces: Vec<Cost>,
    pub(super) days: Vec<DayPart>,
    /// Choices to make, each of several sets of days.
    pub(super) choices: Vec<Vec<Vec<u32>>>,
}

/// A choice of days and faces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Cost of the faces and of the visits left out.
    pub(super) cost: Cost,
    /// Numbers of the prices paid.
    pub(super) prices: Vec<u32>,
}

/// The cheapest choice found, and a lower bound on the cost of every choice. Both are equal unless there were too many
/// sets to look at.
pub(super) struct Cheapest {
    pub(super) choice: Choice,
    pub(super) least: Cost,
}

impl ClientPart {
    /// `further` is the cost of one more face for 0, 1, … faces, and ends where one more is forbidden.
    pub(super) fn new(new_face: Vec<Cost>, further: Vec<Cost>) -> Self {
        let mut faces = vec![0];
        for more in further {
            faces.push(faces[faces.len() - 1] + more);
        }
        Self { new_face, faces, days: Vec::new(), choices: Vec::new() }
    }

    /// Adds the choices of days for all visits of the client; `day` returns the position of a day option in `days`.
    pub(super) fn add_choices(&mut self, problem: &Facts, visits: &[u32], day: impl Fn(u32) -> u32) {
        for choice in problem.day_choices(visits) {
            let days = |pattern: &Vec<u32>| pattern.iter().map(|&option| day(option)).collect();
            self.choices.push(match choice {
                DayChoice::Fixed(visit) => vec![vec![day(visit.options.start)]],
                DayChoice::Patterns(patterns) => patterns.iter().map(days).collect(),
            });
        }
    }

    /// The cheapest choice, by branch and bound over the sets of faces.
    ///
    /// The cost of a set of faces is that of its faces and, for each choice, of the cheapest set of days, where each
    /// visit is made by the cheapest of the faces or left out. The bound on all supersets is their cost if all nurses
    /// still to come were added for the price of one further face.
    pub(super) fn cheapest(&self, prices: &[Cost]) -> Cheapest {
        self.cheapest_of(prices, MOST_SETS)
    }

    /// [`Self::cheapest`], but looks at no more than `most_sets` sets.
    pub(super) fn cheapest_of(&self, prices: &[Cost], most_sets: u32) -> Cheapest {
        let nurses = self.new_face.len();
        let asked = self.asked(prices);
        let unplanned: Vec<Cost> = self.days.iter().map(|day| day.unplanned).collect();
        // Most useful first: good sets are found early.
        let mut order: Vec<usize> = (0..nurses).collect();
        let gain = |n: usize| -> Cost {
            asked[n].iter().zip(&unplanned).map(|(&a, &u)| (u - a.min(u)).min(Cost::MAX >> 20)).sum()
        };
        let gains: Vec<Cost> = (0..nurses).map(gain).collect();
        order.sort_by_key(|&n| (std::cmp::Reverse(gains[n]), n));
        // `rest[at]`: the least price of each day by any nurse from place `at` of the order on; `least_new[at]`: the
        // least price of these nurses as a new face.
        let mut rest = vec![unplanned.clone(); nurses + 1];
        let mut least_new = vec![Cost::MAX; nurses + 1];
        for at in (0..nurses).rev() {
            rest[at] = lower(&rest[at + 1], &asked[order[at]]);
            least_new[at] = least_new[at + 1].min(self.new_face[order[at]]);
        }
        let value = self.of_days(&unplanned);
        let mut search = Search {
            part: self,
            asked: &asked,
            order: &order,
            rest: &rest,
            least_new: &least_new,
            best: value,
            best_set: Vec::new(),
            set: Vec::new(),
            left: most_sets,
            unexplored: Cost::MAX,
        };
        search.extend(0, 0, &unplanned);
        let (least, set) = (search.best.min(search.unexplored), search.best_set);
        Cheapest { choice: self.choice(&asked, &set), least }
    }

    /// The price of each day by each nurse: `[nurse][day]`.
    fn asked(&self, prices: &[Cost]) -> Vec<Vec<Cost>> {
        let price =
            |day: &DayPart, n: usize| prices.get(day.prices[n] as usize).copied().unwrap_or(Cost::MAX);
        (0..self.new_face.len()).map(|n| self.days.iter().map(|day| price(day, n)).collect()).collect()
    }

    /// The cost of a set of faces where a nurse who can come costs nothing, as in `attainable`; `None` where they are
    /// too many.
    pub(super) fn cost_of(&self, set: &[usize]) -> Option<Cost> {
        (set.len() < self.faces.len()).then(|| self.choice(&self.asked(&[0]), set).cost)
    }

    /// The cost of all choices if each day costs `costs[day]`: the cheapest pattern of each.
    fn of_days(&self, costs: &[Cost]) -> Cost {
        let pattern = |days: &Vec<u32>| days.iter().map(|&day| costs[day as usize]).sum::<Cost>();
        self.choices.iter().map(|patterns| patterns.iter().map(pattern).min().unwrap_or(0)).sum()
    }

    /// The cheapest choice with a given set of faces.
    fn choice(&self, asked: &[Vec<Cost>], set: &[usize]) -> Choice {
        let mut costs: Vec<Cost> = self.days.iter().map(|day| day.unplanned).collect();
        let mut by = vec![None; costs.len()];
        let mut choice = Choice { cost: self.faces[set.len()], prices: Vec::new() };
        for &nurse in set {
            choice.cost += self.new_face[nurse];
            for (day, &cost) in asked[nurse].iter().enumerate() {
                if cost < costs[day] {
                    (costs[day], by[day]) = (cost, Some(nurse));
                }
            }
        }
        for patterns in &self.choices {
            let cost = |days: &Vec<u32>| days.iter().map(|&day| costs[day as usize]).sum::<Cost>();
            for &day in patterns.iter().min_by_key(|days| cost(days)).into_iter().flatten() {
                match by[day as usize] {
                    Some(nurse) => choice.prices.push(self.days[day as usize].prices[nurse]),
                    None => choice.cost += self.days[day as usize].unplanned,
                }
            }
        }
        choice
    }
}

fn lower(a: &[Cost], b: &[Cost]) -> Vec<Cost> {
    a.iter().zip(b).map(|(&a, &b)| a.min(b)).collect()
}

/// Branch and bound over the sets of faces.
struct Search<'a> {
    part: &'a ClientPart,
    asked: &'a [Vec<Cost>],
    order: &'a [usize],
    rest: &'a [Vec<Cost>],
    least_new: &'a [Cost],
    best: Cost,
    best_set: Vec<usize>,
    set: Vec<usize>,
    left: u32,
    /// The least bound of the sets that were not looked at.
    unexplored: Cost,
}

impl Search<'_> {
    /// Adds each nurse from a place of the order on to a set whose new faces cost `new`.
    fn extend(&mut self, from: usize, new: Cost, costs: &[Cost]) {
        let Some(&faces) = self.part.faces.get(self.set.len() + 1) else { return };
        for at in from..self.order.len() {
            let bound = faces + new + self.least_new[at] + self.part.of_days(&lower(costs, &self.rest[at]));
            if bound >= self.best {
                return;
            }
            if self.left == 0 {
                self.unexplored = self.unexplored.min(bound);
                return;
            }
            self.left -= 1;
            let nurse = self.order[at];
            let costs = lower(costs, &self.asked[nurse]);
            let new = new + self.part.new_face[nurse];
            self.set.push(nurse);
            let value = faces + new + self.part.of_days(&costs);
            if value < self.best {
                self.best = value;
                self.best_set.clone_from(&self.set);
            }
            self.extend(at + 1, new, &costs);
            self.set.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every set of faces, every set of days: the slow twin.
    fn slow(part: &ClientPart, prices: &[Cost]) -> Cost {
        let nurses = part.new_face.len();
        let mut least = Cost::MAX;
        for set in 0..1u32 << nurses {
            let is_in = |n: &usize| set >> n & 1 == 1;
            let Some(&faces) = part.faces.get(set.count_ones() as usize) else { continue };
            let new: Cost = (0..nurses).filter(is_in).map(|n| part.new_face[n]).sum();
            let day = |&day: &u32| {
                let day = &part.days[day as usize];
                let by = (0..nurses).filter(is_in).filter(|&n| day.prices[n] != NOBODY);
                by.map(|n| prices[day.prices[n] as usize]).fold(day.unplanned, Cost::min)
            };
            let of = |patterns: &Vec<Vec<u32>>| patterns.iter().map(|days| days.iter().map(day).sum()).min();
            let days: Cost = part.choices.iter().map(|patterns| of(patterns).unwrap_or(0)).sum();
            least = least.min(faces + new + days);
        }
        least
    }

    proptest! {
        #[test]
        fn the_cheapest_choice_is_that_of_all_sets(
            new in prop::collection::vec(0i64..30, 1..5),
            further in prop::collection::vec(0i64..40, 0..5),
            prices in prop::collection::vec(-60i64..60, 24),
            unplanned in prop::collection::vec(0i64..90, 6),
            nobody in prop::collection::vec(any::<bool>(), 24),
        ) {
            let nurses = new.len();
            let mut part = ClientPart::new(new, further);
            for (day, &unplanned) in unplanned.iter().enumerate() {
                let price = |n: usize| day * 4 + n;
                let number = |n: usize| if nobody[price(n)] { NOBODY } else { price(n) as u32 };
                part.days.push(DayPart { unplanned, prices: (0..nurses).map(number).collect() });
            }
            // A fixed day, one of two days, and two days or two others.
            part.choices = vec![vec![vec![0]], vec![vec![1], vec![2]], vec![vec![2, 3], vec![4, 5]]];
            let found = part.cheapest(&prices);
            prop_assert_eq!(found.least, slow(&part, &prices));
            let paid: Cost = found.choice.prices.iter().map(|&r| prices[r as usize]).sum();
            prop_assert_eq!(found.choice.cost + paid, found.least);
        }
    }

    #[test]
    fn one_nurse_for_all_is_worth_a_dearer_visit() {
        // Two visits; the first nurse asks 10 and 30, the second 50 and 10. A further face costs 25.
        let mut part = ClientPart::new(vec![0, 0], vec![0, 25]);
        part.days = vec![
            DayPart { unplanned: 100, prices: vec![0, 1] },
            DayPart { unplanned: 100, prices: vec![2, 3] },
        ];
        part.choices = vec![vec![vec![0]], vec![vec![1]]];
        // Both by the first: 40; each by the cheaper: 20 + 25.
        let found = part.cheapest(&[10, 50, 30, 10]);
        assert_eq!((found.least, found.choice.prices), (40, vec![0, 2]));
        assert_eq!(part.cheapest(&[10, 50, 36, 10]).least, 45);
    }
}
