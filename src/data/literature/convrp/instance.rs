//! The instance as the file has it, and the consistency that may be asked of its solutions.

/// Load and duration of a visit on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// Load.
    pub demand: i32,
    /// Duration of service.
    pub duration: f64,
}

/// A customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// The number in the file, at least 1.
    pub number: u32,
    /// Coordinates.
    pub x: f64,
    /// Coordinates.
    pub y: f64,
    /// For each day what a visit takes; `None` on days without one. At least one day has a visit.
    pub days: Vec<Option<Service>>,
}

impl Customer {
    /// The days with a visit, from 0, each with load and duration.
    pub fn visits(&self) -> impl Iterator<Item = (u16, Service)> {
        (0..).zip(&self.days).filter_map(|(day, service)| service.map(|service| (day, service)))
    }
}

/// An instance as the file has it.
///
/// # Units
/// Distance is Euclidean, in the unit of the coordinates. A unit of distance takes a unit of time; all times are counted from 0, and
/// both ends of a range are included. Loads are whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The name; empty without one.
    pub name: String,
    /// Number of days, 1 to 60.
    pub days: u16,
    /// Largest load of a route.
    pub capacity: i32,
    /// Longest duration of a route, travel and service; `None` without a limit (9,999,999 or more in the file).
    pub limit: Option<f64>,
    /// Coordinates of the depot.
    pub depot: (f64, f64),
    /// The customers with a visit on any day, in the order of the file; the others do not count.
    pub customers: Vec<Customer>,
}

impl Instance {
    /// Number of visits on all days.
    pub fn visits(&self) -> usize {
        self.customers.iter().map(|customer| customer.visits().count()).sum()
    }
}

/// How consistent the service has to be. The file does not say it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consistency {
    /// Most drivers of a customer over all days, at least 1; 0 counts as 1.
    pub most_drivers: u32,
    /// Longest time between the earliest and the latest arrival at a customer, over its days; `None` without a
    /// limit. Below 0 counts as 0.
    pub arrival_spread: Option<f64>,
}

impl Default for Consistency {
    /// One driver for each customer, at any time.
    fn default() -> Self {
        Self { most_drivers: 1, arrival_spread: None }
    }
}
