//! Who may be told what.
//!
//! | | team | the client asked about | the nurse asked about, or who makes the visit |
//! | --- | --- | --- | --- |
//! | what faces cost the client | yes | its own | of the visit |
//! | the hour of care: preferred, regular, published | yes | no: others of a tour shift with it | no |
//! | hours, contract, wishes, overtime, road of nurses | yes | no | her own |
//! | totals, from which the rest could be computed | yes | no | no |
//! | which place would be the cheapest | yes | no | no |
//! | why a nurse cannot come | yes | where the client asked for it | where the client asked for it |
//! | other visits that would move | yes | how many | how many |
//!
//! The lists in this file name what may be told. Everything else, including terms and reasons added later, is for the
//! team alone.

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::Term;
use crate::model::explanation::{
    Audience, ClientExplained, Difference, Explanation, Insertion, NurseExplained, Placement, Question,
    VisitExplained, WhyOfVisits, WithoutNurse,
};
use crate::model::reason::Why;

/// Whether an audience may ask a question at all.
pub(super) fn check(question: &Question, audience: Audience) -> Result<()> {
    let may = match audience {
        Audience::Team => true,
        Audience::Client => matches!(question, Question::Visit { .. } | Question::Client(_)),
        Audience::Nurse => matches!(question, Question::Visit { .. } | Question::Nurse(_)),
    };
    if may {
        return Ok(());
    }
    refuse(OTHERS)
}

const OTHERS: &str = "this answer is about others, too";

fn refuse<T>(why: &str) -> Result<T> {
    let mend = "ask for the team; for a client about the client or a visit; for a nurse about her or a visit of hers";
    Err(Error::new(ErrorKind::Options, Mistake::new("audience", why, mend)))
}

/// The explanation without what the audience may not know.
pub(super) fn told(explained: Explanation, audience: Audience) -> Result<Explanation> {
    if audience == Audience::Team {
        return Ok(explained);
    }
    Ok(match explained {
        Explanation::Visit(visit) => {
            if audience == Audience::Nurse && visit.made.is_none() {
                return refuse("no nurse makes this visit: it is left out");
            }
            Explanation::Visit(of_visit(visit, audience))
        }
        Explanation::Client(client) => Explanation::Client(of_client(client, audience)),
        // All of it is her own.
        Explanation::Nurse(nurse) => Explanation::Nurse(NurseExplained { audience, ..nurse }),
        Explanation::Unplanned(_) | Explanation::Plan(_) | Explanation::Rule(_) => return refuse(OTHERS),
    })
}

fn of_visit(mut visit: VisitExplained, audience: Audience) -> VisitExplained {
    visit.audience = audience;
    // The nurse who makes the visit may know what it costs in her tours and hours.
    let own = audience == Audience::Nurse;
    visit
        .cost
        .iter_mut()
        .for_each(|cost| keep(cost, |term| is_of_faces(term) || (own && is_of_nurse(term)), own));
    for other in &mut visit.others {
        match &mut other.placement {
            Placement::Place(place) => of_place(place),
            Placement::Why(why) if is_of_client(why) => {}
            Placement::Why(_) | Placement::Tied => other.placement = Placement::Untold,
            Placement::Untold | Placement::Unknown => {}
        }
    }
    // An order by cost would reveal costs.
    visit.others.sort_by(|a, b| a.nurse.cmp(&b.nurse));
    visit
}

/// A client may know what its faces and visits cost. What it would cost without a face also depends on tours, so only
/// terms of faces are told.
fn of_client(mut client: ClientExplained, audience: Audience) -> ClientExplained {
    client.audience = audience;
    for face in &mut client.faces {
        if let WithoutNurse::ByOthers(cost) = &mut face.without {
            keep(cost, is_of_faces, false);
        }
    }
    for missing in &mut client.missing {
        // The cheapest place would reveal costs.
        missing.cheapest = None;
        let (told, untold): (Vec<_>, Vec<_>) =
            missing.reasons.drain(..).partition(|reason| match &reason.placement {
                Placement::Why(why) => is_of_client(why),
                Placement::Unknown => true,
                _ => false,
            });
        missing.reasons = told;
        let visits = untold.iter().map(|reason| reason.visits).sum();
        if visits > 0 {
            missing.reasons.push(WhyOfVisits { placement: Placement::Untold, visits });
        }
    }
    client
}

/// A place with a colleague.
fn of_place(place: &mut Insertion) {
    // If other visits move, the terms of faces include those of other clients.
    let alone = place.moves == 0;
    keep(&mut place.cost, |term| alone && is_of_faces(term), false);
    place.moved.clear();
}

/// Keeps the terms that `may` be told, and removes the total.
fn keep(cost: &mut Difference, may: impl Fn(Term) -> bool, road: bool) {
    cost.total = None;
    cost.terms.retain(|(term, _)| may(*term));
    cost.road_seconds = cost.road_seconds.filter(|_| road);
}

/// Whether a term is about who comes to the client whose visit it is, and about nobody else. (The terms of households
/// are not: they concern another client as well.)
fn is_of_faces(term: Term) -> bool {
    matches!(
        term,
        Term::Faces
            | Term::NewFaces
            | Term::NotFirstNurse
            | Term::NotCircle
            | Term::FacesOverMax
            | Term::Coc
            | Term::Upc
            | Term::Handovers
            | Term::NotPreferred
    )
}

/// Whether a term is about the tours and hours of a nurse, and about nobody else.
fn is_of_nurse(term: Term) -> bool {
    matches!(
        term,
        Term::UsedShifts
            | Term::WishedOff
            | Term::ShortTours
            | Term::Overtime
            | Term::OverContract
            | Term::UnderContract
            | Term::Travel
            | Term::Waiting
    )
}

/// Whether a reason is what the client itself asked for.
fn is_of_client(why: &Why) -> bool {
    matches!(why, Why::Pinned | Why::NewFace { .. } | Why::MaxFaces | Why::RegularHour)
}
