//! Small sick mornings, and the best that can be made of them: every tour of every nurse who is left is tried.

use kring::jiff::civil::date;
use kring::model::document::{
    Care, Client, Days, Document, Horizon, Matrices, Nurse, Place, Shift, TimeOfDay, Travel, Window,
};
use kring::model::{Moment, Plan, Prices};
use std::collections::BTreeMap;

/// Nurses, and clients with a visit each. Place numbers: nurses first.
const NURSES: usize = 3;
const CLIENTS: usize = 9;

/// What a plan changes, in the order in which it counts: visits left out, clients with another nurse, clients at another hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changes {
    pub left_out: u32,
    pub nurses: u32,
    pub hours: u32,
}

/// The best plans: the least cost in thousandths of a second, and the fewest changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best {
    pub cost: i64,
    pub changes: Changes,
}

/// A morning with a window and a length for each client.
#[derive(Debug, Clone)]
pub struct Morning {
    pub document: Document,
    seconds: Vec<Vec<i64>>,
}

impl Morning {
    /// The morning of a number.
    pub fn new(number: u64) -> Self {
        let mut chance = super::Chance(number.wrapping_mul(0x9E37_79B9));
        let places: Vec<(i64, i64)> =
            (0..NURSES + CLIENTS).map(|_| (chance.below(900) as i64, chance.below(900) as i64)).collect();
        let way = |a: (i64, i64), b: (i64, i64)| (a.0 - b.0).abs() + (a.1 - b.1).abs();
        let seconds: Vec<Vec<i64>> =
            places.iter().map(|&a| places.iter().map(|&b| way(a, b)).collect()).collect();
        let time =
            |minutes: usize| TimeOfDay::from_seconds(60 * minutes as u32).unwrap_or(TimeOfDay::MIDNIGHT);
        let day = date(2026, 3, 3);
        let nurses = (0..NURSES).map(|number| {
            Nurse::new(format!("n{number}"), Place::row(number as u32))
                .with(|nurse| nurse.shifts = vec![Shift::new(day, time(7 * 60), time(11 * 60))])
        });
        let clients = (0..CLIENTS).map(|number| {
            let from = 7 * 60 + 15 * chance.below(9);
            let window = Window::new(time(from), time(from + 45 + 15 * chance.below(4)));
            let minutes = [20.0, 25.0, 30.0, 40.0][chance.below(4)];
            let care = Care::new("care", Days::Dates(vec![day]), window, minutes);
            Client::new(format!("c{number}"), Place::row((NURSES + number) as u32), vec![care])
        });
        let (nurses, clients) = (nurses.collect(), clients.collect());
        let matrix = seconds.iter().map(|row| row.iter().map(|&s| s as u32).collect()).collect();
        let matrices = Matrices { bicycle: Some(matrix), ..Matrices::default() };
        let mut document = Document::new(Horizon::new(day, 1), Travel::Matrix(matrices), nurses, clients);
        document.prices.new_face = 0.0;
        Self { document, seconds }
    }

    /// The least cost and the fewest changes when a nurse is ill and it is 06:30: each of all tours of the others.
    pub fn best(&self, published: &Plan, ill: &str, now: i64, elapsed: impl Fn(Moment) -> i64) -> Best {
        let mut told = BTreeMap::new();
        for tour in &published.tours {
            for visit in tour.visits() {
                told.insert(visit.client.as_str(), (tour.nurse.as_str(), elapsed(visit.start)));
            }
        }
        let visits: Vec<Item<'_>> = self
            .document
            .clients
            .iter()
            .map(|client| Item {
                open: i64::from(client.care[0].window.from.seconds()),
                close: i64::from(client.care[0].window.to.seconds()),
                seconds: (client.care[0].minutes * 60.0) as i64,
                told: told.get(client.id.as_str()).copied(),
            })
            .collect();
        let all = 1usize << CLIENTS;
        // Of each set of visits the best that the nurses so far can do with it.
        let prices = &self.document.prices;
        let out = |set: usize| {
            let left = (0..CLIENTS).filter(|at| set >> at & 1 == 1);
            left.fold((0, Changes::default()), |(cost, changes), at| {
                let withdrawn =
                    visits[at].told.map_or(0.0, |(_, start)| prices.withdrawn * notice(prices, start - now));
                let price = ((prices.unplanned.needed + withdrawn) * 60_000.0) as i64;
                (cost + price, Changes { left_out: changes.left_out + 1, ..changes })
            })
        };
        let mut best: Vec<(i64, Changes)> = (0..all).map(out).collect();
        for (number, nurse) in self.document.nurses.iter().enumerate().filter(|(_, nurse)| nurse.id != ill) {
            let mut tours = vec![None; all];
            let search = Tours { morning: self, visits: &visits, nurse: number, id: &nurse.id, now };
            search.extend(&mut Vec::new(), 0, &mut tours);
            for set in (1..all).rev() {
                let mut part = set;
                while part > 0 {
                    if let Some((cost, changes)) = tours[part] {
                        let (rest_cost, rest) = best[set ^ part];
                        let sum = Changes {
                            left_out: rest.left_out,
                            nurses: rest.nurses + changes.nurses,
                            hours: rest.hours + changes.hours,
                        };
                        best[set] = (best[set].0.min(rest_cost + cost), best[set].1.min(sum));
                    }
                    part = (part - 1) & set;
                }
            }
        }
        Best { cost: best[all - 1].0, changes: best[all - 1].1 }
    }
}

