//! Instances made up from a seed: each family of problems in every size, for the benches of the core.

use kring::data::literature::convrp::{self, Consistency};
use kring::data::literature::{cordeau, homecare, solomon};
use kring::data::scenario::{Scenario, ScenarioOptions, generate};
use kring::internals::Lab;
use kring::{Cancel, Options, Problem, RoutingProblem, solve, solve_routes};
use std::fmt::Write;
use std::path::Path;

/// Visits of an instance, about.
#[allow(dead_code, reason = "not every bench measures every size")]
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

    /// The cost of what a search finds. (Not every bench asks.)
    #[allow(dead_code)]
    pub fn cost_after(&self, options: &Options) -> kring::Result<i64> {
        match self {
            Question::Neighbourhood(problem) => solve(problem, options).map(|found| found.cost.total()),
            Question::Routes(problem) => {
                solve_routes(problem, options, &Cancel::new(), |_| {}).map(|found| found.cost.total())
            }
        }
    }
}

/// Every family.
pub const FAMILIES: [Family; 8] = [
    ("neighbourhood", neighbourhood),
    ("month", month),
    ("month-faces", month_faces),
    ("homecare", homecare),
    ("vrptw", vrptw),
    ("mdvrptw", mdvrptw),
    ("pvrp", pvrp),
    ("convrp", convrp),
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

/// Like the shared home-care instances: up to two weeks in which travel and each further face cost, three levels of
/// skill, day and evening shifts, and clients who come back on the same days at the same hours.
fn homecare(visits: usize) -> Question {
    const HOUR: usize = 3_600;
    /// Earliest start, latest start, shortest and longest care in minutes.
    const SLOTS: [(usize, usize, usize, usize); 4] = [
        (7 * HOUR, 11 * HOUR, 20, 50),
        (12 * HOUR, 14 * HOUR, 10, 30),
        (17 * HOUR, 20 * HOUR, 15, 45),
        (20 * HOUR, 22 * HOUR, 10, 30),
    ];
    /// Days of a week, as often as they are wished.
    const WEEKS: [&[usize]; 6] =
        [&[0, 1, 2, 3, 4, 5, 6], &[0, 1, 2, 3, 4, 5, 6], &[0, 1, 2, 3, 4], &[0, 2, 4], &[1, 3, 5], &[2]];
    let mut chance = Chance(4);
    let days = (visits / 25).clamp(1, 14);
    let nurses = (visits / days).div_ceil(3).max(12);
    let mut places: Vec<(usize, usize)> =
        (0..nurses).map(|_| (chance.below(4_000), chance.below(4_000))).collect();
    let (mut clients, mut wanted) = (Vec::new(), Vec::new());
    while wanted.len() < visits {
        let client = clients.len();
        let week = WEEKS[if days < 7 { 0 } else { chance.below(WEEKS.len()) }];
        let skill = [1, 1, 1, 2, 2, 3][chance.below(6)];
        for _ in 0..1 + chance.below(2) {
            let (open, close, short, long) = SLOTS[chance.below(SLOTS.len())];
            let width = HOUR * (1 + chance.below(3)) / 2;
            let from = open + chance.below((close - open - width) / 900 + 1) * 900;
            let duration = 60 * (short + chance.below(long - short));
            for day in (0..days).filter(|day| week.contains(&(day % 7))) {
                let id = wanted.len();
                wanted.push(format!(
                    r#"{{"id":{id},"client":{client},"day":{day},"tw":[{from},{}],"duration":{duration},"skill":{skill}}}"#,
                    from + width
                ));
            }
        }
        clients.push(format!(r#"{{"id":{client},"location":{}}}"#, places.len()));
        places.push((chance.below(4_000), chance.below(4_000)));
    }
    // Three days in five, those of the early and of the late shift in turn.
    let nurse = |nurse: usize| {
        let on = (0..days).filter(|day| (3 * (day + nurse)) % 5 < 3).map(|day| {
            let (start, end) = if nurse.is_multiple_of(2) { (7, 15) } else { (15, 23) };
            format!("[{day},{},{}]", start * HOUR, end * HOUR)
        });
        let shifts = on.collect::<Vec<_>>().join(",");
        format!(r#"{{"id":{nurse},"home":{nurse},"skill":{},"shifts":[{shifts}]}}"#, 1 + nurse / 2 % 3)
    };
    // A minute, and 15 km/h along streets at right angles.
    let seconds = |a: &(usize, usize), b: &(usize, usize)| match a.0.abs_diff(b.0) + a.1.abs_diff(b.1) {
        0 => 0,
        metres => 60 + 6 * metres / 25,
    };
    let row = |a| places.iter().map(|b| seconds(a, b).to_string()).collect::<Vec<_>>().join(",");
    let travel: Vec<String> = places.iter().map(|a| format!("[{}]", row(a))).collect();
    let nurses: Vec<String> = (0..nurses).map(nurse).collect();
    let text = format!(
        r#"{{"days":{days},"travel":[{}],"nurses":[{}],"clients":[{}],"visits":[{}]}}"#,
        travel.join(","),
        nurses.join(","),
        clients.join(","),
        wanted.join(",")
    );
    let document = homecare::read(&text).expect("an instance");
    Question::Neighbourhood(Box::new(kring::prepare(&document, Path::new(".")).expect("a problem")))
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

/// Five days, on each of which a customer comes with a chance of 7 in 10: always by the same driver, and at arrivals
/// that differ by 60 at most.
fn convrp(visits: usize) -> Question {
    const DAYS: usize = 5;
    let mut chance = Chance(5);
    let customers = (visits * 2 / 7).max(1);
    let side = side(customers);
    let (mut at, mut demands, mut services) = (String::new(), String::new(), String::new());
    for customer in 1..=customers {
        let place = |chance: &mut Chance| chance.below(side) as f64 - side as f64 / 2.0;
        writeln!(at, "{customer} {} {}", place(&mut chance), place(&mut chance)).expect("a line");
        let demand = (1 + chance.below(39)).to_string();
        let mut days: Vec<bool> = (0..DAYS).map(|_| chance.below(10) < 7).collect();
        days[chance.below(DAYS)] = true;
        let of = |is: &bool| if *is { demand.as_str() } else { "-1" };
        let row = days.iter().map(of).collect::<Vec<_>>().join(" ");
        writeln!(demands, "{customer} {row}").expect("a line");
        writeln!(services, "{customer} {}", ["10"; DAYS].join(" ")).expect("a line");
    }
    let text = format!(
        "NAME: made up\nDIMENSION: {}\nNUM_DAYS: {DAYS}\nCAPACITY: {CAPACITY}\nDISTANCE: {}\n\
         NODE_COORD_SECTION\n{at}DEMAND_SECTION\n{demands}SVC_TIME_SECTION\n{services}\
         DEPOT_SECTION\n0 0\n-1\nEOF\n",
        customers + 1,
        4 * side + 200
    );
    let asked = Consistency { most_drivers: 1, arrival_spread: Some(60.0) };
    let instance = convrp::read(&text).expect("an instance");
    Question::Routes(Box::new(instance.problem(&asked).expect("a problem")))
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
