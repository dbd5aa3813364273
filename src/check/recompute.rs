//! All rules, prices and indicators of a plan, one after the other.

use super::violation::{Findings, Violation};
use super::{
    changes, continuity, expand, hours, introduction, meetings, price, read, regular, told, tours, visits,
};
use crate::error::{Mistake, Result};
use crate::model::cost::cost_of_minutes;
use crate::model::document::Priority;
use crate::model::indicators::VisitCounts;
use crate::model::{CostByTerm, Document, Indicators, Plan, Published, Term, TravelTimes, Warning};

/// What the second opinion says about a plan.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Checked {
    /// Every broken rule; empty for a plan that may be carried out.
    pub violations: Vec<Violation>,
    /// The recomputed cost by term, in milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// The recomputed indicators.
    pub indicators: Indicators,
    /// What is probably not intended: the document has [changed](Document::accept) since the plan was made for it.
    pub warnings: Vec<Warning>,
}

impl Checked {
    /// Whether no rule is broken.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Recomputes a plan from its separate parts. It serves [`kring::check`](crate::check()) and those tests whose
/// documents break rules on purpose, so that no problem can be prepared from them.
///
/// `times` are the travel times between the places of this document. With a published plan, changes against it are
/// priced as well.
///
/// # Errors
/// Kind `Document` for a document that cannot be expanded, `Travel` for travel times of another document, `Plan` for a
/// plan of another version and for a plan or a published plan of [another document](Document::accept). A plan that
/// names what does not exist is no error: it has violations.
///
/// # Complexity
/// O(s log s + v + e + c p) time for s stops, v possible visits of the care plans, e entries of the
/// plan's lists and c care lines with p day patterns each; O(s + v + c p) space.
#[doc(hidden)]
pub fn recompute(
    document: &Document,
    times: &TravelTimes,
    plan: &Plan,
    published: Option<&Published>,
) -> Result<Checked> {
    let mut expanded = expand::Expanded::new(document, times)?;
    plan.check_version()?;
    let warnings = document.accept(plan)?.into_iter().collect();
    if let Some(published) = published {
        let of_published = |mistake: &mut Mistake| mistake.path = format!("published.{}", mistake.path);
        document.accept(&published.plan).map_err(|error| error.map_mistakes(of_published))?;
    }
    let story = published.map(|published| told::Story::new(&expanded, plan, published));
    if let Some(story) = &story {
        story.let_finish(&mut expanded);
    }
    let mut found = Findings::default();
    let tours = read::read(&expanded, plan, &mut found);
    let made = visits::check(&expanded, plan, &tours, &mut found);
    let parts = meetings::Parts::new(&expanded)?;
    let missed = meetings::check(&expanded, &parts, plan, &tours, &mut found);
    let worked = tours::check(&expanded, &tours, &mut found);
    let sequences = continuity::sequences(&expanded, &tours);
    continuity::check_known(&expanded, &tours, &sequences, &mut found);
    continuity::check(&expanded, plan, &sequences, &mut found);
    let presences = introduction::presences(&expanded, &tours, &sequences);
    introduction::check(&expanded, plan, &presences, &sequences, &mut found);
    let spreads = regular::spreads(&expanded, &tours);
    regular::check(&expanded, &spreads, &mut found);

    let paid = hours::paid(&expanded, &worked);
    let hours = hours::hours(&expanded, &paid);
    let clients = continuity::clients(&expanded, &sequences);
    let mut cost = price::cost(&expanded, &tours, &made, &sequences, &spreads, &worked, &hours);
    let missing = cost_of_minutes(meetings::price(&document.prices));
    price::charge(&mut cost, Term::Unplanned, missed, missing);
    for stranger in introduction::costs(&expanded, &presences, &sequences) {
        price::charge(&mut cost, Term::Unintroduced, 1, stranger);
    }
    if let Some(story) = &story {
        story.check(&expanded, &parts, &tours, &mut found);
        changes::check(&expanded, &tours, story, &mut cost);
        changes::check_withdrawn(&expanded, plan, story, &mut cost);
    }
    let indicators = Indicators {
        continuity: continuity::team(&clients),
        clients,
        time: hours::time_use(&expanded, &worked, &paid),
        hours,
        visits: VisitCounts {
            planned: made.planned,
            unplanned_vital: made.missing_of(Priority::Vital),
            unplanned_needed: made.missing_of(Priority::Needed),
            unplanned_wished: made.missing_of(Priority::Wished),
        },
    };
    Ok(Checked { violations: found.0, cost, indicators, warnings })
}
