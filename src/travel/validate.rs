//! What a document says about places and travel, checked before anything is computed.

use super::places::{Places, coordinate_mistake, is_on_earth};
use super::streets::stretch_of;
use crate::error::Mistake;
use crate::model::TravelTimes;
use crate::model::document::{Document, Matrices, Mode, ModeTable, Osm, Straight, Streets, Travel};

/// Most rows of an explicit matrix.
pub const MAX_ROWS: usize = 2_000;
/// Most nodes of a street graph inside a document.
pub const MAX_STREET_NODES: usize = 20_000;
/// Most streets of a street graph inside a document.
pub const MAX_STREETS: usize = 60_000;

/// Every mistake in the places and the `travel` section of a document, in the order of the document.
///
/// Use it to show these together with the mistakes of other sections; [`super::times`] checks the
/// same by itself. What needs the roads (a place too far from them, a missing file) is not looked at.
///
/// # Complexity
/// O(size of the document).
pub fn mistakes(document: &Document) -> Vec<Mistake> {
    let places = Places::of(document);
    let mut wrong = Vec::new();
    match &document.travel {
        Travel::Matrix(matrices) => {
            indexes(&places, matrices, &mut wrong);
            matrix_shapes(&places, matrices, &mut wrong);
        }
        others => {
            wrong.extend(places.coordinates().err().unwrap_or_default());
            match others {
                Travel::Straight(straight) => straight_values(straight, &mut wrong),
                Travel::Streets(streets) => street_values(streets, &mut wrong),
                Travel::Osm(osm) => osm_values(osm, &mut wrong),
                Travel::Matrix(_) => {}
            }
        }
    }
    wrong
}

fn within(wrong: &mut Vec<Mistake>, path: String, value: f64, least: f64, most: f64, unit: &str) {
    // Written so that NaN fails.
    if !(value >= least && value <= most) {
        wrong.push(Mistake::new(path, format!("{value} {unit}"), format!("give {least} to {most} {unit}")));
    }
}

fn speeds(path: &str, table: &ModeTable, wrong: &mut Vec<Mistake>) {
    for mode in Mode::ALL {
        let speed = table.of(mode);
        let name = mode.name();
        within(wrong, format!("{path}.modes.{name}.kmh"), speed.kmh, 0.1, 200.0, "km/h");
        let stop = f64::from(speed.stop_seconds);
        within(wrong, format!("{path}.modes.{name}.stop_seconds"), stop, 0.0, 3600.0, "s");
    }
}

fn straight_values(straight: &Straight, wrong: &mut Vec<Mistake>) {
    let path = "travel.straight";
    within(wrong, format!("{path}.detour"), straight.detour, 1.0, 10.0, "times the straight line");
    speeds(path, &straight.modes, wrong);
}

fn osm_values(osm: &Osm, wrong: &mut Vec<Mistake>) {
    let path = "travel.osm";
    if osm.file.is_empty() || osm.file.contains('\0') {
        let mend = "name an .osm.pbf file, relative to the document";
        wrong.push(Mistake::new(format!("{path}.file"), format!("{:?} names no file", osm.file), mend));
    }
    within(wrong, format!("{path}.snap_metres"), osm.snap_metres, 1.0, 10_000.0, "m");
    speeds(path, &osm.modes, wrong);
}

fn indexes(places: &Places<'_>, matrices: &Matrices, wrong: &mut Vec<Mistake>) {
    let rows = Mode::ALL.iter().filter_map(|&mode| matrices.of(mode)).map(Vec::len).min();
    for (i, place) in places.iter() {
        let path = places.path(i);
        match (place.index, rows) {
            (None, _) => wrong.push(Mistake::new(
                path.clone(),
                "no index",
                "give {\"index\": row of the travel matrices}, or another kind of travel",
            )),
            (Some(index), Some(rows)) if index as usize >= rows => wrong.push(Mistake::new(
                format!("{path}.index"),
                format!("{index} is beyond the {rows} rows of the travel matrices"),
                "count rows from 0",
            )),
            _ => {}
        }
        wrong.extend(coordinate_mistake(&path, place, false));
    }
}

