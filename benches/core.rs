//! The core in nanoseconds: a merge of segments, an insertion evaluation, a visit's best insertion, and a
//! step of ruin and recreate, for each family of problems and size.
//!
//! `cargo bench --features internals --bench core`; behind `--`, `step/vrptw` or the like runs only those.
//! The same in instructions: `--bench instructions`. The figures and what they say: `docs/core.md`.

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use kring::internals::Runs;
use std::time::Duration;

mod families;

/// Steps before anything is measured.
const WARM_UP: u64 = 5_000;

fn core(criterion: &mut Criterion) {
    let runs = Runs::new();
    let mut group = criterion.benchmark_group("merge");
    group.throughput(Throughput::Elements(runs.merge(1)));
    group.bench_function("16 runs", |bencher| bencher.iter(|| runs.merge(1)));
    group.finish();
    for (family, problem) in families::FAMILIES {
        for size in families::SIZES {
            let problem = problem(size);
            problem.lab(WARM_UP, |lab| {
                let name = format!("{family}/{size}");
                let mut group = criterion.benchmark_group("step");
                group.sampling_mode(SamplingMode::Flat);
                group.bench_function(&name, |bencher| bencher.iter(|| lab.steps(1)));
                group.finish();
                let taken = lab.take_out() as u64;
                let mut group = criterion.benchmark_group("evaluation");
                group.throughput(Throughput::Elements(lab.scan()));
                group.bench_function(&name, |bencher| bencher.iter(|| lab.scan()));
                group.finish();
                let mut group = criterion.benchmark_group("insertion");
                group.throughput(Throughput::Elements(taken));
                group.bench_function(&name, |bencher| bencher.iter(|| lab.best_insertion()));
                group.finish();
            });
        }
    }
}

fn short() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(600))
        .sample_size(20)
        .without_plots()
}

criterion_group! {
    name = benches;
    config = short();
    targets = core
}
criterion_main!(benches);
