//! Hostile blocks, each refused for its own reason.

use super::*;

use super::super::pbf_tests::{bytes, frame, number, packed};

/// A file of one block of data, its blob as given.
fn file(blob: &[u8]) -> Vec<u8> {
    frame("OSMData", blob)
}

fn check(blob: &[u8]) -> Checked<usize> {
    let file = file(blob);
    Frames::of(&file).next().expect("one block").and_then(|frame| frame.check())
}

/// A block with one group of dense nodes.
fn dense(fields: &[Vec<u8>]) -> Vec<u8> {
    bytes(1, &bytes(2, &bytes(2, &fields.concat())))
}

#[test]
fn plain_nodes_pass() {
    let ids = bytes(1, &packed(&[5, 1]));
    let block = bytes(2, &bytes(2, &[ids, bytes(8, &packed(&[520_000_000, -7]))].concat()));
    assert_eq!(check(&bytes(1, &block)), Ok(block.len()));
}

#[test]
fn sums_beyond_their_range_are_refused() {
    let huge = i64::MAX / 2;
    assert_eq!(check(&dense(&[bytes(1, &packed(&[huge, huge, huge]))])), Err(Refusal::Sums));
    assert_eq!(check(&dense(&[bytes(8, &packed(&[1 << 38, 1 << 38, 1]))])), Err(Refusal::Sums));
    let user = dense(&[bytes(5, &bytes(4, &packed(&[1 << 30, 1 << 30])))]);
    assert_eq!(check(&user), Err(Refusal::Sums));
    assert_eq!(check(&bytes(1, &number(17, 0))), Err(Refusal::Sums));
    assert_eq!(check(&bytes(1, &number(19, 1 << 41))), Err(Refusal::Sums));
    let node = bytes(1, &bytes(2, &bytes(1, &number(8, u64::MAX))));
    assert_eq!(check(&node), Err(Refusal::Sums));
}

#[test]
fn unpacked_numbers_count_like_packed_ones() {
    let id = number(1, u64::MAX - 1);
    assert_eq!(check(&dense(&[id.clone(), id])), Err(Refusal::Sums));
}

#[test]
fn swarms_of_empty_messages_are_refused() {
    let groups = [0x12, 0x00].repeat(MAX_FIELDS + 1);
    assert_eq!(check(&bytes(1, &groups)), Err(Refusal::TooLarge));
    let ways = bytes(2, &[0x1a, 0x00].repeat(MAX_FIELDS));
    assert_eq!(check(&bytes(1, &ways)), Err(Refusal::TooLarge));
}

#[test]
fn what_unpacks_without_end_is_refused() {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&vec![0; MAX_BLOCK + 1]).expect("in memory");
    let packed = packer.finish().expect("in memory");
    assert!(packed.len() < 1 << 20);
    assert_eq!(check(&bytes(3, &packed)), Err(Refusal::TooLarge));
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    let twice = [bytes(1, &[]), bytes(1, &[])].concat();
    assert_eq!(check(&twice), Err(Refusal::Malformed));
    assert_eq!(check(&[]), Err(Refusal::Malformed));
    assert_eq!(check(&bytes(7, b"zstd")), Err(Refusal::Packing));
    let dense = [bytes(2, &[]), bytes(2, &[])].concat();
    assert_eq!(check(&bytes(1, &bytes(2, &dense))), Err(Refusal::Malformed));
}

#[test]
fn files_cut_off_anywhere_are_refused() {
    let whole = file(&dense(&[bytes(1, &packed(&[5, 1]))]));
    assert!(Frames::of(&whole).all(|frame| frame.is_ok()));
    for length in 1..whole.len() {
        let last = Frames::of(&whole[..length]).last().expect("something");
        assert_eq!(last.err(), Some(Refusal::CutOff), "{length} of {} bytes", whole.len());
    }
}
