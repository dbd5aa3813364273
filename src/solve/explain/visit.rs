//! Why a visit is with its nurse: the visit is taken out of its tour and put in with each other nurse.

use super::super::places::take_out;
use super::repair::{apply, cheapest_way};
use super::scene::Scene;
use crate::error::{Error, ErrorKind, Mistake, Result, Stop};
use crate::model::cost::Cost;
use crate::model::explanation::{Audience, OtherNurse, Placement, VisitExplained};
use crate::model::problem::Task;
use crate::search::draft::Draft;
use crate::search::explain::why_not;
use jiff::civil::Date;

pub(super) fn explain(
    scene: &Scene<'_>,
    client: &str,
    care: &str,
    date: Date,
    stop: Stop<'_>,
) -> Result<VisitExplained> {
    Ok(of(scene, find(scene, client, care, date)?, stop))
}

/// Explains a visit by its number. It is a visit to a client, not a meeting.
pub(super) fn of(scene: &Scene<'_>, visit: u32, stop: Stop<'_>) -> VisitExplained {
    let mut draft = scene.draft.clone();
    let own = draft.shift_of(visit).map(|shift| draft.candidates.nurse(shift));
    let is_tied = own.is_some() && !take_out(&mut draft, visit);
    if is_tied {
        draft.roll_back();
    }
    draft.commit();
    let nurses = 0..draft.problem.nurses.len() as u32;
    let mut others: Vec<OtherNurse> = nurses
        .filter(|&nurse| own != Some(nurse))
        .map(|nurse| OtherNurse {
            nurse: scene.problem.nurse_id(nurse).to_owned(),
            placement: if is_tied { Placement::Tied } else { way(scene, &mut draft, visit, nurse, stop) },
        })
        .collect();
    others.sort_by_key(|other| match &other.placement {
        Placement::Place(place) => place.cost.total.unwrap_or(Cost::MAX),
        _ => Cost::MAX,
    });
    let (client, care, date) = scene.name(visit).unwrap_or_default();
    VisitExplained {
        audience: Audience::Team,
        client,
        care,
        date,
        made: scene.made(&scene.draft, visit),
        faces: scene.draft.counts().faces(draft.client_of(visit)),
        days: scene.problem.calendar().days(),
        cost: (own.is_some() && !is_tied).then(|| scene.cost_beyond(&draft)),
        others,
        stopped: stop(),
    }
}

/// The cheapest place with a nurse of a visit that the draft does not make, or why there is none. The draft is left as it was.
pub(super) fn way(
    scene: &Scene<'_>,
    draft: &mut Draft<'_>,
    visit: u32,
    nurse: u32,
    stop: Stop<'_>,
) -> Placement {
    if stop() {
        return Placement::Unknown;
    }
    let excess = scene.draft.excess();
    let Some(placement) = cheapest_way(draft, draft.option_of(visit), nurse, excess, stop) else {
        return if stop() {
            Placement::Unknown
        } else {
            Placement::Why(why_not(draft, scene.problem, draft.option_of(visit), nurse))
        };
    };
    let again = apply(draft, &placement, excess);
    debug_assert!(again, "what was possible once is possible again");
    let place = scene.place(draft, visit, nurse, &placement.others);
    draft.roll_back();
    Placement::Place(place)
}

/// The visit of a care line on a day, planned or not.
fn find(scene: &Scene<'_>, client: &str, care: &str, date: Date) -> Result<u32> {
    let document = scene.problem.document();
    let Some(of_client) = document.clients.iter().find(|one| one.id == client) else {
        let is_nurse = document.nurses.iter().any(|nurse| nurse.id == client);
        if is_nurse && document.meetings.iter().any(|meeting| meeting.id == care) {
            let problem =
                format!("{care:?} is a meeting of {client:?}, which no other nurse can attend for her");
            return Err(Error::new(
                ErrorKind::Options,
                Mistake::new("visit", problem, "name a visit to a client"),
            ));
        }
        let ids = document.clients.iter().map(|one| one.id.as_str());
        return scene.unknown("client", client, ids, "name a client");
    };
    if of_client.care.iter().all(|line| line.id != care) {
        let ids = of_client.care.iter().map(|line| line.id.as_str());
        return scene.unknown("care", care, ids, "name a care line of the client");
    }
    let is_asked =
        |&visit: &u32| scene.problem.task(visit) == Task::Care { client, care } && scene.date(visit) == date;
    let mut visits = 0..scene.draft.visit_count() as u32;
    visits.find(is_asked).ok_or_else(|| {
        let is_away =
            scene.is_for_team && of_client.away.iter().any(|away| (away.from..=away.until).contains(&date));
        let why = match is_away {
            true => "the client is away",
            false => "this care line has no visit, planned or left out",
        };
        let mend = "name a day on which it has one";
        Error::new(ErrorKind::Options, Mistake::new("date", format!("on {date} {why}"), mend))
    })
}
