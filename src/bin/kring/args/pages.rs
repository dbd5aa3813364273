//! What is printed, and how pages for the browser are written.

use crate::library::read_date;
use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;

/// What to print instead of the first week and the summary.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Pages")]
pub struct Pages {
    /// Print one JSON object instead of pages.
    #[arg(long, conflicts_with_all = ["day", "week"])]
    pub json: bool,
    /// Print the tours of this day (2026-03-02, or 2-3-2026).
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub day: Option<Date>,
    /// Print who comes in this week, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub week: Option<u16>,
}

/// How a page is written.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Pages for the browser")]
pub struct PageOptions {
    /// Language of the page.
    #[arg(long, value_enum, default_value = "en")]
    pub language: Language,
    /// Leave out the labels of the document; people are shown by their ids.
    #[arg(long)]
    pub no_labels: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Dutch
    Nl,
}
