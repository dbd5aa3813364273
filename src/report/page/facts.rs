//! Everything that the page shows, joined once: names, visits, and what each nurse is to each client.

use super::super::language::Language;
use super::label::{fragment, sentence, shown};
use super::words::{Words, count};
use crate::model::document::{Base, Care, TimeOfDay};
use crate::model::plan::Stop;
use crate::model::weeks::days_of;
use crate::report::Report;
use crate::report::names;
use crate::report::reading::{BreakPlace, break_place};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A person of the document as the page names her.
pub(super) struct Name {
    /// What is shown: the label where there is one and labels are shown, else the id.
    pub shown: String,
    /// The id, where `shown` is the label.
    pub id: Option<String>,
    /// The id as it stands in the fragment of an address.
    pub key: String,
    /// A few characters for narrow places.
    pub short: String,
}

/// A visit of the plan.
pub(super) struct Visit {
    pub client: usize,
    pub nurse: usize,
    pub care: usize,
    pub day: u16,
    /// Elapsed seconds.
    pub start: i64,
    pub end: i64,
    pub travel: i64,
    pub waiting: i64,
}

/// A stretch of a shift: a visit by its position in [`Facts::visits`], the others from and to in elapsed seconds.
pub(super) enum Piece {
    Visit(usize),
    Travel(i64, i64),
    Waiting(i64, i64),
    Break(i64, i64),
    /// A meeting, by its position in the document, with the travel to it.
    Meeting {
        meeting: usize,
        from: i64,
        to: i64,
        travel: i64,
    },
}

/// A shift with what is done in it.
pub(super) struct Work {
    pub nurse: usize,
    pub day: u16,
    pub start: i64,
    pub end: i64,
    /// Leaving and being back; `None` without a tour.
    pub tour: Option<(i64, i64)>,
    pub travel: i64,
    /// Where the tour starts and ends.
    pub bases: [Base; 2],
    pub pieces: Vec<Piece>,
}

/// What a nurse is to a client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    pub is_first: bool,
    pub in_circle: bool,
    /// Not met in the history window, where the document has a history at all.
    pub is_new: bool,
}

/// A nurse who comes to a client on some days, with the number of her visits on them.
pub(super) struct Face {
    pub nurse: usize,
    pub visits: usize,
    pub tie: Tie,
}

pub(super) struct Facts<'a> {
    pub report: &'a Report<'a>,
    pub language: Language,
    pub words: &'static Words,
    pub clients: Vec<Name>,
    pub nurses: Vec<Name>,
    /// By tour, then in the order of its stops.
    pub visits: Vec<Visit>,
    /// `of_client[client]`: visits by start.
    pub of_client: Vec<Vec<usize>>,
    pub work: Vec<Work>,
    /// First and last hour of the work in the plan: see [`Axis`](super::hours::Axis).
    pub hours: [i64; 2],
    has_history: bool,
    has_labels: bool,
}

impl<'a> Facts<'a> {
    pub fn new(report: &'a Report<'a>, language: Language, with_labels: bool) -> Self {
        let document = report.reading.document;
        let label = |label: &'a Option<String>| label.as_deref().filter(|_| with_labels);
        let people: Vec<_> = document.nurses.iter().map(|n| (n.id.as_str(), label(&n.label))).collect();
        let clients: Vec<_> = document.clients.iter().map(|c| (c.id.as_str(), label(&c.label))).collect();
        let mut facts = Self {
            report,
            language,
            words: language.words(),
            clients: named(&clients, false),
            nurses: named(&people, true),
            visits: Vec::new(),
            of_client: vec![Vec::new(); document.clients.len()],
            work: Vec::new(),
            hours: [0, 0],
            has_labels: with_labels,
            has_history: report.reading.past.iter().any(|past| !past.is_empty()),
        };
        facts.read_tours();
        facts.hours = hours_of(&facts);
        facts
    }

