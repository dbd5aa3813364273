//! Why a visit is not by the client's first nurse, as far as document and plan say it.

use super::facts::{Facts, Visit};

/// What kept the first nurse from a visit; the number is the place of its sentence among the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotFirst {
    Away,
    NoShift,
    OtherHours,
    NotAllowed,
    /// Nothing in the document: the search preferred another nurse.
    Chosen,
}

/// `None` where the first nurse comes, and where the client has none.
pub(super) fn not_first(facts: &Facts, visit: &Visit) -> Option<NotFirst> {
    let first = facts.first_nurse(visit.client).filter(|&first| first != visit.nurse)?;
    let (client, care) = (&facts.document().clients[visit.client], facts.care(visit));
    let nurse = &facts.document().nurses[first];
    if !nurse.can_give(care)
        || nurse.forbidden_clients.contains(&client.id)
        || client.forbidden_nurses.contains(&nurse.id)
    {
        return Some(NotFirst::NotAllowed);
    }
    if facts.is_nurse_away(first, visit.day) {
        return Some(NotFirst::Away);
    }
    let (from, to) = super::hours::window(care);
    let length = visit.end - visit.start;
    let works = |work: &&super::facts::Work| {
        let wall = |seconds| facts.wall(seconds, visit.day);
        work.nurse == first && wall(work.start) <= to && wall(work.end) >= from + length
    };
    Some(if facts.work.iter().any(|work| works(&work)) {
        NotFirst::Chosen
    } else if facts.work.iter().any(|work| (work.nurse, work.day) == (first, visit.day)) {
        NotFirst::OtherHours
    } else {
        NotFirst::NoShift
    })
}
