//! Reads the text of an instance.

use super::instance::{Customer, Depot, Instance, Kind, Limit};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::calendar::Calendar;
use std::collections::{BTreeSet, HashSet};

/// Largest file accepted, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Most customers accepted: the distances take 8 bytes for each pair of places.
pub const MOST_CUSTOMERS: usize = 6_000;

/// Most depots accepted.
pub const MOST_DEPOTS: usize = 500;

/// Most combinations of days of a customer.
const MOST_COMBINATIONS: usize = 10_000;

/// Largest coordinate, time, service or demand: sums of all of them stay far within a double's precision.
const LARGEST_NUMBER: f64 = 1e6;

/// Least number of columns of a customer: number, x, y, service, demand.
const NODE_COLUMNS: usize = 5;

/// Reading stops after this many mistakes.
const MOST_MISTAKES: usize = 20;

/// Whether a text looks like this format: a known type with its counts, then two numbers on a line.
pub fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut numbers = || -> Option<Vec<f64>> {
        lines.next()?.split_whitespace().take(6).map(|word| word.parse().ok()).collect()
    };
    let first = numbers().is_some_and(|first| {
        let kind = first.first().filter(|kind| kind.fract() == 0.0);
        first.len() >= 4 && kind.is_some_and(|&kind| Kind::of(kind as u64).is_some())
    });
    first && numbers().is_some_and(|second| second.len() == 2)
}

/// Reads an instance. Blank lines are ignored, and so is what follows the last column of a line.
///
/// # Errors
/// `Format` with the line of every mistake (the first 20): a type of another problem, numbers that are
/// missing, not finite or out of range, windows that end before they begin, combinations beyond the days or
/// of unequal length, two nodes of one number, more or fewer lines than the first line counts; `TooLarge`
/// beyond [`LARGEST`] bytes, [`MOST_CUSTOMERS`], [`MOST_DEPOTS`] or 60 days.
///
/// # Complexity
/// Linear in the length of the text, except for sorting the combinations of each customer.
pub fn read(text: &str) -> Result<Instance> {
    if text.len() > LARGEST {
        let mistake = Mistake::new("file", format!("{} bytes", text.len()), "give at most 64 MiB");
        return Err(Error::new(ErrorKind::TooLarge, mistake));
    }
    let mut lines = Lines { lines: text.lines().enumerate() };
    let head = header(&mut lines)?;
    let mut mistakes = Vec::new();
    let mut limits = Vec::with_capacity(head.slots());
    for _ in 0..head.slots() {
        let (at, words) = lines.words("a line with the limits D and Q of each slot")?;
        keep(limit(at, &words), &mut limits, &mut mistakes)?;
    }
    let (mut depots, mut customers) = (Vec::new(), Vec::new());
    for part in head.order() {
        match part {
            Part::Depots => {
                for _ in 0..head.depots {
                    let (at, words) = lines.words("a line for each depot")?;
                    keep(depot(&head, at, &words), &mut depots, &mut mistakes)?;
                }
            }
            Part::Customers => {
                for _ in 0..head.customers {
                    let (at, words) = lines.words("a line for each customer")?;
                    keep(customer(&head, at, &words), &mut customers, &mut mistakes)?;
                }
            }
        }
    }
    if let Some((at, _)) = lines.next() {
        let counted = format!("more lines than {} customers and {} depots", head.customers, head.depots);
        mistakes.push(wrong(at, counted, "count the customers in the first line"));
    }
    let mut numbers = HashSet::new();
    let all = depots.iter().map(|d: &Depot| d.number).chain(customers.iter().map(|c: &Customer| c.number));
    for number in all.filter(|number| !numbers.insert(*number)).take(MOST_MISTAKES) {
        let problem = format!("{number} is the number of two nodes");
        mistakes.push(Mistake::new("file", problem, "number each node differently"));
    }
    Error::from_mistakes(ErrorKind::Format, mistakes)?;
    Ok(Instance { kind: head.kind, vehicles: head.vehicles, days: head.days, limits, depots, customers })
}

/// Keeps what was read, or its mistake. Fails once there are too many mistakes.
fn keep<T>(read: Reading<T>, all: &mut Vec<T>, mistakes: &mut Vec<Mistake>) -> Result<()> {
    match read {
        Ok(one) => all.push(one),
        Err(mistake) => mistakes.push(mistake),
    }
    if mistakes.len() < MOST_MISTAKES {
        return Ok(());
    }
    Error::from_mistakes(ErrorKind::Format, std::mem::take(mistakes))
}

type Reading<T> = std::result::Result<T, Mistake>;

