//! Figures that neither the load nor the clock of a machine changes, beside those recorded in `benches/baseline.txt`:
//! instructions of the core, and the cost of what the search finds in a fixed number of iterations. Prints one table, and
//! fails where a figure is worse than recorded by more than [`allowed`].
//!
//! `.ci/bench` runs it: all of it, or figures whose names begin with one of the words behind it (`.ci/bench cost
//! step/vrptw`). Who changes a figure on purpose records it in the same commit: `KRING_WRITE=1 .ci/bench`. The instructions
//! hold for one compiler, so a new compiler means new figures.
//!
//! To measure something more, add it to [`measurements`].

use families::Question;
use kring::{Options, prepare, read_document};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

mod callgrind;
mod families;

/// Visits of the instances whose instructions are counted, about.
const COUNTED_SIZES: [usize; 2] = [200, 1000];

/// Visits of the made-up instances that are searched, about.
const SEARCHED_SIZE: usize = 200;

/// The instances that are searched, each with the iterations of a search and the number of seeds whose mean counts: as
/// many as bring the standard error of the mean to about 0.15 %. Half a per cent is then more than chance, even after a
/// change that makes the search draw other random numbers.
const SEARCHED: [(&str, u64, u64); 11] = [
    ("flats", 20_000, 96),
    ("village", 20_000, 96),
    ("town", 20_000, 72),
    ("convrp", 60_000, 8),
    ("mdvrptw", 20_000, 48),
    ("neighbourhood", 20_000, 64),
    ("pvrp", 20_000, 32),
    ("vrptw", 20_000, 32),
    ("month-faces", 20_000, 40),
    ("month", 20_000, 16),
    ("homecare", 20_000, 16),
];

/// By what share a figure may be worse than recorded.
fn allowed(figure: &str) -> f64 {
    if figure.starts_with("cost/") { 0.005 } else { 0.03 }
}

/// Figures that are measured together.
struct Measurement {
    names: Vec<String>,
    /// Returns a value for each name.
    measure: Box<dyn Fn() -> Result<Vec<f64>, String> + Send + Sync>,
}

/// All that is measured, the longest first: the cores are busy to the end.
fn measurements() -> Vec<Measurement> {
    let mut all = Vec::new();
    for (instance, iterations, seeds) in SEARCHED {
        let measure = Box::new(move || Ok(vec![mean_cost(instance, iterations, seeds)?]));
        all.push(Measurement { names: vec![format!("cost/{instance}")], measure });
    }
    for size in COUNTED_SIZES {
        for (family, _) in families::FAMILIES {
            let names = callgrind::MEASURED.map(|what| format!("{}/{family}/{size}", what.replace(' ', "-")));
            let measure = Box::new(move || instructions(family, size));
            all.push(Measurement { names: names.to_vec(), measure });
        }
    }
    let measure = Box::new(|| instructions("merge", 0));
    all.push(Measurement { names: vec!["merge".to_owned()], measure });
    all
}

/// Mean cost over the seeds 1, 2, … of an instance, in thousands: seconds or ticks.
fn mean_cost(instance: &str, iterations: u64, seeds: u64) -> Result<f64, String> {
    let problem = problem(instance)?;
    let mut sum = 0;
    for seed in 1..=seeds {
        let options = Options::default().with_iterations(iterations).with_seed(seed).with_threads(1);
        let found = problem.cost_after(&options);
        sum += i128::from(found.map_err(|why| format!("{instance}: {why}"))?);
    }
    Ok((sum / i128::from(seeds) / 1_000) as f64)
}

/// A made-up instance of a family, or a sample neighbourhood.
fn problem(instance: &str) -> Result<Question, String> {
    if let Some((_, problem)) = families::FAMILIES.iter().find(|(family, _)| *family == instance) {
        return Ok(problem(SEARCHED_SIZE));
    }
    let file = here(&format!("examples/neighbourhoods/{instance}.json"));
    let text = std::fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()))?;
    let problem = read_document(&text).and_then(|document| prepare(&document, Path::new(".")));
    problem.map(|it| Question::Neighbourhood(Box::new(it))).map_err(|why| format!("{instance}: {why}"))
}