    fn read_tours(&mut self) {
        let reading = &self.report.reading;
        let numbers =
            (0..).zip(&reading.document.clients).map(|(number, client)| (client.id.as_str(), number));
        let numbers: FxHashMap<&str, usize> = numbers.collect();
        let client_of = |id: &str| numbers.get(id).copied();
        for shift in &reading.shifts {
            let mut work = Work {
                nurse: shift.nurse,
                day: shift.day,
                start: shift.start,
                end: shift.end,
                tour: shift.tour.as_ref().map(|tour| (tour.leave, tour.back)),
                travel: shift.tour.as_ref().map_or(0, |tour| tour.travel),
                bases: shift.bases,
                pieces: Vec::new(),
            };
            let Some(tour) = &shift.tour else {
                self.work.push(work);
                continue;
            };
            let mut free = tour.leave;
            for (i, stop) in tour.tour.stops.iter().enumerate() {
                match stop {
                    Stop::Break(taken) => {
                        let at = [taken.start, taken.end].map(|moment| reading.calendar.elapsed(moment));
                        if break_place(tour.tour, i, taken, &reading.calendar) == BreakPlace::OnTour {
                            if at[0] > free {
                                work.pieces.push(Piece::Waiting(free, at[0]));
                            }
                            free = at[1];
                        }
                        work.pieces.push(Piece::Break(at[0], at[1]));
                    }
                    Stop::Meeting(at) => {
                        let [from, to] = [at.start, at.end].map(|moment| reading.calendar.elapsed(moment));
                        let travel = at.travel_seconds;
                        if travel > 0 {
                            work.pieces.push(Piece::Travel(free, free + travel));
                        }
                        if from > free + travel {
                            work.pieces.push(Piece::Waiting(free + travel, from));
                        }
                        let found = reading.document.meetings.iter().position(|of| of.id == at.meeting);
                        work.pieces.extend(found.map(|meeting| Piece::Meeting { meeting, from, to, travel }));
                        free = to;
                    }
                    Stop::Visit(visit) => {
                        let [start, end] = [visit.start, visit.end].map(|m| reading.calendar.elapsed(m));
                        let Some(client) = client_of(&visit.client) else { continue };
                        let of = &reading.document.clients[client].care;
                        let Some(care) = of.iter().position(|line| line.id == visit.care) else { continue };
                        let Some(day) = reading.calendar.day(visit.date) else { continue };
                        let travel = visit.travel_seconds;
                        let waiting = (start - free - travel).max(0);
                        if travel > 0 {
                            work.pieces.push(Piece::Travel(free, free + travel));
                        }
                        if waiting > 0 {
                            work.pieces.push(Piece::Waiting(free + travel, start));
                        }
                        work.pieces.push(Piece::Visit(self.visits.len()));
                        self.of_client[client].push(self.visits.len());
                        let nurse = shift.nurse;
                        self.visits.push(Visit { client, nurse, care, day, start, end, travel, waiting });
                        free = end;
                    }
                }
            }
            if tour.back > free {
                work.pieces.push(Piece::Travel(free, tour.back));
            }
            self.work.push(work);
        }
        for visits in &mut self.of_client {
            visits.sort_by_key(|&visit| (self.visits[visit].start, visit));
        }
    }

    /// A meeting as the page names it.
    pub fn meeting(&self, meeting: usize) -> String {
        let meeting = &self.document().meetings[meeting];
        sentence(meeting.label.as_deref().filter(|_| self.has_labels).unwrap_or(&meeting.id))
    }

