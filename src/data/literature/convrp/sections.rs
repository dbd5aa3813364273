//! Splits a text into headings and the lines of sections, each with its number.

use crate::error::{Error, ErrorKind, Mistake, Result};
use std::collections::BTreeMap;

/// Most customers accepted: the distances take 8 bytes for each pair of places.
pub const MOST_CUSTOMERS: usize = 6_000;

/// Largest coordinate, time or demand: sums of all of them stay far within a double's precision.
const LARGEST_NUMBER: f64 = 1e6;

/// Sections with a line for each customer.
pub(super) const PLACES: &str = "NODE_COORD_SECTION";
pub(super) const DEMANDS: &str = "DEMAND_SECTION";
pub(super) const SERVICES: &str = "SVC_TIME_SECTION";

/// The section with the coordinates of the depot.
pub(super) const DEPOT: &str = "DEPOT_SECTION";

/// Headings that describe the problem.
const HEADINGS: [&str; 5] = ["NAME", "DIMENSION", "NUM_DAYS", "CAPACITY", "DISTANCE"];

/// At most this many mistakes are reported.
const MOST_MISTAKES: usize = 20;

/// Largest number of a customer.
const LARGEST_ID: u32 = 1_000_000;

pub(super) type Reading<T> = std::result::Result<T, Mistake>;

/// The first [`MOST_MISTAKES`] mistakes found.
#[derive(Default)]
pub(super) struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn add(&mut self, mistake: Mistake) {
        if self.0.len() < MOST_MISTAKES {
            self.0.push(mistake);
        }
    }

    /// Returns what was read, or keeps its mistake.
    pub(super) fn keep<T>(&mut self, read: Reading<T>) -> Option<T> {
        read.map_err(|mistake| self.add(mistake)).ok()
    }

    /// An error of all mistakes, if there are any.
    pub(super) fn check(&mut self) -> Result<()> {
        Error::from_mistakes(ErrorKind::Format, std::mem::take(&mut self.0))
    }
}

pub(super) fn wrong(line: usize, problem: impl Into<String>, mend: &str) -> Mistake {
    Mistake::new(format!("line {line}"), problem, mend)
}

fn missing(what: &str) -> Mistake {
    Mistake::new("end of the file", format!("{what} is missing"), "see the form of ConVRP files")
}

/// The start of a text, for a message.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The key and value of a heading: `KEY: value`.
pub(super) fn heading(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_key.then_some((key, value.trim()))
}

/// A file split into headings and sections.
pub(super) struct File<'t> {
    headings: BTreeMap<&'static str, (usize, &'t str)>,
    sections: BTreeMap<&'static str, Vec<(usize, &'t str)>>,
}

impl<'t> File<'t> {
    /// Splits a text.
    ///
    /// # Errors
    /// `TooLarge` for more lines in a section than there may be customers.
    pub(super) fn read(text: &'t str, mistakes: &mut Mistakes) -> Result<Self> {
        let mut file = Self { headings: BTreeMap::new(), sections: BTreeMap::new() };
        // Lines of an unknown section are ignored: the section itself is the mistake.
        let (mut section, mut unknown) = (None, false);
        let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
        for (at, line) in { lines }.take_while(|(_, line)| *line != "EOF") {
            let heading = heading(line);
            let key = heading.map_or(line, |(key, _)| key);
            if key.ends_with("_SECTION") {
                section = [PLACES, DEMANDS, SERVICES, DEPOT].into_iter().find(|known| *known == key);
                unknown = section.is_none();
                let Some(known) = section else {
                    mistakes.add(wrong(at, format!("{} is not read", short(key)), "leave it out"));
                    continue;
                };
                if file.sections.insert(known, Vec::new()).is_some() {
                    mistakes.add(wrong(at, format!("a second {known}"), "give each section once"));
                }
            } else if let Some((key, value)) = heading {
                let Some(known) = HEADINGS.into_iter().find(|known| *known == key) else { continue };
                if file.headings.insert(known, (at, value)).is_some() {
                    mistakes.add(wrong(at, format!("a second {known}"), "give each heading once"));
                }
            } else if let Some(rows) = section.and_then(|section| file.sections.get_mut(section)) {
                rows.push((at, line));
                if rows.len() > MOST_CUSTOMERS + 1 {
                    let mend = format!("give at most {MOST_CUSTOMERS}");
                    return Err(Error::new(ErrorKind::TooLarge, wrong(at, "too many customers", &mend)));
                }
            } else if !unknown {
                let mend = "start with headings such as NUM_DAYS: 5, then sections";
                mistakes.add(wrong(at, format!("{} before any section", short(line)), mend));
                // The text is certainly not in this format, so the rest is not read.
                mistakes.check()?;
            }
        }
        Ok(file)
    }

