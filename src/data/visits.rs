//! Visits that took place, as a record of care or a spreadsheet gives them: CSV or JSON.

use super::json;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::document::PastVisit;
use jiff::civil::Date;

/// Most mistakes that are told.
const MOST_TOLD: usize = 100;

/// Reads visits that took place: a JSON list of objects with `client`, `nurse` and `date`, or CSV with these columns in any
/// order (others are not looked at), separated by commas, semicolons or tabs.
///
/// # Errors
/// [`ErrorKind::TooLarge`]; [`ErrorKind::Syntax`] for JSON that is none; [`ErrorKind::Format`] with the lines of CSV.
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
    let column = |name: &str| {
        head.iter().position(|cell| cell == name).ok_or_else(|| {
            let problem = format!("no column {name} in the first line");
            Error::new(
                ErrorKind::Format,
                Mistake::new("visits", problem, "name the columns client, nurse, date"),
            )
        })
    };
    let (client, nurse, date) = (column("client")?, column("nurse")?, column("date")?);
    let (mut visits, mut mistakes) = (Vec::new(), Vec::new());
    for (number, line) in lines {
        let cells = cells(line, separator);
        let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
        match cell(date).parse::<Date>() {
            Ok(date) if !cell(client).is_empty() && !cell(nurse).is_empty() => {
                visits.push(PastVisit {
                    client: cell(client).to_owned(),
                    nurse: cell(nurse).to_owned(),
                    date,
                });
            }
            _ if mistakes.len() < MOST_TOLD => {
                let shown: String = line.chars().filter(|c| !c.is_control()).take(60).collect();
                let problem = format!("{shown:?} is not a client, a nurse and a date");
                mistakes
                    .push(Mistake::new("visits", problem, "write dates as 2026-03-02").on_line(number + 1));
            }
            _ => {}
        }
    }
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    Ok(visits)
}

/// The cells of a line; in quotes a cell may hold the separator, and a quote twice.
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

    #[test]
    fn mistakes_have_lines() {
        let error = read_visits("client,nurse,date\nc1,n1,2026-03-02\nc1,n1,yesterday\nc1\n").unwrap_err();
        let lines: Vec<_> = error.mistakes().iter().map(|mistake| mistake.line).collect();
        assert_eq!(lines, [Some(3), Some(4)]);
        assert!(read_visits("who,when\n").unwrap_err().to_string().contains("no column client"));
        assert!(read_visits("").is_err());
        assert_eq!(read_visits("[{}]").unwrap_err().kind(), ErrorKind::Syntax);
    }
}
