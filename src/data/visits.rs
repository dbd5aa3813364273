//! Visits that took place, as a record of care or a spreadsheet gives them: CSV or JSON.

use super::dates::read_date;
use super::json;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::PastVisit;

/// At most this many mistakes are reported.
const MOST_TOLD: usize = 100;

/// Reads visits that took place: a JSON list of objects with `client`, `nurse` and `date`, or CSV with these columns in
/// any order, separated by commas, semicolons or tabs. Dates are read as by [`read_date`]. Other columns are ignored,
/// except `status` as `kring export --to csv` writes it: rows of meetings, and rows of visits that were left out and
/// have no nurse, are skipped.
///
/// # Errors
/// [`ErrorKind::TooLarge`] beyond [`LONGEST_TEXT`](super::json::LONGEST_TEXT); [`ErrorKind::Syntax`] for JSON that is
/// malformed or has another form; [`ErrorKind::Format`] for CSV, with the line of each mistake.
///
/// # Example
/// ```
/// let visits = kring::data::visits::read_visits("date;client;nurse\n2026-03-02;c1;n1\n")?;
/// assert_eq!((visits[0].client.as_str(), visits[0].nurse.as_str()), ("c1", "n1"));
/// # Ok::<(), kring::Error>(())
/// ```
pub fn read_visits(text: &str) -> Result<Vec<PastVisit>> {
    let text = json::bounded(text, "visits")?;
    if text.trim_start().starts_with(['[', '{']) {
        return json::read_visits(text);
    }
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let first = lines.next().map_or("", |(_, line)| line);
    let separator = [';', '\t'].into_iter().find(|&mark| first.contains(mark)).unwrap_or(',');
    let head: Vec<String> = cells(first, separator).iter().map(|name| name.to_lowercase()).collect();
    let column = |name: &str| head.iter().position(|cell| cell == name);
    let (Some(client), Some(nurse), Some(date)) = (column("client"), column("nurse"), column("date")) else {
        let missing: Vec<&str> =
            ["client", "nurse", "date"].into_iter().filter(|name| column(name).is_none()).collect();
        let problem = format!("no column {} in the first line", missing.join(", "));
        let mistake = Mistake::new("visits", problem, "name the columns client, nurse, date");
        return Err(Error::new(ErrorKind::Format, mistake));
    };
    let status = column("status");
    let (mut visits, mut mistakes) = (Vec::new(), Vec::new());
    for (number, line) in lines {
        let cells = cells(line, separator);
        let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
        match status.map(cell) {
            Some("left out") if cell(nurse).is_empty() => continue,
            Some("meeting") => continue,
            _ => {}
        }
        let wrong = match (read_date(cell(date)), cell(client).is_empty() || cell(nurse).is_empty()) {
            (Ok(date), false) => {
                let (client, nurse) = (cell(client).to_owned(), cell(nurse).to_owned());
                visits.push(PastVisit { client, nurse, date });
                continue;
            }
            (Err(why), false) => {
                let (problem, mend) = why.split_once("; ").unwrap_or((&why, "mend it"));
                Mistake::new("visits", format!("{:?} {problem}", shown(cell(date))), mend)
            }
            (_, true) => {
                let problem = format!("{:?} has no client or no nurse", shown(line));
                Mistake::new("visits", problem, "give both; drop the line of a visit that did not take place")
            }
        };
        if mistakes.len() < MOST_TOLD {
            mistakes.push(wrong.on_line(number + 1));
        }
    }
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    Ok(visits)
}

/// The start of a text, without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The cells of a line. A cell in quotes may hold the separator, and `""` stands for a quote.
fn cells(line: &str, separator: char) -> Vec<String> {
    let (mut cells, mut cell, mut in_quotes) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => in_quotes = !in_quotes,
            _ if letter == separator && !in_quotes => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_say_the_same() {
        let csv =
            read_visits("Nurse,Client,Date,note\r\nn1,\"c,1\",2026-03-02,\"a \"\"b\"\"\"\r\n\r\n").unwrap();
        let json = read_visits(r#" [{"client": "c,1", "nurse": "n1", "date": "2026-03-02"}]"#).unwrap();
        assert_eq!(csv, json);
        assert_eq!(csv.len(), 1);
    }

    // As `kring export --to csv` writes it, with one correction by hand: somebody did visit c2.
    #[test]
    fn an_exported_plan_can_be_given_back() {
        let visits = read_visits(
            "\u{feff}date;nurse;client;status\n2-3-2026;n1;c1;planned\n2026-03-02;;c3;left out\n\
             2026-03-02;n2;c2;left out\n2026-03-03;n1;;meeting\n",
        )
        .unwrap();
        let pairs: Vec<_> = visits.iter().map(|v| (v.client.as_str(), v.nurse.as_str())).collect();
        assert_eq!(pairs, [("c1", "n1"), ("c2", "n2")]);
        assert_eq!(visits[0].date, visits[1].date);
    }

    #[test]
    fn mistakes_have_lines() {
        let error = read_visits("client,nurse,date\nc1,n1,2026-03-02\nc1,n1,yesterday\nc1\n").unwrap_err();
        let lines: Vec<_> = error.mistakes().iter().map(|mistake| mistake.line).collect();
        assert_eq!(lines, [Some(3), Some(4)]);
        let said = error.to_string();
        assert!(said.contains("\"yesterday\" is not a date; write 2026-03-02"), "{said}");
        assert!(said.contains("\"c1\" has no client or no nurse"), "{said}");
        assert!(read_visits("who,when\n").unwrap_err().to_string().contains("no column client, nurse, date"));
        assert!(read_visits("").is_err());
        assert_eq!(read_visits("[{}]").unwrap_err().kind(), ErrorKind::Syntax);
    }
}
