//! `kring standins`.

use crate::args::StandIns;
use crate::ending::{Ending, Failure};
use crate::library::{
    Cancel, Fallback, Familiarity, Moment, NurseAndStart, StandInDay, StandInVisit, StandIns as Found,
};
use crate::opened::Opened;
use crate::output::{count, note, print};
use crate::progress::Line;
use crate::run::{TimeLimit, options};
use jiff::civil::Date;
use std::fmt::Write;
use std::time::Instant;

pub fn run(asked: &StandIns) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let opened = Opened::new(&asked.of)?;
    // Without a limit the iterations are the limit, so that the answer is the same on every machine.
    let mut options = options(&asked.limits, None);
    let limit = TimeLimit::since(begin, options.seconds);
    let cancel = Cancel::default();
    let planner = opened.planner(&cancel)?;
    let mut line = Line::new(None);
    options.seconds = limit.left();
    let found = planner
        .standins(&opened.plan, asked.day, asked.nurse.as_deref(), &options, &cancel, |done, all| {
            let seconds = limit.gone();
            line.say(seconds, &format!("{seconds:.0} s: {done} of {all} nurses and days"));
        })
        .map_err(|error| opened.wrong(&error))?;
    line.end();
    if found.left > 0 {
        note(&format!("kring: stopped, or out of time; {} nurses and days are left", found.left));
    }
    print(&if asked.json {
        serde_json::to_string(&found).map_err(|why| Failure(why.to_string()))?
    } else {
        in_words(&found, asked.day.is_some() || asked.nurse.is_some())
    })?;
    Ok(if found.left > 0 { Ending::NotAll } else { Ending::Done })
}

/// A line for each nurse and day, with each visit where a day or a nurse was asked for; then the clients.
fn in_words(found: &Found, in_full: bool) -> String {
    if found.days.is_empty() && found.left == 0 {
        return "No nurse has a visit on the days asked for.\n".to_owned();
    }
    let mut text = String::new();
    let mut date = None;
    for day in &found.days {
        if date != Some(day.date) {
            let _ = writeln!(text, "{}", day.date.strftime("%A %-d %B %Y"));
            date = Some(day.date);
        }
        text += &of_day(day);
        if in_full {
            day.visits.iter().for_each(|visit| text += &of_visit(visit, day.date));
            if !day.moved.is_empty() {
                text += if day.visits.iter().any(|visit| visit.now.is_some()) {
                    "    to make room:\n"
                } else {
                    "    others, who gain by it:\n"
                };
                day.moved.iter().for_each(|visit| text += &of_visit(visit, day.date));
            }
        }
    }
    if !found.fallbacks.is_empty() {
        text += "If a visit is missed, who could come instead\n";
    }
    found.fallbacks.iter().for_each(|fallback| text += &of_client(fallback));
    text
}

fn of_day(day: &StandInDay) -> String {
    let mut by: Vec<(&str, usize)> = Vec::new();
    let (mut later, mut nobody) = (0, 0);
    for visit in &day.visits {
        let Some(at) = &visit.now else {
            nobody += 1;
            continue;
        };
        if at.start.date() != visit.before.start.date() {
            later += 1;
            continue;
        }
        match by.iter_mut().find(|(nurse, _)| *nurse == at.nurse) {
            Some((_, visits)) => *visits += 1,
            None => by.push((&at.nurse, 1)),
        }
    }
    let mut parts: Vec<String> = by.iter().map(|(nurse, visits)| format!("{nurse} takes {visits}")).collect();
    if later > 0 {
        parts.push(format!("{later} on another day"));
    }
    if nobody > 0 {
        parts.push(format!("{nobody} uncovered"));
    }
    if let Some(others) = (day.uncovered as usize).checked_sub(nobody).filter(|&others| others > 0) {
        parts.push(format!("{others} of others uncovered"));
    }
    parts.extend(day.missed.iter().map(|one| format!("{} misses {}", one.nurse, one.meeting)));
    format!(
        "  if {} is ill, {}: {}; {}; {} of others changed\n",
        day.nurse,
        count(day.visits.len(), "visit"),
        parts.join(", "),
        count(day.new_faces as usize, "new face"),
        count(day.moved.len(), "visit"),
    )
}

/// A visit, with its day where that is not the day asked about.
fn of_visit(visit: &StandInVisit, of: Date) -> String {
    let told = match &visit.now {
        None => "uncovered".to_owned(),
        Some(NurseAndStart { nurse, start, .. }) => {
            let day = start.date();
            let on = if day == visit.before.start.date() { String::new() } else { format!("{day} ") };
            let new = if visit.familiarity == Some(Familiarity::New) { ", a new face" } else { "" };
            format!("{nurse} {on}{}{new}", clock(*start))
        }
    };
    let NurseAndStart { nurse, start, .. } = &visit.before;
    let day = if start.date() == of { String::new() } else { format!("{} ", start.date()) };
    format!("    {} {}: {nurse} {day}{} -> {told}\n", visit.client, visit.care, clock(*start))
}

/// Hours and minutes.
fn clock(moment: Moment) -> String {
    let time = moment.time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn of_client(fallback: &Fallback) -> String {
    let nurses = fallback.nurses.iter().map(|one| {
        let new = if one.familiarity == Familiarity::New { ", a new face" } else { "" };
        format!("{} ({} of {}{new})", one.nurse, one.visits, fallback.visits)
    });
    let nurses: Vec<String> = nurses.collect();
    let nobody = match fallback.nobody.as_slice() {
        [] => String::new(),
        [(care, date)] => format!("; nobody for {care} on {date}"),
        [(care, date), more @ ..] => format!("; nobody for {care} on {date} and {} more", more.len()),
    };
    match nurses.as_slice() {
        [] => format!("  {}: {}\n", fallback.client, nobody.trim_start_matches("; ")),
        _ => format!("  {}: {}{nobody}\n", fallback.client, nurses.join(", ")),
    }
}
