//! The core in instructions, counted by valgrind: the same on every day and under any load.
//!
//! `cargo bench --features internals --bench instructions` prints tables; with families and sizes behind `--`, such
//! as `vrptw 1000`, those only; with `--limits` what caches and branch predictors would miss, too. Needs valgrind.
//! What is measured and what the figures say: `docs/core.md`.

// No plan hangs on these.
#![allow(clippy::disallowed_methods)]

use callgrind::{MEASURED, count};
use std::process::ExitCode;

mod callgrind;
mod families;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if callgrind::worked(&words) {
        return ExitCode::SUCCESS;
    }
    match tables(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn tables(words: &[String]) -> Result<(), String> {
    let limits = words.iter().any(|word| word == "--limits");
    let of = |known: &[String]| {
        let some: Vec<String> = known.iter().filter(|name| words.contains(name)).cloned().collect();
        if some.is_empty() { known.to_vec() } else { some }
    };
    let families = of(&families::FAMILIES.map(|(family, _)| family.to_owned()));
    let sizes = of(&families::SIZES.map(|size| size.to_string()));
    let (merge, _) = count(limits, "merge", "0")?;
    println!("merge: {}\n", shown(merge.first().map_or(&[], Vec::as_slice)));
    let mut rows = [const { String::new() }; MEASURED.len()];
    for family in &families {
        let mut points = [const { Vec::new() }; MEASURED.len()];
        for row in &mut rows {
            row.push_str(&format!("| {family} |"));
        }
        for size in &sizes {
            let (found, out) = count(limits, family, size)?;
            eprintln!("{family} {size}: {}", out.replace('\n', ", "));
            let visits = out.lines().find_map(|line| line.strip_prefix("visits ")?.parse::<f64>().ok());
            for (at, events) in found.iter().enumerate().take(MEASURED.len()) {
                if limits {
                    println!("{} {family} {size}: {}", MEASURED[at], shown(events));
                }
                let instructions = events.first().map_or(0.0, |(_, count)| *count);
                rows[at].push_str(&format!(" {instructions:.0} |"));
                points[at].push((visits.unwrap_or(1.0).ln(), instructions.max(1.0).ln()));
            }
        }
        for (row, points) in rows.iter_mut().zip(&points) {
            row.push_str(&format!(" {:.2} |\n", slope(points)));
        }
    }
    for (what, row) in MEASURED.iter().zip(&rows).filter(|_| !limits) {
        println!("| instructions, {what} | {} | growth |", sizes.join(" | "));
        println!("| --- |{}\n{row}", " ---: |".repeat(sizes.len() + 1));
    }
    Ok(())
}

fn shown(events: &[(String, f64)]) -> String {
    events.iter().map(|(name, count)| format!("{name} {count:.2}")).collect::<Vec<_>>().join(", ")
}

/// The exponent by which the second of some pairs grows with the first, both as logarithms: least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let spread: f64 = points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum();
    points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>() / spread.max(1e-9)
}
