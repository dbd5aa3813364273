//! What several targets share: the team of `kring new` and a plan of it, made once.

use kring::data::starter::starter;
use kring::data::text::Form;
use kring::jiff::civil::date;
use kring::{Document, Options, Plan, Problem, prepare, read_document, solve};
use std::path::Path;
use std::sync::OnceLock;

/// The document: 3 nurses, 8 clients, two weeks.
pub fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let text = starter(Form::Json, date(2026, 3, 2)).expect("a starter for a Monday");
        read_document(&text).expect("a starter without mistakes")
    })
}

/// The problem and a plan of it.
#[allow(dead_code)]
pub fn planned() -> &'static (Problem, Plan) {
    static PLANNED: OnceLock<(Problem, Plan)> = OnceLock::new();
    PLANNED.get_or_init(|| {
        let problem = prepare(document(), Path::new(".")).expect("a starter that can be planned");
        let options = Options::default().with_iterations(50).with_threads(1);
        let plan = solve(&problem, &options).expect("a plan").plan;
        (problem, plan)
    })
}
