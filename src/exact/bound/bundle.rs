//! The proximal bundle method: which dual values to try next.
//!
//! A part of the problem (a shift class or a client) answers dual values with its cheapest choice. The cost of that
//! choice is linear in the dual values and bounds the cost of the part from above: a *cut*. The model of the bound is
//! the sum over the parts of the minimum of their cuts. The next dual values maximize the model minus the squared
//! distance to the centre (the best dual values so far) divided by twice the step. The dual of this problem is a
//! quadratic programme over the weights of the cuts, in which the weights of each part add up to the number of shifts or
//! clients that it stands for. It is solved part by part, each time moving weight from the dearest cut in use to the
//! cheapest cut.
//!
//! # References
//! Kiwiel (1990), "Proximity control in bundle methods for convex nondifferentiable minimization",
//! Mathematical Programming 46. Kallehauge, Larsen, Madsen (2006), "Lagrangian duality applied to the
//! vehicle routing problem with time windows", Computers & Operations Research 33(5). Swoboda, Kolmogorov
//! (2019), "MAP inference via block-coordinate Frank-Wolfe algorithm", CVPR: cuts kept for each part.

/// Most cuts evaluated before new dual values are tried: at most about a second.
const MOST_WORK: usize = 20_000_000;

/// The quadratic programme is solved when its duality gap is below this share of the rise hoped for.
const SOLVED: f64 = 0.1;

/// Number of rounds for which a cut without weight is kept.
const KEPT: u32 = 25;

/// A choice of a part, as a linear function of the dual values.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) cost: f64,
    /// Index of a dual value and its coefficient: 1 for a client, who pays it, -1 for each time that a tour earns it.
    /// In order of the index, without zeros.
    pub(super) pays: Vec<(u32, f64)>,
    /// Stops of the tour, to find out whether it is still allowed; empty for a client.
    pub(super) stops: Vec<u32>,
    weight: f64,
    unused: u32,
}

impl Cut {
    /// The cut of a choice of a client or of a tour. `duals` may repeat an index.
    pub(super) fn new(cost: i64, duals: impl Iterator<Item = u32>, sign: f64, stops: Vec<u32>) -> Self {
        let mut all: Vec<u32> = duals.collect();
        all.sort_unstable();
        let mut pays: Vec<(u32, f64)> = Vec::with_capacity(all.len());
        for dual in all {
            match pays.last_mut() {
                Some((last, times)) if *last == dual => *times += sign,
                _ => pays.push((dual, sign)),
            }
        }
        Self { cost: cost as f64, pays, stops, weight: 0.0, unused: 0 }
    }

    /// The same choice, which also pays dual values: each as often as it is named. Their indices must come after those
    /// it has.
    pub(super) fn paying(mut self, duals: Vec<u32>) -> Self {
        self.pays.extend(Self::new(0, duals.into_iter(), 1.0, Vec::new()).pays);
        self
    }

    fn at(&self, duals: &[f64]) -> f64 {
        self.pays.iter().fold(self.cost, |sum, &(dual, times)| sum + times * duals[dual as usize])
    }
}

/// What the model predicts for the next dual values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Model {
    /// Value of the model.
    pub(super) value: f64,
    /// Whether the quadratic programme was solved; if not, the step is too long for it.
    pub(super) is_solved: bool,
}

/// The cuts of one part.
struct Part {
    mass: f64,
    cuts: Vec<Cut>,
}

/// The model, its centre and its step.
pub(super) struct Bundle {
    parts: Vec<Part>,
    centre: Vec<f64>,
    duals: Vec<f64>,
    step: f64,
}

impl Bundle {
    /// One part for each mass, which is the number of shifts or clients that the part stands for. Every part needs a cut
    /// before [`Self::solve`].
    pub(super) fn new(masses: impl Iterator<Item = f64>, centre: Vec<f64>) -> Self {
        let parts = masses.map(|mass| Part { mass, cuts: Vec::new() }).collect();
        Self { parts, duals: centre.clone(), centre, step: 1.0 }
    }

