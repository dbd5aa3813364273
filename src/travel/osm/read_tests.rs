//! Small extracts from bytes to times, and files that are none.

use super::pbf_tests::{Tags, block, bytes, file, frame, number, packed};
use super::read_osm;
use crate::error::ErrorKind;
use crate::model::document::{Mode, ModeSpeed, ModeTable};
use crate::travel::{FAR, RoadGraph};
use proptest::prelude::*;

const STREET: (&str, &str) = ("highway", "residential");
const HEADER: &[&str] = &["OsmSchema-V0.6", "DenseNodes"];

/// Nodes 1 to 4 in a square of 0.01 degrees at the equator: south-west, south-east, north-east, north-west.
fn square(barrier: Tags<'static>) -> Vec<(i64, i64, i64, Tags<'static>)> {
    vec![(1, 0, 0, &[]), (2, 0, 100_000, barrier), (3, 100_000, 100_000, &[]), (4, 100_000, 0, &[])]
}

/// Everyone at 10 m/s on the road, and 1 m/s off it.
fn speeds() -> ModeTable {
    let fast = ModeSpeed { kmh: 36.0, stop_seconds: 0 };
    ModeTable { walk: ModeSpeed { kmh: 3.6, stop_seconds: 0 }, bicycle: fast.clone(), car: fast }
}

/// Milliseconds from the south-west to the south-east corner and back.
fn there_and_back(block: &[u8], mode: Mode) -> (u32, u32) {
    let roads = read_osm(&file(HEADER, block)).expect("an extract");
    let graph = RoadGraph::new(&roads.stretches(mode, &speeds())).expect("roads");
    let points = [(0.0, 0.0), (0.0, 0.01)].map(|(lat, lon)| graph.snap(lat, lon).expect("near"));
    let times = graph.matrix(&points);
    (times[1], times[2])
}

/// A side of the square is 1,111.951 m: 111.195 s at 10 m/s.
const SIDE: u32 = 111_195;

#[test]
fn a_one_way_square_is_ridden_round() {
    let ring: &[i64] = &[1, 2, 3, 4, 1];
    let streets = block(&square(&[]), &[(&[STREET, ("oneway", "yes"), ("maxspeed", "100")], ring)]);
    assert_eq!(there_and_back(&streets, Mode::Bicycle), (SIDE, 3 * SIDE));
    let back = block(&square(&[]), &[(&[STREET, ("oneway", "-1"), ("maxspeed", "100")], ring)]);
    assert_eq!(there_and_back(&back, Mode::Car), (3 * SIDE, SIDE));
    let contraflow = [STREET, ("oneway", "yes"), ("cycleway", "opposite")];
    assert_eq!(there_and_back(&block(&square(&[]), &[(&contraflow, ring)]), Mode::Bicycle), (SIDE, SIDE));
}

#[test]
fn a_limit_slows_down_and_the_own_speed_caps() {
    let slow = block(&square(&[]), &[(&[STREET, ("maxspeed", "18")], &[1, 2])]);
    assert_eq!(there_and_back(&slow, Mode::Car).0, 222_390, "5 m/s");
    // A residential street without limit: 30 km/h by kind for cars, the own 36 km/h by bicycle.
    let plain = block(&square(&[]), &[(&[STREET], &[1, 2])]);
    assert_eq!(there_and_back(&plain, Mode::Car).0, 133_434);
    assert_eq!(there_and_back(&plain, Mode::Bicycle).0, SIDE);
}

#[test]
fn bollards_stop_cars_only() {
    // Two streets meet at node 2; the way round over node 4 is three sides of the square.
    let ways: [(Tags<'_>, &[i64]); 2] =
        [(&[STREET, ("maxspeed", "36")], &[1, 2, 3]), (&[STREET, ("maxspeed", "36")], &[3, 4, 1])];
    let open = block(&square(&[("barrier", "bollard")]), &ways);
    let through = |mode| {
        let roads = read_osm(&file(HEADER, &open)).expect("an extract");
        let graph = RoadGraph::new(&roads.stretches(mode, &speeds())).expect("roads");
        let points = [(0.0, 0.0), (0.005, 0.01)].map(|(lat, lon)| graph.snap(lat, lon).expect("near"));
        graph.matrix(&points)[1]
    };
    let half = SIDE / 2;
    assert!(through(Mode::Bicycle).abs_diff(SIDE + half) <= 2);
    assert!(through(Mode::Car).abs_diff(2 * SIDE + half) <= 2);
}

#[test]
fn missing_nodes_cut_a_way() {
    let cut = block(&square(&[]), &[(&[STREET], &[1, 2, 99, 3, 4])]);
    let roads = read_osm(&file(HEADER, &cut)).expect("an extract");
    assert_eq!((roads.nodes(), roads.ways()), (4, 1));
    assert_eq!(roads.stretches(Mode::Walk, &speeds()).stretches.len(), 2);
}

#[test]
fn an_extract_without_roads_is_no_mistake_until_a_mode_needs_them() {
    let empty = block(&square(&[]), &[(&[("building", "yes")], &[1, 2, 3, 4, 1])]);
    let roads = read_osm(&file(HEADER, &empty)).expect("an extract");
    assert!(RoadGraph::new(&roads.stretches(Mode::Walk, &speeds())).is_none());
}

#[test]
fn files_that_are_no_extracts_are_refused() {
    let sound = block(&square(&[]), &[(&[STREET], &[1, 2])]);
    let ids = bytes(
        2,
        &bytes(3, &[bytes(8, &packed(&[i64::MAX / 2, 1])), bytes(2, &[1]), bytes(3, &[2])].concat()),
    );
    let table = bytes(1, &["", "highway", "residential"].map(|text| bytes(1, text.as_bytes())).concat());
    let cases = [
        ("empty", Vec::new()),
        ("text", b"<osm version=\"0.6\"></osm>".to_vec()),
        ("no header", frame("OSMData", &bytes(1, &sound))),
        ("history", file(&["HistoricalInformation"], &sound)),
        ("cut off", {
            let whole = file(HEADER, &sound);
            whole[..whole.len() - 1].to_vec()
        }),
        ("ids that add up to more than an id", file(HEADER, &[table, ids].concat())),
        ("granularity of nothing", file(HEADER, &[sound.clone(), number(17, 0)].concat())),
    ];
    for (name, case) in cases {
        let error = read_osm(&case).expect_err(name);
        assert_eq!(
            (error.kind(), error.mistakes()[0].path.as_str()),
            (ErrorKind::Format, "travel.osm.file"),
            "{name}"
        );
    }
}

proptest! {
    /// Any change to a sound file ends in roads or in an error, and roads in times.
    #[test]
    fn spoilt_files_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        keep in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let ways: [(Tags<'_>, &[i64]); 2] = [(&[STREET, ("oneway", "yes")], &[1, 2, 3]), (&[STREET], &[3, 4, 1])];
        let mut file = file(HEADER, &block(&square(&[("barrier", "gate")]), &ways));
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if cut {
            file.truncate(keep.index(file.len()));
        }
        if let Ok(roads) = read_osm(&file) {
            for mode in Mode::ALL {
                let Some(graph) = RoadGraph::new(&roads.stretches(mode, &speeds())) else { continue };
                let Some(points) = [(0.0, 0.0), (0.01, 0.01)].into_iter().map(|(lat, lon)| graph.snap(lat, lon)).collect::<Option<Vec<_>>>() else { continue };
                let times = graph.matrix(&points);
                prop_assert!(times[0] == 0 && times[3] == 0);
                prop_assert!(times.iter().all(|&time| time == FAR || time <= 86_400_000));
            }
        }
    }
}