fn instructions(family: &str, size: usize) -> Result<Vec<f64>, String> {
    let (counted, _) = callgrind::count(false, family, &size.to_string())?;
    // The first event is that of instructions. A tenth is fine enough for all but the merge.
    let value = |events: &callgrind::Events| events.first().map_or(f64::NAN, |(_, count)| round(*count));
    Ok(counted.iter().map(value).collect())
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// Figures by name.
type Figures = BTreeMap<String, f64>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if callgrind::worked(&words) {
        return ExitCode::SUCCESS;
    }
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), String> {
    let is_asked = |name: &str| words.is_empty() || words.iter().any(|word| name.starts_with(word.as_str()));
    let mut all = measurements();
    let known: BTreeSet<String> = all.iter().flat_map(|one| one.names.clone()).collect();
    all.retain(|one| one.names.iter().any(|name| is_asked(name)));
    let mut found = measure(&all)?;
    found.retain(|name, _| is_asked(name));
    if found.is_empty() {
        return Err(format!("nothing to measure; figures are {known:?}"));
    }
    let file = here("benches/baseline.txt");
    let recorded = read(&std::fs::read_to_string(&file).unwrap_or_default())?;
    let wrong = compare(&recorded, &found);
    if std::env::var_os("KRING_WRITE").is_some() {
        let mut figures = recorded;
        figures.retain(|name, _| known.contains(name));
        figures.extend(found);
        return std::fs::write(&file, write(&figures)).map_err(|why| format!("{}: {why}", file.display()));
    }
    let gone =
        recorded.keys().filter(|name| !known.contains(*name)).map(|name| format!("{name}: not measured"));
    let wrong: Vec<String> = wrong.into_iter().chain(gone).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let record = "Where it is meant, record it in the same commit: KRING_WRITE=1 .ci/bench";
    Err(format!("{}\n{record}", wrong.join("\n")))
}

/// Measures on as many threads as there are cores. What comes out is the same on any number.
fn measure(all: &[Measurement]) -> Result<Figures, String> {
    let (next, figures, failed) = (AtomicUsize::new(0), Mutex::new(Figures::new()), Mutex::new(None));
    let work = || {
        while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            match (one.measure)() {
                Ok(values) if values.len() == one.names.len() => {
                    let named = one.names.iter().cloned().zip(values);
                    figures.lock().expect("no panic").extend(named);
                }
                Ok(values) => {
                    let why = format!("{:?}: {} values", one.names, values.len());
                    *failed.lock().expect("no panic") = Some(why);
                }
                Err(why) => *failed.lock().expect("no panic") = Some(why),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    match failed.into_inner().expect("no panic") {
        Some(why) => Err(why),
        None => Ok(figures.into_inner().expect("no panic")),
    }
}

/// Prints what is recorded beside what was found. Returns what is worse, or not recorded.
fn compare(recorded: &Figures, found: &Figures) -> Vec<String> {
    println!("| {:32} | {:>12} | {:>12} | {:>8} |  |", "figure", "recorded", "now", "change");
    println!("| :--- | ---: | ---: | ---: | --- |");
    let mut wrong = Vec::new();
    for (name, now) in found {
        let Some(before) = recorded.get(name) else {
            println!("| {name:32} | {:>12} | {now:>12} | {:>8} | new |", "", "");
            wrong.push(format!("{name}: not recorded"));
            continue;
        };
        let change = now / before - 1.0;
        let mark = match change {
            worse if worse > allowed(name) => "WORSE",
            better if better < -allowed(name) => "better",
            _ => "",
        };
        println!("| {name:32} | {before:>12} | {now:>12} | {:>+7.2}% | {mark} |", 100.0 * change);
        if mark == "WORSE" {
            let (change, most) = (100.0 * change, 100.0 * allowed(name));
            wrong.push(format!("{name}: worse by {change:.2} %, more than {most} %"));
        }
    }
    wrong
}

fn read(text: &str) -> Result<Figures, String> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.split_once(' ').ok_or_else(|| format!("no figure: {line}"))?;
            let value = value.trim().parse().map_err(|_| format!("no number: {line}"))?;
            Ok((name.to_owned(), value))
        })
        .collect()
}

fn write(figures: &Figures) -> String {
    let mut text = "\
# Recorded by KRING_WRITE=1 .ci/bench; benches/baseline.rs says what the figures are.
# cost/…: mean cost in seconds or ticks. The others: instructions of rustc 1.95 on x86-64.
"
    .to_owned();
    for (name, value) in figures {
        text.push_str(&format!("{name:32} {value:>14}\n"));
    }
    text
}
