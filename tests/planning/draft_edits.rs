//! Random edits of drafts of small random neighbourhoods, compared with full recomputation after each: what the fuzz target `draft`
//! does, without a fuzzer. `KRING_EXECUTIONS=1000000 cargo test --release --test planning draft_edits -- --nocapture` says how often each kind of edit
//! occurred.
#![cfg(feature = "internals")]

use crate::random;
use kring::internals::{Edits, Lab};
use rand::{Rng, RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::path::Path;

/// Neighbourhoods, as many as a byte has values.
const NEIGHBOURHOODS: u64 = 256;

/// Most bytes of one execution.
const LONGEST: usize = 128;

#[test]
fn edits_of_all_kinds_cost_what_full_recomputation_says() {
    let asked = std::env::var("KRING_EXECUTIONS").ok().and_then(|count| count.parse().ok());
    let executions: u64 = asked.unwrap_or(512);
    let mut seen = Edits::new();
    for seed in 0..NEIGHBOURHOODS {
        let problem = kring::prepare(&random::document(seed), Path::new("."))
            .expect("a neighbourhood without mistakes");
        Lab::with(&problem, 0, |lab| {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
            for _ in 0..executions / NEIGHBOURHOODS {
                let mut bytes = vec![0; rng.random_range(0..LONGEST)];
                rng.fill_bytes(&mut bytes);
                lab.edit(&bytes, &mut seen);
            }
        });
    }
    println!("{executions} executions: {seen:#?}");
    for kind in ["relocate", "swap", "or-opt", "swap_tails", "reassign_client", "without sense"] {
        for feasible in [true, false] {
            assert!(
                seen.contains_key(&(kind, feasible)),
                "no {kind} that was feasible: {feasible}: {seen:?}"
            );
        }
    }
    // (A removal is refused only where a detour is shorter than the direct way.)
    for kind in ["insertion", "removal", "break", "commit", "roll-back"] {
        assert!(seen.contains_key(&(kind, true)), "no {kind}: {seen:?}");
    }
}
