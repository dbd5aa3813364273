//! Explanations in words.

mod catalogue;
mod client;
mod nurse;
mod phrases;
mod rule;
mod unplanned;
mod visit;
mod whole;

use super::language::Language;
use super::text::trimmed;
use crate::model::Document;
use crate::model::explanation::Explanation;
use phrases::Phrases;
use std::fmt;

/// An explanation in words. Display it.
///
/// It says what the explanation holds, and nothing else of the document but the labels of the people whom the
/// explanation names. Text of the document is made safe for a terminal.
#[derive(Debug, Clone, Copy)]
pub struct ExplainView<'a> {
    document: &'a Document,
    explanation: &'a Explanation,
    language: Language,
}

impl<'a> ExplainView<'a> {
    /// The words for an explanation of a plan of a document.
    pub fn new(document: &'a Document, explanation: &'a Explanation, language: Language) -> Self {
        Self { document, explanation, language }
    }
}

impl fmt::Display for ExplainView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = Phrases::new(self.document, self.language);
        let page = match self.explanation {
            Explanation::Visit(visit) => visit::page(&say, visit),
            Explanation::Client(client) => client::page(&say, client),
            Explanation::Nurse(nurse) => nurse::page(&say, nurse),
            Explanation::Unplanned(unplanned) => unplanned::page(&say, unplanned),
            Explanation::Plan(plan) => whole::page(&say, plan),
            Explanation::Rule(rule) => rule::page(&say, rule),
        };
        f.write_str(&trimmed(&page))
    }
}
