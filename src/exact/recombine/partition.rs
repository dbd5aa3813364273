//! Small set partitioning problems: every row is covered by one column or left out at its price, and a choice has at
//! most so many columns of each class.
//!
//! Subgradient steps find prices of rows that give a lower bound, and with them what each column adds to the bound if
//! it is chosen. Columns that add too much cannot be in a better choice; the others are searched depth first, branching
//! on the row with the fewest columns. Both the steps and the nodes of the search are limited: where a limit is
//! reached, a better choice may be missed.
//!
//! They are not solved through `exact/programme` because that is slower: on 92 of these problems `microlp` 0.6 (branch
//! and bound over the simplex method) found the same optimum in each, in 2 ms on average instead of 0.5 ms.
//!
//! M. Held, P. Wolfe and H. Crowder (1974), "Validation of subgradient optimization", Mathematical Programming 6;
//! M. L. Fisher (1981), "The Lagrangian relaxation method for solving integer programming problems", Management
//! Science 27(1).

use crate::model::cost::Cost;

/// Most rows: bits of a set.
pub(super) const MOST_ROWS: usize = 128;

/// Subgradient steps.
const STEPS: usize = 120;
/// Steps without a higher bound before they get shorter, and how much shorter.
const PATIENCE: u32 = 8;
const SHORTER: f64 = 0.6;
/// Share of the last direction that a step keeps.
const KEEP: f64 = 0.6;

/// Most nodes of a search.
const NODES: usize = 300;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// The rows that it covers, one at least, as bits.
    pub(super) rows: u128,
    pub(super) class: u32,
    pub(super) cost: Cost,
}

/// Rows, classes and columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Partition {
    /// What each row costs that no column covers; at most [`MOST_ROWS`].
    pub(super) left_out: Vec<Cost>,
    /// How many columns of each class there may be, one at least.
    pub(super) most: Vec<usize>,
    pub(super) columns: Vec<Column>,
}

/// The rows of a set, in rising order.
fn rows(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let row = set.trailing_zeros() as usize;
            set &= set - 1;
            row
        })
    })
}

impl Column {
    fn reduced_cost(&self, prices: &[f64]) -> f64 {
        rows(self.rows).fold(self.cost as f64, |cost, row| cost - prices[row])
    }
}

impl Partition {
    /// The columns of a choice that costs less than a known one; it is the cheapest of all if no limit is reached.
    ///
    /// # Complexity
    /// `STEPS` passes over the columns, and at most `NODES` passes over those that are left.
    pub(super) fn better_than(&self, known: &[u32]) -> Option<Vec<u32>> {
        // Costs are whole.
        let enough = self.cost(known) as f64 - 0.5;
        let (bound, prices) = self.ascend(known, enough)?;
        Search::new(self, bound, prices, enough).run()
    }

    /// The cost of a choice.
    fn cost(&self, chosen: &[u32]) -> Cost {
        let columns = chosen.iter().map(|&at| self.columns[at as usize]);
        let (covered, cost) = columns.fold((0, 0), |(set, sum), c| (set | c.rows, sum + c.cost));
        cost + rows(self.all() & !covered).map(|row| self.left_out[row]).sum::<Cost>()
    }

    fn all(&self) -> u128 {
        if self.left_out.is_empty() { 0 } else { u128::MAX >> (MOST_ROWS - self.left_out.len()) }
    }

    /// The best bound found, and the prices of rows that give it; `None` if the bound reaches `enough`. Starts from
    /// what a row costs in the known choice.
    fn ascend(&self, known: &[u32], enough: f64) -> Option<(f64, Vec<f64>)> {
        let mut prices: Vec<f64> = self.left_out.iter().map(|&cost| cost as f64).collect();
        for column in known.iter().map(|&at| self.columns[at as usize]) {
            let share = column.cost as f64 / f64::from(column.rows.count_ones());
            rows(column.rows).for_each(|row| prices[row] = prices[row].min(share));
        }
        let (mut best, mut best_prices) = (f64::NEG_INFINITY, prices.clone());
        let (mut stride, mut in_vain) = (1.0, 0);
        let mut slope = vec![0i32; prices.len()];
        let mut way = vec![0f64; prices.len()];
        let mut least = vec![None; self.most.len()];
        for _ in 0..STEPS {
            let bound = self.relaxed(&prices, &mut slope, &mut least);
            if bound > best {
                (best, in_vain) = (bound, 0);
                best_prices.copy_from_slice(&prices);
                if best >= enough {
                    return None;
                }
            } else {
                in_vain += 1;
                if in_vain == PATIENCE {
                    (stride, in_vain) = (stride * SHORTER, 0);
                    prices.copy_from_slice(&best_prices);
                    way.fill(0.0);
                    continue;
                }
            }
            if slope.iter().all(|&s| s == 0) {
                break;
            }
            for (way, &slope) in way.iter_mut().zip(&slope) {
                *way = f64::from(slope) + KEEP * *way;
            }
            let square: f64 = way.iter().map(|way| way * way).sum();
            let step = stride * (enough + 1.0 - bound) / square.max(1e-9);
            for ((price, &way), &most) in prices.iter_mut().zip(&way).zip(&self.left_out) {
                *price = (*price + step * way).min(most as f64);
            }
        }
        Some((best, best_prices))
    }