    pub fn document(&self) -> &'a crate::model::Document {
        self.report.reading.document
    }

    /// Visits of a client, by start.
    pub fn visits_of(&self, client: usize) -> impl Iterator<Item = &Visit> {
        self.of_client[client].iter().map(|&visit| &self.visits[visit])
    }

    pub fn care(&self, visit: &Visit) -> &'a Care {
        &self.document().clients[visit.client].care[visit.care]
    }

    pub fn tie(&self, client: usize, nurse: usize) -> Tie {
        let (document, id) = (self.document(), &self.document().nurses[nurse].id);
        Tie {
            is_first: document.clients[client].first_nurse.as_ref() == Some(id),
            in_circle: document.clients[client].circle.contains(id),
            is_new: self.has_history && !self.report.reading.is_known(client, nurse),
        }
    }

    /// The client's first nurse, where the document names one.
    pub fn first_nurse(&self, client: usize) -> Option<usize> {
        let id = self.document().clients[client].first_nurse.as_ref()?;
        self.document().nurses.iter().position(|nurse| nurse.id == *id)
    }

    /// Past visits of a nurse to a client in the history window.
    pub fn met(&self, client: usize, nurse: usize) -> usize {
        let id = self.document().nurses[nurse].id.as_str();
        self.report.reading.past[client].iter().filter(|past| **past == id).count()
    }

    pub fn has_history(&self) -> bool {
        self.has_history
    }

    /// `8 weeks`: the length of the history window.
    pub fn history(&self) -> String {
        count(usize::from(self.document().history.weeks), self.words.week)
    }

    /// Who comes to a client on some days, most visits first, then in the order of the document.
    pub fn faces(&self, client: usize, days: std::ops::Range<u16>) -> Vec<Face> {
        let visits: Vec<usize> =
            self.visits_of(client).filter(|v| days.contains(&v.day)).map(|v| v.nurse).collect();
        let nurses: BTreeSet<usize> = visits.iter().copied().collect();
        let face = |nurse: usize| Face {
            nurse,
            visits: visits.iter().filter(|of| **of == nurse).count(),
            tie: self.tie(client, nurse),
        };
        let mut faces: Vec<Face> = nurses.into_iter().map(face).collect();
        faces.sort_by_key(|face| std::cmp::Reverse(face.visits));
        faces
    }

    /// How long the plan is: `2 weeks`, or `8 days` where those are no whole weeks.
    pub fn length(&self) -> String {
        let days = usize::from(self.days());
        if days % 7 == 0 { count(days / 7, self.words.week) } else { count(days, self.words.a_day) }
    }

    pub fn weeks(&self) -> u16 {
        self.report.weeks()
    }

    pub fn days_of(&self, week: u16) -> std::ops::Range<u16> {
        days_of(week, self.days())
    }

    pub fn days(&self) -> u16 {
        self.report.reading.calendar.days()
    }

    pub fn date(&self, day: u16) -> Date {
        self.report.reading.calendar.date(i32::from(day))
    }

    /// Whether the client is away on a day, so that no visit takes place.
    pub fn is_client_away(&self, client: usize, day: u16) -> bool {
        let date = self.date(day);
        self.document().clients[client].away.iter().any(|away| (away.from..=away.until).contains(&date))
    }

    /// Whether the nurse is away on a day, so that she works none of its shifts.
    pub fn is_nurse_away(&self, nurse: usize, day: u16) -> bool {
        self.document().agreements.is_away(&self.document().nurses[nurse].id, self.date(day))
    }

    /// `Mon 2`.
    pub fn short_date(&self, day: u16) -> String {
        let date = self.date(day);
        format!("{} {}", self.words.short_days[weekday(date)], date.day())
    }

    /// `Monday 2 March`.
    pub fn long_date(&self, day: u16) -> String {
        self.long(self.date(day))
    }

    pub fn long(&self, date: Date) -> String {
        let month = self.words.months[(date.month().clamp(1, 12) - 1) as usize];
        format!("{} {} {month}", self.words.days[weekday(date)], date.day())
    }

    pub fn is_weekend(&self, day: u16) -> bool {
        weekday(self.date(day)) >= 5
    }

    /// Seconds on the wall clock from midnight of a day; 86,400 or more for a time on the next day.
    pub fn wall(&self, seconds: i64, day: u16) -> i64 {
        let moment = self.report.reading.calendar.moment(seconds);
        let days = moment.date().duration_since(self.date(day)).as_hours() / 24;
        days * i64::from(TimeOfDay::DAY) + i64::from(TimeOfDay::of(moment.time()).seconds())
    }

    /// `08:30` on the wall clock, rounded down to the minute; `00:30+1` on the next day.
    pub fn clock(&self, seconds: i64, day: u16) -> String {
        clock_of(self.wall(seconds, day))
    }

    /// `about 08:30`: to the nearest five minutes.
    pub fn about(&self, seconds: i64, day: u16) -> String {
        let wall = (self.wall(seconds, day) + 150).div_euclid(300) * 300;
        format!("{:02}:{:02}", wall.rem_euclid(86_400) / 3600, wall.rem_euclid(3600) / 60)
    }

    /// `35 min`; at least `1 min` for any time above 0.
    pub fn minutes(&self, seconds: i64) -> String {
        let minutes = (seconds + 30) / 60;
        format!("{} {}", if seconds > 0 { minutes.max(1) } else { minutes }, self.words.min)
    }
}

