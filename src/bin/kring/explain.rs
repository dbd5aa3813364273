//! `kring explain`.

use crate::args::{Explain, ExplainAudience, Format, Language as AskedLanguage};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Audience, Cancel, Document, ExplainView, Language, Planner, Question, json, read_date};
use crate::output::{print, warn};
use crate::run::stop_at_ctrl_c;

pub fn run(asked: &Explain) -> Result<Ending, Failure> {
    let written = files::text_of(&asked.file)?;
    let neighbourhood = files::neighbourhood(&asked.file, &written, Format::Kring)?;
    let document = neighbourhood.document;
    let in_plan = |error| files::failure(&asked.plan, &error);
    let plan = json::read_plan(&files::text_of(&asked.plan)?).map_err(in_plan)?;
    let question = question(asked, &document)?;
    warn(&neighbourhood.warnings);
    let cancel = Cancel::new();
    stop_at_ctrl_c(&cancel);
    let planner = Planner::prepare(&document, &neighbourhood.folder, &cancel)
        .map_err(|error| files::failure(&asked.file, &error))?;
    let audience = match asked.audience {
        ExplainAudience::Team => Audience::Team,
        ExplainAudience::Client => Audience::Client,
        ExplainAudience::Nurse => Audience::Nurse,
    };
    let language = match asked.language {
        AskedLanguage::En => Language::English,
        AskedLanguage::Nl => Language::Dutch,
    };
    let answer = planner.explain(&plan, &question, audience, &cancel).map_err(in_plan)?;
    let text = if asked.json {
        serde_json::to_string(&answer).map_err(|why| Failure(why.to_string()))?
    } else {
        ExplainView::new(&document, &answer, language).to_string()
    };
    print(&text)?;
    Ok(Ending::Done)
}

/// What is asked.
fn question(asked: &Explain, document: &Document) -> Result<Question, Failure> {
    let text = asked.visit.as_deref().unwrap_or_default();
    visit(text, document)
}

/// A visit written as `CLIENT/CARE/DATE`. Ids may hold slashes: the split is the one that the document knows.
fn visit(text: &str, document: &Document) -> Result<Question, Failure> {
    let wrong =
        |why: &str| Failure(format!("--visit {text}: {why}; write CLIENT/CARE/DATE, as c12/wash/2026-03-03"));
    let (named, date) = text.rsplit_once('/').ok_or_else(|| wrong("has no date"))?;
    let date = read_date(date).map_err(|why| wrong(&why.to_string()))?;
    let splits = || named.match_indices('/').map(|(at, _)| (&named[..at], &named[at + 1..]));
    let is_known = |(client, care): &(&str, &str)| {
        document.clients.iter().any(|one| one.id == *client && one.care.iter().any(|line| line.id == *care))
    };
    let split = splits().find(is_known).or_else(|| splits().next());
    let (client, care) = split.ok_or_else(|| wrong("has no care line"))?;
    Ok(Question::Visit { client: client.to_owned(), care: care.to_owned(), date })
}
