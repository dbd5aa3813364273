//! The front door: the travel times of a document.

use super::addresses::with_coordinates;
use super::extract::Extract;
use super::geometry::LatLon;
use super::places::Places;
use super::road::RoadGraph;
use super::straight::{self, TOO_LONG};
use super::streets;
use super::stretches::{FAR, Stretches};
use crate::error::{Error, ErrorKind, GO_ON, Mistake, Result, Stop, unless_stopped};
use crate::model::TravelTimes;
use crate::model::document::{Document, Matrices, Mode, ModeTable, Osm, Streets, Travel};
use crate::model::strays::{Stray, strays};
use crate::model::validate::places_and_travel;
use std::borrow::Cow;
use std::path::Path;

/// How long it takes from every place of a document to every other, for each mode that some nurse uses. Places that are given by
/// address are looked up in the extract.
///
/// `base` is the folder of the document; the file of an OpenStreetMap extract is found from there.
/// It must be a plain file within that folder: a document from elsewhere cannot make the program read other files, nor wait
/// for a pipe or a device.
///
/// # Units
/// Whole seconds, rounded up once for each pair, the mode's time per stop included. 0 between equal
/// coordinates. Pairs that nobody can travel in the mode (from home to home, and the homes of nurses who
/// use another mode) are never a mistake and hold at most [`TravelTimes::LONGEST`].
///
/// # Errors
/// Each error holds every mistake of its kind. As [`Document::validate`] for lists that are too long (`TooLarge`) and
/// for places and travel (`Document`), which are checked here too; `TooLarge` for too large an extract, `File` for one
/// that cannot be read, `Format` for one that is none, `Feature` where it needs the feature `osm`; `Travel` for an
/// address that does not name one place, for a place too far from a road, and for a street or a way of more than a day.
///
/// # Complexity
/// O(n²) for n places; on roads also what [`RoadGraph::matrix`] says.
pub fn times(document: &Document, base: &Path) -> Result<TravelTimes> {
    located_times(document, base, GO_ON).map(|(_, times)| times)
}

/// The document with coordinates for its addresses, and its [`times()`]; `stop` ends the work early.
pub(crate) fn located_times<'d>(
    document: &'d Document,
    base: &Path,
    stop: Stop<'_>,
) -> Result<(Cow<'d, Document>, TravelTimes)> {
    places_and_travel(document)?;
    unless_stopped(stop)?;
    let (document, extract) = with_coordinates(document, base, stop)?;
    let places = Places::of(&document);
    let mut filled = Filled::new(&places);
    match &document.travel {
        Travel::Straight(straight) => {
            let points = places.coordinates();
            for mode in places.modes() {
                let matrix = straight::matrix(straight, mode, &points, stop);
                unless_stopped(stop)?;
                filled.fill(mode, matrix);
            }
        }
        Travel::Matrix(matrices) => {
            for mode in places.modes() {
                filled.fill(mode, explicit(matrices, mode, &places));
            }
        }
        Travel::Streets(streets) => {
            let points = places.coordinates();
            for mode in places.modes() {
                filled.too_long(streets, mode);
                let stretches = streets::stretches(streets, mode);
                filled.on_roads(&stretches, mode, &points, &Roads::of_streets(streets), stop)?;
            }
        }
        Travel::Osm(osm) => {
            let points = places.coordinates();
            let extract = match extract {
                Some(extract) => extract,
                None => Extract::of_document(base, &osm.file)?,
            };
            let roads = extract.roads(stop)?;
            for mode in places.modes() {
                unless_stopped(stop)?;
                let stretches = roads.stretches(mode, &osm.modes);
                filled.on_roads(&stretches, mode, &points, &Roads::of_osm(osm), stop)?;
            }
        }
    }
    let times = filled.finish()?;
    Ok((document, times))
}

