//! The unit of costs, and how prices become costs.

/// A cost in milliseconds of a nurse's time, so that 60,000 is a minute; lower is better.
pub type Cost = i64;

/// The cost of a price in minutes of a nurse's time: `minutes * 60_000`, rounded to the nearest whole number, halves away from 0.
///
/// # Units
/// Prices of documents are 0 to 1,000,000 minutes. Numbers too large for a [`Cost`] become the nearest that it has, and NaN
/// becomes 0.
///
/// # Example
/// ```
/// assert_eq!(kring::model::cost::cost_of_minutes(1.5), 90_000);
/// ```
pub fn cost_of_minutes(minutes: f64) -> Cost {
    (minutes * 60_000.0).round() as Cost
}

/// The cost of one second of something that has a price per minute: `price * 1_000`, where `price` is in minutes of a nurse's time per
/// minute. Rounded, and bounded, as by [`cost_of_minutes`].
pub fn cost_per_second(price: f64) -> Cost {
    (price * 1000.0).round() as Cost
}
