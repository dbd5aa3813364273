//! The second opinion: figures derived by hand, and for each rule a plan broken in exactly that way.

mod cases;
mod figures;
mod indicators;
mod leaves;
mod places_and_meetings;
mod rejects;
mod rejects_times;
mod told;