    /// One more dual value, 0 at the centre; its index.
    pub(super) fn add_dual(&mut self) -> u32 {
        self.centre.push(0.0);
        self.duals.push(0.0);
        self.centre.len() as u32 - 1
    }

    /// Sets a dual value to 0, at the centre too.
    pub(super) fn reset_dual(&mut self, dual: u32) {
        self.centre[dual as usize] = 0.0;
        self.duals[dual as usize] = 0.0;
    }

    /// One more part; its number. It needs a cut as all do.
    pub(super) fn add_part(&mut self, mass: f64) -> usize {
        self.parts.push(Part { mass, cuts: Vec::new() });
        self.parts.len() - 1
    }

    /// The tours of a part that the model mixes, with their weights.
    pub(super) fn mixed(&self, part: usize) -> impl Iterator<Item = (&[u32], f64)> {
        let cuts = self.parts[part].cuts.iter().filter(|cut| cut.weight > 0.0 && !cut.stops.is_empty());
        cuts.map(|cut| (cut.stops.as_slice(), cut.weight))
    }

    /// What each cut of a part pays, with its stops.
    #[cfg(test)]
    pub(super) fn payments(&self, part: usize) -> impl Iterator<Item = (&[u32], &[(u32, f64)])> {
        self.parts[part].cuts.iter().map(|cut| (cut.stops.as_slice(), cut.pays.as_slice()))
    }

    /// Lets the tours of a part pay a dual value as often as `times` says.
    pub(super) fn charge(&mut self, part: usize, dual: u32, times: impl Fn(&[u32]) -> u32) {
        for cut in &mut self.parts[part].cuts {
            let at = cut.pays.partition_point(|&(known, _)| known < dual);
            if cut.pays.get(at).is_some_and(|&(known, _)| known == dual) {
                cut.pays.remove(at);
            }
            let paid = times(&cut.stops);
            if paid > 0 {
                cut.pays.insert(at, (dual, f64::from(paid)));
            }
        }
    }

    /// The dual values to try.
    pub(super) fn duals(&self) -> &[f64] {
        &self.duals
    }

    /// The dual values at the centre.
    pub(super) fn centre(&self) -> &[f64] {
        &self.centre
    }

    pub(super) fn step(&self) -> f64 {
        self.step
    }

    /// Number of cuts.
    pub(super) fn cuts(&self) -> usize {
        self.parts.iter().map(|part| part.cuts.len()).sum()
    }

    /// Adds a cut of a part, unless it is known. The first cut of a part takes all its weight.
    pub(super) fn add(&mut self, part: usize, mut cut: Cut) {
        let part = &mut self.parts[part];
        if part.cuts.iter().any(|known| known.cost == cut.cost && known.pays == cut.pays) {
            return;
        }
        if part.cuts.is_empty() {
            cut.weight = part.mass;
        }
        part.cuts.push(cut);
    }

    /// Drops the cuts of a part for which `keep` is false. Their weight goes to the first cut, which always stays.
    pub(super) fn retain(&mut self, part: usize, keep: impl Fn(&Cut) -> bool) {
        let part = &mut self.parts[part];
        let (mut freed, mut is_first) = (0.0, true);
        part.cuts.retain(|cut| {
            let stays = std::mem::take(&mut is_first) || keep(cut);
            freed += if stays { 0.0 } else { cut.weight };
            stays
        });
        part.cuts[0].weight += freed;
    }

    /// Makes these dual values the centre.
    pub(super) fn move_centre(&mut self, duals: &[f64]) {
        self.centre.copy_from_slice(duals);
    }

    /// Makes the centre the dual values to try.
    pub(super) fn return_to_centre(&mut self) {
        self.duals.copy_from_slice(&self.centre);
    }

    pub(super) fn set_step(&mut self, step: f64) {
        self.step = step.clamp(1e-9, 1e15);
    }

