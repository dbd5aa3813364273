//! Small instances of each type, made by hand.

use super::*;
use crate::error::ErrorKind;
use crate::model::plan::Route;

mod evaluator;
mod reader;
mod solutions;

/// One depot at 0, two days, two vehicles, no limit on durations. Customer 1 comes once, on any day;
/// customer 2 on both; customer 3 once. From the depot it is 5, 10 and 5; from 1 to 2 it is 5.
const PERIODIC: &str = "\
1 2 3 2
0 10
0 10
0  0 0  0 0 0 0
1  3 4  1 5 1 2 1 2
2  6 8  1 5 2 1 3
3  0 -5  2 4 1 2 2 1
";

/// Two depots, 4 at (0, 0) and 5 at (6, 0), one vehicle each; the routes of 4 take at most 25, depot 5 is
/// open from 10 to 30.
const DEPOTS: &str = "\
6 1 3 2
25 10
0 10
1  3 4  1 5 1 2 1 2 0 100
2  6 8  1 5 1 2 1 2 20 22
3  0 -5  2 4 1 2 1 2 0 100
4  0 0  0 0 0 0 0 100
5  6 0  0 0 0 0 10 30
";

/// Two depots, 0 at (0, 0) and 1 at (10, 0), two days, one vehicle each; the windows at the end of the lines
/// do not count.
const BOTH: &str = "\
8 1 2 2 2
0 10
0 10
30 10
0 10
0  0 0  0 0 0 0 0 1
1  10 0  0 0 0 0 0 1
2  0 5  1 5 2 1 3 0 1
3  10 5  1 5 1 2 1 2 0 1
";

/// A route from numbers counted from 0.
fn route(day: u16, depot: u32, customers: &[u32]) -> Route {
    Route { depot, driver: depot, day, customers: customers.to_vec() }
}

/// Routes of [`PERIODIC`] that break nothing: 20 + 10 on the first day, 20 on the second.
fn periodic_routes() -> Vec<Route> {
    vec![route(0, 0, &[0, 1]), route(0, 0, &[2]), route(1, 0, &[1])]
}

/// Routes of [`DEPOTS`] that break nothing.
fn depot_routes() -> Vec<Route> {
    vec![route(0, 0, &[0, 1]), route(0, 1, &[2])]
}

/// Routes of [`BOTH`] that break nothing.
fn both_routes() -> Vec<Route> {
    vec![route(0, 0, &[0]), route(1, 0, &[0]), route(1, 1, &[1])]
}
