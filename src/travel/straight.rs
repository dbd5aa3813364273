//! Straight lines: great-circle distance times a detour factor, at a speed per mode.

use super::geometry::{LatLon, metres};
use crate::error::Stop;
use crate::model::TravelTimes;
use crate::model::document::{Mode, Straight};
use rayon::prelude::*;

/// A time beyond any accepted one; the caller names the two places in its message.
pub(super) const TOO_LONG: u32 = TravelTimes::LONGEST + 1;

/// Seconds between all points, row by row, rounded up; 0 between equal coordinates, and
/// [`TOO_LONG`] beyond a day. Rows are left out once `stop` says so.
///
/// # Complexity
/// O(n²) for n points, rows in parallel.
pub(super) fn matrix(straight: &Straight, mode: Mode, points: &[LatLon], stop: Stop<'_>) -> Vec<u32> {
    let mut seconds = vec![0; points.len() * points.len()];
    if points.is_empty() {
        return seconds;
    }
    seconds.par_chunks_mut(points.len()).zip(points).for_each(|(row, &from)| {
        if stop() {
            return;
        }
        for (cell, &to) in row.iter_mut().zip(points) {
            *cell = between(straight, mode, from, to);
        }
    });
    seconds
}

fn between(straight: &Straight, mode: Mode, from: LatLon, to: LatLon) -> u32 {
    if from == to {
        return 0;
    }
    let speed = straight.modes.of(mode);
    let riding = (metres(from, to) * straight.detour * 3.6 / speed.kmh).ceil();
    let whole = riding + f64::from(speed.stop_seconds);
    if whole <= f64::from(TravelTimes::LONGEST) { whole as u32 } else { TOO_LONG }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::GO_ON;

    #[test]
    fn a_hundredth_of_a_degree_north_by_bicycle() {
        // 1,111.9508 m * 1.3 = 1,445.536 m; at 14 km/h = 3.8889 m/s: 371.71 s, so 372; and 60 s to lock.
        let points = [[52.00, 4.36], [52.01, 4.36], [52.00, 4.36]];
        let seconds = matrix(&Straight::default(), Mode::Bicycle, &points, GO_ON);
        assert_eq!(seconds, [0, 432, 0, 432, 0, 432, 0, 432, 0]);
    }

    #[test]
    fn across_the_world_on_foot_is_too_long() {
        let seconds = matrix(&Straight::default(), Mode::Walk, &[[0.0, 0.0], [0.0, 90.0]], GO_ON);
        assert_eq!(seconds, [0, TOO_LONG, TOO_LONG, 0]);
    }
}