    /// Sets the step so that moving along the weighted sum of the cuts raises the model by `gain`.
    pub(super) fn set_step_for(&mut self, gain: f64) {
        let square: f64 = self.slope().iter().map(|s| s * s).sum();
        self.set_step(gain / square.max(1e-9));
    }

    /// Weighted sum of the coefficients of all cuts: for each dual value how often it is paid less how often earned.
    fn slope(&self) -> Vec<f64> {
        let mut slope = vec![0.0; self.centre.len()];
        for cut in self.parts.iter().flat_map(|part| &part.cuts).filter(|cut| cut.weight > 0.0) {
            for &(dual, times) in &cut.pays {
                slope[dual as usize] += cut.weight * times;
            }
        }
        slope
    }

    /// Finds the next dual values. `known` is the best value known, at the centre.
    pub(super) fn solve(&mut self, known: f64, stop: &dyn Fn() -> bool) -> Model {
        for part in &mut self.parts {
            part.cuts.iter_mut().for_each(|cut| cut.unused += 1);
        }
        let slope = self.slope();
        for (at, centre) in self.centre.iter().enumerate() {
            self.duals[at] = centre + self.step * slope[at];
        }
        let passes = MOST_WORK / self.cuts().max(1);
        let mut is_solved = false;
        for pass in 0..passes {
            let (mut low, mut used) = (0.0, 0.0);
            for part in &mut self.parts {
                let (least, weighed) = part.improve(&mut self.duals, self.step);
                low += least;
                used += weighed;
            }
            // `used - low` would be the duality gap if the dual values had not moved from part to part.
            if used - low <= SOLVED * (low - known) {
                is_solved = true;
                break;
            }
            if pass % 16 == 0 && stop() {
                break;
            }
        }
        let value = self.parts.iter().map(|part| part.low(&self.duals)).sum();
        for part in &mut self.parts {
            let mut is_first = true;
            part.cuts.retain(|cut| std::mem::take(&mut is_first) || cut.weight > 0.0 || cut.unused <= KEPT);
        }
        Model { value, is_solved }
    }
}

impl Part {
    fn low(&self, duals: &[f64]) -> f64 {
        self.mass * self.cuts.iter().map(|cut| cut.at(duals)).fold(f64::INFINITY, f64::min)
    }

    /// Moves weight between two cuts as far as it improves the model. Returns the minimum of the cuts and their
    /// weighted sum, both before the move.
    fn improve(&mut self, duals: &mut [f64], step: f64) -> (f64, f64) {
        let (mut low, mut high) = ((f64::INFINITY, 0), (f64::NEG_INFINITY, 0));
        let mut weighed = 0.0;
        for (at, cut) in self.cuts.iter().enumerate() {
            let value = cut.at(duals);
            if value < low.0 {
                low = (value, at);
            }
            if cut.weight > 0.0 {
                weighed += cut.weight * value;
                if value > high.0 {
                    high = (value, at);
                }
            }
        }
        if low.1 != high.1 && high.0 > low.0 {
            let square = distance(&self.cuts[low.1].pays, &self.cuts[high.1].pays);
            let wanted = (high.0 - low.0) / (step * square).max(1e-12);
            let all = self.cuts[high.1].weight;
            let moved = wanted.min(all);
            self.cuts[high.1].weight = if wanted >= all { 0.0 } else { all - moved };
            self.cuts[low.1].weight += moved;
            for (at, sign) in [(low.1, 1.0), (high.1, -1.0)] {
                for &(dual, times) in &self.cuts[at].pays {
                    duals[dual as usize] += step * sign * moved * times;
                }
            }
            self.cuts[low.1].unused = 0;
        }
        (self.mass * low.0, weighed)
    }
}

/// The squared distance of two sparse vectors.
fn distance(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() || j < b.len() {
        let difference = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                (i, j) = (i + 1, j + 1);
                x.1 - y.1
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                i += 1;
                x.1
            }
            (_, Some(y)) => {
                j += 1;
                y.1
            }
            _ => break,
        };
        sum += difference * difference;
    }
    sum
}
