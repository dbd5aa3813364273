//! From a document to [facts](super::facts): ids become indices, dates and times of day become elapsed seconds.

use super::acquaintance::Acquaintance;
use super::calendar::Calendar;
use super::cost::cost_of_minutes;
use super::document::{Base, Care, Client, Document, Mode, Nurse, Pin, Shift};
use super::facts::{
    Block, BreakFacts, ClientFacts, DayOption, Facts, Line, NurseFacts, Regular, Roads, ShiftFacts,
    VisitFacts,
};
use super::leave::leaves;
use super::meetings::{Attendance, attendances, place_of};
use super::places::{PlaceName, places};
use super::recurrence::day_patterns;
use super::roster::shifts_of;
use super::times::TravelTimes;
use super::weeks::{contract_seconds, weeks_in};
use crate::error::Result;
use rustc_hash::FxHashMap;

/// The facts of a valid document and the travel times between its places.
///
/// # Errors
/// Mistakes in the days of a care line, which a valid document does not have.
pub(super) fn compile(document: &Document, calendar: &Calendar, times: &TravelTimes) -> Result<Facts> {
    let matrices = Mode::ALL.into_iter().filter_map(|mode| Some((mode, times.matrix(mode)?)));
    let (modes, roads) = matrices
        .map(|(mode, times_of)| {
            let seconds = times_of.iter().map(|&seconds| seconds as i32).collect();
            (mode, Roads::new(times.places(), seconds))
        })
        .unzip();
    let acquaintance = Acquaintance::new(document, calendar);
    let facts = Facts {
        days: calendar.days(),
        prices: document.prices.clone(),
        working_time: document.working_time.clone(),
        roads,
        nurses: Vec::with_capacity(document.nurses.len()),
        clients: Vec::with_capacity(document.clients.len()),
        competences: Vec::new(),
        leaves: leaves(document, calendar, &acquaintance),
        acquaintance,
        shifts: Vec::new(),
        lines: Vec::new(),
        visits: Vec::new(),
        options: Vec::new(),
        published: Vec::new(),
        blocks: Vec::new(),
    };
    let nurse_of = (0..).zip(&document.nurses).map(|(number, nurse)| (nurse.id.as_str(), number)).collect();
    let places = (0..).zip(places(document)).map(|(number, (name, _))| (name, number)).collect();
    let mut compiler =
        Compiler { document, calendar, modes, places, nurse_of, competence_of: FxHashMap::default(), facts };
    compiler.add_nurses();
    compiler.add_clients()?;
    compiler.add_meetings()?;
    Ok(compiler.facts)
}

/// Facts under construction, with the numbers of ids and places.
struct Compiler<'a> {
    document: &'a Document,
    calendar: &'a Calendar,
    /// The mode of each entry of [`Facts::roads`].
    modes: Vec<Mode>,
    /// The number of each place.
    places: FxHashMap<PlaceName, u32>,
    nurse_of: FxHashMap<&'a str, u32>,
    competence_of: FxHashMap<&'a str, u32>,
    facts: Facts,
}

/// What the visits of a block of days have in common.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    client: u32,
    care: &'w Care,
    pins: &'w [&'w Pin],
    /// The nurse and the place of a meeting.
    meeting: Option<(u32, u32)>,
}

impl<'a> Compiler<'a> {
    fn add_nurses(&mut self) {
        let days = self.calendar.days();
        for (number, nurse) in (0..).zip(&self.document.nurses) {
            let first = self.facts.shifts.len();
            let rostered = shifts_of(nurse, self.calendar).into_iter().map(|rostered| rostered.shift);
            for shift in rostered.filter(|shift| !self.document.agreements.is_away(&nurse.id, shift.date)) {
                let facts = self.shift(number, nurse, &shift);
                self.facts.shifts.extend(facts);
            }
            self.facts.shifts[first..].sort_by_key(|shift| shift.start);
            let contract = nurse
                .contract_hours
                .map(|hours| (0..weeks_in(days)).map(|week| contract_seconds(hours, week, days)).collect());
            let shifts = first as u32..self.facts.shifts.len() as u32;
            let competences = self.competences(&nurse.competences);
            self.facts.nurses.push(NurseFacts { contract, shifts, level: nurse.level, competences });
        }
    }

