//! Plans, and what is done with a plan: replanned, compared, explained.

mod circles;
mod compare;
mod draft_edits;
mod examples;
mod explain;
mod fits;
mod golden_search;
mod introduction;
mod meetings;
mod planner;
mod properties;
#[allow(dead_code)]
#[path = "../common/published.rs"]
mod published;
#[allow(dead_code)]
#[path = "../common/random.rs"]
mod random;
mod reasons;
mod regression;
mod replan;
mod roll;
mod ten_fortnights;
#[path = "../common/village.rs"]
mod village;
mod what_if;