    /// The bound at some prices. It lets a choice cover a row any number of times, and keeps the limit of a class only
    /// where that is one column. `slope` becomes 1 minus the number of times that each row is covered.
    fn relaxed(&self, prices: &[f64], slope: &mut [i32], least: &mut [Option<(f64, usize)>]) -> f64 {
        slope.fill(1);
        least.fill(None);
        let mut bound: f64 = prices.iter().sum();
        let mut take = |at: usize, cost: f64| {
            bound += cost;
            rows(self.columns[at].rows).for_each(|row| slope[row] -= 1);
        };
        for (at, column) in self.columns.iter().enumerate() {
            let cost = column.reduced_cost(prices);
            let class = column.class as usize;
            match (self.most[class], least[class]) {
                _ if cost >= 0.0 => {}
                (1, Some((before, _))) if before <= cost => {}
                (1, _) => least[class] = Some((cost, at)),
                _ => take(at, cost),
            }
        }
        least.iter().flatten().for_each(|&(cost, at)| take(at, cost));
        bound
    }
}

/// Depth-first search over the columns that a better choice can have.
struct Search<'s> {
    partition: &'s Partition,
    /// The columns of each row with what choosing them adds to the bound, in rising order of that.
    of_row: Vec<Vec<(f64, u32)>>,
    /// What leaving out each row adds to the bound.
    out: Vec<f64>,
    bound: f64,
    /// Columns chosen of each class.
    used: Vec<usize>,
    chosen: Vec<u32>,
    best: Option<Vec<u32>>,
    /// A bound of this or more leads to no better choice.
    enough: f64,
    nodes: usize,
}