    pub(super) fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    pub(super) fn name(&self) -> &'t str {
        self.headings.get("NAME").map_or("", |(_, name)| name)
    }

    /// The number of a heading, within bounds, and its line.
    pub(super) fn number(&self, key: &str, low: f64, high: f64) -> Reading<(usize, f64)> {
        let &(at, value) = self.headings.get(key).ok_or_else(|| missing(key))?;
        let number = value.parse().ok().filter(|number| (low..=high).contains(number));
        let number = number.ok_or_else(|| {
            let most = if high < f64::MAX { format!(" to {high}") } else { " on".to_owned() };
            let mend = format!("give a number from {low}{most}");
            wrong(at, format!("{key} {}", short(value)), &mend)
        })?;
        Ok((at, number))
    }

    /// The number of the heading, if the file has it.
    pub(super) fn dimension(&self) -> Reading<Option<(usize, f64)>> {
        self.headings.get("DIMENSION").map(|_| self.number("DIMENSION", 1.0, 1e9)).transpose()
    }

    /// Coordinates of the one depot; the section ends at a line of -1.
    pub(super) fn depot(&self) -> Reading<(f64, f64)> {
        let rows = self.sections.get(DEPOT).ok_or_else(|| missing(DEPOT))?;
        let mut rows = rows.iter().map(Row::new).take_while(|row| row.words != ["-1"]);
        let first = rows.next().ok_or_else(|| missing("the depot"))?;
        if let Some(second) = rows.next() {
            return Err(wrong(second.at, "a second depot", "give one, and -1 on the line after it"));
        }
        Ok((first.coordinate(0, "x of the depot")?, first.coordinate(1, "y of the depot")?))
    }

    /// What a section says of each customer, with its line, by the customer's number.
    pub(super) fn customers<T>(
        &self,
        section: &'static str,
        mistakes: &mut Mistakes,
        read: impl Fn(&Row<'t>) -> Reading<T>,
    ) -> BTreeMap<u32, (usize, T)> {
        let mut found = BTreeMap::new();
        let Some(rows) = self.sections.get(section) else {
            mistakes.add(missing(section));
            return found;
        };
        for row in rows.iter().map(Row::new) {
            let Some((number, of_customer)) = mistakes.keep(row.id().and_then(|id| Ok((id, read(&row)?))))
            else {
                continue;
            };
            if found.insert(number, (row.at, of_customer)).is_some() {
                let problem = format!("customer {number} a second time in {section}");
                mistakes.add(wrong(row.at, problem, "number each customer differently"));
            }
        }
        found
    }
}

/// A line of a section.
pub(super) struct Row<'t> {
    at: usize,
    /// Its words; at most one more than a line may have, which is enough to find that there are too many.
    words: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn new(&(at, line): &(usize, &'t str)) -> Self {
        /// The customer's number, and a column for each of at most 60 days.
        const MOST_WORDS: usize = 61;
        Self { at, words: line.split_whitespace().take(MOST_WORDS + 1).collect() }
    }

    /// The number of the customer.
    fn id(&self) -> Reading<u32> {
        let id =
            self.words.first().and_then(|word| word.parse().ok()).filter(|id| (1..=LARGEST_ID).contains(id));
        let mend = format!("start with a whole number from 1 to {LARGEST_ID}");
        id.ok_or_else(|| wrong(self.at, "no number of a customer", &mend))
    }

    fn number(&self, column: usize, what: &str, low: f64) -> Reading<f64> {
        let word =
            self.words.get(column).ok_or_else(|| wrong(self.at, format!("no {what}"), "see the form"))?;
        let number = word.parse().ok().filter(|number| (low..=LARGEST_NUMBER).contains(number));
        number.ok_or_else(|| {
            let mend = format!("give a number from {low} to {LARGEST_NUMBER}");
            wrong(self.at, format!("{what} {}", short(word)), &mend)
        })
    }

    pub(super) fn coordinate(&self, column: usize, what: &str) -> Reading<f64> {
        self.number(column, what, -LARGEST_NUMBER)
    }

    /// The demand on a day; `None` where it is -1.
    pub(super) fn demand(&self, column: usize) -> Reading<Option<i32>> {
        let what = format!("demand on day {column}");
        let demand = self.number(column, &what, -1.0)?;
        if demand == -1.0 {
            return Ok(None);
        }
        if demand < 0.0 || demand.fract() != 0.0 {
            let mend = "give a whole demand of at least 0, or -1 for no service";
            return Err(wrong(self.at, format!("{what} {demand}"), mend));
        }
        Ok(Some(demand as i32))
    }

    /// A duration on a day; below 0 on days without service.
    pub(super) fn service(&self, column: usize) -> Reading<f64> {
        self.number(column, &format!("service time on day {column}"), -1.0)
    }

    /// Reads a column for each day, after the number of the customer.
    pub(super) fn each_day<T>(
        &self,
        days: u16,
        read: impl Fn(&Self, usize) -> Reading<T>,
    ) -> Reading<Vec<T>> {
        let (days, given) = (usize::from(days), self.words.len() - 1);
        if given != days {
            let given = if given > days { "more".to_owned() } else { given.to_string() };
            let mend = "give a column for each day, after the number of the customer";
            return Err(wrong(self.at, format!("{given} columns for {days} days"), mend));
        }
        (1..=days).map(|column| read(self, column)).collect()
    }
}
