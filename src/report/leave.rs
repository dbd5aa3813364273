//! Who stands in during planned leave, and whether the client met her before.

use super::text::{count, filled, heading, name, short_date};
use super::view::Report;
use crate::model::plan::StandIn;

/// Most stand-ins on the page.
const MOST: usize = 20;

/// The block of the summary; empty if no stranger stands in.
pub(super) fn block(report: &Report) -> String {
    let stand_ins = report.reading.stand_ins;
    if stand_ins.is_empty() {
        return String::new();
    }
    let introduced = stand_ins.iter().filter(|one| one.introduced.is_some()).count();
    let mut out = heading("Stand-ins during planned leave whom the client had not met");
    let all = count(stand_ins.len(), "stand-in");
    out += &format!("  {all}, {introduced} of them introduced by an earlier visit\n");
    for one in stand_ins.iter().take(MOST) {
        out += &filled("  ", &sentence(report, one));
    }
    if stand_ins.len() > MOST {
        out += &format!("  and {} more; the plan lists all\n", stand_ins.len() - MOST);
    }
    out + "\n"
}

fn sentence(report: &Report, one: &StandIn) -> String {
    let nurse = |id: &String| {
        let at = report.reading.document.nurses.iter().position(|nurse| nurse.id == *id);
        at.map_or_else(|| name(id, None), |at| report.reading.nurse_name(at))
    };
    let away: Vec<String> = one.away.iter().map(nurse).collect();
    let leave = match one.from == one.until {
        true => short_date(one.from),
        false => format!("{} to {}", short_date(one.from), short_date(one.until)),
    };
    let (client, visits) = (name(&one.client, None), count(one.visits as usize, "visit"));
    let verb = if away.len() == 1 { "is" } else { "are" };
    let (stand_in, away) = (nurse(&one.nurse), format!("{} {verb} away", away.join(" and ")));
    match one.introduced {
        Some(date) => {
            let met = short_date(date);
            format!("{client}: {stand_in} comes on {met}, so is known when {away} ({leave}; {visits})")
        }
        None => format!("{client}: {stand_in} comes as a stranger while {away} ({leave}; {visits})"),
    }
}
