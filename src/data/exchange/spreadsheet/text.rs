//! From the bytes of a file to rows of cells, in any encoding and with any separator that spreadsheets write.

/// A row with its number as the spreadsheet shows it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub number: usize,
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, trimmed; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// All rows that hold something.
pub(super) fn rows(bytes: &[u8]) -> Vec<Row> {
    // The reader counts lines correctly only if they end with LF alone.
    let text = decode(bytes).replace("\r\n", "\n").replace('\r', "\n");
    // Some spreadsheets name their separator in an extra first line.
    let (said, body) = match text.strip_prefix("sep=") {
        Some(rest) => (rest.bytes().next(), rest.split_once('\n').map_or("", |(_, body)| body)),
        None => (None, text.as_str()),
    };
    let skipped = usize::from(said.is_some());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(said.unwrap_or_else(|| separator(body)))
        .from_reader(body.as_bytes());
    let mut rows = Vec::new();
    // The number of line breaks inside cells so far: with them there are more lines than rows.
    let mut breaks = 0;
    for record in reader.records().flatten() {
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let cells: Vec<String> = record.iter().map(clean).collect();
        let row = Row { number: (line + skipped).saturating_sub(breaks), cells };
        breaks += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        if !row.is_blank() {
            rows.push(row);
        }
    }
    rows
}

/// A cell without blanks of any kind around it; line breaks and no-break spaces inside become blanks.
fn clean(cell: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{feff}' || c == '\u{200b}';
    cell.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text of the bytes: in the encoding of their byte order mark, else UTF-8, else Windows-1252.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// Latin-1, with the punctuation and letters that Windows-1252 has in place of the control characters 0x80 to 0x9f.
fn windows_1252(byte: u8) -> char {
    const MARKS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => MARKS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The separator that the first lines point to, quoted parts aside.
fn separator(text: &str) -> u8 {
    let mut counts = [(b';', 0usize), (b'\t', 0), (b',', 0)];
    let mut is_quoted = false;
    for byte in text.bytes().take(4096) {
        is_quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == *separator);
        }
    }
    // Semicolons and tabs first: where they separate, commas are decimal marks.
    let [semicolon, tab, comma] = counts;
    let best = if tab.1 > semicolon.1 { tab } else { semicolon };
    if best.1 * 2 >= comma.1 && best.1 > 0 { best.0 } else { comma.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        rows(bytes).into_iter().map(|row| (row.number, row.cells)).collect()
    }

    fn row(number: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn separators_are_found() {
        let expected = [row(1, &["a", "b"]), row(2, &["1,5", "2"])];
        assert_eq!(cells(b"a;b\r\n1,5;2\r\n"), expected);
        assert_eq!(cells(b"a\tb\n1,5\t2\n"), expected);
        assert_eq!(cells(b"a,b\n\"1,5\",2\n"), expected);
        assert_eq!(cells(b"sep=;\na;b\n"), [row(2, &["a", "b"])]);
    }

    #[test]
    fn encodings_are_found() {
        let expected = [row(1, &["Café", "1"])];
        assert_eq!(cells("\u{feff}Café;1".as_bytes()), expected);
        assert_eq!(cells(b"Caf\xe9;1"), expected);
        let utf16: Vec<u8> = "\u{feff}Café;1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&utf16), expected);
    }

    #[test]
    fn rows_keep_their_numbers() {
        // A blank row, a row of blank cells, and a cell of two lines.
        assert_eq!(
            cells(b"a;b\n\n;;\n\"two\nlines\";x\ny;z\n"),
            [row(1, &["a", "b"]), row(4, &["two lines", "x"]), row(5, &["y", "z"])]
        );
    }
}
