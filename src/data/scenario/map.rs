//! Streets in metres, as they are drawn, before they become coordinates.

use super::draw::Draw;
use crate::model::document::{ModeTable, Place, Street, StreetUse, Streets};

/// The middle of every made-up map.
const MIDDLE: (f64, f64) = (52.1, 5.2);
/// Metres to a degree of latitude, and to one of longitude at the middle. Plain factors rather than
/// a projection: sines differ in their last digit from machine to machine.
const METRES_PER_DEGREE: (f64, f64) = (111_260.0, 68_510.0);

/// Longest distance from a front door to the nearest road for cars, in metres. Beyond 2,000 a document is refused.
const FARTHEST: f64 = 1_900.0;
/// This many front doors are tried before [`Map::within_reach`] takes the middle of the map instead.
const TRIES: usize = 100;

/// A point in metres east and north of the middle.
pub(super) type Point = (f64, f64);

/// Streets with the addresses along them.
#[derive(Default)]
pub(super) struct Map {
    pub(super) nodes: Vec<Point>,
    pub(super) streets: Vec<Street>,
    pub(super) modes: ModeTable,
    /// Where clients live, one address for each, in no order: they are shuffled before they are given to clients.
    pub(super) addresses: Vec<Point>,
    /// Homes of nurses are drawn within this distance of the middle, in metres.
    pub(super) homes_within: f64,
}

impl Map {
    /// Adds a crossing.
    pub(super) fn add_node(&mut self, at: Point) -> usize {
        self.nodes.push(at);
        self.nodes.len() - 1
    }

    /// Adds a street for everyone, with a speed limit.
    pub(super) fn add_street(&mut self, from: usize, to: usize, kmh: f64) -> &mut Street {
        self.streets.push(Street {
            from: from as u32,
            to: to as u32,
            metres: None,
            kmh: Some(kmh),
            one_way: false,
            use_by: StreetUse::All,
        });
        let last = self.streets.len() - 1;
        &mut self.streets[last]
    }

    /// Draws front doors until a road for cars is near one: nobody lives halfway along a long cycle path.
    pub(super) fn within_reach(&self, draw: &mut Draw, door: impl Fn(&mut Draw) -> Point) -> Point {
        let mut tries = (0..TRIES).map(|_| door(draw));
        tries.find(|&door| self.is_near_a_road(door)).unwrap_or((0.0, 0.0))
    }

    fn is_near_a_road(&self, point: Point) -> bool {
        let roads = self.streets.iter().enumerate().filter(|(_, street)| street.use_by == StreetUse::All);
        roads.map(|(street, _)| self.ends(street)).any(|(a, b)| to_stretch(point, a, b) <= FARTHEST)
    }

    /// A front door along a street, a few metres off the road.
    pub(super) fn door(&self, street: usize, draw: &mut Draw) -> Point {
        let (a, b) = self.ends(street);
        let along = 0.15 + 0.7 * draw.unit();
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = distance(a, b).max(1.0);
        let off = if draw.chance(0.5) { 8.0 } else { -8.0 };
        (a.0 + dx * along - dy / length * off, a.1 + dy * along + dx / length * off)
    }

    /// A front door on a random street whose middle lies within a distance of a point; on the nearest street if there
    /// is none.
    pub(super) fn door_near(&self, point: Point, within: f64, draw: &mut Draw) -> Point {
        let far = |&street: &usize| {
            let (a, b) = self.ends(street);
            distance(((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0), point)
        };
        let near: Vec<usize> = (0..self.streets.len()).filter(|street| far(street) <= within).collect();
        let nearest = || (0..self.streets.len()).min_by(|a, b| far(a).total_cmp(&far(b)));
        match draw.pick(&near).copied().or_else(nearest) {
            Some(street) => self.door(street, draw),
            None => point,
        }
    }

    fn ends(&self, street: usize) -> (Point, Point) {
        let Street { from, to, .. } = self.streets[street];
        (self.nodes[from as usize], self.nodes[to as usize])
    }

    /// The streets in the form of the document.
    pub(super) fn into_streets(self) -> Streets {
        let degrees = |&point: &Point| {
            let (lat, lon) = degrees(point);
            [lat, lon]
        };
        Streets { nodes: self.nodes.iter().map(degrees).collect(), streets: self.streets, modes: self.modes }
    }
}

/// The straight distance in metres.
pub(super) fn distance(a: Point, b: Point) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

/// The straight distance in metres from a point to the stretch between two others.
fn to_stretch(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let along = ((point.0 - a.0) * dx + (point.1 - a.1) * dy) / (dx * dx + dy * dy).max(1.0);
    let along = along.clamp(0.0, 1.0);
    distance(point, (a.0 + dx * along, a.1 + dy * along))
}

/// A point as a place of the document.
pub(super) fn place(point: Point) -> Place {
    let (lat, lon) = degrees(point);
    Place::at(lat, lon)
}

/// Converts a place of the document back to metres.
pub(super) fn point(place: &Place) -> Point {
    let (lat, lon) = place.coordinates().unwrap_or(MIDDLE);
    ((lon - MIDDLE.1) * METRES_PER_DEGREE.1, (lat - MIDDLE.0) * METRES_PER_DEGREE.0)
}

/// Latitude and longitude, rounded to five decimals: about a metre.
fn degrees((x, y): Point) -> (f64, f64) {
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    (round(MIDDLE.0 + y / METRES_PER_DEGREE.0), round(MIDDLE.1 + x / METRES_PER_DEGREE.1))
}
