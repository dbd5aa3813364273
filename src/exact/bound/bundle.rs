//! Where to look next: rewards that the parts seen so far say are best, not too far from the best known.
//!
//! A part (a client, a class of shifts) answers rewards with its cheapest choice; each answer bounds what
//! it costs at any rewards (a plane). The model is the sum over the parts of the lowest of their planes.
//! Next are the rewards that maximize the model less the squared distance to the centre over twice the
//! step. The dual of that is a quadratic programme over the weights of planes; each part's planes weigh as
//! much as there are of it. It is solved by moving weight from the dearest plane in use to the cheapest,
//! part after part.
//!
//! # References
//! Kiwiel (1990), "Proximity control in bundle methods for convex nondifferentiable minimization",
//! Mathematical Programming 46. Kallehauge, Larsen, Madsen (2006), "Lagrangian duality applied to the
//! vehicle routing problem with time windows", Computers & Operations Research 33(5). Swoboda, Kolmogorov
//! (2019), "MAP inference via block-coordinate Frank-Wolfe algorithm", CVPR: planes kept for each part.

/// Most work before new rewards are tried: planes evaluated. A second or less.
const MOST_WORK: usize = 20_000_000;

/// The quadratic programme is solved when its duality gap is below this share of the rise hoped for.
const SOLVED: f64 = 0.1;

/// Rounds that a plane of no weight is kept.
const KEPT: u32 = 25;

/// An answer of a part: its cost and how often it earns each reward (tours) or pays it (clients, below 0).
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub(super) cost: f64,
    /// Reward and how often the part pays it; below 0: earns it. In rising order, without zeros.
    pub(super) pays: Vec<(u32, f64)>,
    /// The stops of a tour, to tell which are still allowed.
    pub(super) stops: Vec<u32>,
    weight: f64,
    unused: u32,
}

impl Plane {
    /// A choice or a tour. `rewards` may repeat.
    pub(super) fn new(cost: i64, rewards: impl Iterator<Item = u32>, sign: f64, stops: Vec<u32>) -> Self {
        let mut all: Vec<u32> = rewards.collect();
        all.sort_unstable();
        let mut pays: Vec<(u32, f64)> = Vec::with_capacity(all.len());
        for reward in all {
            match pays.last_mut() {
                Some((last, times)) if *last == reward => *times += sign,
                _ => pays.push((reward, sign)),
            }
        }
        Self { cost: cost as f64, pays, stops, weight: 0.0, unused: 0 }
    }

    fn at(&self, rewards: &[f64]) -> f64 {
        self.pays.iter().fold(self.cost, |sum, &(reward, times)| sum + times * rewards[reward as usize])
    }
}

/// What the model says of the next rewards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Model {
    /// Its value there.
    pub(super) value: f64,
    /// Whether the quadratic programme was solved; else the step is too long for it.
    pub(super) is_solved: bool,
}

/// The planes of one part.
struct Part {
    mass: f64,
    planes: Vec<Plane>,
}

/// The model, its centre and its step.
pub(super) struct Bundle {
    parts: Vec<Part>,
    centre: Vec<f64>,
    rewards: Vec<f64>,
    step: f64,
}

impl Bundle {
    /// Parts by how many there are of each. Their planes are to be added before [`Self::solve`].
    pub(super) fn new(masses: impl Iterator<Item = f64>, centre: Vec<f64>) -> Self {
        let parts = masses.map(|mass| Part { mass, planes: Vec::new() }).collect();
        Self { parts, rewards: centre.clone(), centre, step: 1.0 }
    }

    /// The rewards to try.
    pub(super) fn rewards(&self) -> &[f64] {
        &self.rewards
    }

    pub(super) fn step(&self) -> f64 {
        self.step
    }

    /// Number of planes.
    pub(super) fn planes(&self) -> usize {
        self.parts.iter().map(|part| part.planes.len()).sum()
    }

    /// Adds an answer of a part, unless it is known. The first of a part takes all its weight.
    pub(super) fn add(&mut self, part: usize, mut plane: Plane) {
        let part = &mut self.parts[part];
        if part.planes.iter().any(|known| known.cost == plane.cost && known.pays == plane.pays) {
            return;
        }
        if part.planes.is_empty() {
            plane.weight = part.mass;
        }
        part.planes.push(plane);
    }

