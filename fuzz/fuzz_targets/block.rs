//! A question up to a line feed, then any bytes as the block of a road extract whose frame is sound: an error, or roads, and the places
//! of that address.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run block -- -max_total_time=300`

#![no_main]

use kring::model::document::{Mode, ModeTable};
use kring::travel::{RoadGraph, locate, read_osm};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(0);
    let (asked, block) = bytes.split_at(at);
    let features = field(4, b"OsmSchema-V0.6").into_iter().chain(field(4, b"DenseNodes"));
    let header: Vec<u8> = features.collect();
    let file = [frame(b"OSMHeader", &header), frame(b"OSMData", block.get(1..).unwrap_or_default())].concat();
    match read_osm(&file) {
        Ok(roads) => {
            for mode in Mode::ALL {
                let _ = RoadGraph::new(&roads.stretches(mode, &ModeTable::default()));
            }
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
    match locate(&file, &[String::from_utf8_lossy(asked).into_owned()]) {
        Ok(found) => assert_eq!(found.len(), 1),
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});

/// A block of the file with its contents as they are.
fn frame(kind: &[u8], contents: &[u8]) -> Vec<u8> {
    let blob = field(1, contents);
    let header = [field(1, kind), vec![3 << 3], varint(blob.len())].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, &blob].concat()
}

/// A field of bytes.
fn field(number: u8, value: &[u8]) -> Vec<u8> {
    [vec![number << 3 | 2], varint(value.len()), value.to_vec()].concat()
}

fn varint(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}
