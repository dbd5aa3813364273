//! Documents: their forms, their schema, what is said about them, and what events make of them.

mod events;
mod forms;
#[allow(dead_code)]
#[path = "../common/published.rs"]
mod published;
#[allow(dead_code)]
#[path = "../common/random.rs"]
mod random;
mod recurring;
mod scenarios;
mod schema;
mod warnings;
mod witness;
