//! Travel times between the places of one document, per mode.
//!
//! # Example
//! ```
//! use kring::model::TravelTimes;
//! use kring::model::document::Mode;
//!
//! let mut times = TravelTimes::new(2);
//! assert!(times.set(Mode::Bicycle, vec![0, 240, 300, 0]));
//! assert_eq!(times.seconds(Mode::Bicycle, 1, 0), Some(300));
//! assert_eq!(times.seconds(Mode::Car, 1, 0), None, "no nurse drives");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::document::Mode;

/// Dense travel times between all places of a document.
///
/// # Units
/// Whole seconds. Place `i` is the home of nurse `i`; place `nurses + j` is the location of client `j`; then come the
/// other addresses of clients ([`Client::elsewhere`](super::document::Client::elsewhere)), client by client, the office
/// if there is one, and places of meetings that have one of their own. Indexed as `seconds(mode, from, to)`; the
/// diagonal is 0; asymmetric in general.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravelTimes {
    places: usize,
    seconds: [Option<Vec<u32>>; 3],
}

impl TravelTimes {
    /// Longest time accepted between two places, in seconds: a day.
    pub const LONGEST: u32 = 86_400;

    /// Times for `places` places without any mode yet.
    pub fn new(places: usize) -> Self {
        Self { places, seconds: [None, None, None] }
    }

    /// Sets the matrix of a mode, row by row; ignored (returns false) unless it has
    /// `places * places` entries of at most [`TravelTimes::LONGEST`] and a zero diagonal.
    #[must_use]
    pub fn set(&mut self, mode: Mode, seconds: Vec<u32>) -> bool {
        let fits = self.places.checked_mul(self.places) == Some(seconds.len())
            && seconds.iter().all(|&s| s <= Self::LONGEST)
            && (0..self.places).all(|i| seconds[i * self.places + i] == 0);
        if fits {
            self.seconds[mode.index()] = Some(seconds);
        }
        fits
    }

    /// Number of places.
    pub fn places(&self) -> usize {
        self.places
    }

    /// The matrix of a mode, row by row, if some nurse uses it.
    pub fn matrix(&self, mode: Mode) -> Option<&[u32]> {
        self.seconds[mode.index()].as_deref()
    }

    /// Seconds from a place to another; `None` for an unknown mode or place.
    pub fn seconds(&self, mode: Mode, from: usize, to: usize) -> Option<u32> {
        (from < self.places && to < self.places)
            .then(|| self.matrix(mode).map(|m| m[from * self.places + to]))
            .flatten()
    }
}