    /// `None` for a shift outside the horizon.
    fn shift(&self, number: u32, nurse: &Nurse, shift: &Shift) -> Option<ShiftFacts> {
        let calendar = self.calendar;
        let day = calendar.day(shift.date)?;
        let end_at = |time| calendar.end_seconds(i32::from(day), shift.start, time);
        let start = calendar.seconds(i32::from(day), shift.start);
        let end = end_at(shift.end);
        let latest_end = shift.latest_end.map_or(end, |latest| end_at(latest).max(end));
        let length = end - start;
        let by_law = || self.document.working_time.law.break_seconds(length);
        let seconds = shift.break_minutes.map_or_else(by_law, |minutes| i64::from(minutes) * 60);
        let break_facts = (seconds > 0).then(|| BreakFacts {
            seconds: seconds as i32,
            earliest: (start + length / 4) as i32,
            latest: (end - length / 4 - seconds) as i32,
        });
        let bases = nurse.bases_of(shift);
        let [leaves_from, returns_to] = bases.map(|base| match base {
            Base::Home => number,
            Base::Office => self.places.get(&PlaceName::Office).copied().unwrap_or(number),
        });
        Some(ShiftFacts {
            nurse: number,
            leaves_from,
            returns_to,
            is_home: bases.map(|base| base == Base::Home),
            roads: self.modes.iter().position(|&mode| mode == nurse.mode)? as u32,
            day,
            start: start as i32,
            leave: start as i32,
            end: end as i32,
            latest_end: latest_end as i32,
            break_facts,
            longest: i32::MAX,
            capacity: i32::MAX,
            wished_off: nurse.wished_off.has(shift.date),
        })
    }

    fn add_clients(&mut self) -> Result<()> {
        let document = self.document;
        let mut pins: FxHashMap<(&str, &str), Vec<&Pin>> = FxHashMap::default();
        for pin in &document.agreements.pins {
            pins.entry((&pin.client, &pin.care)).or_default().push(pin);
        }
        for (number, client) in (0..).zip(&document.clients) {
            let facts = self.client(number, client);
            self.facts.clients.push(facts);
            for (care_number, care) in (0..).zip(&client.care) {
                let line = self.line(number, care_number, care);
                self.facts.lines.push(line);
                let pins = pins.get(&(client.id.as_str(), care.id.as_str())).map_or(&[][..], Vec::as_slice);
                for mut block in day_patterns(care, &client.away, self.calendar)? {
                    for day in pins.iter().filter_map(|pin| self.calendar.day(pin.date)) {
                        // A pin belongs to the block that can have its day; the others ignore it.
                        let _ = block.keep_with(day);
                    }
                    let wanted = Wanted { client: number, care, pins, meeting: None };
                    self.add_block(&wanted, &block.patterns);
                }
            }
        }
        Ok(())
    }

    /// Adds the meetings of each nurse as visits to a pseudo-client.
    fn add_meetings(&mut self) -> Result<()> {
        let attendances = attendances(self.document, self.calendar)?;
        for of_nurse in attendances.chunk_by(|a, b| a.nurse == b.nurse) {
            let client = self.facts.clients.len() as u32;
            self.facts.clients.push(ClientFacts { weight: 0.0, ..ClientFacts::default() });
            self.facts.acquaintance.add_familiar();
            for Attendance { nurse, meeting, blocks, .. } in of_nurse {
                let place = place_of(self.document, *meeting, *nurse);
                let place = self.places.get(&place).copied().unwrap_or(*nurse as u32);
                self.facts.clients[client as usize].place = place;
                let care = self.document.meetings[*meeting].as_care();
                let line = Line { client, care: *meeting as u32, minutes: care.minutes, ..Line::default() };
                self.facts.lines.push(line);
                let meeting = Some((*nurse as u32, place));
                let wanted = Wanted { client, care: &care, pins: &[], meeting };
                blocks.iter().for_each(|block| self.add_block(&wanted, &block.patterns));
            }
        }
        Ok(())
    }

    /// Where a client is on a day.
    fn place_of(&self, client: u32, day: u16) -> u32 {
        let date = self.calendar.date(i32::from(day));
        let name = PlaceName::of_client(self.document, client as usize, date);
        self.places.get(&name).copied().unwrap_or(0)
    }

    /// The number of a household.
    fn household(&self, name: &str) -> u32 {
        // A household has the number of the first client that names it.
        let is_of = |client: &Client| client.household.as_deref() == Some(name);
        self.document.clients.iter().position(is_of).unwrap_or(0) as u32
    }