impl RoadGraph {
    /// The graph of the streets inside a document for a mode.
    ///
    /// # Errors
    /// `Travel` where the mode may use none of them. Streets that [`Document::validate`] would refuse and
    /// those of more than a day are left out.
    pub fn from_streets(streets: &Streets, mode: Mode) -> Result<Self> {
        let roads = Roads::of_streets(streets);
        Self::new(&streets::stretches(streets, mode))
            .ok_or_else(|| Error::new(ErrorKind::Travel, roads.none(mode)))
    }

    /// The graph of an OpenStreetMap extract (`.osm.pbf`) for a mode, at its speed in the table.
    ///
    /// # Errors
    /// `File` for a file that cannot be read, `TooLarge` and `Format` as [`super::read_osm`], `Feature`
    /// without the feature `osm`, `Travel` for an extract without roads for the mode.
    pub fn from_osm(path: &Path, mode: Mode, modes: &ModeTable) -> Result<Self> {
        Self::new(&Extract::open(path)?.roads(GO_ON)?.stretches(mode, modes))
            .ok_or_else(|| Error::new(ErrorKind::Travel, no_roads("travel.osm", mode)))
    }
}

/// Where roads stand in the document, for messages.
struct Roads<'a> {
    path: &'static str,
    modes: &'a ModeTable,
    snap_metres: f64,
    too_far: &'static str,
}

impl<'a> Roads<'a> {
    fn of_streets(streets: &'a Streets) -> Self {
        let too_far = "check the coordinates, or add the streets that lead there";
        Self { path: "travel.streets", modes: &streets.modes, snap_metres: streets::SNAP_METRES, too_far }
    }

    fn of_osm(osm: &'a Osm) -> Self {
        let too_far =
            "check the coordinates and that the extract covers them, or raise travel.osm.snap_metres";
        Self { path: "travel.osm", modes: &osm.modes, snap_metres: osm.snap_metres, too_far }
    }

    fn none(&self, mode: Mode) -> Mistake {
        no_roads(self.path, mode)
    }
}

fn no_roads(path: &str, mode: Mode) -> Mistake {
    let problem = format!("no road that may be used in the mode {}", mode.name());
    Mistake::new(path, problem, "give roads for every mode that a nurse uses, or change the nurse's mode")
}

/// The rows and columns of a checked matrix that belong to the places.
fn explicit(matrices: &Matrices, mode: Mode, places: &Places<'_>) -> Vec<u32> {
    let rows: Vec<usize> = places.iter().map(|(_, place)| place.index.unwrap_or(0) as usize).collect();
    let value = |from: usize, to: usize| matrices.of(mode)?.get(from)?.get(to).copied();
    let pairs = rows.iter().flat_map(|&from| rows.iter().map(move |&to| (from, to)));
    pairs.map(|(from, to)| value(from, to).unwrap_or(TOO_LONG)).collect()
}

/// Travel times in the making, with the mistakes found on the way.
struct Filled<'a> {
    places: &'a Places<'a>,
    times: TravelTimes,
    wrong: Vec<Mistake>,
    /// Places far from all others. Each is reported itself, instead of the way to it from every other place.
    strays: Vec<Stray>,
}

impl<'a> Filled<'a> {
    fn new(places: &'a Places<'a>) -> Self {
        let (times, strays) = (TravelTimes::new(places.count()), strays(places.document()));
        Self { places, times, wrong: Vec::new(), strays }
    }

    fn finish(self) -> Result<TravelTimes> {
        let mut wrong = self.wrong;
        for mistake in &mut wrong {
            mistake.of = self.places.document().whose(&mistake.path);
        }
        Error::from_mistakes(ErrorKind::Travel, wrong).map(|()| self.times)
    }

