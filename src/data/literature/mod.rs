//! Benchmark file formats of the literature, read into the same documents and solved by the same search.
//!
//! # Example
//! ```
//! use kring::data::literature::solomon::{Rounding, read};
//! use kring::{Cancel, Options, solve_routes};
//!
//! let text = "tiny
//!
//! VEHICLE
//! NUMBER CAPACITY
//! 2 10
//!
//! CUSTOMER
//! CUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE
//!
//! 0 0 0 0 0 100 0
//! 1 3 4 5 0 100 10
//! 2 6 8 5 0 100 10
//! ";
//! let instance = read(text)?;
//! let problem = instance.problem(Rounding::Dimacs)?;
//! let options = Options::default().with_iterations(50).with_threads(1);
//! let found = solve_routes(&problem, &options, &Cancel::new(), |_| {})?;
//! assert_eq!(found.routes.len(), 1, "one vehicle can carry both");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod convrp;
pub mod cordeau;
pub mod homecare;
mod routing;
pub mod solomon;

pub use routing::Evaluation;