/// A visit with what was published of it.
struct Item<'a> {
    open: i64,
    close: i64,
    seconds: i64,
    told: Option<(&'a str, i64)>,
}

/// What a change is multiplied by, so many seconds before.
fn notice(prices: &Prices, seconds: i64) -> f64 {
    if seconds < 3600 { prices.notice_hour } else { prices.notice_today }
}

/// All tours of a nurse.
struct Tours<'a> {
    morning: &'a Morning,
    visits: &'a [Item<'a>],
    nurse: usize,
    id: &'a str,
    now: i64,
}

impl Tours<'_> {
    /// Notes the tour and all longer ones that begin with it; `set` has its visits.
    fn extend(&self, order: &mut Vec<usize>, set: usize, tours: &mut [Option<(i64, Changes)>]) {
        for next in (0..self.visits.len()).filter(|next| set >> next & 1 == 0) {
            order.push(next);
            if let Some((cost, changes)) = self.price(order) {
                let set = set | 1 << next;
                let (least, fewest) = tours[set].unwrap_or((cost, changes));
                tours[set] = Some((least.min(cost), fewest.min(changes)));
                self.extend(order, set, tours);
            }
            order.pop();
        }
    }

    /// What a tour costs and changes at least: on the road, early at the door, and against what was published. It leaves at any time
    /// that keeps it as short as it can be. `None` where it breaks a window or its shift.
    fn price(&self, order: &[usize]) -> Option<(i64, Changes)> {
        let (from, to) = (7 * 3600, 11 * 3600);
        let leg = |a: usize, b: usize| self.morning.seconds[a][b];
        let place = |at: usize| NURSES + order[at];
        let item = |at: usize| &self.visits[order[at]];
        let walk = |leave: i64| {
            let (mut time, mut last, mut starts) = (leave, self.nurse, Vec::with_capacity(order.len()));
            for at in 0..order.len() {
                let start = (time + leg(last, place(at))).max(item(at).open);
                if start > item(at).close {
                    return None;
                }
                starts.push(start);
                (time, last) = (start + item(at).seconds, place(at));
            }
            Some((starts, time + leg(last, self.nurse)))
        };
        let (_, back) = walk(from).filter(|(_, back)| *back <= to)?;
        // The latest leave with the same end, from the last visit back.
        let (mut latest, mut last) = (back, self.nurse);
        for at in (0..order.len()).rev() {
            latest = (latest - leg(place(at), last) - item(at).seconds).min(item(at).close);
            last = place(at);
        }
        let leave = latest - leg(self.nurse, last);
        let (starts, back) = walk(leave)?;
        let prices = &self.morning.document.prices;
        let mut road = leg(self.nurse, place(0)) + leg(place(order.len() - 1), self.nurse);
        road += (1..order.len()).map(|at| leg(place(at - 1), place(at))).sum::<i64>();
        let care: i64 = (0..order.len()).map(|at| item(at).seconds).sum();
        let waiting = back - leave - road - care;
        let own = road as f64 * prices.travel + waiting as f64 * prices.waiting;
        // Nothing waits where it may leave later: all starts move as one, until the first of them comes too late.
        let slack = (0..order.len()).map(|at| item(at).close - starts[at]).chain([to - back]).min()?;
        let tolerance = 60.0 * prices.changed_hour_tolerance;
        let changed = |later: i64| {
            let (mut cost, mut changes) = (own, Changes::default());
            for (at, &start) in starts.iter().enumerate() {
                let Some((nurse, told)) = item(at).told else { continue };
                let times = notice(prices, told - self.now);
                let beyond = ((start + later - told).abs() as f64 - tolerance).max(0.0);
                changes.nurses += u32::from(nurse != self.id);
                changes.hours += u32::from(beyond > 0.0);
                cost += beyond * prices.changed_hour * times;
                cost += if nurse == self.id { 0.0 } else { 60.0 * prices.changed_nurse * times };
            }
            (cost, changes)
        };
        let (mut cost, mut changes) = changed(0);
        let told = (0..order.len()).filter_map(|at| Some(item(at).told?.1 - starts[at]));
        for later in told.flat_map(|later| [later - tolerance as i64, later + tolerance as i64]) {
            let (other, others) = changed(later.clamp(0, slack));
            (cost, changes) = (cost.min(other), changes.min(others));
        }
        // Minutes a minute are seconds a second.
        Some(((cost * 1000.0).round() as i64, changes))
    }
}
