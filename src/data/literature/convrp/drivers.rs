//! How many drivers the search is given: the file leaves their number free.

use crate::model::fleet::{Customer, Service};

/// What every route has to keep to, in ticks.
pub(super) struct Bounds {
    /// Longest route.
    pub(super) longest: i32,
    pub(super) capacity: i32,
    /// Most ticks between the arrivals at a customer; `None` without a limit.
    pub(super) spread: Option<i32>,
}

/// A driver's route on one day, as far as it is built.
#[derive(Clone)]
struct Built {
    at: usize,
    time: i64,
    load: i64,
}

/// As many drivers as surely serve every visit that fits a route of its own, at most `most` and one more.
///
/// First fit over customers in the order in which they are given: each goes to the end of the routes of the
/// first driver with whom all bounds hold on all of its days, with nobody else's arrivals changed; where there
/// is none, to a new driver. Alone with a driver a customer is reached at the same time every day, so no bound
/// keeps it out. This plan exists, so more drivers are never needed for want of drivers.
///
/// `legs` are those between the depot (0) and the customers (from 1), row by row; each customer has one
/// pattern of days.
///
/// # Complexity
/// Visits times drivers.
pub(super) fn first_fit(
    customers: &[(usize, &Customer)],
    legs: &[i32],
    days: u16,
    bounds: &Bounds,
    most: usize,
) -> usize {
    let places = legs.len().isqrt();
    let leg = |from: usize, to: usize| i64::from(legs[from * places + to]);
    // The route with one more stop, and the arrival there.
    let extended = |route: &Built, to: usize, service: &Service| {
        let arrival = route.time + leg(route.at, to);
        let time = arrival + i64::from(service.duration);
        let load = route.load + i64::from(service.load);
        let fits = time + leg(to, 0) <= i64::from(bounds.longest) && load <= i64::from(bounds.capacity);
        fits.then_some((Built { at: to, time, load }, arrival))
    };
    let empty = Built { at: 0, time: 0, load: 0 };
    let mut drivers: Vec<Vec<Built>> = Vec::new();
    let mut changed = Vec::new();
    for &(number, customer) in customers {
        let place = number + 1;
        let visits = customer.patterns.iter().flatten().map(|day| usize::from(*day)).zip(&customer.visits);
        let visits: Vec<_> =
            visits.filter(|(_, service)| extended(&empty, place, service).is_some()).collect();
        if visits.is_empty() {
            continue;
        }
        let mut fits = |routes: &[Built]| {
            changed.clear();
            let (mut first, mut last) = (i64::MAX, i64::MIN);
            for (day, service) in &visits {
                let Some((route, arrival)) = extended(&routes[*day], place, service) else { return false };
                (first, last) = (first.min(arrival), last.max(arrival));
                if bounds.spread.is_some_and(|spread| last - first > i64::from(spread)) {
                    return false;
                }
                changed.push((*day, route));
            }
            true
        };
        let driver = match drivers.iter().position(|routes| fits(routes)) {
            Some(driver) => driver,
            None if drivers.len() > most => return drivers.len(),
            None => {
                drivers.push(vec![empty.clone(); usize::from(days)]);
                fits(&drivers[drivers.len() - 1]);
                drivers.len() - 1
            }
        };
        for (day, route) in changed.drain(..) {
            drivers[driver][day] = route;
        }
    }
    drivers.len()
}
