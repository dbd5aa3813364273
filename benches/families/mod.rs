//! Instances made up from a seed: each family of problems in every size, for the benches of the core.

use kring::data::literature::{cordeau, solomon};
use kring::data::scenario::{Scenario, ScenarioOptions, generate};
use kring::internals::Lab;
use kring::{Problem, RoutingProblem};
use std::fmt::Write;
use std::path::Path;

/// Visits of an instance, about.
pub const SIZES: [usize; 7] = [50, 100, 200, 500, 1000, 2000, 5000];

/// A family of problems: its name, and its instance of about so many visits.
pub type Family = (&'static str, fn(usize) -> Question);

/// What is to be planned.
pub enum Question {
    Neighbourhood(Box<Problem>),
    Routes(Box<RoutingProblem>),
}

impl Question {
    /// As [`Lab::with`].
    pub fn lab<T>(&self, warm_up: u64, work: impl FnOnce(&mut Lab<'_>) -> T) -> T {
        match self {
            Question::Neighbourhood(problem) => Lab::with(problem, warm_up, work),
            Question::Routes(problem) => Lab::with_routes(problem, warm_up, work),
        }
    }
}

/// Every family.
pub const FAMILIES: [Family; 6] = [
    ("neighbourhood", neighbourhood),
    ("month", month),
    ("month-faces", month_faces),
    ("vrptw", vrptw),
    ("mdvrptw", mdvrptw),
    ("pvrp", pvrp),
];

/// Up to two weeks of a made-up town with every price of the default list: faces, hours, the client's own
/// hour. Few visits take fewer days, so that a day is one.
fn neighbourhood(visits: usize) -> Question {
    town(visits, (visits / 25).clamp(1, 14) as u16, false)
}

/// The same for up to four weeks, and so with fewer clients.
fn month(visits: usize) -> Question {
    town(visits, (visits / 10).clamp(1, 28) as u16, false)
}

/// Up to four weeks in which travel and faces cost and nothing else does.
fn month_faces(visits: usize) -> Question {
    town(visits, (visits / 10).clamp(1, 28) as u16, true)
}

/// As many clients as need about so many visits, and as many nurses as can care for them.
fn town(visits: usize, days: u16, faces_only: bool) -> Question {
    let of = |clients: usize| {
        let nurses = |nurses| {
            let options = ScenarioOptions {
                nurses: Some(nurses),
                clients: Some(clients),
                days: Some(days),
                ..ScenarioOptions::new(Scenario::Town)
            };
            generate(&options).ok()
        };
        let mut document = (3 + clients / 5..=100).find_map(nurses).expect("a team that is large enough");
        if faces_only {
            let prices = &mut document.prices;
            (prices.waiting, prices.overtime, prices.preferred_start) = (0.0, 0.0, 0.0);
            (prices.over_contract, prices.under_contract) = (0.0, 0.0);
        }
        kring::prepare(&document, Path::new(".")).expect("a problem")
    };
    let mut clients = (visits / usize::from(days)).max(1);
    let mut problem = of(clients);
    for _ in 0..2 {
        let count = problem.visit_count().max(1);
        clients = ((clients * visits + count / 2) / count).max(1);
        problem = of(clients);
    }
    Question::Neighbourhood(Box::new(problem))
}

/// Capacity of a vehicle: at demands of 1 to 39, some ten customers a tour.
const CAPACITY: usize = 200;

/// Side of the square in which customers lie: their density is that of a hundred on 70 by 70.
fn side(customers: usize) -> usize {
    (7.0 * (customers as f64).sqrt()) as usize
}

/// One depot in the middle; half of the windows are 60 wide, the others open nearly all day.
fn vrptw(visits: usize) -> Question {
    let mut chance = Chance(1);
    let side = side(visits);
    let day = 5 * side + 200;
    let mut text = format!("made up\nVEHICLE\nNUMBER CAPACITY\n{} {CAPACITY}\nCUSTOMER\nCUST\n", visits / 4);
    writeln!(text, "0 {0} {0} 0 0 {day} 0", side / 2).expect("a line");
    for customer in 1..=visits {
        let (x, y, demand) = (chance.below(side), chance.below(side), 1 + chance.below(39));
        let (open, close) = window(&mut chance, side, day);
        writeln!(text, "{customer} {x} {y} {demand} {open} {close} 10").expect("a line");
    }
    let instance = solomon::read(&text).expect("an instance");
    Question::Routes(Box::new(instance.problem(solomon::Rounding::Dimacs).expect("a problem")))
}

/// The same with a depot for every hundred customers, at least two.
fn mdvrptw(visits: usize) -> Question {
    let mut chance = Chance(2);
    let side = side(visits);
    let day = 5 * side + 200;
    let depots = (visits / 100).max(2);
    let mut text = format!("6 {} {visits} {depots}\n", 2 + visits / (4 * depots));
    text.push_str(&format!("0 {CAPACITY}\n").repeat(depots));
    for customer in 1..=visits {
        let (x, y, demand) = (chance.below(side), chance.below(side), 1 + chance.below(39));
        let (open, close) = window(&mut chance, side, day);
        writeln!(text, "{customer} {x} {y} 10 {demand} 1 1 1 {open} {close}").expect("a line");
    }
    for depot in visits + 1..=visits + depots {
        let (x, y) = (chance.below(side), chance.below(side));
        writeln!(text, "{depot} {x} {y} 0 0 0 0 0 {day}").expect("a line");
    }
    Question::Routes(Box::new(cordeau::read(&text).expect("an instance").problem().expect("a problem")))
}

/// Six days; half of the visits are of customers who are visited once, half of customers visited twice,
/// three days apart.
fn pvrp(visits: usize) -> Question {
    const DAYS: usize = 6;
    let mut chance = Chance(3);
    let customers = visits * 3 / 4;
    let side = side(visits / DAYS);
    let mut text = format!("1 {} {customers} {DAYS}\n", 2 + visits / (4 * DAYS));
    text.push_str(&format!("{} {CAPACITY}\n", 4 * side + 200).repeat(DAYS));
    writeln!(text, "0 {0} {0} 0 0 0 0", side / 2).expect("a line");
    for customer in 1..=customers {
        let (x, y, demand) = (chance.below(side), chance.below(side), 1 + chance.below(39));
        let days = if customer % 3 == 0 { "2 3 9 18 36" } else { "1 6 1 2 4 8 16 32" };
        writeln!(text, "{customer} {x} {y} 10 {demand} {days}").expect("a line");
    }
    Question::Routes(Box::new(cordeau::read(&text).expect("an instance").problem().expect("a problem")))
}

/// A window in which a vehicle from anywhere can come and still be back in time: half of them 60 wide.
fn window(chance: &mut Chance, side: usize, day: usize) -> (usize, usize) {
    let (narrow, open) = (chance.below(2) == 0, 3 * side / 2 + chance.below(2 * side + 100));
    if narrow { (open, open + 60) } else { (0, day - 3 * side / 2 - 10) }
}

/// Numbers by chance, the same on every machine: SplitMix64 of G. Steele, D. Lea and C. Flood (2014), "Fast
/// splittable pseudorandom number generators".
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }
}
