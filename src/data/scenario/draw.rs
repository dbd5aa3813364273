//! Random numbers that are the same on every machine.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
pub(super) struct Draw(Xoshiro256PlusPlus);

impl Draw {
    /// The stream of a subject under a seed; streams do not overlap.
    pub(super) fn new(seed: u64, subject: u32) -> Self {
        let mut stream = Xoshiro256PlusPlus::seed_from_u64(seed);
        (0..subject).for_each(|_| stream.jump());
        Self(stream)
    }

    /// A number below `n`; 0 where `n` is 0. The bias of at most n / 2^64 does not matter here.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// A whole number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// A multiple of `step` from `least` to `most`.
    pub(super) fn stepped(&mut self, least: usize, most: usize, step: usize) -> usize {
        least + step * self.below(most.saturating_sub(least) / step + 1)
    }

    /// A number from 0 to below 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from `-most` to below `most`.
    pub(super) fn around(&mut self, most: f64) -> f64 {
        (self.unit() * 2.0 - 1.0) * most
    }

    /// True with a probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A random entry of a list; `None` where it is empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// Puts a list in random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}
