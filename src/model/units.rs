//! The unit of costs, and how prices become costs.

/// Cost in thousandths of a second of nurse time; lower is better.
pub type Cost = i64;

/// A price per unit in minutes of nurse time, as cost: rounded once, here.
pub fn cost_of_minutes(minutes: f64) -> Cost {
    (minutes * 60_000.0).round() as Cost
}

/// A price per minute of something, as cost per second of it.
pub fn cost_per_second(price: f64) -> Cost {
    (price * 1000.0).round() as Cost
}
