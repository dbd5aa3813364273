//! Parts of sentences that several explanations use.

use super::super::language::Language;
use super::super::text::{clean, client_name, entry, filled, nurse_name, tenths};
use super::catalogue::{Args, Catalogue};
use crate::model::explanation::{Audience, CostPart, Difference, Insertion, MovedVisit, Relaxation};
use crate::model::reason::Why;
use crate::model::{Document, Moment, Term};
use fluent_bundle::FluentValue;
use jiff::civil::Date;

/// The words of a language, and the labels of a document.
pub(super) struct Phrases<'a> {
    document: &'a Document,
    catalogue: Catalogue,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(document: &'a Document, language: Language) -> Self {
        Self { document, catalogue: Catalogue::new(language) }
    }

    /// A message with its variables filled in.
    pub(super) fn say(&self, id: &str, args: &Args<'_>) -> String {
        self.catalogue.say(id, args)
    }

    /// A nurse's id with her label.
    pub(super) fn nurse(&self, id: &str) -> String {
        nurse_name(self.document, id)
    }

    /// A client's id with the label.
    pub(super) fn client(&self, id: &str) -> String {
        client_name(self.document, id)
    }

    /// Text of the document.
    pub(super) fn text(&self, text: &str) -> String {
        clean(text)
    }

    pub(super) fn date(&self, date: Date) -> String {
        let number = |number: i8| FluentValue::from(i64::from(number));
        self.say(
            "date",
            &[
                ("weekday", number(date.weekday().to_monday_one_offset())),
                ("day", number(date.day())),
                ("month", number(date.month())),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// `07:35`.
    pub(super) fn time(&self, moment: Moment) -> String {
        let time = moment.time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// An amount of a cost, whatever its sign: `11.5 minutes`.
    pub(super) fn minutes(&self, cost: i64) -> String {
        self.catalogue.minutes_of(tenths(cost.abs()))
    }

    /// A line of a table: minutes, and what they are for.
    pub(super) fn line(&self, cost: i64, what: &str) -> String {
        format!("{:>10}  {what}\n", self.catalogue.decimals(tenths(cost)))
    }

    /// An amount with its sign: `-11.5 minutes`.
    pub(super) fn signed(&self, cost: i64) -> String {
        format!("{}{}", if tenths(cost) < 0 { "-" } else { "" }, self.minutes(cost))
    }

    /// What a term stands for.
    pub(super) fn term(&self, term: Term) -> String {
        self.say(&format!("term-{}", term.name()), &[])
    }

    /// Parts of a sentence: `a, b and c`.
    pub(super) fn list(&self, parts: Vec<String>) -> String {
        self.catalogue.list(parts)
    }

    /// `3 visits`.
    pub(super) fn count(&self, id: &str, number: u32) -> String {
        self.say(id, &[("count", number.into())])
    }

    /// `this fortnight`.
    pub(super) fn period(&self, days: u16) -> String {
        self.say("period", &[("days", days.into())])
    }

    /// What something costs, the largest term first: `9 minutes for the road, …`. Terms that round to nothing are left
    /// out.
    pub(super) fn shares(&self, terms: &[(Term, i64)]) -> String {
        let mut terms: Vec<_> = terms.iter().filter(|(_, cost)| tenths(*cost) != 0).collect();
        terms.sort_by_key(|(_, cost)| -cost.abs());
        let share = |&&(term, cost): &&(Term, i64)| {
            let minutes = self.signed(cost);
            self.say("share", &[("minutes", minutes.into()), ("what", self.term(term).into())])
        };
        self.list(terms.iter().map(share).collect())
    }

    /// The changes of a cost: first the time on the road, then the other terms, the largest first.
    pub(super) fn changes(&self, cost: &Difference) -> Vec<String> {
        let mut parts = Vec::new();
        let road = cost.road_seconds.unwrap_or(0) * 1_000;
        if tenths(road) != 0 {
            let id = if road < 0 { "road-less" } else { "road-more" };
            parts.push(self.say(id, &[("minutes", self.minutes(road).into())]));
        }
        let is_aside = |term: Term| matches!(term, Term::Travel | Term::Unplanned | Term::Withdrawn);
        let mut terms: Vec<_> =
            cost.terms.iter().filter(|(term, cost)| !is_aside(*term) && tenths(*cost) != 0).collect();
        terms.sort_by_key(|(_, cost)| -cost.abs());
        for &&(term, cost) in &terms {
            let id = if cost < 0 { "less-for" } else { "more-for" };
            parts.push(
                self.say(id, &[("minutes", self.minutes(cost).into()), ("what", self.term(term).into())]),
            );
        }
        parts
    }

    /// `11 minutes dearer`; `None` for readers who may not know the cost.
    pub(super) fn total(&self, cost: Option<i64>) -> Option<String> {
        let cost = cost?;
        Some(match tenths(cost) {
            0 => self.say("as-dear", &[]),
            1.. => self.say("dearer", &[("minutes", self.minutes(cost).into())]),
            _ => self.say("cheaper", &[("minutes", self.minutes(cost).into())]),
        })
    }

    /// The text behind the name of a nurse who has a place for a visit: what it would change, and when care would
    /// start. `faces` is the number of nurses who come to the client now.
    pub(super) fn place(&self, client: &str, faces: u32, days: u16, place: &Insertion) -> String {
        let client = || FluentValue::from(self.client(client));
        let mut parts = Vec::new();
        if place.is_further_face && place.faces > faces && place.faces > 1 {
            let nth = self.say("nth", &[("n", place.faces.into())]);
            let args = [("nth", nth.into()), ("client", client()), ("period", self.period(days).into())];
            parts.push(self.say("nth-face", &args));
        } else if place.is_further_face && place.faces == faces {
            parts.push(self.say("other-face", &[("client", client())]));
        } else if place.faces < faces {
            let left = self.count("faces", place.faces);
            parts.push(self.say("faces-left", &[("client", client()), ("faces", left.into())]));
        }
        parts.extend(self.changes(&place.cost));
        let mut text = self.list(parts);
        let is_instead = place.moved.iter().any(|moved| moved.after.is_none());
        if place.moves > 0 {
            let id = if is_instead { "if-left-out" } else { "if-moves" };
            let moves = self.say(id, &[("count", place.moves.into())]);
            text = if text.is_empty() { moves } else { format!("{text}, {moves}") };
        }
        // If another visit is left out instead, its price is part of the total.
        let total = self.total(if is_instead { place.cost.total } else { place.cost.price() });
        text = match (text.is_empty(), total) {
            (true, Some(total)) => total,
            (true, None) => self.say("possible", &[]),
            (false, Some(total)) => format!("{text}: {total}"),
            (false, None) => text,
        };
        format!("{text} ({})", self.say("at", &[("time", self.time(place.start).into())]))
    }

    /// Where another visit would go.
    pub(super) fn moved(&self, moved: &MovedVisit) -> String {
        let mut args = vec![
            ("care", FluentValue::from(self.text(&moved.care))),
            ("client", self.client(&moved.client).into()),
            ("nurse", self.nurse(&moved.before.nurse).into()),
            ("time", self.time(moved.before.start).into()),
        ];
        let Some(after) = &moved.after else { return self.say("moved-out", &args) };
        args.push(("to-nurse", self.nurse(&after.nurse).into()));
        args.push(("to-time", self.time(after.start).into()));
        self.say("moved", &args)
    }

    /// Why a nurse has no place for a visit.
    pub(super) fn why(&self, why: &Why) -> String {
        let minutes = |minutes: f64| self.catalogue.minutes_of((minutes * 10.0).round() as i64);
        let (kind, args): (_, Vec<(&'static str, FluentValue<'_>)>) = match why {
            Why::Level { has, needs } => ("level", vec![("has", (*has).into()), ("needs", (*needs).into())]),
            Why::Competence { missing } => ("competence", vec![("missing", self.text(missing).into())]),
            Why::ForbiddenPair => ("forbidden_pair", vec![]),
            Why::Pinned => ("pinned", vec![]),
            Why::NewFace { under_minutes } => ("new_face", vec![("minutes", minutes(*under_minutes).into())]),
            Why::NoShift => ("no_shift", vec![]),
            Why::OnLeave => ("on_leave", vec![]),
            Why::HomeLate { minutes: late } => {
                ("home_late", vec![("minutes", minutes(f64::from(*late)).into())])
            }
            Why::OutsideWindow => ("outside_window", vec![]),
            Why::NoGap { minutes: of } => ("no_gap", vec![("minutes", minutes(f64::from(*of)).into())]),
            Why::MaxFaces => ("max_faces", vec![]),
            Why::RegularHour => ("regular_hour", vec![]),
            Why::Bound => ("bound", vec![]),
            Why::Dearer => ("dearer", vec![]),
            Why::HasRoom => ("has_room", vec![]),
            Why::Text { text } => return self.text(text),
        };
        self.say(&format!("why-{kind}"), &args)
    }

    /// The condition under which a rule would not bind: `anybody were competent`.
    pub(super) fn rule(&self, rule: Relaxation) -> String {
        let (kind, minutes) = match rule {
            Relaxation::Window { minutes } => ("window", minutes),
            Relaxation::Overtime { minutes } => ("overtime", minutes),
            Relaxation::Competence => ("competence", 0),
            Relaxation::Faces => ("faces", 0),
            Relaxation::KnownFaces => ("known_faces", 0),
            Relaxation::RegularHour => ("regular_hour", 0),
            Relaxation::Contract => ("contract", 0),
            Relaxation::ForbiddenPairs => ("forbidden_pairs", 0),
            Relaxation::Pins => ("pins", 0),
        };
        let minutes = self.minutes(i64::from(minutes) * 60_000);
        self.say(&format!("rule-{kind}"), &[("minutes", minutes.into())])
    }

    /// A name and what is said of it; further lines are indented.
    pub(super) fn of(&self, name: &str, text: &str) -> String {
        entry(&format!("{name}: {text}"))
    }

    /// A part of the cost in words: the message `id`, or `id-nothing` if the part costs nothing.
    pub(super) fn part(&self, id: &str, part: &CostPart) -> String {
        let terms = self.shares(&part.terms);
        if terms.is_empty() {
            return self.say(&format!("{id}-nothing"), &[]);
        }
        self.say(id, &[("minutes", self.signed(part.total).into()), ("terms", terms.into())])
    }

    /// The last line.
    pub(super) fn foot(&self, audience: Audience) -> String {
        let id = if audience == Audience::Team { "foot" } else { "foot-others" };
        format!("\n{}", filled("", &self.say(id, &[])))
    }
}
