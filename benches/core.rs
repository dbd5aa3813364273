//! The core: one merge, one insertion evaluation, one step of ruin and recreate.
//!
//! Runs on the neighbourhoods in the repository and, where the folder `KRING_HOMECARE` holds
//! them, on home-care instances. `cargo bench --features internals --bench core`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kring::internals::{Lab, Runs};
use std::hint::black_box;
use std::path::Path;

fn problems() -> Vec<(String, kring::Problem)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for name in ["town", "village", "flats"] {
        let path = root.join(format!("examples/neighbourhoods/{name}.json"));
        let text = std::fs::read_to_string(path).expect("an example of the repository");
        let document = kring::read_document(&text).expect("a valid document");
        found.push((name.to_owned(), kring::prepare(&document, root).expect("a problem")));
    }
    let homecare = std::env::var("KRING_HOMECARE").unwrap_or_default();
    for name in ["small", "standard", "month"] {
        match std::fs::read_to_string(Path::new(&homecare).join(format!("{name}.json"))) {
            Ok(text) => {
                let document = kring::data::literature::homecare::read(&text).expect("an instance");
                found.push((name.to_owned(), kring::prepare(&document, root).expect("a problem")));
            }
            Err(_) => eprintln!("KRING_HOMECARE has no {name}.json: skipped"),
        }
    }
    found
}

fn core(criterion: &mut Criterion) {
    let runs = Runs::new();
    criterion.bench_function("merge", |bencher| bencher.iter(|| black_box(runs).merge(black_box(300))));
    for (name, problem) in problems() {
        Lab::with(&problem, 20_000, |lab| {
            criterion.bench_function(&format!("step/{name}"), |bencher| bencher.iter(|| lab.step()));
            lab.take_out();
            let evaluations = lab.evaluate();
            let mut group = criterion.benchmark_group("insertion evaluation");
            group.throughput(Throughput::Elements(evaluations));
            group.bench_function(name, |bencher| bencher.iter(|| lab.evaluate()));
        });
    }
}

criterion_group!(benches, core);
criterion_main!(benches);
