//! Travel and places. What only the roads can tell (a place too far from them, a way of more than a day)
//! is found when travel times are computed.

use super::findings::{Findings, quoted};
use super::sizes;
use crate::model::TravelTimes;
use crate::model::document::{Document, Matrices, Mode, ModeTable, Place, Streets, Travel};

/// Longest stretch of street, in metres.
const LONGEST_STREET: f64 = 1e6;

/// Longest path of a road file, in bytes.
const LONGEST_FILE_NAME: usize = 4096;

pub(super) fn check(document: &Document, findings: &mut Findings) {
    match &document.travel {
        Travel::Straight(straight) => {
            findings.number("travel.straight.detour", straight.detour, 1.0..=10.0);
            check_modes("travel.straight", &straight.modes, findings);
        }
        Travel::Matrix(matrices) => check_matrices(document, matrices, findings),
        Travel::Streets(streets) => check_streets(streets, findings),
        Travel::Osm(osm) => {
            let file = osm.file.as_str();
            if file.is_empty() || file.len() > LONGEST_FILE_NAME || file.chars().any(char::is_control) {
                findings.add("travel.osm.file", quoted(file), "give the path of a .osm.pbf file");
            }
            findings.number("travel.osm.snap_metres", osm.snap_metres, 1.0..=10_000.0);
            check_modes("travel.osm", &osm.modes, findings);
        }
    }
}

/// A place must be given in the way that `travel` needs; what else is given must be valid too.
pub(super) fn check_place(document: &Document, path: &str, place: &Place, findings: &mut Findings) {
    if let Some(lat) = place.lat {
        findings.number(format_args!("{path}.lat"), lat, -90.0..=90.0);
    }
    if let Some(lon) = place.lon {
        findings.number(format_args!("{path}.lon"), lon, -180.0..=180.0);
    }
    if place.lat.is_some() != place.lon.is_some() {
        findings.add(path, "only one of lat and lon is given", "give both");
    }
    if let Some(address) = &place.address
        && (address.trim().is_empty()
            || address.chars().count() > sizes::ADDRESS
            || address.chars().any(char::is_control))
    {
        let mend = format_args!("write 1 to {} characters on one line, or leave it out", sizes::ADDRESS);
        findings.add(format_args!("{path}.address"), quoted(address), mend);
    }
    if let Travel::Matrix(matrices) = &document.travel {
        let rows = Mode::ALL.iter().filter_map(|&mode| matrices.of(mode)).map(Vec::len).min().unwrap_or(0);
        match place.index {
            None => findings.add(path, "no index is given", "travel is a matrix: give the row as index"),
            Some(index) if index as usize >= rows => {
                let mend = format_args!("the travel matrix has {rows} rows: give an index below that");
                findings.add(format_args!("{path}.index"), index, mend);
            }
            Some(_) => {}
        }
    } else if place.lat.is_none() && place.lon.is_none() {
        let is_extract = matches!(document.travel, Travel::Osm(_));
        match &place.address {
            Some(_) if is_extract => {}
            Some(_) => findings.add(
                path,
                "an address alone, which only the extract of travel.osm can find",
                "give lat and lon in degrees, as `kring locate` prints them",
            ),
            None if is_extract => {
                findings.add(path, "no coordinates are given", "give lat and lon in degrees, or an address");
            }
            None => findings.add(path, "no coordinates are given", "give lat and lon in degrees"),
        }
    }
}

fn check_modes(path: &str, modes: &ModeTable, findings: &mut Findings) {
    for mode in Mode::ALL {
        let entry = modes.of(mode);
        let path = format!("{path}.modes.{}", mode.name());
        findings.number(format_args!("{path}.kmh"), entry.kmh, 0.1..=200.0);
        findings.whole(format_args!("{path}.stop_seconds"), entry.stop_seconds.into(), 0..=3600);
    }
}

fn check_matrices(document: &Document, matrices: &Matrices, findings: &mut Findings) {
    let mut size = None;
    for mode in Mode::ALL {
        let path = format!("travel.matrix.{}", mode.name());
        let Some(matrix) = matrices.of(mode) else {
            if document.nurses.iter().any(|nurse| nurse.mode == mode) {
                findings.add(path, "missing, but a nurse travels in this way", "give the matrix");
            }
            continue;
        };
        let rows = *size.get_or_insert(matrix.len());
        if matrix.len() != rows {
            let problem = format_args!("{} rows, but another mode has {rows}", matrix.len());
            findings.add(&path, problem, "give matrices of the same size");
        }
        for (i, row) in matrix.iter().enumerate() {
            if row.len() != matrix.len() {
                let problem = format_args!("{} columns in a matrix of {} rows", row.len(), matrix.len());
                findings.add(format_args!("{path}[{i}]"), problem, "give a square matrix");
            }
            if let Some(own) = row.get(i).filter(|&&own| own != 0) {
                let problem = format_args!("{own} s from a place to itself");
                findings.add(format_args!("{path}[{i}][{i}]"), problem, "give 0");
            }
            // The first of a row only: a matrix in the wrong unit would bury every other mistake.
            if let Some((j, seconds)) = row.iter().enumerate().find(|&(_, &s)| s > TravelTimes::LONGEST) {
                let mend = format_args!("give at most {} s", TravelTimes::LONGEST);
                findings.add(format_args!("{path}[{i}][{j}]"), format_args!("{seconds} s"), mend);
            }
        }
    }
}

fn check_streets(streets: &Streets, findings: &mut Findings) {
    if streets.nodes.is_empty() {
        findings.add("travel.streets.nodes", "the list is empty", "give at least one node");
    }
    for (i, &[lat, lon]) in streets.nodes.iter().enumerate() {
        findings.number(format_args!("travel.streets.nodes[{i}][0]"), lat, -90.0..=90.0);
        findings.number(format_args!("travel.streets.nodes[{i}][1]"), lon, -180.0..=180.0);
    }
    for (i, street) in streets.streets.iter().enumerate() {
        let path = format!("travel.streets.streets[{i}]");
        for (end, node) in [("from", street.from), ("to", street.to)] {
            if node as usize >= streets.nodes.len() {
                let mend = format_args!("there are {} nodes: give a number below that", streets.nodes.len());
                findings.add(format_args!("{path}.{end}"), node, mend);
            }
        }
        if street.from == street.to {
            let problem = format_args!("node {} leads to itself", street.to);
            findings.add(format_args!("{path}.to"), problem, "name two nodes; split a loop in two");
        }
        if let Some(metres) = street.metres {
            findings.number(format_args!("{path}.metres"), metres, 0.001..=LONGEST_STREET);
        }
        if let Some(kmh) = street.kmh {
            findings.number(format_args!("{path}.kmh"), kmh, 0.1..=200.0);
        }
    }
    check_modes("travel.streets", &streets.modes, findings);
}
