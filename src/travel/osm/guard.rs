//! Checks that a file must pass before the decoder sees it.
//!
//! The decoder (osmpbf over protobuf) trusts its input in two ways: two bytes of an empty message become a
//! struct of some two hundred, so that a packed megabyte can unfold to gigabytes; and it adds up deltas
//! without looking for overflow, which panics in debug builds. Both are bounded here on the wire form.
//! What could be read in two ways (a field given twice) is refused, so that guard and decoder see the same.
//!
//! # References
//! OpenStreetMap wiki, PBF Format: fileformat.proto and osmformat.proto.

use super::wire::{Fields, Malformed, Value, numbers, zigzag};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Most bytes of one block, packed or not: the limit of the format.
const MAX_BLOCK: usize = 32 << 20;
/// Most bytes of a blob header: the limit of the format.
const MAX_HEADER: usize = 64 << 10;
/// Most fields of one block. A block holds 8,000 elements by custom, some ten fields each.
const MAX_FIELDS: usize = 1_000_000;

/// Why a block is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It does not have the documented form.
    Malformed,
    /// It is cut off in the middle.
    CutOff,
    /// It is packed in another way than by zlib.
    Packing,
    /// It has more bytes or fields than the limits allow.
    TooLarge,
    /// A number of it, or a sum of its deltas, is out of range.
    Sums,
}

impl Refusal {
    pub(super) fn text(self) -> &'static str {
        match self {
            Refusal::Malformed => "a block is not of the documented form",
            Refusal::CutOff => "the file is cut off",
            Refusal::Packing => "a block is packed in another way than zlib",
            Refusal::TooLarge => "a block is larger than the format allows",
            Refusal::Sums => "ids, coordinates or times of a block are out of range",
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Refusal::Malformed
    }
}

type Checked<T> = Result<T, Refusal>;

/// One block of the file as it is stored: its kind, all of its bytes, and its blob.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) kind: FrameKind,
    pub(super) bytes: &'a [u8],
    blob: &'a [u8],
}

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    Header,
    Data,
    Other,
}

/// The blocks of a file in order; ends after the first that is refused.
pub(super) struct Frames<'a> {
    rest: &'a [u8],
}

impl<'a> Frames<'a> {
    pub(super) fn of(file: &'a [u8]) -> Self {
        Self { rest: file }
    }

    fn frame(&mut self) -> Checked<Frame<'a>> {
        let whole = self.rest;
        let (length, after) = whole.split_first_chunk::<4>().ok_or(Refusal::CutOff)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length >= MAX_HEADER {
            return Err(Refusal::Malformed);
        }
        let (header, after) = after.split_at_checked(length).ok_or(Refusal::CutOff)?;
        let (mut kind, mut size) = (None, None);
        for field in Fields::of(header) {
            match field? {
                (1, Value::Bytes(name)) if kind.is_none() => {
                    kind = Some(match name {
                        b"OSMHeader" => FrameKind::Header,
                        b"OSMData" => FrameKind::Data,
                        _ => FrameKind::Other,
                    });
                }
                (3, Value::Number(bytes)) if size.is_none() => size = Some(bytes),
                (1 | 3, _) => return Err(Refusal::Malformed),
                _ => {}
            }
        }
        let (kind, size) = kind.zip(size).ok_or(Refusal::Malformed)?;
        let size = usize::try_from(size).ok().filter(|&size| size <= MAX_BLOCK).ok_or(Refusal::TooLarge)?;
        let (blob, rest) = after.split_at_checked(size).ok_or(Refusal::CutOff)?;
        self.rest = rest;
        Ok(Frame { kind, bytes: &whole[..whole.len() - rest.len()], blob })
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Checked<Frame<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let frame = self.frame();
        if frame.is_err() {
            self.rest = &[];
        }
        Some(frame)
    }
}

impl Frame<'_> {
    /// Checks that the block can be decoded safely. Returns its unpacked size in bytes.
    pub(super) fn check(&self) -> Checked<usize> {
        let mut unpacked = Vec::new();
        let mut data = 0;
        for field in Fields::of(self.blob) {
            match field? {
                (1, Value::Bytes(raw)) => {
                    data += 1;
                    unpacked = raw.to_vec();
                }
                (3, Value::Bytes(packed)) => {
                    data += 1;
                    if data == 1 {
                        unpacked = inflate(packed)?;
                    }
                }
                (4..=7, Value::Bytes(_)) => return Err(Refusal::Packing),
                (2, Value::Number(_)) => {}
                _ => return Err(Refusal::Malformed),
            }
        }
        if data != 1 {
            return Err(Refusal::Malformed);
        }
        let mut fields = MAX_FIELDS;
        match self.kind {
            FrameKind::Header => flat(&unpacked, &mut fields)?,
            FrameKind::Data => block(&unpacked, &mut fields)?,
            FrameKind::Other => {}
        }
        Ok(unpacked.len())
    }
}

fn inflate(packed: &[u8]) -> Checked<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut limited = ZlibDecoder::new(packed).take(MAX_BLOCK as u64);
    limited.read_to_end(&mut unpacked).map_err(|_| Refusal::Malformed)?;
    if unpacked.len() >= MAX_BLOCK { Err(Refusal::TooLarge) } else { Ok(unpacked) }
}

