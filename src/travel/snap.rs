//! From a point to the nearest place on a road.

use super::geometry::{LatLon, from_mercator, mercator, metres, nearest_share};
use super::road::{OnRoad, RoadGraph};

/// A point brought to the nearest place on the roads of a [`RoadGraph`]. It belongs to the graph that made it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// Metres between the point and the road, as the crow flies.
    pub metres: f64,
    /// Latitude and longitude of the place on the road, in degrees.
    pub on_road: [f64; 2],
    /// The point itself.
    pub(super) point: LatLon,
    /// Milliseconds between point and road.
    pub(super) off_road: u32,
    /// The road, and how far along it: points passed, and the share of the next piece.
    pub(super) road: u32,
    pub(super) along: f64,
    /// Milliseconds along the road from its first end, and to its first end.
    pub(super) ahead: u32,
    pub(super) back: u32,
    /// Milliseconds from here to either end; [`super::FAR`] where closed.
    pub(super) leave: [u32; 2],
    /// Milliseconds from either end to here; [`super::FAR`] where closed.
    pub(super) reach: [u32; 2],
}

impl RoadGraph {
    /// Brings a point (latitude and longitude in degrees) to the nearest place on a road that may
    /// have doors; `None` where there is none, or for a point that is not on earth.
    ///
    /// Only the largest connected part of the roads is looked at, so that every snapped point can be reached from every
    /// other. The caller decides which distance is too far ([`Snap::metres`]).
    ///
    /// # Complexity
    /// O(log n) on average for n pieces of road.
    pub fn snap(&self, lat: f64, lon: f64) -> Option<Snap> {
        let point = [lat, lon];
        if !super::places::is_on_earth(point) {
            return None;
        }
        let flat = mercator(point);
        let piece = self.pieces.nearest_neighbor(flat)?;
        let (line, OnRoad { road: number, at }) = (piece.geom(), piece.data);
        let share = nearest_share(line.from, line.to, flat);
        let road = self.roads.get(number as usize)?;
        let first = road.first as usize + at as usize;
        let (a, b) = (self.points.get(first)?, self.points.get(first + 1)?);
        // At an end of the piece, take its exact point: the conversion back from the map rounds.
        let on_road = match share {
            0.0 => a.place,
            1.0 => b.place,
            _ => from_mercator(line.nearest_point(&flat)),
        };
        let part = |from: u32, to: u32| from + (f64::from(to.saturating_sub(from)) * share).round() as u32;
        let (ahead, back) = (part(a.ahead, b.ahead), part(a.back, b.back));
        let along = f64::from(at) + share;
        let distance = metres(point, on_road);
        Some(Snap {
            metres: distance,
            on_road,
            point,
            off_road: (distance * self.seconds_per_metre * 1000.0).round() as u32,
            road: number,
            along,
            ahead,
            back,
            leave: road.leave(along, ahead, back),
            reach: road.reach(along, ahead, back),
        })
    }
}
