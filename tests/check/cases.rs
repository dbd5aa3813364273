//! Three hand-made cases of at most three people, each with a plan that keeps every rule, and the
//! means to change them in one place.

use kring::check::{Checked, Rule, recompute};
use kring::error::Error;
use kring::model::{Document, Plan, Published, Term, TravelTimes, document::Mode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A document and a plan as JSON, and the travel times between its places.
#[derive(Debug, Clone)]
pub struct Case {
    pub document: Value,
    pub plan: Value,
    pub times: Vec<u32>,
}

impl Case {
    /// Sets one value of the document, by JSON pointer; the last part may be new.
    pub fn document(mut self, pointer: &str, value: Value) -> Self {
        set(&mut self.document, pointer, value);
        self
    }

    /// Sets one value of the plan, by JSON pointer; the last part may be new.
    pub fn plan(mut self, pointer: &str, value: Value) -> Self {
        set(&mut self.plan, pointer, value);
        self
    }

    /// Appends to a list of the plan.
    pub fn push(mut self, pointer: &str, value: Value) -> Self {
        list(&mut self.plan, pointer).push(value);
        self
    }

    /// Appends to a list of the document.
    pub fn push_document(mut self, pointer: &str, value: Value) -> Self {
        list(&mut self.document, pointer).push(value);
        self
    }

    /// Removes from a list of the plan.
    pub fn remove(mut self, pointer: &str, index: usize) -> Self {
        list(&mut self.plan, pointer).remove(index);
        self
    }

    /// Lists a visit as unplanned.
    pub fn unplanned(self, client: &str, care: &str, date: &str) -> Self {
        self.push("/unplanned", json!({"client": client, "care": care, "date": date}))
    }

    pub fn try_check(&self) -> Result<Checked, Error> {
        self.try_beside(None)
    }

    /// The check beside the plan of another case that was published, changed at a moment.
    pub fn beside(&self, published: &Case, now: Option<&str>) -> Checked {
        let plan: Plan = serde_json::from_value(published.plan.clone()).expect("a plan");
        let now = now.map(|now| now.parse().expect("a moment"));
        self.try_beside(Some(&Published::new(plan, now))).expect("document and plans can be read")
    }

    pub fn try_beside(&self, published: Option<&Published>) -> Result<Checked, Error> {
        let document: Document = serde_json::from_value(self.document.clone()).expect("a document");
        let plan: Plan = serde_json::from_value(self.plan.clone()).expect("a plan");
        let mut times = TravelTimes::new(self.times.len().isqrt());
        assert!(times.set(Mode::Bicycle, self.times.clone()), "the matrix fits");
        recompute(&document, &times, &plan, published)
    }

    pub fn check(&self) -> Checked {
        self.try_check().expect("document and plan can be read")
    }

    /// Asserts that no rule is broken.
    pub fn accepted(&self) -> Checked {
        let checked = self.check();
        assert!(checked.is_clean(), "{:#?}", checked.violations);
        checked
    }

    /// Asserts that exactly one rule is broken, first at this place and by this amount.
    pub fn rejected_by(&self, rule: Rule, place: &str, amount: i64) {
        let found = self.check().violations;
        let rules: BTreeSet<Rule> = found.iter().map(|violation| violation.rule).collect();
        assert_eq!(rules, BTreeSet::from([rule]), "{found:#?}");
        assert_eq!((found[0].place.as_str(), found[0].amount), (place, amount), "{}", found[0]);
    }

    /// Asserts that a rule is broken at this place, and perhaps others that follow from it.
    pub fn rejected_in_part(&self, rule: Rule, place: &str) {
        let found = self.check().violations;
        assert!(
            found.iter().any(|violation| violation.rule == rule && violation.place == place),
            "{found:#?}"
        );
    }

    /// Asserts that a rule is broken, perhaps with others.
    pub fn check_has(&self, rule: Rule) {
        let found = self.check().violations;
        assert!(found.iter().any(|violation| violation.rule == rule), "{found:#?}");
    }

    /// The cost of one term of an accepted plan.
    pub fn cost(&self, term: Term) -> i64 {
        self.accepted().cost[term]
    }
}

fn set(root: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match root.pointer_mut(parent).unwrap_or_else(|| panic!("{parent} is missing")) {
        Value::Object(fields) => {
            fields.insert(key.to_owned(), value);
        }
        Value::Array(entries) => entries[key.parse::<usize>().expect("an index")] = value,
        other => panic!("{parent} is {other}"),
    }
}

fn list<'a>(root: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    root.pointer_mut(pointer).and_then(Value::as_array_mut).expect("a list")
}

/// A moment in March 2026, in UTC: `at(2, "08:06")`.
pub fn at(day: u8, time: &str) -> String {
    format!("2026-03-{day:02}T{time}:00Z")
}

/// A stop at a client.
pub fn visit(client: &str, care: &str, day: u8, travel: i64, start: &str, end: &str) -> Value {
    json!({"visit": {"client": client, "care": care, "date": format!("2026-03-{day:02}"),
        "travel_seconds": travel, "start": at(day, start), "end": at(day, end)}})
}

/// A break.
pub fn break_stop(day: u8, start: &str, end: &str) -> Value {
    json!({"break": {"start": at(day, start), "end": at(day, end)}})
}

/// A tour; `times` are the start of the shift, leaving and being back.
pub fn tour(nurse: &str, day: u8, times: [&str; 3], travel: i64, waiting: i64, stops: Vec<Value>) -> Value {
    json!({"nurse": nurse, "shift": at(day, times[0]), "leave": at(day, times[1]), "back": at(day, times[2]),
        "travel_seconds": travel, "waiting_seconds": waiting, "stops": stops})
}