fn matrix_shapes(places: &Places<'_>, matrices: &Matrices, wrong: &mut Vec<Mistake>) {
    for mode in Mode::ALL {
        let path = format!("travel.matrix.{}", mode.name());
        match matrices.of(mode) {
            Some(rows) => matrix_shape(&path, rows, wrong),
            None if places.modes().any(|used| used == mode) => wrong.push(Mistake::new(
                path,
                format!("missing, but some nurse's mode is {}", mode.name()),
                "give the matrix of every mode that a nurse uses",
            )),
            None => {}
        }
    }
}

fn matrix_shape(path: &str, rows: &[Vec<u32>], wrong: &mut Vec<Mistake>) {
    if rows.len() > MAX_ROWS {
        let mend = format!("give at most {MAX_ROWS}");
        wrong.push(Mistake::new(path, format!("{} rows", rows.len()), mend));
        return;
    }
    for (i, row) in rows.iter().enumerate() {
        if row.len() != rows.len() {
            let problem = format!("{} values in a matrix of {} rows", row.len(), rows.len());
            wrong.push(Mistake::new(format!("{path}[{i}]"), problem, "a row has a value for every column"));
        }
        if let Some(&own) = row.get(i).filter(|&&own| own != 0) {
            let place = format!("{path}[{i}][{i}]");
            wrong.push(Mistake::new(place, format!("{own} s from a place to itself"), "give 0"));
        }
        // The first of a row only: a matrix in the wrong unit should not give a million messages.
        if let Some((j, value)) = row.iter().enumerate().find(|&(_, &s)| s > TravelTimes::LONGEST) {
            let mend = format!("give whole seconds, at most {} (a day)", TravelTimes::LONGEST);
            wrong.push(Mistake::new(format!("{path}[{i}][{j}]"), format!("{value} s"), mend));
        }
    }
}

fn street_values(streets: &Streets, wrong: &mut Vec<Mistake>) {
    let path = "travel.streets";
    let before = wrong.len();
    speeds(path, &streets.modes, wrong);
    let speeds_hold = wrong.len() == before;
    for (name, count, most) in
        [("nodes", streets.nodes.len(), MAX_STREET_NODES), ("streets", streets.streets.len(), MAX_STREETS)]
    {
        if count > most {
            let mend = format!("give at most {most}; larger road graphs are for an OpenStreetMap extract");
            wrong.push(Mistake::new(format!("{path}.{name}"), format!("{count} {name}"), mend));
        }
    }
    for (i, &node) in streets.nodes.iter().enumerate().take(MAX_STREET_NODES) {
        if !is_on_earth(node) {
            let problem = format!("{node:?} is no place on earth");
            let mend = "give latitude, then longitude, in degrees";
            wrong.push(Mistake::new(format!("{path}.nodes[{i}]"), problem, mend));
        }
    }
    for (i, street) in streets.streets.iter().enumerate().take(MAX_STREETS) {
        let path = format!("{path}.streets[{i}]");
        let before = wrong.len();
        for (end, node) in [("from", street.from), ("to", street.to)] {
            if node as usize >= streets.nodes.len() {
                let problem = format!("{node} is beyond the {} nodes", streets.nodes.len());
                wrong.push(Mistake::new(format!("{path}.{end}"), problem, "count nodes from 0"));
            }
        }
        if street.from == street.to {
            let problem = format!("from node {} to itself", street.to);
            wrong.push(Mistake::new(format!("{path}.to"), problem, "name two nodes; split a loop in two"));
        }
        if let Some(metres) = street.metres {
            within(wrong, format!("{path}.metres"), metres, 0.001, 1_000_000.0, "m");
        }
        if let Some(kmh) = street.kmh {
            within(wrong, format!("{path}.kmh"), kmh, 0.1, 200.0, "km/h");
        }
        let ends = [street.from, street.to].map(|node| streets.nodes.get(node as usize));
        let placed = ends.iter().all(|end| end.is_some_and(|&node| is_on_earth(node)));
        let sound = speeds_hold && placed && wrong.len() == before;
        for mode in Mode::ALL.into_iter().filter(|&mode| sound && street.use_by.allows(mode)) {
            if stretch_of(streets, street, mode).is_none() {
                let problem = format!("takes more than a day ({})", mode.name());
                wrong.push(Mistake::new(path.clone(), problem, "check nodes, metres and kmh"));
                break;
            }
        }
    }
}
