//! Writes small extracts for the tests, well-formed or not. (The tests within the library use it, too.)

/// A field of bytes.
pub fn bytes(number: u8, value: &[u8]) -> Vec<u8> {
    [vec![number << 3 | 2], varint(value.len() as u64), value.to_vec()].concat()
}

/// A field of one number.
pub fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

pub fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// Numbers in zigzag form, one after another.
pub fn packed(values: &[i64]) -> Vec<u8> {
    values.iter().flat_map(|&value| varint((value << 1 ^ value >> 63) as u64)).collect()
}

/// Differences of neighbouring numbers in zigzag form.
fn deltas(values: &[i64]) -> Vec<u8> {
    let before = std::iter::once(0).chain(values.iter().copied());
    packed(&values.iter().zip(before).map(|(value, before)| value - before).collect::<Vec<_>>())
}

/// A block of the file: its kind and its blob.
pub fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, blob].concat()
}

/// A file with a header that requires the features, and one block of data.
pub fn file(features: &[&str], block: &[u8]) -> Vec<u8> {
    let header: Vec<u8> = features.iter().flat_map(|feature| bytes(4, feature.as_bytes())).collect();
    [frame("OSMHeader", &bytes(1, &header)), frame("OSMData", &bytes(1, block))].concat()
}

/// Tags, as written by hand.
pub type Tags<'a> = &'a [(&'a str, &'a str)];

/// A block of nodes (id, latitude and longitude in ten-millionths of a degree, tags) and ways (tags, node ids).
pub fn block(nodes: &[(i64, i64, i64, Tags<'_>)], ways: &[(Tags<'_>, &[i64])]) -> Vec<u8> {
    let mut strings = vec![String::new()];
    let mut index = |text: &str| {
        strings.iter().position(|known| known == text).unwrap_or_else(|| {
            strings.push(text.to_owned());
            strings.len() - 1
        }) as u64
    };
    let keys_vals = nodes.iter().flat_map(|(_, _, _, tags)| {
        let pairs = tags.iter().flat_map(|(key, value)| [index(key), index(value)]).collect::<Vec<_>>();
        pairs.into_iter().chain([0]).flat_map(varint).collect::<Vec<_>>()
    });
    let keys_vals: Vec<u8> = keys_vals.collect();
    let column =
        |pick: fn(&(i64, i64, i64, Tags<'_>)) -> i64| deltas(&nodes.iter().map(pick).collect::<Vec<_>>());
    let dense = [
        bytes(1, &column(|node| node.0)),
        bytes(8, &column(|node| node.1)),
        bytes(9, &column(|node| node.2)),
        bytes(10, &keys_vals),
    ];
    let ways = ways.iter().zip(1..).flat_map(|((tags, refs), id)| {
        let keys: Vec<u8> = tags.iter().flat_map(|(key, _)| varint(index(key))).collect();
        let values: Vec<u8> = tags.iter().flat_map(|(_, value)| varint(index(value))).collect();
        bytes(3, &[number(1, id), bytes(2, &keys), bytes(3, &values), bytes(8, &deltas(refs))].concat())
    });
    let ways: Vec<u8> = ways.collect();
    let groups = [bytes(2, &bytes(2, &dense.concat())), bytes(2, &ways)].concat();
    let table: Vec<u8> = strings.iter().flat_map(|text| bytes(1, text.as_bytes())).collect();
    [bytes(1, &table), groups].concat()
}
