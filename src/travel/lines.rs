//! What a map can show of the roads: streets, and the line of the way between two places.

use super::extract::Extract;
use super::geometry::LatLon;
use super::places::{Places, is_on_earth};
use super::road::RoadGraph;
use super::streets;
use super::ways::Ways;
use crate::error::{GO_ON, Result};
use crate::model::document::{Document, Mode, Travel};
use crate::model::validate::places_and_travel;
use std::path::Path;

/// The roads of a document, to be drawn: one graph for each mode that some nurse uses.
///
/// Documents with straight lines or matrices have no roads. Lines are for drawing only: they follow the roads that the
/// travel times were computed on, but times come from [`super::times()`].
pub struct RoadLines {
    /// By [`Mode::index`].
    graphs: [Option<RoadGraph>; 3],
}

/// Finds ways on one mode's roads; made once by [`RoadLines::drawer`] and used for many pairs.
pub struct Drawer<'r> {
    graph: &'r RoadGraph,
    ways: Ways<'r>,
}

impl RoadLines {
    /// The roads of a document; `base` is the folder of the document, as for [`super::times()`]. Modes
    /// without roads have no lines.
    ///
    /// # Errors
    /// As [`super::times()`] for documents and extracts that cannot be read.
    ///
    /// # Complexity
    /// That of reading the extract; O(n log n) for n stretches of road in each mode.
    pub fn new(document: &Document, base: &Path) -> Result<Self> {
        places_and_travel(document)?;
        let mut graphs = [None, None, None];
        // The roads do not depend on where people live, so addresses need not be looked up.
        let places = Places::of(document);
        match &document.travel {
            Travel::Straight(_) | Travel::Matrix(_) => {}
            Travel::Streets(inside) => {
                for mode in places.modes() {
                    graphs[mode.index()] = RoadGraph::new(&streets::stretches(inside, mode));
                }
            }
            Travel::Osm(osm) => {
                let extract = Extract::of_document(base, &osm.file)?.roads(GO_ON)?;
                for mode in places.modes() {
                    graphs[mode.index()] = RoadGraph::new(&extract.stretches(mode, &osm.modes));
                }
            }
        }
        Ok(Self { graphs })
    }

    /// The drawer of ways in a mode; `None` where the mode has no roads.
    pub fn drawer(&self, mode: Mode) -> Option<Drawer<'_>> {
        let graph = self.graphs[mode.index()].as_ref()?;
        Some(Drawer { graph, ways: Ways::of(graph) })
    }

    /// The straight pieces of all roads within a box (least and greatest latitude and longitude), of the
    /// first mode that has roads: a piece counts where one of its ends lies within. At most `most`
    /// pieces; nothing where there are more, since a part of the streets would mislead.
    pub fn streets(&self, bounds: [LatLon; 2], most: usize) -> Vec<[LatLon; 2]> {
        let [low, high] = bounds;
        let inside = |p: &LatLon| (low[0]..=high[0]).contains(&p[0]) && (low[1]..=high[1]).contains(&p[1]);
        // The graphs stand in order of how many streets a mode may use: walkers most, then cyclists.
        let Some(graph) = self.graphs.iter().flatten().next() else { return Vec::new() };
        let mut found = Vec::new();
        for road in &graph.roads {
            let first = road.first as usize;
            let points = graph.points.get(first..=first + road.pieces as usize).unwrap_or_default();
            for pair in points.windows(2).map(|pair| [pair[0].place, pair[1].place]) {
                if pair.iter().any(inside) {
                    found.push(pair);
                }
            }
            if found.len() > most {
                return Vec::new();
            }
        }
        found
    }
}

impl Drawer<'_> {
    /// The line from one place to another (latitude and longitude in degrees) over the roads, the places
    /// themselves at its ends; `None` where no way is found.
    pub fn line(&self, from: LatLon, to: LatLon) -> Option<Vec<LatLon>> {
        if !is_on_earth(from) || !is_on_earth(to) {
            return None;
        }
        let (start, end) = (self.graph.snap(from[0], from[1])?, self.graph.snap(to[0], to[1])?);
        let mut line = vec![from];
        line.extend(self.ways.between(&start, &end)?);
        line.push(to);
        line.dedup();
        Some(line)
    }
}
