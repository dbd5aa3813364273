fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    let doc = kring::data::literature::homecare::read(&text).unwrap();
    let p = kring::prepare(&doc, std::path::Path::new(".")).unwrap();
    let mut o =
        kring::Options::default().with_threads(a[3].parse().unwrap()).with_seed(a[4].parse().unwrap());
    if let Some(s) = a[2].strip_suffix('i') {
        o = o.with_iterations(s.parse().unwrap()).with_workers(2);
    } else {
        o = o.with_seconds(a[2].parse().unwrap());
    }
    let r = kring::solve(&p, &o).unwrap();
    for (t, c) in r.cost.iter() {
        if c != 0 {
            print!("{} {} ", t.name(), c / 1000);
        }
    }
    println!(
        "total {} unplanned {} iters/s {:.0} evals/s {:.2}M ns/eval {:.1}",
        r.cost.total() / 1000,
        r.plan.unplanned.len(),
        r.iterations as f64 / r.seconds,
        r.evaluations as f64 / r.seconds / 1e6,
        r.seconds * 1e9 * (r.threads as f64) / r.evaluations as f64
    );
    std::fs::write("/tmp/plan.json", kring::data::literature::homecare::write(&r.plan).unwrap()).unwrap();
}
