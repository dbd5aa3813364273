//! The page: a plan as one file for the browser, with the clients first.
//!
//! ```text
//! Report ──> Facts ──┬─> clients: their weeks, faces and hours
//!  violations        ├─> board: shifts as rows of time
//!  roads             ├─> map: tours along the roads
//!                    ├─> team: continuity, hours, prices, what was left out
//!                    └─> sheets: one for each client, about nobody else
//! ```
//! The page is one self-contained file: style and script are inside and nothing else may load (content security
//! policy). Text of the document is escaped where it is printed, and made safe by `label` before that. Without the
//! script everything stands on the page, one view below the other.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let plan = kring::solve(&problem, &kring::Options::default().with_iterations(200))?.plan;
//! use kring::report::Report;
//! use kring::report::{Language, page::Page};
//!
//! let report = Report::new(&problem, &plan)?;
//! let page = Page::new(&report).in_language(Language::Dutch).without_labels().to_html();
//! assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("http://"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod board;
mod client;
mod clients;
mod data;
mod facts;
mod first_nurse;
mod hours;
mod html;
pub(in crate::report) mod label;
mod labels;
mod map;
mod marks;
mod overview;
mod sheet;
mod team;
mod words;

pub use overview::{TeamRow, overview};

use super::language::Language;
use super::view::Report;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::Plan;
use crate::travel::RoadLines;
use facts::Facts;
use html::Parts;

/// A plan as one self-contained page for the browser.
///
/// It begins with the clients' weeks and faces. A board of shifts, a map, the team's figures, and sheets to print for
/// clients follow. Use it where people look at a plan together; for a terminal there are the views of [`Report`].
///
/// It holds what the plan and the document say, and what [`check`](crate::check()) found: a plan that breaks rules is
/// shown as such.
pub struct Page<'a> {
    report: &'a Report<'a>,
    language: Language,
    parts: Parts<'a>,
}

impl<'a> Page<'a> {
    /// The page of a report, in English, with labels.
    pub fn new(report: &'a Report<'a>) -> Self {
        let parts =
            Parts { has_labels: true, violations: &report.checked.violations, roads: None, published: None };
        Self { report, language: Language::default(), parts }
    }

    /// In another language. Ids, labels, reasons and violations stay as they are.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Ids instead of labels.
    #[must_use]
    pub fn without_labels(mut self) -> Self {
        self.parts.has_labels = false;
        self
    }

    /// Draws streets, and tours along them; otherwise tours are straight lines.
    #[must_use]
    pub fn with_roads(mut self, roads: &'a RoadLines) -> Self {
        self.parts.roads = Some(roads);
        self
    }

    /// Lists what changed since this plan.
    #[must_use]
    pub fn with_published(mut self, published: &'a Plan) -> Self {
        self.parts.published = Some(published);
        self
    }

    /// The page as HTML.
    ///
    /// # Complexity
    /// O(v (c + n)) for v visits, c clients and n nurses; on roads also one search for each pair of places
    /// that a tour joins.
    pub fn to_html(&self) -> String {
        html::document(&self.parts, &self.facts()).into_string()
    }

    /// The sheet of one client as a page of its own, in large type: to print, or to give to the client. It holds
    /// nothing about anyone else but the names of the nurses who come.
    ///
    /// # Errors
    /// `Options` for a client whom the document does not have.
    ///
    /// # Complexity
    /// As [`Self::to_html`], without the map.
    pub fn sheet_of(&self, client: &str) -> Result<String> {
        let clients = &self.report.reading.document.clients;
        let Some(number) = clients.iter().position(|of| of.id == client) else {
            let mistake = Mistake::new(
                "client",
                format!("{client:?} is not a client of the document"),
                "name one of its ids",
            );
            return Err(Error::new(ErrorKind::Options, mistake));
        };
        Ok(html::one_sheet(&self.facts(), number).into_string())
    }

    fn facts(&self) -> Facts<'a> {
        Facts::new(self.report, self.language, self.parts.has_labels)
    }
}