fn wrong(line: usize, problem: impl Into<String>, mend: &str) -> Mistake {
    Mistake::new(format!("line {line}"), problem, mend)
}

/// Lines that were not read yet, and their numbers from 1.
struct Lines<'t> {
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
}

impl<'t> Lines<'t> {
    /// The next line that is not blank.
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let lines = self.lines.by_ref().map(|(at, line)| (at + 1, line.trim()));
        { lines }.find(|(_, line)| !line.is_empty())
    }

    fn words(&mut self, what: &str) -> Result<(usize, Vec<&'t str>)> {
        let Some((at, line)) = self.next() else {
            let mend = "compare the counts of the first line with the lines that follow";
            let mistake = Mistake::new("end of the file", format!("{what} is missing"), mend);
            return Err(Error::new(ErrorKind::Format, mistake));
        };
        Ok((at, line.split_whitespace().collect()))
    }
}

/// The first line.
struct Header {
    kind: Kind,
    vehicles: u32,
    customers: usize,
    days: u16,
    depots: usize,
}

/// What the lines after the limits hold.
#[derive(Clone, Copy)]
enum Part {
    Depots,
    Customers,
}

impl Header {
    fn slots(&self) -> usize {
        usize::from(self.days) * self.depots
    }

    /// Without days, the depots come last.
    fn order(&self) -> [Part; 2] {
        if self.kind.is_periodic() {
            [Part::Depots, Part::Customers]
        } else {
            [Part::Customers, Part::Depots]
        }
    }
}

fn header(lines: &mut Lines<'_>) -> Result<Header> {
    let (at, words) = lines.words("the first line (type, vehicles, customers, days or depots)")?;
    let form = "start with: type m n t, or for type 8: 8 m n t d";
    let format = |mistake| Error::new(ErrorKind::Format, mistake);
    let number = |place: usize, what: &str| {
        let read = words.get(place).and_then(|word| word.parse::<u64>().ok());
        read.ok_or_else(|| format(wrong(at, format!("no {what}"), form)))
    };
    let kind = number(0, "type")?;
    let Some(kind) = Kind::of(kind) else {
        let mend = "give type 1 (PVRP), 2 (MDVRP), 5 (PVRPTW), 6 (MDVRPTW) or 8 (MDPVRP)";
        return Err(format(wrong(at, format!("type {kind} is not read"), mend)));
    };
    let (vehicles, customers) = (number(1, "number of vehicles")?, number(2, "number of customers")?);
    let (days, depots) = match kind {
        Kind::Pvrp | Kind::Pvrptw => (number(3, "number of days")?, 1),
        Kind::Mdvrp | Kind::Mdvrptw => (1, number(3, "number of depots")?),
        Kind::Mdpvrp => (number(3, "number of days")?, number(4, "number of depots")?),
    };
    let most_days = u64::from(Calendar::LONGEST);
    for (count, what, most) in [
        (vehicles, "vehicles", 1_000_000_000),
        (days, "days", most_days),
        (depots, "depots", MOST_DEPOTS as u64),
        (customers, "customers", MOST_CUSTOMERS as u64),
    ] {
        if count == 0 && what != "customers" {
            return Err(format(wrong(at, format!("no {what}"), "give at least 1")));
        }
        if count > most {
            let mend = format!("give at most {most}");
            return Err(Error::new(ErrorKind::TooLarge, wrong(at, format!("{count} {what}"), &mend)));
        }
    }
    let (customers, depots) = (customers as usize, depots as usize);
    Ok(Header { kind, vehicles: vehicles as u32, customers, days: days as u16, depots })
}

/// The number at a place of a line, within bounds.
fn real(at: usize, words: &[&str], place: usize, what: &str, low: f64) -> Reading<f64> {
    let word = words.get(place).ok_or_else(|| wrong(at, format!("no {what}"), "see the form"))?;
    let number = word.parse().ok().filter(|n| (low..=LARGEST_NUMBER).contains(n));
    number.ok_or_else(|| {
        let shown: String = word.chars().take(40).collect();
        wrong(at, format!("{what} {shown}"), &format!("give a number from {low} to {LARGEST_NUMBER}"))
    })
}

fn limit(at: usize, words: &[&str]) -> Reading<Limit> {
    let duration = real(at, words, 0, "longest duration D", 0.0)?;
    let capacity: f64 = words.get(1).and_then(|word| word.parse().ok()).unwrap_or(-1.0);
    if !(0.0..=1e9).contains(&capacity) {
        return Err(wrong(at, "no capacity Q", "give D and Q, Q from 0 to 1,000,000,000"));
    }
    if words.len() >= NODE_COLUMNS {
        let mend = "give D and Q for each slot, as many lines as the first line counts";
        return Err(wrong(at, "a node where D and Q belong", mend));
    }
    // Loads are whole numbers, so a fraction of a unit of capacity is of no use.
    Ok(Limit { duration: (duration > 0.0).then_some(duration), capacity: capacity.floor() as i32 })
}

