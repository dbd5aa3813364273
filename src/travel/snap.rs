//! From a point to the nearest place on a road.

use super::geometry::{LatLon, between, from_mercator, mercator, metres, nearest_share};
use super::road::RoadGraph;
use rstar::{AABB, PointDistance, RTreeObject};

/// A point brought to the nearest place on the roads of a [`RoadGraph`]. Belongs to the graph that
/// made it.
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

/// One straight piece of a road in the tree: point number `at` of its road to the next.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    ends: [[f64; 2]; 2],
    pub(super) road: u32,
    pub(super) at: u32,
}

impl Piece {
    pub(super) fn new(from: LatLon, to: LatLon, road: u32, at: u32) -> Self {
        Self { ends: [mercator(from), mercator(to)], road, at }
    }

    /// Where on the piece the nearest point lies, from 0 to 1.
    pub(super) fn share(&self, point: [f64; 2]) -> f64 {
        nearest_share(self.ends[0], self.ends[1], point)
    }

    fn at_share(&self, share: f64) -> [f64; 2] {
        between(self.ends[0], self.ends[1], share)
    }
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let [x, y] = self.at_share(self.share(*point));
        let (x, y) = (x - point[0], y - point[1]);
        x * x + y * y
    }
}

impl RoadGraph {
    /// Brings a point (latitude and longitude in degrees) to the nearest place on a road that may
    /// have doors; `None` where there is none, or for a point that is not on earth.
    ///
    /// Only the largest connected part of the roads is looked at, so that every snapped point can be
    /// reached from every other. How far is too far is for the caller to say ([`Snap::metres`]).
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
        let share = piece.share(flat);
        let road = self.roads.get(piece.road as usize)?;
        let first = road.first as usize + piece.at as usize;
        let (a, b) = (self.points.get(first)?, self.points.get(first + 1)?);
        // Exactly the ends where it is one of them, for the way back from the map rounds.
        let on_road = match share {
            0.0 => a.place,
            1.0 => b.place,
            _ => from_mercator(piece.at_share(share)),
        };
        let part = |from: u32, to: u32| from + (f64::from(to.saturating_sub(from)) * share).round() as u32;
        let (ahead, back) = (part(a.ahead, b.ahead), part(a.back, b.back));
        let along = f64::from(piece.at) + share;
        let distance = metres(point, on_road);
        Some(Snap {
            metres: distance,
            on_road,
            point,
            off_road: (distance * self.seconds_per_metre * 1000.0).round() as u32,
            road: piece.road,
            along,
            ahead,
            back,
            leave: road.leave(along, ahead, back),
            reach: road.reach(along, ahead, back),
        })
    }
}
