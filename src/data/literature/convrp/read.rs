//! Reads the text of an instance.

use super::instance::{Customer, Instance, Service};
use super::sections::{DEMANDS, File, Mistakes, PLACES, Reading, Row, SERVICES, heading, wrong};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::calendar::Calendar;
use std::collections::BTreeMap;

/// Largest file or plan accepted, in bytes.
pub const LARGEST: usize = 64 << 20;

/// A `DISTANCE` of this much or more means no limit.
const NO_LIMIT: f64 = 9_999_999.0;

/// The mend for a customer who is not in every section.
const EVERY_SECTION: &str = "give each customer a line in each section";

/// Whether a text looks like this format: it begins with headings, `NUM_DAYS` among them.
pub fn looks_like(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    { lines }.map_while(heading).any(|(key, _)| key == "NUM_DAYS")
}

/// Reads an instance. Blank lines are ignored, and so are headings that do not describe the problem (`COMMENT` and
/// others); nothing is read after `EOF`. A demand of -1 means no service on that day; a customer without service on any
/// day is left out. Without `SVC_TIME_SECTION`, services take no time.
///
/// # Errors
/// `Format` with the line of every mistake (the first 20): headings and sections that are missing, unknown or
/// given twice, numbers that are missing, not finite or out of range, two customers of one number, customers
/// that are not in every section, a `DIMENSION` other than their number and 1; `TooLarge` beyond [`LARGEST`]
/// bytes, [`MOST_CUSTOMERS`](super::MOST_CUSTOMERS) or 60 days.
///
/// # Complexity
/// Linear in the length of the text, except for sorting the customers of each section.
pub fn read(text: &str) -> Result<Instance> {
    if text.len() > LARGEST {
        let mistake = Mistake::new("file", format!("{} bytes", text.len()), "give at most 64 MiB");
        return Err(Error::new(ErrorKind::TooLarge, mistake));
    }
    let mut mistakes = Mistakes::default();
    let file = File::read(text, &mut mistakes)?;
    let days = mistakes.keep(days(&file));
    let capacity = mistakes.keep(file.number("CAPACITY", 0.0, 1e9));
    let limit = mistakes.keep(limit(&file));
    let dimension = mistakes.keep(file.dimension()).flatten();
    let depot = mistakes.keep(file.depot());
    let (Some((at, days)), Some((_, capacity)), Some(limit), Some(depot)) = (days, capacity, limit, depot)
    else {
        mistakes.check()?;
        return Err(Error::new(ErrorKind::Format, Mistake::new("file", "no instance", "see the form")));
    };
    if days > Calendar::LONGEST {
        let mend = format!("give at most {}", Calendar::LONGEST);
        return Err(Error::new(ErrorKind::TooLarge, wrong(at, format!("{days} days"), &mend)));
    }
    let place = |row: &Row<'_>| Ok((row.coordinate(1, "x")?, row.coordinate(2, "y")?));
    let places = file.customers(PLACES, &mut mistakes, place);
    if let Some((at, dimension)) = dimension.filter(|(_, dimension)| *dimension != places.len() as f64 + 1.0)
    {
        let problem = format!("DIMENSION {dimension} for a depot and {} customers", places.len());
        mistakes.add(wrong(at, problem, "count the customers and the depot"));
    }
    let demands = file.customers(DEMANDS, &mut mistakes, |row| row.each_day(days, Row::demand));
    let services = file.has(SERVICES).then(|| {
        let services = file.customers(SERVICES, &mut mistakes, |row| row.each_day(days, Row::service));
        missing_in(SERVICES, &places, &services, &mut mistakes);
        services
    });
    missing_in(DEMANDS, &places, &demands, &mut mistakes);
    missing_in(PLACES, &demands, &places, &mut mistakes);
    mistakes.check()?;
    let mut customers = Vec::with_capacity(places.len());
    for (number, (at, (x, y))) in places {
        let Some((_, demands)) = demands.get(&number) else { continue };
        let services = services.as_ref().and_then(|services| services.get(&number));
        let Some(days) = mistakes.keep(each_day(number, demands, services)) else { continue };
        if days.iter().any(Option::is_some) {
            customers.push((at, Customer { number, x, y, days }));
        }
    }
    mistakes.check()?;
    customers.sort_by_key(|(at, _)| *at);
    Ok(Instance {
        name: file.name().to_owned(),
        days,
        // Loads are whole numbers, so a fraction of a unit of capacity is of no use.
        capacity: capacity.floor() as i32,
        limit,
        depot,
        customers: customers.into_iter().map(|(_, customer)| customer).collect(),
    })
}

/// The number of days, and its line.
fn days(file: &File<'_>) -> Reading<(usize, u16)> {
    let (at, days) = file.number("NUM_DAYS", 1.0, f64::from(u16::MAX))?;
    if days.fract() != 0.0 {
        return Err(wrong(at, format!("{days} days"), "give a whole number"));
    }
    Ok((at, days as u16))
}

/// The longest duration; `None` without a limit.
fn limit(file: &File<'_>) -> Reading<Option<f64>> {
    let (at, limit) = file.number("DISTANCE", 0.0, f64::MAX)?;
    if limit == 0.0 {
        return Err(wrong(at, "DISTANCE 0", "give a limit above 0, or 9999999 for none"));
    }
    Ok((limit < NO_LIMIT).then_some(limit))
}

/// Reports the customers of one section who are missing in another, by their lines.
fn missing_in<A, B>(
    section: &str,
    all: &BTreeMap<u32, (usize, A)>,
    given: &BTreeMap<u32, (usize, B)>,
    mistakes: &mut Mistakes,
) {
    for (number, (at, _)) in all.iter().filter(|(number, _)| !given.contains_key(number)) {
        mistakes.add(wrong(*at, format!("customer {number} is not in {section}"), EVERY_SECTION));
    }
}

/// The service of a customer on each day. Without a section of service times, services take no time.
fn each_day(
    number: u32,
    demands: &[Option<i32>],
    services: Option<&(usize, Vec<f64>)>,
) -> Reading<Vec<Option<Service>>> {
    let service = |(day, demand): (usize, &Option<i32>)| {
        let Some(demand) = *demand else { return Ok(None) };
        let duration = services.and_then(|(_, services)| services.get(day)).copied().unwrap_or(0.0);
        match services {
            Some((at, _)) if duration < 0.0 => {
                let problem =
                    format!("customer {number} has a demand and no service time on day {}", day + 1);
                Err(wrong(*at, problem, "give at least 0 on each day with a demand"))
            }
            _ => Ok(Some(Service { demand, duration })),
        }
    };
    demands.iter().enumerate().map(service).collect()
}
