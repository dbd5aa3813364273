//! Counts instructions with valgrind: a bench calls itself under callgrind for one instance, and what it does there is
//! counted. The only place of the benches that knows `kring::internals`, beside `core.rs`.

use crate::families;
use kring::internals::Runs;
use std::path::Path;
use std::process::Command;

/// Steps before anything is measured, and steps measured.
const WARM_UP: u64 = 5_000;
const STEPS: u64 = 1_000;

/// What is measured in each run, in the order of the work. (The first insertions fill the cache.)
pub const MEASURED: [&str; 4] = ["step", "evaluation", "first insertion", "insertion"];

/// Valgrind writes down what it counted since the last time on leaving each of these. (It forgets all but the first
/// of several functions to do so before: nothing is done once, so that the set-up does not count.)
const WRITTEN: [&str; 5] = [
    "--dump-after=kring::internals::Runs::merge",
    "--dump-after=kring::internals::Lab::steps",
    "--dump-after=kring::internals::Lab::take_out",
    "--dump-after=kring::internals::Lab::scan",
    "--dump-after=kring::internals::Lab::best_insertion",
];

/// Caches like those of a core of the machine in `docs/core.md`, the last one its second level.
const CACHES: [&str; 5] =
    ["--cache-sim=yes", "--branch-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=1048576,8,64"];

/// Names of events with their numbers.
pub type Events = Vec<(String, f64)>;

/// Does what is measured if these are the words of [`count`]; a bench begins with it.
pub fn worked(words: &[String]) -> bool {
    let [work, family, size] = words else { return false };
    let asked = work == "--work";
    if asked {
        do_work(family, size.parse().expect("a size"));
    }
    asked
}

/// Does what is measured, and prints how often; 0 for what does not count.
fn do_work(family: &str, size: usize) {
    if family == "merge" {
        let runs = Runs::new();
        println!("times {} {}", runs.merge(0), runs.merge(1_000));
        return;
    }
    let (_, problem) = families::FAMILIES.iter().find(|(name, _)| *name == family).expect("a family");
    let problem = problem(size);
    problem.lab(WARM_UP, |lab| {
        lab.steps(0);
        lab.steps(STEPS);
        let cost = lab.cost();
        let taken = lab.take_out();
        let evaluations = lab.scan();
        lab.best_insertion();
        lab.best_insertion();
        println!("times 0 {STEPS} 0 {evaluations} {taken} {taken}\nvisits {}\ncost {cost}", lab.visits());
    });
}

/// Runs this program under valgrind. Returns the events of each thing measured, each a time, and what the run
/// printed.
pub fn count(limits: bool, family: &str, size: &str) -> Result<(Vec<Events>, String), String> {
    let this = std::env::current_exe().map_err(|why| why.to_string())?;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{family}-{size}-{}", std::process::id()));
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", file.display()));
    valgrind.args(WRITTEN).args(limits.then_some(CACHES).into_iter().flatten());
    let output = valgrind.arg(this).args(["--work", family, size]).output();
    let output = output.map_err(|why| format!("valgrind: {why}"))?;
    let (out, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let line = |text: &str, label: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(label)).map(str::to_owned);
        line.ok_or_else(|| format!("no {label} in:\n{text}\n{log}"))
    };
    let times = line(&out, "times ")?;
    let mut times = times.split_whitespace().map(|word| word.parse::<f64>().unwrap_or(1.0));
    let mut found = Vec::new();
    for at in 1.. {
        let dump = file.with_extension(at.to_string());
        let Ok(text) = std::fs::read_to_string(&dump) else { break };
        // A file that stays behind is in nobody's way.
        let _ = std::fs::remove_file(dump);
        let Some(times) = times.next() else { break };
        if times == 0.0 {
            continue;
        }
        let (names, totals) = (line(&text, "events: ")?, line(&text, "totals: ")?);
        let counts = totals.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
        found.push(names.split_whitespace().map(str::to_owned).zip(counts.map(|c| c / times)).collect());
    }
    let _ = std::fs::remove_file(file);
    if times.next().is_some() {
        return Err(format!("less was counted than measured:\n{log}"));
    }
    Ok((found, out.into_owned()))
}
