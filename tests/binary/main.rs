//! The binary from end to end: files in, pages, JSON and exit codes out.

#![cfg(feature = "cli")]

mod circles;
mod commands;
mod examples_of_pages;
mod exchange;
mod fhir_validators;
#[allow(dead_code)]
#[path = "../common/folder.rs"]
mod folder;
mod guide;
mod page_browser;
mod replan;
mod routing;
#[path = "../common/village.rs"]
mod village;
mod what_if;
