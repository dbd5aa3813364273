//! The instance as the file has it.

/// The type of an instance, named as in the literature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 1: one depot, several days.
    Pvrp,
    /// 2: several depots, one day.
    Mdvrp,
    /// 5: one depot, several days, time windows.
    Pvrptw,
    /// 6: several depots, one day, time windows.
    Mdvrptw,
    /// 8: several depots, several days.
    Mdpvrp,
}

impl Kind {
    /// The kind of a type number; `None` for types that are of other problems.
    pub fn of(number: u64) -> Option<Self> {
        Some(match number {
            1 => Kind::Pvrp,
            2 => Kind::Mdvrp,
            5 => Kind::Pvrptw,
            6 => Kind::Mdvrptw,
            8 => Kind::Mdpvrp,
            _ => return None,
        })
    }

    /// Whether service has to start within windows.
    pub fn has_windows(self) -> bool {
        matches!(self, Kind::Pvrptw | Kind::Mdvrptw)
    }

    /// Whether customers are visited on one of several combinations of days.
    pub fn is_periodic(self) -> bool {
        !matches!(self, Kind::Mdvrp | Kind::Mdvrptw)
    }
}

/// The limits on each route of a slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Longest time from departure to return; `None` without a limit (0 in the file).
    pub duration: Option<f64>,
    /// Largest load.
    pub capacity: i32,
}

/// A depot, where routes start and end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Depot {
    /// The number in the file.
    pub number: u32,
    /// Coordinates.
    pub x: f64,
    /// Coordinates.
    pub y: f64,
    /// Earliest departure; 0 without windows.
    pub open: f64,
    /// Latest return; infinite without windows.
    pub close: f64,
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
    /// Duration of service, on each visit.
    pub service: f64,
    /// Load, on each visit.
    pub demand: i32,
    /// Combinations of days as the file has them, ascending and without repeats: bit `days - 1` is the
    /// first day. Each has the same number of days.
    pub combinations: Vec<u64>,
    /// Earliest start of service; 0 without windows.
    pub open: f64,
    /// Latest start of service; infinite without windows.
    pub close: f64,
}

impl Customer {
    /// Number of visits.
    pub fn visits(&self) -> usize {
        self.combinations.first().map_or(0, |code| code.count_ones() as usize)
    }
}

/// An instance as the file has it.
///
/// # Units
/// Distance is Euclidean, in the unit of the coordinates. A unit of distance takes a unit of time; all times are counted from 0, and
/// both ends of a range are included. Loads are whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The problem.
    pub kind: Kind,
    /// Most vehicles of a slot.
    pub vehicles: u32,
    /// Number of days, 1 to 60.
    pub days: u16,
    /// One for each slot, see [`Instance::slot`].
    pub limits: Vec<Limit>,
    /// The depots, in the order of the file.
    pub depots: Vec<Depot>,
    /// The customers, in the order of the file.
    pub customers: Vec<Customer>,
}

impl Instance {
    /// The slot of a depot on a day, all from 0: slots are numbered day by day. `None` beyond the instance.
    pub fn slot(&self, day: u16, depot: u32) -> Option<usize> {
        let inside = day < self.days && (depot as usize) < self.depots.len();
        inside.then(|| usize::from(day) * self.depots.len() + depot as usize)
    }

    /// The days of a combination, ascending from 0.
    pub fn days_of(&self, combination: u64) -> impl Iterator<Item = u16> {
        let days = self.days;
        (0..days).filter(move |day| combination >> (days - 1 - day) & 1 == 1)
    }
}
