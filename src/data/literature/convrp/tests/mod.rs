//! A small instance, made by hand.

use super::*;
use crate::error::ErrorKind;

mod evaluator;
mod problems;
mod reader;

/// The depot at (0, 0), two days, loads of 10, routes of at most 30. From the depot it is 5 to customers 1 and
/// 4 and 10 to customer 2; it is 5 from 1 to 2 and 10 from 1 to 4. Customer 1 comes on both days and takes more
/// on the second; 2 comes on the first, 4 on the second; 3 never comes.
const SMALL: &str = "\
NAME: SMALL
COMMENT: none
DIMENSION: 5
NUM_DAYS: 2
CAPACITY: 10
DISTANCE: 30
NODE_COORD_SECTION
1\t3 4
2\t6 8
3\t9 9
4\t-3 -4
DEMAND_SECTION
1\t5\t8
2\t5\t-1
3\t-1\t-1
4\t-1\t2
SVC_TIME_SECTION
1\t1.0\t2.0\t
2\t1.0\t1.0\t
3\t1.0\t1.0\t
4\t1.0\t3.0\t
DEPOT_SECTION
0. 0.
-1
EOF
";

/// Both days with driver 0. Day 1: 2, then 1: arrivals 10 and 16, 20 on the road and 2 of service. Day 2: 1,
/// then 4: arrivals 5 and 17, 20 on the road and 5 of service.
const PLAN: &str = r#"{"days":[{"routes":[{"driver":0,"stops":[2,1]}]},{"routes":[{"driver":0,"stops":[1,4]}]}]}
"#;

fn asked(most_drivers: u32, arrival_spread: Option<f64>) -> Consistency {
    Consistency { most_drivers, arrival_spread }
}

/// The text with one part replaced.
fn with(from: &str, to: &str) -> String {
    let text = SMALL.replacen(from, to, 1);
    assert_ne!(text, SMALL, "{from}");
    text
}
