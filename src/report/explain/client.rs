//! Who comes to a client, and why.

use super::super::text::{filled, heading};
use super::phrases::Phrases;
use crate::model::explanation::{ClientExplained, FaceExplained, MissingFace, Placement, WithoutNurse};

pub(super) fn page(say: &Phrases<'_>, client: &ClientExplained) -> String {
    let mut page = heading(&say.say("client", &[("client", say.client(&client.client).into())]));
    let (visits, faces) = (say.count("visits", client.visits), say.count("faces", client.faces.len() as u32));
    let args =
        [("visits", visits.into()), ("period", say.period(client.days).into()), ("faces", faces.into())];
    page += &filled("", &say.say("client-visits", &args));
    if client.left_out > 0 {
        let visits = say.count("visits", client.left_out);
        page += &filled("", &say.say("client-left-out", &[("visits", visits.into())]));
    }
    page += &filled("", &say.part("cost-of-client", &client.cost));
    page += "\n";
    for face in &client.faces {
        page += &say.of(&title(say, face), &without(say, &face.without));
    }
    for missing in &client.missing {
        page += &say.of(&missing_title(say, missing), &why_missing(say, client, missing));
    }
    page + &say.foot(client.audience)
}

/// Her name, what she is to the client, and that she does not come.
fn missing_title(say: &Phrases<'_>, missing: &MissingFace) -> String {
    let is = match missing {
        MissingFace { is_first_nurse: true, .. } => "first-nurse",
        MissingFace { is_of_circle: true, .. } => "circle",
        _ => "known-face",
    };
    format!("{}, {}, {}", say.nurse(&missing.nurse), say.say(is, &[]), say.say("does-not-come", &[]))
}

/// For how many visits she has a place, the cheapest of them, and why she has none for the others.
fn why_missing(say: &Phrases<'_>, client: &ClientExplained, missing: &MissingFace) -> String {
    let mut parts = Vec::new();
    if missing.places > 0 {
        let args = [("count", missing.places.into()), ("visits", say.count("visits", client.visits).into())];
        parts.push(say.say("has-places", &args));
    }
    if let Some(cheapest) = &missing.cheapest {
        let place = say.place(&client.client, client.faces.len() as u32, client.days, &cheapest.place);
        let args = [
            ("care", say.text(&cheapest.care).into()),
            ("date", say.date(cheapest.date).into()),
            ("place", place.into()),
        ];
        parts.push(say.say("cheapest-place", &args));
    }
    for reason in &missing.reasons {
        let why = match &reason.placement {
            Placement::Why(why) => say.why(why),
            Placement::Tied => say.say("tied", &[]),
            Placement::Unknown => say.say("unknown", &[]),
            Placement::Untold | Placement::Place(_) => say.say("untold", &[]),
        };
        let args = [("why", why.into()), ("visits", say.count("visits", reason.visits).into())];
        parts.push(say.say("reason-of-visits", &args));
    }
    parts.join("; ")
}

/// Her name, what she is to the client, and her visits.
fn title(say: &Phrases<'_>, face: &FaceExplained) -> String {
    let mut parts = vec![say.count("visits", face.visits)];
    let is = [
        (face.is_first_nurse, "first-nurse"),
        (face.is_of_circle && !face.is_first_nurse, "circle"),
        (face.is_new, "new-face"),
    ];
    parts.extend(is.iter().filter(|(is, _)| *is).map(|(_, id)| say.say(id, &[])));
    format!("{}, {}", say.nurse(&face.nurse), parts.join(", "))
}

fn without(say: &Phrases<'_>, without: &WithoutNurse) -> String {
    match without {
        WithoutNurse::ByOthers(cost) => {
            let changes = say.list(say.changes(cost));
            let text = match say.total(cost.price()) {
                Some(total) if changes.is_empty() => total,
                Some(total) => format!("{changes}: {total}"),
                None => changes,
            };
            match text.is_empty() {
                true => say.say("by-others-possible", &[]),
                false => say.say("by-others", &[("changes", text.into())]),
            }
        }
        WithoutNurse::NoPlace { visits } => {
            say.say("no-place", &[("visits", say.count("visits", *visits).into())])
        }
        WithoutNurse::OnlyFace => say.say("only-face", &[]),
        WithoutNurse::Unknown => say.say("without-unknown", &[]),
    }
}
