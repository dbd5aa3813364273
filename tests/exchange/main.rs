//! What comes from other programs and goes to them.

mod calendars_and_tables;
mod fhir;
mod spreadsheets;