/// One nurse, two clients, one Monday morning.
///
/// ```text
/// home 08:06 -300 s-> c1 08:11-08:41 -240 s-> 08:45, waits 900 s, c2 09:00-09:45 -480 s-> home 09:53
/// ```
/// Travel 300 + 240 + 480 = 1020; care 1800 + 2700 = 4500; 08:06 to 09:53 is 6420 = 1020 + 4500 + 900.
/// The nurse might leave 900 s later; leaving early is allowed and shows as waiting.
pub fn morning() -> Case {
    let stops =
        vec![visit("c1", "wash", 2, 300, "08:11", "08:41"), visit("c2", "wound", 2, 240, "09:00", "09:45")];
    Case {
        document: json!({
            "kring": 1,
            "horizon": {"first_day": "2026-03-02", "days": 1},
            "nurses": [{"id": "n1", "home": {"index": 0}, "level": 3, "competences": ["wounds"],
                "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "12:00"}]}],
            "clients": [
                {"id": "c1", "location": {"index": 1}, "care": [{"id": "wash", "days": "daily",
                    "minutes": 30, "window": {"from": "08:00", "to": "10:00"}}]},
                {"id": "c2", "location": {"index": 2}, "care": [{"id": "wound", "days": "daily",
                    "minutes": 45, "window": {"from": "09:00", "to": "11:00"}}]}],
            "agreements": {},
            "prices": {},
            "working_time": {},
            "travel": {"matrix": {}}
        }),
        plan: json!({"kring_plan": 1, "unplanned": [], "faces": [],
            "tours": [tour("n1", 2, ["07:00", "08:06", "09:53"], 1020, 900, stops)]}),
        // From n1's home, c1 and c2, in turn, to each of them.
        times: vec![0, 300, 420, 360, 0, 240, 480, 180, 0],
    }
}

/// Two nurses and a client who is seen early and late on Monday and Tuesday: by n1 thrice (a split
/// shift on Monday), by n2 on Tuesday evening. n1 lives 300 s away, n2 600 s.
pub fn split_days() -> Case {
    let care = |id: &str, from: &str, to: &str| json!({"id": id, "days": "daily", "minutes": 30, "window": {"from": from, "to": to}});
    let shift = |day: u8, start: &str, end: &str| json!({"date": format!("2026-03-{day:02}"), "start": start, "end": end});
    let early = |day| vec![visit("c1", "early", day, 300, "08:00", "08:30")];
    Case {
        document: json!({
            "kring": 1,
            "horizon": {"first_day": "2026-03-02", "days": 2},
            "nurses": [
                {"id": "n1", "home": {"index": 0}, "shifts": [
                    shift(2, "07:00", "12:00"), shift(2, "16:00", "21:00"), shift(3, "07:00", "12:00")]},
                {"id": "n2", "home": {"index": 1}, "shifts": [shift(3, "16:00", "21:00")]}],
            "clients": [{"id": "c1", "location": {"index": 2},
                "care": [care("early", "08:00", "09:00"), care("late", "17:00", "20:30")]}],
            "agreements": {},
            "history": {"visits": [{"client": "c1", "nurse": "n1", "date": "2026-02-20"}]},
            "prices": {},
            "working_time": {},
            "travel": {"matrix": {}}
        }),
        plan: json!({"kring_plan": 1, "unplanned": [], "faces": [], "tours": [
            tour("n1", 2, ["07:00", "07:55", "08:35"], 600, 0, early(2)),
            tour("n1", 2, ["16:00", "16:55", "17:35"], 600, 0, vec![visit("c1", "late", 2, 300, "17:00", "17:30")]),
            tour("n1", 3, ["07:00", "07:55", "08:35"], 600, 0, early(3)),
            tour("n2", 3, ["16:00", "16:50", "17:40"], 1200, 0, vec![visit("c1", "late", 3, 600, "17:00", "17:30")]),
        ]}),
        times: vec![0, 400, 300, 400, 0, 600, 300, 600, 0],
    }
}

/// The people of [`morning`] with an hour for c1, wide windows and a shift of eight hours, 08:00 to
/// 16:00, which by law has a break of 1800 s. A quarter is two hours: the break starts from 10:00 to
/// 14:00 less the break, 13:30.
///
/// ```text
/// home 08:55 -300 s-> c1 09:00-10:00, break 10:00-10:30 -240 s-> c2 10:34-11:19 -480 s-> home 11:27
/// ```
pub fn with_break() -> Case {
    let stops = vec![
        visit("c1", "wash", 2, 300, "09:00", "10:00"),
        break_stop(2, "10:00", "10:30"),
        visit("c2", "wound", 2, 240, "10:34", "11:19"),
    ];
    with_break_taken(["08:55", "11:27"], 0, stops)
}

/// [`with_break`] with other times of leaving and being back, waiting and stops.
pub fn with_break_taken([leave, back]: [&str; 2], waiting: i64, stops: Vec<Value>) -> Case {
    let wide = json!({"from": "07:00", "to": "16:00"});
    morning()
        .document("/nurses/0/shifts/0", json!({"date": "2026-03-02", "start": "08:00", "end": "16:00"}))
        .document("/clients/0/care/0/minutes", json!(60))
        .document("/clients/0/care/0/window", wide.clone())
        .document("/clients/1/care/0/window", wide)
        .plan("/tours/0", tour("n1", 2, ["08:00", leave, back], 1020, waiting, stops))
}

/// Thousandths of a second of nurse time in minutes.
pub fn minutes(minutes: i64) -> i64 {
    minutes * 60_000
}
