//! The core in instructions, counted by valgrind: the same on every day and under any load.
//!
//! `cargo bench --features internals --bench instructions` prints a table; `-- step vrptw 1000` one of its figures.
//! With `--limits` it prints what caches and branch predictors would miss. Needs valgrind. What is measured and
//! what the figures say: `docs/core.md`.

use kring::internals::{Lab, Runs};
use std::process::{Command, ExitCode};

mod families;

/// Steps before anything is measured, and steps measured.
const WARM_UP: u64 = 5_000;
const STEPS: u64 = 1_000;

/// What is measured, and the function in which instructions count.
const MEASURED: [(&str, &str); 4] = [
    ("merge", "*Runs*merge*"),
    ("evaluation", "*Lab*scan*"),
    ("look", "*Lab*look*"),
    ("step", "*Lab*steps*"),
];

/// A cache like that of the machine in `docs/core.md`, for `--limits`.
const CACHES: [&str; 5] =
    ["--cache-sim=yes", "--branch-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=524288,8,64"];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [work, what, family, size] = &words[..]
        && work == "--work"
    {
        do_work(what, family, size.parse().expect("a size"));
        return ExitCode::SUCCESS;
    }
    if let Err(why) = table(&words) {
        eprintln!("{why}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Does what is measured, and prints how often.
fn do_work(what: &str, family: &str, size: usize) {
    if what == "merge" {
        println!("times {}", Runs::new().merge(1_000));
        return;
    }
    let (_, problem) = families::FAMILIES.iter().find(|(name, _)| *name == family).expect("a family");
    let problem = problem(size);
    Lab::with(&problem, WARM_UP, |lab| {
        let times = match what {
            "step" => {
                lab.steps(STEPS);
                STEPS
            }
            "evaluation" => {
                lab.take_out();
                lab.scan()
            }
            _ => {
                let taken = lab.take_out();
                // The first look fills the memory.
                lab.look();
                2 * taken as u64
            }
        };
        println!("times {times}\nvisits {}\ncost {}", problem.visit_count(), lab.cost());
    });
}

/// Counts in a run of this program under valgrind: the events, each with its number a time, and the line
/// that the run printed.
fn count(limits: bool, what: (&str, &str), family: &str, size: usize) -> Result<Vec<(String, f64)>, String> {
    let this = std::env::current_exe().map_err(|why| why.to_string())?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--toggle-collect={}", what.1)).args(limits.then_some(CACHES).into_iter().flatten());
    valgrind.arg(this).args(["--work", what.0, family, &size.to_string()]);
    let output = valgrind.output().map_err(|why| format!("valgrind: {why}"))?;
    let (out, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let row = |label: &str| {
        let line = log.lines().find_map(|line| line.split_once(label));
        let (_, words) = line.ok_or_else(|| format!("valgrind printed no {label}:\n{log}"))?;
        Ok::<Vec<&str>, String>(words.trim_start_matches([' ', ':']).split_whitespace().collect())
    };
    let number = |name: &str| {
        let value = out.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
        value.ok_or_else(|| format!("the run printed no number of {name}:\n{log}"))
    };
    let times = number("times")?.max(1.0);
    let counts = row("Collected")?.into_iter().filter_map(|word| word.parse::<f64>().ok());
    let mut found: Vec<(String, f64)> =
        row("Events")?.into_iter().map(str::to_owned).zip(counts.map(|count| count / times)).collect();
    found.extend(number("visits").map(|visits| ("visits".to_owned(), visits)));
    found.extend(number("cost").map(|cost| ("cost".to_owned(), cost)));
    Ok(found)
}

fn table(words: &[String]) -> Result<(), String> {
    let asked: Vec<&String> = words.iter().filter(|word| !word.starts_with("--")).collect();
    let limits = words.iter().any(|word| word == "--limits");
    let of = |known: &[String]| {
        let some: Vec<String> = known.iter().filter(|name| asked.contains(name)).cloned().collect();
        if some.is_empty() { known.to_vec() } else { some }
    };
    let names: Vec<String> = MEASURED.iter().map(|(what, _)| (*what).to_owned()).collect();
    let families = of(&families::FAMILIES.map(|(family, _)| family.to_owned()));
    let sizes = of(&families::SIZES.map(|size| size.to_string()));
    for what in MEASURED.iter().filter(|(what, _)| of(&names).iter().any(|name| name == what)) {
        if what.0 == "merge" {
            let found = count(limits, *what, "", 0)?;
            println!("merge: {:?}\n", found);
            continue;
        }
        if limits {
            for family in &families {
                for size in &sizes {
                    let found = count(true, *what, family, size.parse().unwrap_or_default())?;
                    let events: Vec<String> =
                        found.iter().map(|(name, count)| format!("{name} {count:.1}")).collect();
                    println!("{} {family} {size}: {}", what.0, events.join(", "));
                }
            }
            continue;
        }
        println!("| instructions, {} | {} | growth |", what.0, sizes.join(" | "));
        println!("| --- |{}", " ---: |".repeat(sizes.len() + 1));
        for family in &families {
            let mut points = Vec::new();
            let mut row = format!("| {family} |");
            for size in &sizes {
                let found = count(false, *what, family, size.parse().unwrap_or_default())?;
                let get = |name: &str| found.iter().find(|(n, _)| n == name).map_or(1.0, |(_, count)| *count);
                points.push((get("visits").ln(), get("Ir").max(1.0).ln()));
                row.push_str(&format!(" {:.0} |", get("Ir")));
                eprintln!(
                    "{} {family} {size}: {} visits, plan of cost {}",
                    what.0,
                    get("visits"),
                    get("cost")
                );
            }
            println!("{row} {:.2} |", slope(&points));
        }
        println!();
    }
    Ok(())
}

/// The exponent by which the second of some pairs grows with the first, both as logarithms: least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let spread: f64 = points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum();
    points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>() / spread.max(1e-9)
}