/// First and last hour of the work in the plan, from the earliest shift or visit to the latest.
fn hours_of(facts: &Facts) -> [i64; 2] {
    let mut walls = Vec::new();
    for work in &facts.work {
        let tour = work.tour.unwrap_or((work.start, work.end));
        let ends = [work.start, work.end, tour.0, tour.1];
        walls.extend(ends.map(|seconds| facts.wall(seconds, work.day)));
        for piece in &work.pieces {
            if let Piece::Break(from, to) | Piece::Meeting { from, to, .. } = piece {
                walls.extend([*from, *to].map(|seconds| facts.wall(seconds, work.day)));
            }
        }
    }
    for visit in &facts.visits {
        walls.extend([visit.start, visit.end].map(|seconds| facts.wall(seconds, visit.day)));
    }
    let first = walls.iter().min().map_or(7, |wall| wall.div_euclid(3600)).clamp(-24, 24);
    let last = walls.iter().max().map_or(22, |wall| (wall + 3599).div_euclid(3600)).clamp(first, 72);
    [first, last]
}

/// `08:30`, `00:30+1`.
pub(super) fn clock_of(wall: i64) -> String {
    let (day, rest) = (wall.div_euclid(86_400), wall.rem_euclid(86_400));
    let text = format!("{:02}:{:02}", rest / 3600, rest % 3600 / 60);
    if day == 0 { text } else { format!("{text}{day:+}") }
}

/// The day of the week, from 0 for Monday.
fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset().clamp(0, 6) as usize
}

/// Names with their short forms. Those of nurses are made from the labels if that tells people apart by letters; all
/// others are made from the ids.
fn named(people: &[(&str, Option<&str>)], short_labels: bool) -> Vec<Name> {
    let shown_of = |(id, label): &(&str, Option<&str>)| {
        let label = label.map(str::trim).filter(|label| !label.is_empty());
        label.map_or_else(|| shown(id), shown)
    };
    let all: Vec<String> = people.iter().map(shown_of).collect();
    let ids: Vec<&str> = people.iter().map(|(id, _)| *id).collect();
    let labels: Vec<&str> = all.iter().map(String::as_str).collect();
    let of_labels = Some(names::short_names(&labels)).filter(|_| short_labels);
    let telling = of_labels.filter(|short| short.iter().all(|name| name.parse::<u32>().is_err()));
    let short = telling.unwrap_or_else(|| names::short_names(&ids));
    let name = |((id, _), (name, short)): (&(&str, Option<&str>), (String, String))| Name {
        id: (name != shown(id)).then(|| shown(id)),
        shown: name,
        key: fragment(id),
        short,
    };
    people.iter().zip(all.clone().into_iter().zip(short)).map(name).collect()
}

/// The name of a care line as people say it: its id with blanks for `-` and `_`.
pub(super) fn care_name(care: &Care) -> String {
    shown(&care.id.replace(['-', '_'], " "))
}

/// `35 min`: how long care takes.
pub(super) fn care_minutes(facts: &Facts, care: &Care) -> String {
    facts.minutes((care.minutes * 60.0).round() as i64)
}

/// A sentence of the plan made safe to show, and cut after 1,000 characters.
pub(super) fn said(text: &str) -> String {
    let mut text = sentence(text);
    if let Some((at, _)) = text.char_indices().nth(1_000) {
        text.truncate(at);
        text.push('…');
    }
    text
}
