//! Fixed seeds and iterations find exactly what they found before: whoever changes the search sees it here, says
//! `trajectory: changed` with figures, and writes the files anew with `KRING_WRITE=1 cargo test golden`.

use kring::{Options, Outcome, prepare, read_document, solve, write_plan};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn search(name: &str, iterations: u64) -> Outcome {
    let text = fs::read_to_string(here(&format!("examples/neighbourhoods/{name}.json"))).expect("a file");
    let document = read_document(&text).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    solve(&problem, &Options::default().with_iterations(iterations).with_seed(7)).expect("an outcome")
}

/// Compares with a file, or writes it where `KRING_WRITE` is set.
fn golden(file: &str, found: &str) {
    let file = here(&format!("tests/golden/{file}"));
    if std::env::var_os("KRING_WRITE").is_some() {
        fs::write(&file, found).expect("a file");
    }
    let due = fs::read_to_string(&file).unwrap_or_default();
    let first = due.lines().zip(found.lines()).find(|(due, found)| due != found);
    assert!(due == found, "{}: not what it was: {first:?}", file.display());
}

#[test]
fn costs_and_plans_are_what_they_were_byte_for_byte() {
    let mut found = String::new();
    for name in ["village", "town", "flats"] {
        let outcome = search(name, 400);
        writeln!(found, "{name}: {} unplanned {}", outcome.cost.total(), outcome.plan.unplanned.len())
            .expect("a line");
        let text = write_plan(&outcome.plan);
        writeln!(found, "    plan: {} bytes, {:016x}", text.len(), fingerprint(text.as_bytes()))
            .expect("a line");
        for (term, cost) in outcome.cost.iter().filter(|(_, cost)| *cost != 0) {
            writeln!(found, "    {}: {cost}", term.name()).expect("a line");
        }
    }
    golden("search.txt", &found);
}

/// The bytes of a plan, as one number: the FNV-1a hash.
fn fingerprint(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix)
}
