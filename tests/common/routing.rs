//! Small random instances of vehicle routing, as texts: for properties.

use super::random::Chance;
use std::fmt::Write;

/// A number from 0 with two decimals: most instances of the literature are no finer.
fn number(chance: &mut Chance, below: usize) -> f64 {
    chance.below(100 * below) as f64 / 100.0
}

/// A window of a customer; now and then one that is open for a moment only.
fn window(chance: &mut Chance, until: usize) -> (f64, f64) {
    let open = number(chance, until);
    let length = if chance.one_in(5) { 0.0 } else { number(chance, until) };
    (open, ((open + length) * 100.0).round() / 100.0)
}

/// An instance of Cordeau's form of a type (1, 2, 5, 6 or 8): at most 8 customers, 3 days and 3 depots.
/// Often somebody cannot be served.
pub fn cordeau(kind: usize, seed: u64) -> String {
    let chance = &mut Chance::new(seed);
    let days = if matches!(kind, 2 | 6) { 1 } else { 1 + chance.below(3) };
    let depots = if matches!(kind, 1 | 5) { 1 } else { 1 + chance.below(3) };
    let (vehicles, customers) = (1 + chance.below(3), 1 + chance.below(8));
    let counts = match kind {
        8 => format!("{days} {depots}"),
        2 | 6 => depots.to_string(),
        _ => days.to_string(),
    };
    let mut text = format!("{kind} {vehicles} {customers} {counts}\n");
    for _ in 0..days * depots {
        let duration = if chance.one_in(3) { 0.0 } else { 10.0 + number(chance, 60) };
        writeln!(text, "{duration} {}", 5 + chance.below(20)).expect("a line");
    }
    let windows = matches!(kind, 5 | 6);
    let mut first = String::new();
    for depot in 0..depots {
        let id = if matches!(kind, 2 | 6) { customers + 1 + depot } else { depot };
        write!(first, "{id} {} {} 0 0 0 0", number(chance, 20), number(chance, 20)).expect("a line");
        if windows {
            let open = number(chance, 10);
            write!(first, " {open} {}", open + 30.0 + number(chance, 60)).expect("a line");
        }
        first.push('\n');
    }
    let mut second = String::new();
    for customer in 0..customers {
        let id = if matches!(kind, 2 | 6) { customer + 1 } else { depots + customer };
        let (x, y, service) = (number(chance, 20), number(chance, 20), number(chance, 3));
        write!(second, "{id} {x} {y} {service} {}", chance.below(8)).expect("a line");
        let visits = 1 + chance.below(days) as u32;
        let mut codes: Vec<u64> = (1..1u64 << days).filter(|code| code.count_ones() == visits).collect();
        codes.retain(|_| !chance.one_in(3));
        if codes.is_empty() {
            codes = vec![(1 << visits) - 1];
        }
        write!(second, " {visits} {}", codes.len()).expect("a line");
        for code in codes {
            write!(second, " {code}").expect("a line");
        }
        // Type 8 carries windows that do not count.
        if windows || kind == 8 {
            let (open, close) = window(chance, 50);
            write!(second, " {open} {close}").expect("a line");
        }
        second.push('\n');
    }
    text + &if matches!(kind, 2 | 6) { second + &first } else { first + &second }
}

/// An instance of Solomon's form: at most 8 customers, whole numbers or two decimals.
pub fn solomon(seed: u64) -> String {
    let chance = &mut Chance::new(seed);
    let whole = chance.one_in(2);
    let mut real = |below: usize| {
        let value = number(chance, below);
        if whole { value.floor() } else { value }
    };
    let close = 40.0 + real(60);
    let mut nodes = format!("0 {} {} 0 0 {close} 0\n", real(20), real(20));
    for customer in 1..=1 + real(8) as usize {
        let (open, length) = (real(60), real(40));
        let (x, y, demand, service) = (real(20), real(20), real(8).floor(), real(3));
        let due = ((open + length) * 100.0).round() / 100.0;
        writeln!(nodes, "{customer} {x} {y} {demand} {open} {due} {service}").expect("a line");
    }
    let (vehicles, capacity) = (1.0 + real(3).floor(), 5.0 + real(20).floor());
    format!(
        "RANDOM{seed}\n\nVEHICLE\nNUMBER     CAPACITY\n{vehicles} {capacity}\n\nCUSTOMER\nCUST NO.  XCOORD.\n\n{nodes}"
    )
}

/// An instance of the ConVRP: at most 8 customers and 4 days, one depot. Now and then a visit fits no route.
pub fn convrp(seed: u64) -> String {
    let chance = &mut Chance::new(seed);
    let (days, customers) = (1 + chance.below(4), 1 + chance.below(8));
    let limit = if chance.one_in(2) { 9_999_999.0 } else { 25.0 + number(chance, 60) };
    let (mut places, mut demands, mut services) = (String::new(), String::new(), String::new());
    for customer in 1..=customers {
        let (x, y) = (number(chance, 30) - 15.0, number(chance, 30) - 15.0);
        writeln!(places, "{customer}\t{x} {y}").expect("a line");
        let columns: Vec<(String, String)> = (0..days)
            .map(|_| match chance.one_in(3) {
                true => ("-1".to_owned(), "1".to_owned()),
                false => (chance.below(8).to_string(), number(chance, 3).to_string()),
            })
            .collect();
        let (demand, service): (Vec<String>, Vec<String>) = columns.into_iter().unzip();
        writeln!(demands, "{customer}\t{}", demand.join("\t")).expect("a line");
        writeln!(services, "{customer}\t{}\t", service.join("\t")).expect("a line");
    }
    format!(
        "NAME: RANDOM{seed}\nDIMENSION: {}\nNUM_DAYS: {days}\nCAPACITY: {}\nDISTANCE: {limit}\n\
         NODE_COORD_SECTION\n{places}DEMAND_SECTION\n{demands}SVC_TIME_SECTION\n{services}\
         DEPOT_SECTION\n{} {}\n-1\nEOF\n",
        customers + 1,
        4 + chance.below(20),
        number(chance, 6),
        number(chance, 6)
    )
}