impl<'s> Search<'s> {
    fn new(partition: &'s Partition, bound: f64, prices: Vec<f64>, enough: f64) -> Self {
        let reduced: Vec<f64> = partition.columns.iter().map(|c| c.reduced_cost(&prices)).collect();
        // The bound already holds columns with a negative reduced cost: the least of a class limited to one column, all
        // of other classes.
        let mut least = vec![0f64; partition.most.len()];
        for (column, &cost) in partition.columns.iter().zip(&reduced) {
            let class = column.class as usize;
            if partition.most[class] == 1 {
                least[class] = least[class].min(cost);
            }
        }
        let mut of_row = vec![Vec::new(); partition.left_out.len()];
        for (at, (column, &cost)) in (0..).zip(partition.columns.iter().zip(&reduced)) {
            let class = column.class as usize;
            let rise = if partition.most[class] == 1 { cost - least[class] } else { cost.max(0.0) };
            if bound + rise < enough {
                rows(column.rows).for_each(|row| of_row[row].push((rise, at)));
            }
        }
        for columns in &mut of_row {
            columns.sort_by(|a: &(f64, u32), b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        let out = partition.left_out.iter().zip(&prices).map(|(&cost, price)| cost as f64 - price).collect();
        Self {
            partition,
            of_row,
            out,
            bound,
            used: vec![0; partition.most.len()],
            chosen: Vec::new(),
            best: None,
            enough,
            nodes: 0,
        }
    }

    fn run(mut self) -> Option<Vec<u32>> {
        self.descend(self.partition.all(), self.bound, 0);
        self.best
    }

    /// Whether a column covers open rows only, and its class has one left.
    fn fits(&self, at: u32, open: u128) -> bool {
        let column = &self.partition.columns[at as usize];
        let class = column.class as usize;
        column.rows & !open == 0 && self.used[class] < self.partition.most[class]
    }

    fn descend(&mut self, open: u128, bound: f64, cost: Cost) {
        self.nodes += 1;
        if open == 0 {
            if (cost as f64) < self.enough {
                self.enough = cost as f64 - 0.5;
                self.best = Some(self.chosen.clone());
            }
            return;
        }
        let Some(row) = self.narrowest(open, bound) else { return };
        for i in 0..self.of_row[row].len() {
            let (rise, at) = self.of_row[row][i];
            if bound + rise >= self.enough || self.nodes >= NODES {
                break;
            }
            if self.fits(at, open) {
                let column = self.partition.columns[at as usize];
                self.used[column.class as usize] += 1;
                self.chosen.push(at);
                self.descend(open & !column.rows, bound + rise, cost + column.cost);
                self.chosen.pop();
                self.used[column.class as usize] -= 1;
            }
        }
        let out = bound + self.out[row];
        if out < self.enough && self.nodes < NODES {
            self.descend(open & !(1 << row), out, cost + self.partition.left_out[row]);
        }
    }

    /// The open row with the fewest ways to cover it or to leave it out; `None` if some row has none.
    fn narrowest(&self, open: u128, bound: f64) -> Option<usize> {
        let (mut fewest, mut narrowest) = (usize::MAX, None);
        for row in rows(open) {
            let near = self.of_row[row].iter().take_while(|&&(rise, _)| bound + rise < self.enough);
            let ways = near.filter(|&&(_, at)| self.fits(at, open)).take(fewest).count()
                + usize::from(bound + self.out[row] < self.enough);
            if ways == 0 {
                return None;
            }
            if ways < fewest {
                (fewest, narrowest) = (ways, Some(row));
            }
        }
        narrowest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The least cost, over every set of columns.
    fn brute_force(partition: &Partition) -> Cost {
        let n = partition.columns.len();
        let sets = (0u32..1 << n).filter_map(|set| {
            let chosen: Vec<u32> = (0..n as u32).filter(|at| set >> at & 1 == 1).collect();
            is_choice(partition, &chosen).then(|| partition.cost(&chosen))
        });
        sets.min().unwrap()
    }

    fn is_choice(partition: &Partition, chosen: &[u32]) -> bool {
        let columns: Vec<Column> = chosen.iter().map(|&at| partition.columns[at as usize]).collect();
        let covered = columns.iter().fold(0u128, |set, column| set | column.rows).count_ones();
        let twice = columns.iter().map(|column| column.rows.count_ones()).sum::<u32>() != covered;
        let of = |class: usize| columns.iter().filter(|column| column.class as usize == class).count();
        !twice && partition.most.iter().enumerate().all(|(class, &most)| of(class) <= most)
    }

    fn partition() -> impl Strategy<Value = Partition> {
        (1usize..8, 1usize..4).prop_flat_map(|(rows, classes)| {
            let column = (1u128..1 << rows, 0..classes as u32, 0i64..1_000)
                .prop_map(|(rows, class, cost)| Column { rows, class, cost });
            (
                prop::collection::vec(0i64..2_000, rows),
                prop::collection::vec(1usize..4, classes),
                prop::collection::vec(column, 1..12),
            )
                .prop_map(|(left_out, most, columns)| Partition { left_out, most, columns })
        })
    }

    proptest! {
        #[test]
        fn a_small_problem_is_solved(partition in partition()) {
            let least = brute_force(&partition);
            let nothing = partition.cost(&[]);
            match partition.better_than(&[]) {
                None => prop_assert_eq!(least, nothing),
                Some(chosen) => {
                    prop_assert!(is_choice(&partition, &chosen));
                    prop_assert_eq!(partition.cost(&chosen), least);
                    prop_assert!(least < nothing);
                    prop_assert_eq!(partition.better_than(&chosen), None);
                }
            }
        }

        #[test]
        fn no_choice_is_below_the_bound(partition in partition()) {
            let least = brute_force(&partition) as f64;
            let found = partition.ascend(&[], least + 1e-6);
            prop_assert!(found.is_some(), "the bound is above {}", least);
        }
    }

    #[test]
    fn two_halves_of_two_choices_make_a_better_one() {
        // Rows 0 to 127. Known: 0-63 dear, 64-127 cheap.
        let half = u128::from(u64::MAX);
        let of = |rows, cost| Column { rows, class: 0, cost };
        let partition = Partition {
            left_out: vec![1_000; 128],
            most: vec![2],
            columns: vec![of(half, 900), of(!half, 100), of(half, 200), of(!half, 800)],
        };
        let mut chosen = partition.better_than(&[0, 1]).unwrap();
        chosen.sort_unstable();
        assert_eq!(chosen, [1, 2]);
    }
}