    /// Drops the planes of a part that it would no longer answer; their weight goes to the first, which stays.
    pub(super) fn retain(&mut self, part: usize, keep: impl Fn(&Plane) -> bool) {
        let part = &mut self.parts[part];
        let (mut freed, mut is_first) = (0.0, true);
        part.planes.retain(|plane| {
            let stays = std::mem::take(&mut is_first) || keep(plane);
            freed += if stays { 0.0 } else { plane.weight };
            stays
        });
        part.planes[0].weight += freed;
    }

    /// Makes the rewards tried last the centre.
    pub(super) fn move_centre(&mut self, rewards: &[f64]) {
        self.centre.copy_from_slice(rewards);
    }

    /// Makes the centre the rewards to try.
    pub(super) fn return_to_centre(&mut self) {
        self.rewards.copy_from_slice(&self.centre);
    }

    pub(super) fn set_step(&mut self, step: f64) {
        self.step = step.clamp(1e-9, 1e15);
    }

    /// A step with which the planes' sum moves the rewards so far that the model would rise by `gain`.
    pub(super) fn set_step_for(&mut self, gain: f64) {
        let square: f64 = self.slope().iter().map(|s| s * s).sum();
        self.set_step(gain / square.max(1e-9));
    }

    /// The weighed sum of all planes: what is paid but not earned of each reward.
    fn slope(&self) -> Vec<f64> {
        let mut slope = vec![0.0; self.centre.len()];
        for plane in self.parts.iter().flat_map(|part| &part.planes).filter(|plane| plane.weight > 0.0) {
            for &(reward, times) in &plane.pays {
                slope[reward as usize] += plane.weight * times;
            }
        }
        slope
    }

    /// Finds the next rewards. `known` is the best value known, at the centre.
    pub(super) fn solve(&mut self, known: f64, stop: &dyn Fn() -> bool) -> Model {
        for part in &mut self.parts {
            part.planes.iter_mut().for_each(|plane| plane.unused += 1);
        }
        let slope = self.slope();
        for (at, centre) in self.centre.iter().enumerate() {
            self.rewards[at] = centre + self.step * slope[at];
        }
        let passes = MOST_WORK / self.planes().max(1);
        let mut is_solved = false;
        for pass in 0..passes {
            let (mut low, mut used) = (0.0, 0.0);
            for part in &mut self.parts {
                let (least, weighed) = part.improve(&mut self.rewards, self.step);
                low += least;
                used += weighed;
            }
            // `used - low` is the duality gap, but that the rewards moved on from part to part.
            if used - low <= SOLVED * (low - known) {
                is_solved = true;
                break;
            }
            if pass % 16 == 0 && stop() {
                break;
            }
        }
        let value = self.parts.iter().map(|part| part.low(&self.rewards)).sum();
        for part in &mut self.parts {
            let mut is_first = true;
            part.planes
                .retain(|plane| std::mem::take(&mut is_first) || plane.weight > 0.0 || plane.unused <= KEPT);
        }
        Model { value, is_solved }
    }
}

impl Part {
    fn low(&self, rewards: &[f64]) -> f64 {
        self.mass * self.planes.iter().map(|plane| plane.at(rewards)).fold(f64::INFINITY, f64::min)
    }

    /// Moves weight between two planes as far as it pays. Returns the least of the planes and their weighed
    /// sum, both before.
    fn improve(&mut self, rewards: &mut [f64], step: f64) -> (f64, f64) {
        let (mut low, mut high) = ((f64::INFINITY, 0), (f64::NEG_INFINITY, 0));
        let mut weighed = 0.0;
        for (at, plane) in self.planes.iter().enumerate() {
            let value = plane.at(rewards);
            if value < low.0 {
                low = (value, at);
            }
            if plane.weight > 0.0 {
                weighed += plane.weight * value;
                if value > high.0 {
                    high = (value, at);
                }
            }
        }
        if low.1 != high.1 && high.0 > low.0 {
            let square = distance(&self.planes[low.1].pays, &self.planes[high.1].pays);
            let wanted = (high.0 - low.0) / (step * square).max(1e-12);
            let all = self.planes[high.1].weight;
            let moved = wanted.min(all);
            self.planes[high.1].weight = if wanted >= all { 0.0 } else { all - moved };
            self.planes[low.1].weight += moved;
            for (at, sign) in [(low.1, 1.0), (high.1, -1.0)] {
                for &(reward, times) in &self.planes[at].pays {
                    rewards[reward as usize] += step * sign * moved * times;
                }
            }
            self.planes[low.1].unused = 0;
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
