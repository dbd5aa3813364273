//! `kring explain`.

use crate::args::{Explain, ExplainAudience, Language as AskedLanguage, Rule};
use crate::ending::{Ending, Failure};
use crate::library::{
    Audience, BoundOptions, Cancel, Document, Error, ExplainView, Explanation, Language, Options, Plan,
    Planner, Progress, Question, Relaxation, read_date,
};
use crate::opened::{Opened, warn_of_violations};
use crate::output::{note, print, short};
use crate::preparing::saying;
use crate::progress::Line;
use crate::run::{TimeLimit, options};
use std::time::Instant;

pub fn run(asked: &Explain) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let opened = Opened::new(&asked.of)?;
    let (document, plan) = (&opened.neighbourhood.document, &opened.plan);
    if asked.rule.is_some() && asked.audience != ExplainAudience::Team {
        return Err(Failure("--rule: the price of a rule is about everybody; ask for the team".to_owned()));
    }
    let limits = &asked.limits;
    if asked.rule.is_none()
        && (limits.seconds.is_some() || limits.iterations.is_some() || limits.threads.is_some())
    {
        let why = "--seconds, --iterations and --threads are for --rule; name a rule, or leave them out";
        return Err(Failure(why.to_owned()));
    }
    let question = question(asked, document)?;
    let mut options = options(limits, SECONDS);
    let limit = TimeLimit::since(begin, options.seconds);
    let cancel = Cancel::new();
    let planner = opened.planner(&cancel)?;
    // (It names other clients.)
    if asked.audience == ExplainAudience::Team {
        warn_of_violations(planner.problem(), plan, "The answer speaks of its tours as kring times them");
    }
    let audience = match asked.audience {
        ExplainAudience::Team => Audience::Team,
        ExplainAudience::Client => Audience::Client,
        ExplainAudience::Nurse => Audience::Nurse,
    };
    let language = match asked.language {
        AskedLanguage::En => Language::English,
        AskedLanguage::Nl => Language::Dutch,
    };
    let answer = match asked.rule {
        Some(rule) => {
            options.seconds = limit.left();
            let mut line = Line::new(limit.seconds);
            let show = |now: &Progress| line.show_at(limit.gone(), now);
            let priced = price_of_rule(asked, &planner, plan, (rule, &options), &cancel, show);
            line.end();
            priced
        }
        None => saying("explaining", || planner.explain(plan, &question, audience, &cancel)),
    };
    let answer = answer.map_err(|error| opened.wrong(&error))?;
    let text = if asked.json {
        serde_json::to_string(&answer).map_err(|why| Failure(why.to_string()))?
    } else {
        ExplainView::new(document, &answer, language).to_string()
    };
    print(&text)?;
    Ok(Ending::Done)
}

/// Seconds of the searches for the price of a rule together where there is no limit.
const SECONDS: f64 = 30.0;

fn price_of_rule(
    asked: &Explain,
    planner: &Planner,
    plan: &Plan,
    (rule, options): (Rule, &Options),
    cancel: &Cancel,
    show: impl FnMut(&Progress),
) -> Result<Explanation, Error> {
    let rule = match rule {
        Rule::Windows => Relaxation::Window { minutes: 60 },
        Rule::Competence => Relaxation::Competence,
        Rule::Contract => Relaxation::Contract,
        Rule::MaxFaces => Relaxation::Faces,
        Rule::KnownFaces => Relaxation::KnownFaces,
        Rule::RegularHour => Relaxation::RegularHour,
        Rule::ForbiddenPairs => Relaxation::ForbiddenPairs,
        Rule::Pins => Relaxation::Pins,
        Rule::ShiftEnds => Relaxation::Overtime { minutes: 60 },
    };
    let bound = asked
        .bound_seconds
        .map(|seconds| BoundOptions::default().with_seconds(seconds).with_threads(options.threads));
    let priced = planner.price_of_rule(plan, rule, options, bound.as_ref(), cancel, show)?;
    if cancel.is_cancelled() {
        note("kring: stopped; the price is of the best plans so far");
    }
    Ok(Explanation::Rule(Box::new(priced)))
}

/// What is asked.
fn question(asked: &Explain, document: &Document) -> Result<Question, Failure> {
    Ok(match (&asked.visit, &asked.client, &asked.nurse) {
        (Some(text), ..) => visit(text, document)?,
        (_, Some(client), _) => Question::Client(client.clone()),
        (.., Some(nurse)) => Question::Nurse(nurse.clone()),
        _ if asked.unplanned => Question::Unplanned,
        _ => Question::Plan,
    })
}

/// A visit written as `CLIENT/CARE/DATE`. Ids may hold slashes: the split is the one that the document knows.
fn visit(text: &str, document: &Document) -> Result<Question, Failure> {
    let wrong = |why: &str| {
        Failure(format!("--visit {}: {why}; write CLIENT/CARE/DATE, as c14/wash/2026-03-03", short(text)))
    };
    let (named, date) = text.rsplit_once('/').ok_or_else(|| wrong("has no date"))?;
    let date = read_date(date).map_err(|why| match named.contains('/') {
        true => wrong(&why.to_string()),
        false => wrong("has no date"),
    })?;
    let splits = || named.match_indices('/').map(|(at, _)| (&named[..at], &named[at + 1..]));
    let is_known = |(client, care): &(&str, &str)| {
        document.clients.iter().any(|one| one.id == *client && one.care.iter().any(|line| line.id == *care))
    };
    let split = splits().find(is_known).or_else(|| splits().next());
    let (client, care) = split.ok_or_else(|| wrong("has no care line"))?;
    Ok(Question::Visit { client: client.to_owned(), care: care.to_owned(), date })
}
