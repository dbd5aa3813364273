//! Reads an extract in two passes: first the ways that some mode may use, then the nodes on them.

use super::guard::{FrameKind, Frames, Refusal};
use super::profile::Tags;
use super::roads::{OsmRoads, PATH, Way};
use crate::error::{Error, ErrorKind, Mistake, Result, Stop, unless_stopped};
use crate::travel::places::is_on_earth;
use osmpbf::{BlobDecode, BlobReader, PrimitiveBlock};

/// Most bytes of a file.
pub(super) const MAX_BYTES: usize = 512 << 20;
/// Most bytes of a file unpacked; real extracts unpack to two or three times their size.
const MAX_UNPACKED: usize = 2 << 30;
/// Most ways with a passage.
const MAX_WAYS: usize = 4_000_000;
/// Most nodes of all these ways.
const MAX_REFS: usize = 20_000_000;
/// Largest absolute value of a node id. Beyond it, the deltas of the file do not add up to ids.
const MAX_ID: i64 = 1 << 60;

/// The number that stands for a node which the extract does not hold: larger than the number of any node.
const MISSING: u32 = u32::MAX;

/// Decodes any bytes block by block, once the guard has seen all of them.
pub(super) fn each_checked_block(
    bytes: &[u8],
    stop: Stop<'_>,
    visit: impl FnMut(&PrimitiveBlock) -> Result<()>,
) -> Result<()> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large("bytes", bytes.len() as u64, MAX_BYTES as u64));
    }
    check(bytes, stop)?;
    each_block(bytes, stop, visit)
}

/// The roads in the bytes of a file.
pub(super) fn roads(bytes: &[u8], stop: Stop<'_>) -> Result<OsmRoads> {
    let mut found = OsmRoads::default();
    let mut ids = Vec::new();
    each_checked_block(bytes, stop, |block| ways_of(block, &mut found, &mut ids))?;
    number_nodes(bytes, found, ids, stop)
}

/// Lets the guard see every block before anything is decoded.
fn check(bytes: &[u8], stop: Stop<'_>) -> Result<()> {
    let mut unpacked = 0;
    let mut first = true;
    for frame in Frames::of(bytes) {
        unless_stopped(stop)?;
        let frame = frame.map_err(refused)?;
        if first && frame.kind != FrameKind::Header {
            return Err(no_extract("the first block is not a header"));
        }
        first = false;
        if frame.kind != FrameKind::Other {
            unpacked += frame.check().map_err(refused)?;
        }
        if unpacked > MAX_UNPACKED {
            return Err(too_large("bytes unpacked", unpacked as u64, MAX_UNPACKED as u64));
        }
    }
    if first { Err(no_extract("the file is empty")) } else { Ok(()) }
}

/// Decodes a checked file block by block.
fn each_block(
    bytes: &[u8],
    stop: Stop<'_>,
    mut visit: impl FnMut(&PrimitiveBlock) -> Result<()>,
) -> Result<()> {
    for frame in Frames::of(bytes) {
        unless_stopped(stop)?;
        let frame = frame.map_err(refused)?;
        if frame.kind == FrameKind::Other {
            continue;
        }
        let blob = BlobReader::new(frame.bytes).next().ok_or_else(|| refused(Refusal::CutOff))?;
        let blob = blob.map_err(|error| no_extract(&error.to_string()))?;
        match blob.decode().map_err(|error| no_extract(&error.to_string()))? {
            BlobDecode::OsmData(block) => visit(&block)?,
            BlobDecode::OsmHeader(header) => {
                for feature in header.required_features() {
                    if !matches!(feature.as_str(), "OsmSchema-V0.6" | "DenseNodes") {
                        return Err(no_extract(&format!(
                            "it requires the feature {feature:.40}, unknown to kring"
                        )));
                    }
                }
            }
            BlobDecode::Unknown(_) => {}
        }
    }
    Ok(())
}

/// Takes the ways of a block that some mode may use; `ids` gets the ids of their nodes.
fn ways_of(block: &PrimitiveBlock, found: &mut OsmRoads, ids: &mut Vec<i64>) -> Result<()> {
    for way in block.groups().flat_map(|group| group.ways()) {
        let mut tags = Tags::default();
        way.tags().for_each(|(key, value)| tags.set(key, value));
        let passages = tags.passages();
        if passages.iter().all(Option::is_none) || way.raw_refs().len() < 2 {
            continue;
        }
        if found.ways.len() == MAX_WAYS {
            return Err(too_large("ways", found.ways.len() as u64 + 1, MAX_WAYS as u64));
        }
        let refs = ids.len() + way.raw_refs().len();
        if refs > MAX_REFS {
            return Err(too_large("nodes on ways", refs as u64, MAX_REFS as u64));
        }
        let first = ids.len() as u32;
        let mut id = 0i64;
        for &delta in way.raw_refs() {
            let sum = id.checked_add(delta).filter(|sum| (-MAX_ID..=MAX_ID).contains(sum));
            id = sum.ok_or_else(|| refused(Refusal::Sums))?;
            ids.push(id);
        }
        found.ways.push(Way { first, end: ids.len() as u32, passages, has_doors: tags.has_doors() });
    }
    Ok(())
}

/// Finds the coordinates of the ways' nodes, and turns ids into numbers.
fn number_nodes(bytes: &[u8], mut found: OsmRoads, ids: Vec<i64>, stop: Stop<'_>) -> Result<OsmRoads> {
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let mut places: Vec<Option<[f64; 2]>> = vec![None; sorted.len()];
    let mut barriers = vec![0u8; sorted.len()];
    each_block(bytes, stop, |block| {
        for group in block.groups() {
            for node in group.dense_nodes() {
                if let Ok(i) = sorted.binary_search(&node.id()) {
                    places[i] = on_earth([node.lat(), node.lon()]);
                    barriers[i] = barrier(node.tags());
                }
            }
            for node in group.nodes() {
                if let Ok(i) = sorted.binary_search(&node.id()) {
                    places[i] = on_earth([node.lat(), node.lon()]);
                    barriers[i] = barrier(node.tags());
                }
            }
        }
        Ok(())
    })?;
    let mut numbers = vec![MISSING; sorted.len()];
    for (i, place) in places.into_iter().enumerate() {
        if let Some(place) = place {
            numbers[i] = found.nodes.len() as u32;
            found.nodes.push(place);
            found.barriers.push(barriers[i]);
        }
    }
    let number = |id: &i64| sorted.binary_search(id).map_or(MISSING, |i| numbers[i]);
    found.refs = ids.iter().map(number).collect();
    Ok(found)
}

fn on_earth(place: [f64; 2]) -> Option<[f64; 2]> {
    is_on_earth(place).then_some(place)
}

fn barrier<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> u8 {
    let mut tags = Tags::default();
    all.for_each(|(key, value)| tags.set(key, value));
    tags.barrier()
}

#[cold]
fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::TooLarge => Error::new(ErrorKind::TooLarge, mistake(refusal.text())),
        _ => no_extract(refusal.text()),
    }
}

#[cold]
fn no_extract(why: &str) -> Error {
    Error::new(ErrorKind::Format, mistake(why))
}

fn mistake(why: &str) -> Mistake {
    Mistake::new(PATH, why, "give an OpenStreetMap extract in the form .osm.pbf, whole and unchanged")
}

#[cold]
pub(super) fn too_large(what: &str, found: u64, most: u64) -> Error {
    let problem = format!("{found} {what}, more than {most}");
    let mend = "cut the extract to the region of the neighbourhood";
    Error::new(ErrorKind::TooLarge, Mistake::new(PATH, problem, mend))
}