/// The fields of a message, each counted against the rest of the block's allowance.
fn counted<'a>(
    message: &'a [u8],
    fields: &mut usize,
    mut each: impl FnMut(u64, Value<'a>, &mut usize) -> Checked<()>,
) -> Checked<()> {
    for field in Fields::of(message) {
        *fields = fields.checked_sub(1).ok_or(Refusal::TooLarge)?;
        let (number, value) = field?;
        each(number, value, fields)?;
    }
    Ok(())
}

/// Only counts the fields of a message.
fn flat(message: &[u8], fields: &mut usize) -> Checked<()> {
    counted(message, fields, |_, _, _| Ok(()))
}

fn block(message: &[u8], fields: &mut usize) -> Checked<()> {
    counted(message, fields, |number, value, fields| match (number, value) {
        (1, Value::Bytes(strings)) => flat(strings, fields),
        (2, Value::Bytes(elements)) => group(elements, fields),
        // Granularity in nanodegrees; offsets below some 1,100 degrees, three times round the earth.
        (17, Value::Number(granularity)) => in_range((1..=10_000_000).contains(&granularity)),
        (19 | 20, Value::Number(offset)) => in_range((offset as i64).unsigned_abs() < 1 << 40),
        _ => Ok(()),
    })
}

fn group(message: &[u8], fields: &mut usize) -> Checked<()> {
    let mut dense = 0;
    counted(message, fields, |number, value, fields| match (number, value) {
        (1, Value::Bytes(element)) => node(element, fields),
        (2, Value::Bytes(element)) => {
            dense += 1;
            if dense > 1 {
                return Err(Refusal::Malformed);
            }
            dense_nodes(element, fields)
        }
        (3 | 4, Value::Bytes(element)) => with_info(element, fields),
        (5, Value::Bytes(element)) => flat(element, fields),
        _ => Ok(()),
    })
}

/// A way or a relation. The deltas of ways are added up by our reader, not by the decoder, and are checked there.
fn with_info(message: &[u8], fields: &mut usize) -> Checked<()> {
    counted(message, fields, |number, value, fields| match (number, value) {
        (4, Value::Bytes(info)) => flat(info, fields),
        _ => Ok(()),
    })
}

fn node(message: &[u8], fields: &mut usize) -> Checked<()> {
    counted(message, fields, |number, value, fields| match (number, value) {
        (4, Value::Bytes(info)) => flat(info, fields),
        (8 | 9, Value::Number(degrees)) => in_range(zigzag(degrees).unsigned_abs() <= MAX_DEGREES),
        _ => Ok(()),
    })
}

/// Largest latitude or longitude in units of the granularity. The whole circle in nanodegrees is below it, and its
/// product with the largest granularity stays within 63 bits.
const MAX_DEGREES: u64 = 1 << 39;
/// Largest id, time or changeset.
const MAX_SUM: u64 = 1 << 62;

fn dense_nodes(message: &[u8], fields: &mut usize) -> Checked<()> {
    let (mut id, mut lat, mut lon) = (Sum::below(MAX_SUM), Sum::below(MAX_DEGREES), Sum::below(MAX_DEGREES));
    let mut info = 0;
    counted(message, fields, |number, value, fields| match number {
        1 => numbers(value, |delta| id.add(delta)),
        5 => match value {
            Value::Bytes(about) if info == 0 => {
                info += 1;
                dense_info(about, fields)
            }
            _ => Err(Refusal::Malformed),
        },
        8 => numbers(value, |delta| lat.add(delta)),
        9 => numbers(value, |delta| lon.add(delta)),
        _ => Ok(()),
    })
}

fn dense_info(message: &[u8], fields: &mut usize) -> Checked<()> {
    let (mut time, mut changeset) = (Sum::below(MAX_SUM), Sum::below(MAX_SUM));
    let (mut user, mut name) = (Sum::below(MAX_USER), Sum::below(MAX_USER));
    counted(message, fields, |number, value, _| match number {
        2 => numbers(value, |delta| time.add(delta)),
        3 => numbers(value, |delta| changeset.add(delta)),
        4 => numbers(value, |delta| user.add(delta)),
        5 => numbers(value, |delta| name.add(delta)),
        _ => Ok(()),
    })
}

/// Users and their names are numbered in 32 bits.
const MAX_USER: u64 = i32::MAX as u64;

/// A running sum of deltas that must stay within bounds either side of zero.
struct Sum {
    value: i64,
    most: u64,
}

impl Sum {
    fn below(most: u64) -> Self {
        Self { value: 0, most }
    }

    fn add(&mut self, delta: u64) -> Checked<()> {
        let sum = self.value.checked_add(zigzag(delta));
        // The decoder reads the 32-bit fields from the lower half alone, so that both must agree.
        let fits = self.most > MAX_USER || delta <= u64::from(u32::MAX);
        self.value = sum.filter(|sum| fits && sum.unsigned_abs() <= self.most).ok_or(Refusal::Sums)?;
        Ok(())
    }
}

fn in_range(holds: bool) -> Checked<()> {
    if holds { Ok(()) } else { Err(Refusal::Sums) }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
