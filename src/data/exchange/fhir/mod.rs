//! Plans for record systems, and documents from them (HL7 FHIR R4, JSON).
//!
//! ```text
//! Document + Plan ── export ──> Bundle: Patient, Practitioner, ServiceRequest, CareTeam, Schedule, Slot, Appointment
//! Bundle ── import ──> Patient, ServiceRequest, CarePlan, CareTeam,
//!                      PractitionerRole, Schedule, Slot ──> Document (validated)
//! ```
//! Exports hold ids and times. They hold names only if asked for, and never places: the record system knows them.
//!
//! # References
//! HL7, FHIR Release 4 (v4.0.1, 2019), <https://hl7.org/fhir/R4/>: resources named above, and the data type Timing.

mod availability;
mod bundle;
mod export;
mod ids;
mod import;
mod people;
mod requests;
mod resources;
mod timing;

pub use bundle::{LONGEST, MOST_ENTRIES};
pub use export::{BundleOptions, bundle};
pub use ids::{BASE, WINDOW};
pub use import::{ImportedBundle, read};
