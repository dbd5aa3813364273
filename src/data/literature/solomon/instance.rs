//! Reads instances and turns them into problems.

use crate::data::literature::routing::{unplanned, window};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::RoutingProblem;
use crate::model::fleet::{Customer, Fleet, Service, Vehicles};

/// Most customers accepted: the distances take 8 bytes for each pair of places.
pub const MOST_CUSTOMERS: usize = 6_000;

/// How distances are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Distances and travel times are cut off after one decimal, as by CVRPLIB and the 12th DIMACS challenge.
    Dimacs,
    /// Distances are in double precision, as in the lists of SINTEF. The search plans in ticks of a ten-thousandth
    /// (longer ones where the day is longer than 100,000), rounded up: what fits in ticks fits in double precision.
    Double,
}

/// The depot or a customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Coordinate, in units of distance.
    pub x: f64,
    /// Coordinate, in units of distance.
    pub y: f64,
    /// Load, 0 or more; 0 for the depot.
    pub demand: i32,
    /// Earliest start of service, included; for the depot the earliest departure. A unit of distance takes a unit of
    /// time.
    pub ready: f64,
    /// Latest start of service, included; for the depot the latest return.
    pub due: f64,
    /// Duration of service, 0 or more.
    pub service: f64,
}

/// An instance as the file has it.
///
/// # Units
/// Distance is Euclidean, in the unit of the coordinates. A unit of distance takes a unit of time; all times are counted from 0, and
/// both ends of a range are included. Loads are whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// First line of the file.
    pub name: String,
    /// Most vehicles.
    pub vehicles: u32,
    /// Largest load of a vehicle.
    pub capacity: i32,
    /// The depot, then the customers, numbered as in the file.
    pub nodes: Vec<Node>,
}

/// Whether a text looks like this format.
pub fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some() && lines.next() == Some("VEHICLE")
}

/// Reads an instance.
///
/// # Errors
/// `Format` with the line for text that is not in the format, numbers that are not finite or below 0, customers out of
/// order, windows that end before they begin; `TooLarge` beyond [`MOST_CUSTOMERS`] customers.
pub fn read(text: &str) -> Result<Instance> {
    Reader { lines: text.lines().enumerate() }.instance()
}

/// Lines not read yet.
struct Reader<'t> {
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
}

fn wrong(line: usize, problem: impl Into<String>, mend: &str) -> Error {
    Error::new(ErrorKind::Format, Mistake::new(format!("line {}", line + 1), problem, mend))
}

impl<'t> Reader<'t> {
    /// The next line that is not blank, and its number.
    fn line(&mut self) -> Option<(usize, &'t str)> {
        self.lines.by_ref().map(|(at, line)| (at, line.trim())).find(|(_, line)| !line.is_empty())
    }

    fn words(&mut self, what: &str) -> Result<(usize, Vec<&'t str>)> {
        let Some((at, line)) = self.line() else {
            let mistake = Mistake::new("end of the file", format!("{what} is missing"), "see the form");
            return Err(Error::new(ErrorKind::Format, mistake));
        };
        Ok((at, line.split_whitespace().collect()))
    }

    fn heading(&mut self, first: &str) -> Result<()> {
        let (at, words) = self.words(&format!("the heading {first}"))?;
        match words.first() {
            Some(word) if word.eq_ignore_ascii_case(first) => Ok(()),
            _ => Err(wrong(at, format!("expected the heading {first}"), "see the form of Solomon's files")),
        }
    }

    fn instance(&mut self) -> Result<Instance> {
        let (_, name) = self.words("the name")?;
        let name = name.join(" ");
        self.heading("VEHICLE")?;
        self.heading("NUMBER")?;
        let (at, fleet) = self.words("number and capacity")?;
        let fleet: Vec<i32> = fleet
            .iter()
            .filter_map(|word| word.parse().ok())
            .filter(|n| (1..=1_000_000_000).contains(n))
            .collect();
        let &[vehicles, capacity] = fleet.as_slice() else {
            return Err(wrong(at, "expected number and capacity", "give two whole numbers above 0"));
        };
        self.heading("CUSTOMER")?;
        self.heading("CUST")?;
        let mut nodes = Vec::new();
        while let Some((at, line)) = self.line() {
            nodes.push(node(at, line, nodes.len())?);
            if nodes.len() > MOST_CUSTOMERS + 1 {
                let mistake =
                    Mistake::new(format!("line {}", at + 1), "too many customers", "give at most 6,000");
                return Err(Error::new(ErrorKind::TooLarge, mistake));
            }
        }
        if nodes.is_empty() {
            let mistake = Mistake::new("end of the file", "no depot", "give the depot as customer 0");
            return Err(Error::new(ErrorKind::Format, mistake));
        }
        Ok(Instance { name, vehicles: vehicles as u32, capacity, nodes })
    }
}