    fn client(&self, number: u32, client: &Client) -> ClientFacts {
        let nurse = |id: &String| self.nurse_of.get(id.as_str()).copied();
        let nurses = |ids: &[String]| ids.iter().filter_map(nurse).collect::<Vec<u32>>();
        let mut forbidden = nurses(&client.forbidden_nurses);
        let team = (0..).zip(&self.document.nurses);
        let forbidding = team.filter(|(_, nurse)| nurse.forbidden_clients.contains(&client.id));
        forbidden.extend(forbidding.map(|(number, _)| number));
        let first_nurse = client.first_nurse.as_ref().and_then(nurse);
        let circle = nurses(&client.circle);
        ClientFacts {
            place: self.places.get(&PlaceName::Client(number as usize)).copied().unwrap_or(0),
            weight: client.weight,
            household: client.household.as_deref().map(|name| self.household(name)),
            max_faces: client.max_faces,
            first_nurse,
            known: first_nurse.into_iter().chain(circle.iter().copied()).collect(),
            circle,
            preferred: nurses(&client.preferred_nurses),
            forbidden,
            known_faces_under_minutes: client.known_faces_under_minutes,
        }
    }

    fn line(&mut self, client: u32, number: u32, care: &'a Care) -> Line {
        let regular = care.regular_hour.map(|regular| Regular {
            within: (regular.within_minutes * 60.0).round() as i32,
            hard: regular.hard,
        });
        Line {
            client,
            care: number,
            regular,
            minutes: care.minutes,
            level: care.level,
            competences: self.competences(&care.competences),
        }
    }

    /// The positions of competences in [`Facts::competences`], which grows by those that it does not have.
    fn competences(&mut self, names: &'a [String]) -> Vec<u32> {
        let mut position = |name: &'a String| {
            *self.competence_of.entry(name).or_insert_with(|| {
                self.facts.competences.push(name.clone());
                self.facts.competences.len() as u32 - 1
            })
        };
        names.iter().map(&mut position).collect()
    }

    /// Adds the visits of a block of day patterns of the line that was added last.
    fn add_block(&mut self, wanted: &Wanted<'_>, patterns: &[Vec<u16>]) {
        let Wanted { client, care, meeting, .. } = *wanted;
        let prices = &self.facts.prices;
        let unplanned = match meeting {
            None => prices.unplanned.of(care.priority),
            Some(_) => prices.missed_meeting(),
        };
        let size = patterns.first().map_or(0, Vec::len);
        let first_visit = self.facts.visits.len() as u32;
        let block = (patterns.len() > 1).then_some(self.facts.blocks.len() as u32);
        let mut option_of: Vec<FxHashMap<u16, u32>> = vec![FxHashMap::default(); size];
        for (nth, known) in option_of.iter_mut().enumerate() {
            let visit = self.facts.visits.len() as u32;
            let first_option = self.facts.options.len() as u32;
            let mut days: Vec<u16> = patterns.iter().map(|pattern| pattern[nth]).collect();
            days.sort_unstable();
            days.dedup();
            for day in days {
                known.insert(day, self.facts.options.len() as u32);
                let option = self.day_option(visit, wanted, day);
                self.facts.options.push(option);
            }
            self.facts.visits.push(VisitFacts {
                line: self.facts.lines.len() as u32 - 1,
                client,
                duration: (care.minutes * 60.0).round() as i32,
                load: 0,
                unplanned: cost_of_minutes(unplanned),
                withdrawn: 0,
                options: first_option..self.facts.options.len() as u32,
                block,
            });
        }
        if block.is_some() {
            let patterns = patterns
                .iter()
                .map(|days| days.iter().zip(&option_of).map(|(day, known)| known[day]).collect())
                .collect();
            self.facts.blocks.push(Block { visits: first_visit..self.facts.visits.len() as u32, patterns });
        }
    }

    fn day_option(&self, visit: u32, wanted: &Wanted<'_>, day: u16) -> DayOption {
        let Wanted { client, care, pins, meeting } = *wanted;
        let d = i32::from(day);
        let pin = pins.iter().find(|pin| self.calendar.day(pin.date) == Some(day));
        let window = care.window;
        // A time of day before the window's start belongs to the part after midnight.
        let moment = |time| {
            let wraps = window.to < window.from && time < window.from;
            self.calendar.seconds(if wraps { d + 1 } else { d }, time) as i32
        };
        let (open, close) = match pin.and_then(|pin| pin.start) {
            Some(start) => (moment(start), moment(start)),
            None => (moment(window.from), moment(window.to)),
        };
        let pinned = || self.nurse_of.get(pin?.nurse.as_deref()?).copied();
        DayOption {
            visit,
            day,
            place: meeting.map_or_else(|| self.place_of(client, day), |(_, place)| place),
            open,
            close,
            hour: moment(window.from),
            preferred: care.preferred_start.map(moment),
            pinned: meeting.map(|(nurse, _)| nurse).or_else(pinned),
        }
    }
}
