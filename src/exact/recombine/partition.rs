//! Set partitioning, small and exact: every row once, or its price; each class of columns a number of times.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Column {
    /// The rows that it covers, as bits.
    pub(crate) rows: u128,
    pub(crate) class: u32,
    pub(crate) cost: i64,
}

/// Rows, columns and classes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partition {
    /// What each row costs that no column covers.
    pub(crate) left_out: Vec<i64>,
    /// How many columns of each class.
    pub(crate) most: Vec<u32>,
    pub(crate) columns: Vec<Column>,
}

/// Steps of the subgradient.
const STEPS: usize = 120;
/// Most nodes of a search.
const NODES: usize = 4_000;

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    pub(crate) nodes: usize,
    pub(crate) steps: usize,
    pub(crate) proved: bool,
    pub(crate) left: usize,
}

fn rows(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let row = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            row
        })
    })
}

impl Partition {
    /// The columns of a choice that costs less than `known`, the cheapest where the effort is enough.
    /// `like` are the columns of a choice known.
    pub(crate) fn better_than(&self, known: i64, like: &[u32], effort: &mut Effort) -> Option<Vec<u32>> {
        let mut prices: Vec<f64> = self.left_out.iter().map(|&cost| cost as f64).collect();
        for &at in like {
            let column = &self.columns[at as usize];
            let share = column.cost as f64 / f64::from(column.rows.count_ones());
            for row in rows(column.rows) {
                prices[row] = share.min(prices[row]);
            }
        }
        let enough = known as f64 - 0.5;
        let (bound, prices) = self.ascend(prices, enough, effort)?;
        // The increase of the bound where a column is chosen.
        let mut dip = vec![0f64; self.most.len()];
        let reduced: Vec<f64> = self.columns.iter().map(|column| reduced(column, &prices)).collect();
        for (column, &cost) in self.columns.iter().zip(&reduced) {
            let class = column.class as usize;
            if self.most[class] == 1 {
                dip[class] = dip[class].min(cost);
            }
        }
        let rise = |at: usize| match self.most[self.columns[at].class as usize] {
            1 => reduced[at] - dip[self.columns[at].class as usize],
            _ => reduced[at].max(0.0),
        };
        let mut kept: Vec<(f64, u32)> = (0..self.columns.len())
            .map(|at| (rise(at), at as u32))
            .filter(|&(rise, _)| bound + rise < enough)
            .collect();
        kept.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        effort.left = kept.len();
        let mut of_row: Vec<Vec<(f64, u32)>> = vec![Vec::new(); self.left_out.len()];
        for &(rise, at) in &kept {
            for row in rows(self.columns[at as usize].rows) {
                of_row[row].push((rise, at));
            }
        }
        let mut search = Search {
            partition: self,
            of_row,
            prices,
            used: vec![0; self.most.len()],
            chosen: Vec::new(),
            best: None,
            enough,
            nodes: 0,
        };
        let all = if self.left_out.len() == 128 { u128::MAX } else { (1u128 << self.left_out.len()) - 1 };
        search.descend(all, bound, 0);
        effort.nodes = search.nodes;
        effort.proved = search.nodes < NODES;
        search.best
    }

    /// Prices of rows that give a high bound, and the bound; `None` if it is not below `enough`.
    fn ascend(&self, mut prices: Vec<f64>, enough: f64, effort: &mut Effort) -> Option<(f64, Vec<f64>)> {
        let (mut best, mut best_prices) = (f64::NEG_INFINITY, prices.clone());
        let mut pull = 1.0;
        let mut since = 0;
        let mut slope = vec![0i32; prices.len()];
        let mut dip = vec![(0f64, usize::MAX); self.most.len()];
        for step in 0..STEPS {
            effort.steps = step + 1;
            slope.fill(1);
            dip.fill((0.0, usize::MAX));
            let mut bound: f64 = prices.iter().sum();
            for (at, column) in self.columns.iter().enumerate() {
                let cost = reduced(column, &prices);
                if cost >= 0.0 {
                    continue;
                }
                let class = column.class as usize;
                if self.most[class] == 1 {
                    if cost < dip[class].0 {
                        dip[class] = (cost, at);
                    }
                } else {
                    bound += cost;
                    for row in rows(column.rows) {
                        slope[row] -= 1;
                    }
                }
            }
            for &(cost, at) in &dip {
                bound += cost;
                if let Some(column) = self.columns.get(at) {
                    for row in rows(column.rows) {
                        slope[row] -= 1;
                    }
                }
            }
            if bound > best {
                best = bound;
                best_prices.copy_from_slice(&prices);
                since = 0;
                if best >= enough {
                    return None;
                }
            } else {
                since += 1;
                if since == 8 {
                    since = 0;
                    pull *= 0.6;
                    prices.copy_from_slice(&best_prices);
                    continue;
                }
            }
            let length: f64 = slope.iter().map(|&s| f64::from(s * s)).sum();
            if length == 0.0 {
                break;
            }
            let stride = pull * (enough + 1.0 - bound) / length;
            for ((price, &s), &most) in prices.iter_mut().zip(&slope).zip(&self.left_out) {
                *price = (*price + stride * f64::from(s)).min(most as f64);
            }
        }
        Some((best, best_prices))
    }
}

fn reduced(column: &Column, prices: &[f64]) -> f64 {
    rows(column.rows).fold(column.cost as f64, |cost, row| cost - prices[row])
}

struct Search<'s> {
    partition: &'s Partition,
    /// Columns of each row with the rise of the bound, cheapest rise first.
    of_row: Vec<Vec<(f64, u32)>>,
    prices: Vec<f64>,
    used: Vec<u32>,
    chosen: Vec<u32>,
    best: Option<Vec<u32>>,
    enough: f64,
    nodes: usize,
}

impl Search<'_> {
    fn fits(&self, at: u32, open: u128) -> bool {
        let column = &self.partition.columns[at as usize];
        column.rows & !open == 0
            && self.used[column.class as usize] < self.partition.most[column.class as usize]
    }

    fn descend(&mut self, open: u128, bound: f64, cost: i64) {
        self.nodes += 1;
        if open == 0 {
            if (cost as f64) < self.enough {
                self.enough = cost as f64 - 0.5;
                self.best = Some(self.chosen.clone());
            }
            return;
        }
        // The row with the fewest ways on.
        let mut fewest = (usize::MAX, 0);
        for row in rows(open) {
            let ways = self.of_row[row]
                .iter()
                .take_while(|&&(rise, _)| bound + rise < self.enough)
                .filter(|&&(_, at)| self.fits(at, open))
                .take(fewest.0)
                .count();
            let out = self.partition.left_out[row] as f64 - self.prices[row];
            let ways = ways + usize::from(bound + out < self.enough);
            if ways < fewest.0 {
                fewest = (ways, row);
                if ways == 0 {
                    return;
                }
            }
        }
        let row = fewest.1;
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
        let price = self.partition.left_out[row];
        let out = bound + price as f64 - self.prices[row];
        if out < self.enough && self.nodes < NODES {
            self.descend(open & !(1 << row), out, cost + price);
        }
    }
}