    /// Takes over a matrix. For each place, the first other place that is more than a day away is a mistake.
    fn fill(&mut self, mode: Mode, mut seconds: Vec<u32>) {
        let count = self.places.count();
        let is_stray: Vec<bool> = (0..count)
            .map(|place| {
                !self.strays.is_empty() && self.strays.iter().any(|s| s.path == self.places.path(place))
            })
            .collect();
        for (from, row) in seconds.chunks_mut(count.max(1)).enumerate() {
            let too_long =
                |to: usize, time: u32| time > TravelTimes::LONGEST && self.places.needs(mode, from, to);
            let told_of_another = |to: usize| !is_stray[from] && is_stray[to];
            if is_stray[from] && (0..count).any(|to| too_long(to, row[to])) {
                let path = self.places.path(from);
                let is_told = self.wrong.iter().any(|mistake| mistake.path == path);
                if let Some(stray) = self.strays.iter().find(|stray| stray.path == path && !is_told) {
                    let (problem, mend) = stray.words();
                    self.wrong.push(Mistake::new(path, problem, mend));
                }
            } else if let Some(to) = (0..count).find(|&to| too_long(to, row[to]) && !told_of_another(to)) {
                self.wrong.push(Mistake::new(
                    self.places.path(from),
                    format!("more than a day to {} ({})", self.places.path(to), mode.name()),
                    "check the coordinates of both, and the speed",
                ));
            }
            for time in row {
                *time = (*time).min(TravelTimes::LONGEST);
            }
        }
        let fits = self.times.set(mode, seconds);
        debug_assert!(fits, "a matrix of the right size, clamped, with a zero diagonal");
    }

    /// Reports the streets that take more than a day.
    fn too_long(&mut self, streets: &Streets, mode: Mode) {
        self.wrong.extend(streets::too_long(streets, mode).map(|number| {
            Mistake::new(
                format!("travel.streets.streets[{number}]"),
                format!("takes more than a day ({})", mode.name()),
                "check nodes, metres and kmh",
            )
        }));
    }

    /// Snaps the places to roads, and takes over the times between them.
    fn on_roads(
        &mut self,
        stretches: &Stretches,
        mode: Mode,
        points: &[LatLon],
        roads: &Roads<'_>,
        stop: Stop<'_>,
    ) -> Result<()> {
        unless_stopped(stop)?;
        let Some(graph) = RoadGraph::new(stretches) else {
            self.wrong.push(roads.none(mode));
            return Ok(());
        };
        // Homes of nurses who use another mode stay out of the search.
        let (mut snaps, mut numbers) = (Vec::new(), Vec::new());
        for (i, &[lat, lon]) in points.iter().enumerate().filter(|&(i, _)| self.places.serves(mode, i)) {
            unless_stopped(stop)?;
            match graph.snap(lat, lon) {
                Some(snap) if snap.metres <= roads.snap_metres => {
                    snaps.push(snap);
                    numbers.push(i);
                }
                found => self.wrong.push(Mistake::new(
                    self.places.path(i),
                    match found {
                        Some(snap) => format!(
                            "the nearest road for the mode {} is {:.0} m away",
                            mode.name(),
                            snap.metres
                        ),
                        None => format!("no road for the mode {} in reach", mode.name()),
                    },
                    format!("{} (at most {:.0} m)", roads.too_far, roads.snap_metres),
                )),
            }
        }
        if !self.wrong.is_empty() {
            return Ok(());
        }
        let parking = roads.modes.of(mode).stop_seconds;
        let found = graph.matrix_until(&snaps, stop);
        unless_stopped(stop)?;
        let mut seconds = vec![TOO_LONG; points.len() * points.len()];
        for i in 0..points.len() {
            seconds[i * points.len() + i] = 0;
        }
        for (row, &from) in found.chunks(numbers.len().max(1)).zip(&numbers) {
            for (&time, &to) in row.iter().zip(&numbers) {
                let equal = points[from] == points[to];
                seconds[from * points.len() + to] = match time {
                    FAR => TOO_LONG,
                    _ if equal => 0,
                    time => time.div_ceil(1000).saturating_add(parking),
                };
            }
        }
        self.fill(mode, seconds);
        Ok(())
    }
}