fn node(at: usize, line: &str, due_number: usize) -> Result<Node> {
    /// Largest coordinate, time or service: sums of all of them stay far within a double's precision.
    const LARGEST: f64 = 1e6;
    let mut numbers = [0.0; 7];
    let mut words = line.split_whitespace();
    for (number, field) in
        numbers.iter_mut().zip(["number", "x", "y", "demand", "ready time", "due date", "service time"])
    {
        *number = words
            .next()
            .and_then(|word| word.parse().ok())
            .filter(|n: &f64| n.abs() <= LARGEST)
            .ok_or_else(|| wrong(at, format!("no {field}"), "give seven numbers of at most 1,000,000"))?;
    }
    let [number, x, y, demand, ready, due, service] = numbers;
    if words.next().is_some() {
        return Err(wrong(at, "more than seven numbers", "give number, x, y, demand, ready, due, service"));
    }
    if number != due_number as f64 {
        return Err(wrong(at, format!("customer {number}, expected {due_number}"), "number from 0 in order"));
    }
    if demand < 0.0 || demand.fract() != 0.0 || ready < 0.0 || service < 0.0 {
        let mend = "give a whole demand, and demand, times and service of at least 0";
        return Err(wrong(at, "a demand or time that cannot be", mend));
    }
    if due < ready {
        return Err(wrong(at, format!("due {due} before ready {ready}"), "give the earlier time first"));
    }
    Ok(Node { x, y, demand: demand as i32, ready, due, service })
}

impl Instance {
    /// Number of customers.
    pub fn customers(&self) -> usize {
        self.nodes.len() - 1
    }

    /// The instance with its first `customers` customers only, like the literature's instances of 25 and 50 customers.
    #[must_use]
    pub fn first(&self, customers: usize) -> Self {
        let nodes = self.nodes.iter().take(customers.saturating_add(1)).copied().collect();
        Self { nodes, ..self.clone() }
    }

    /// Ticks in a unit of distance, above 0. The search counts in whole ticks: costs of routes are 1,000 for each tick of travel.
    pub fn ticks_per_unit(&self, rounding: Rounding) -> f64 {
        match rounding {
            Rounding::Dimacs => 10.0,
            Rounding::Double => {
                let span = self.nodes.iter().map(|n| n.due + n.service).fold(1.0, f64::max) + self.widest();
                (1e9 / span).floor().clamp(1.0, 10_000.0)
            }
        }
    }

    fn widest(&self) -> f64 {
        let range = |of: fn(&Node) -> f64| {
            let (low, high) =
                self.nodes.iter().map(of).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
            high - low
        };
        libm::hypot(range(|n| n.x), range(|n| n.y))
    }

    /// The distance between two nodes, by their positions in `nodes`, in units of distance; rounded as the convention says.
    pub fn distance(&self, rounding: Rounding, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.nodes[a], &self.nodes[b]);
        let exact = libm::hypot(a.x - b.x, a.y - b.y);
        match rounding {
            Rounding::Dimacs => (10.0 * exact).floor() / 10.0,
            Rounding::Double => exact,
        }
    }

    /// The instance as a problem: the depot is a home, every vehicle a shift.
    ///
    /// # Errors
    /// `TooLarge` where times or distances are too long for ticks.
    pub fn problem(&self, rounding: Rounding) -> Result<RoutingProblem> {
        let ticks = self.ticks_per_unit(rounding);
        let places = self.nodes.len();
        let mut legs = Vec::with_capacity(places * places);
        for a in &self.nodes {
            legs.extend(self.nodes.iter().map(|b| {
                let exact = libm::hypot(a.x - b.x, a.y - b.y);
                (match rounding {
                    Rounding::Dimacs => (exact * ticks).floor(),
                    Rounding::Double => (exact * ticks).ceil(),
                }) as i32
            }));
        }
        let longest = legs.iter().copied().max().unwrap_or(0);
        let depot = &self.nodes[0];
        let last = self.nodes.iter().map(|n| n.due + n.service).fold(0.0, f64::max) * ticks;
        if last + 2.0 * f64::from(longest) > 2e9 {
            let mistake = Mistake::new("file", "times and distances are too long", "give smaller numbers");
            return Err(Error::new(ErrorKind::TooLarge, mistake));
        }
        let (open, close) = ((depot.ready * ticks).ceil() as i32, (depot.due * ticks).floor() as i32);
        let vehicles = Vehicles {
            driver: 0,
            depot: 0,
            day: 0,
            // A depot that opens after it closes, in ticks, is not open at all.
            count: if open <= close { self.vehicles.min(self.customers() as u32) } else { 0 },
            open,
            close,
            longest: i32::MAX,
            capacity: self.capacity,
        };
        let customers = self.nodes[1..].iter().map(|node| {
            let (open, close, more) = window(node.ready, node.due, ticks);
            Customer {
                visits: vec![Service {
                    duration: (node.service * ticks).ceil() as i32 + more,
                    load: node.demand,
                }],
                open,
                close,
                patterns: vec![vec![0]],
                unplanned: unplanned(longest),
            }
        });
        RoutingProblem::new(&Fleet {
            days: 1,
            day_ticks: 0,
            depots: 1,
            drivers: 1,
            vehicles: vec![vehicles],
            customers: customers.collect(),
            legs,
            most_drivers: None,
            spread: None,
        })
    }
}
