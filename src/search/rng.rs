//! Random numbers: one stable stream per seed and worker.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng};

/// A worker's source of chance.
#[derive(Debug, Clone)]
pub(crate) struct Rng(Xoshiro256PlusPlus);

impl Rng {
    /// The stream of a worker: streams of one seed are 2^128 numbers apart.
    pub(crate) fn new(seed: u64, worker: usize) -> Self {
        let mut stream = Xoshiro256PlusPlus::seed_from_u64(seed);
        for _ in 0..worker {
            stream.jump();
        }
        Self(stream)
    }

    /// A number in `0..n`; 0 for `n` = 0.
    #[inline]
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// A number in `0.0..1.0`.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of some choices, drawn with a probability proportional to its share; `None` if there are none.
    #[inline]
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[(f64, T)]) -> Option<T> {
        let mut roll = self.unit() * choices.iter().map(|(share, _)| share).sum::<f64>();
        let chosen = choices.iter().find(|(share, _)| {
            roll -= share;
            roll < 0.0
        });
        // By rounding, the roll may be just above the sum of the shares.
        chosen.or(choices.last()).map(|&(_, choice)| choice)
    }

    /// True with a probability.
    #[inline]
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }
}

/// Reservoir sampling: one of the things that are shown one after the other, each with equal probability.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reservoir<T> {
    shown: usize,
    chosen: Option<T>,
}

impl<T> Reservoir<T> {
    /// Nothing shown yet.
    pub(crate) fn empty() -> Self {
        Self { shown: 0, chosen: None }
    }

    /// Shows one more.
    #[inline]
    pub(crate) fn show(&mut self, one: T, rng: &mut Rng) {
        self.shown += 1;
        if rng.below(self.shown) == 0 {
            self.chosen = Some(one);
        }
    }

    /// The one chosen; `None` if nothing was shown.
    pub(crate) fn chosen(self) -> Option<T> {
        self.chosen
    }
}
