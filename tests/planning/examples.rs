//! Runs every example, as a reader would: each asserts its own result.

#[allow(dead_code)]
#[path = "../../examples/embed.rs"]
mod embed;
#[allow(dead_code)]
#[path = "../../examples/first_plan.rs"]
mod first_plan;
#[cfg(feature = "page")]
#[allow(dead_code)]
#[path = "../../examples/front.rs"]
mod front;
#[allow(dead_code)]
#[path = "../../examples/replan.rs"]
mod replan;
#[allow(dead_code)]
#[path = "../../examples/replan_figures/main.rs"]
mod replan_figures;
#[allow(dead_code)]
#[path = "../../examples/stop_any_time.rs"]
mod stop_any_time;

#[test]
fn embed() {
    embed::main().expect("an example that runs");
}

#[test]
fn first_plan() {
    first_plan::main().expect("an example that runs");
}

#[test]
fn replan() {
    replan::main().expect("an example that runs");
}

/// (The other tables take minutes.)
#[test]
fn replan_figures() {
    replan_figures::fewest_changes(replan_figures::QUICK).expect("small sick mornings");
}

#[test]
fn stop_any_time() {
    stop_any_time::main().expect("an example that runs");
}

#[cfg(feature = "page")]
#[test]
fn front() {
    let file =
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/neighbourhoods/village.json"));
    let points = front::front(file, 200).expect("plans at seven prices");
    assert_eq!((points.len(), front::csv(&points).lines().count()), (7, 8));
    assert_eq!(front::svg("village", &points).matches("<circle").count(), 7);
}