fn depot(head: &Header, at: usize, words: &[&str]) -> Reading<Depot> {
    let number = node_number(at, words, 0)?;
    let (x, y) = place(at, words)?;
    let (open, close) = match list(at, words, &mut |_| Ok(()))? {
        after if head.kind.has_windows() => window(at, after)?,
        _ => NO_WINDOW,
    };
    Ok(Depot { number, x, y, open, close })
}

fn customer(head: &Header, at: usize, words: &[&str]) -> Reading<Customer> {
    let number = node_number(at, words, 1)?;
    let (x, y) = place(at, words)?;
    let service = real(at, words, 3, "service time", 0.0)?;
    let demand = real(at, words, 4, "demand", 0.0)?;
    if demand.fract() != 0.0 {
        let mend = "give whole demands: multiply them and the capacities";
        return Err(wrong(at, format!("demand {demand}"), mend));
    }
    let mut codes = BTreeSet::new();
    let after = list(at, words, &mut |word| {
        if head.kind.is_periodic() {
            codes.insert(combination(head, at, word)?);
        }
        Ok(())
    })?;
    let combinations: Vec<u64> = if head.kind.is_periodic() { codes.into_iter().collect() } else { vec![1] };
    let lengths: BTreeSet<u32> = combinations.iter().map(|code| code.count_ones()).collect();
    if lengths.len() != 1 {
        let problem = match lengths.is_empty() {
            true => "no combination of days",
            false => "combinations of unequal numbers of days",
        };
        return Err(wrong(at, problem, "list combinations, each of as many days as there are visits"));
    }
    let (open, close) = if head.kind.has_windows() { window(at, after)? } else { NO_WINDOW };
    Ok(Customer { number, x, y, service, demand: demand as i32, combinations, open, close })
}

fn node_number(at: usize, words: &[&str], least: u32) -> Reading<u32> {
    let number = words.first().and_then(|word| word.parse().ok()).filter(|n| (least..=1_000_000).contains(n));
    let mend = "start with a whole number: at least 1 for a customer, at most 1,000,000";
    number.ok_or_else(|| wrong(at, "no node number", mend))
}

fn place(at: usize, words: &[&str]) -> Reading<(f64, f64)> {
    let coordinate = |place, what| real(at, words, place, what, -LARGEST_NUMBER);
    Ok((coordinate(1, "x")?, coordinate(2, "y")?))
}

/// Calls `each` with every combination of a node, and returns the words after them. Nodes without the columns for
/// visits and combinations have none.
fn list<'w, 't>(
    at: usize,
    words: &'w [&'t str],
    each: &mut dyn FnMut(&'t str) -> Reading<()>,
) -> Reading<&'w [&'t str]> {
    let Some(length) = words.get(6) else { return Ok(&[]) };
    let Some(length) = length.parse().ok().filter(|length: &usize| *length <= MOST_COMBINATIONS) else {
        let mend = format!("give a whole number, at most {MOST_COMBINATIONS}");
        return Err(wrong(at, "no number of combinations", &mend));
    };
    let Some(codes) = words.get(7..7 + length) else {
        let problem = format!("{} of {length} combinations", words.len() - 7);
        return Err(wrong(at, problem, "list as many combinations as are counted"));
    };
    codes.iter().try_for_each(|word| each(word))?;
    Ok(&words[7 + length..])
}

fn combination(head: &Header, at: usize, word: &str) -> Reading<u64> {
    let most = (1u64 << head.days) - 1;
    word.parse().ok().filter(|code| (1..=most).contains(code)).ok_or_else(|| {
        let shown: String = word.chars().take(40).collect();
        let mend = format!("give a whole number from 1 to {most}: a bit for each of the {} days", head.days);
        wrong(at, format!("combination {shown}"), &mend)
    })
}

/// Earliest and latest time if there is no window.
const NO_WINDOW: (f64, f64) = (0.0, f64::INFINITY);

/// The window in the words of a line. Some files leave it out; words after it are ignored.
fn window(at: usize, words: &[&str]) -> Reading<(f64, f64)> {
    if words.is_empty() {
        return Ok(NO_WINDOW);
    }
    let open = real(at, words, 0, "earliest time", 0.0)?;
    let close = real(at, words, 1, "latest time", 0.0)?;
    if close < open {
        return Err(wrong(at, format!("window from {open} to {close}"), "give the earlier time first"));
    }
    Ok((open, close))
}
