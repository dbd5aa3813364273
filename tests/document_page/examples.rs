//! Documents that use every field at least once, and the example of each field in them.

use serde_json::Value;
use std::collections::BTreeMap;

/// The first one uses everything but the other forms of travel, of which a document has one.
pub const DOCUMENTS: [&str; 4] = [
    r#"{
  "kring": 1,
  "id": "harbour",
  "label": "Harbour team",
  "horizon": {"first_day": "2026-03-02", "days": 14, "time_zone": "Europe/Amsterdam"},
  "working_time": {"law": "netherlands", "paid": "span", "breaks_paid": true, "home_legs_unpaid": true},
  "prices": {
    "unplanned": {"vital": 9000, "needed": 2000, "wished": 200}, "face": 25, "new_face": 15, "unintroduced": 12,
    "not_first_nurse": 3, "not_circle": 4, "face_over_max": 80, "coc": 60, "upc": 40, "handover": 2, "household": 12, "not_preferred": 6,
    "preferred_start": 0.2, "preferred_start_tolerance": 10, "irregular_hour": 0.6, "changed_nurse": 30, "notice_hour": 5,
    "notice_today": 3, "notice_later": 0.4, "changed_day": 40, "changed_hour": 0.3, "changed_hour_tolerance": 20, "withdrawn": 90,
    "fair_load": 0.3, "used_shift": 10, "wished_off": 60, "short_tour": 0.5, "least_tour": 90, "overtime": 4,
    "over_contract": 0.6, "under_contract": 0.2, "travel": 1.5, "waiting": 0.4
  },
  "office": {"lat": 52.0909, "lon": 5.1194},
  "nurses": [
    {
      "id": "n1", "label": "N. One", "home": {"lat": 52.0910, "lon": 5.1190},
      "leaves_from": "office", "returns_to": "office", "mode": "walk", "level": 3,
      "competences": ["wound-care"], "contract_hours": 24, "first_day": "2026-03-02", "forbidden_clients": ["c2"],
      "wished_off": {"weekdays": ["wednesday"], "dates": ["2026-03-12"]},
      "recurring": [{
        "weekdays": ["monday", "thursday"], "start": "07:00", "end": "13:00", "latest_end": "13:30", "break_minutes": 30,
        "leaves_from": "home", "returns_to": "office", "every_weeks": 2, "from": "2026-03-02", "until": "2026-06-30", "except": ["2026-03-05"]
      }],
      "shifts": [{
        "date": "2026-03-03", "start": "07:00", "end": "13:00", "latest_end": "13:30", "break_minutes": 30,
        "leaves_from": "office", "returns_to": "home"
      }]
    },
    {"id": "n2", "home": {"lat": 52.0912, "lon": 5.1195}},
    {"id": "n3", "home": {"lat": 52.0914, "lon": 5.1196}}
  ],
  "clients": [
    {
      "id": "c1", "label": "C. One", "location": {"lat": 52.0911, "lon": 5.1192}, "weight": 2, "household": "h1", "first_nurse": "n1",
      "circle": ["n1", "n2"], "preferred_nurses": ["n1"], "forbidden_nurses": ["n3"],
      "max_faces": {"count": 3, "hard": true}, "known_faces_under_minutes": 10,
      "away": [{"from": "2026-03-09", "until": "2026-03-10"}],
      "elsewhere": [{"from": "2026-03-11", "until": "2026-03-12", "location": {"lat": 52.0915, "lon": 5.1188}}],
      "care": [
        {
          "id": "wash", "days": "daily", "window": {"from": "07:30", "to": "10:00"}, "minutes": 30, "level": 2,
          "competences": ["wound-care"], "priority": "vital", "preferred_start": "08:30",
          "regular_hour": {"within_minutes": 30, "hard": true}, "every_weeks": 2, "from": "2026-03-02", "until": "2026-03-15"
        },
        {"id": "a", "days": {"per_week": {"times": 2, "min_gap": 2, "weekdays": ["monday", "thursday"]}},
         "window": {"from": "07:30", "to": "10:00"}, "minutes": 10},
        {"id": "b", "days": {"weekdays": ["monday", "friday"]}, "window": {"from": "07:30", "to": "10:00"}, "minutes": 10},
        {"id": "c", "days": {"dates": ["2026-03-04"]}, "window": {"from": "07:30", "to": "10:00"}, "minutes": 10},
        {"id": "d", "days": {"monthly": {"weekday": "tuesday", "nth": 2}}, "window": {"from": "07:30", "to": "10:00"},
         "minutes": 10},
        {"id": "e", "days": {"monthly": {"day": 15}}, "window": {"from": "07:30", "to": "10:00"}, "minutes": 10},
        {"id": "f", "days": {"patterns": [[0, 7], [1, 8]]}, "window": {"from": "07:30", "to": "10:00"}, "minutes": 10}
      ]
    },
    {"id": "c2", "household": "h1", "location": {"lat": 52.0913, "lon": 5.1190}, "care": []}
  ],
  "meetings": [
    {"id": "team", "label": "Team meeting", "days": {"weekdays": ["thursday"]}, "start": "12:00", "minutes": 45, "at": "office",
     "every_weeks": 2, "from": "2026-03-02", "until": "2026-06-30"},
    {"id": "wounds", "nurses": ["n1"], "days": {"dates": ["2026-03-03"]}, "window": {"from": "09:00", "to": "11:00"},
     "minutes": 60, "location": {"lat": 52.0916, "lon": 5.1193}}
  ],
  "agreements": {
    "pins": [{"client": "c1", "care": "wash", "date": "2026-03-03", "nurse": "n1", "start": "08:00"}],
    "absences": [{"nurse": "n1", "from": "2026-03-13", "until": "2026-03-15"}],
    "locks": [{"client": "c1", "care": "wash", "date": "2026-03-02", "until": "2026-03-06", "keep": ["day", "hour"], "factor": 5},
              {"nurse": "n1", "date": "2026-03-03", "before": "09:00", "keep": ["nurse"]}]
  },
  "history": {
    "weeks": 6, "half_life_days": 30, "visits": [{"client": "c1", "nurse": "n1", "date": "2026-02-27"}]
  },
  "travel": {"straight": {
    "detour": 1.4,
    "modes": {
      "walk": {"kmh": 4.5, "stop_seconds": 30}, "bicycle": {"kmh": 15, "stop_seconds": 90},
      "car": {"kmh": 35, "stop_seconds": 240}
    }
  }}
}"#,
    r#"{
  "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7}, "clients": [],
  "nurses": [{"id": "n1", "home": {"index": 0}}],
  "travel": {"matrix": {"walk": [[0, 600], [620, 0]], "bicycle": [[0, 200], [210, 0]], "car": [[0, 150], [160, 0]]}}
}"#,
    r#"{
  "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7}, "clients": [],
  "nurses": [{"id": "n1", "home": {"lat": 52.0910, "lon": 5.1190}}],
  "travel": {"streets": {
    "nodes": [[52.091, 5.119], [52.092, 5.12]],
    "streets": [{"from": 0, "to": 1, "metres": 140, "kmh": 30, "one_way": true, "use_by": "cycleway"}],
    "modes": {"bicycle": {"kmh": 15, "stop_seconds": 90}}
  }}
}"#,
    r#"{
  "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 7}, "clients": [],
  "nurses": [{"id": "n1", "home": {"address": "Kerkstraat 12, Zeist"}}],
  "travel": {"osm": {"file": "roads.osm.pbf", "snap_metres": 300, "modes": {"bicycle": {"kmh": 15, "stop_seconds": 90}}}}
}"#,
];

/// Where a field stands in the documents.
pub struct Example {
    /// Which document.
    pub document: usize,
    /// JSON Pointer to the object that has the field.
    pub object: String,
    /// Value of the field.
    pub value: Value,
}

/// The first example of each field, by type and field; of a choice that takes a value, `field` is its name.
pub struct Examples(BTreeMap<(String, String), Example>);

impl Examples {
    pub fn of(schema: &Value) -> Self {
        let mut examples = Self(BTreeMap::new());
        for (document, text) in DOCUMENTS.iter().enumerate() {
            let value = serde_json::from_str(text).expect("JSON");
            examples.collect(schema, "Document", schema, document, "", &value);
        }
        examples
    }

    pub fn get(&self, of: &str, field: &str) -> &Value {
        let example = self.0.get(&(of.to_owned(), field.to_owned()));
        &example.unwrap_or_else(|| panic!("no example of {of}.{field} in DOCUMENTS")).value
    }

    pub fn iter(&self) -> impl Iterator<Item = (&(String, String), &Example)> {
        self.0.iter()
    }

    /// Walks a value along its schema. `of` is the type whose fields an object holds.
    fn collect(&mut self, root: &Value, of: &str, schema: &Value, document: usize, at: &str, value: &Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return self.collect(root, name, &root["$defs"][name], document, at, value);
        }
        for choices in ["oneOf", "anyOf"] {
            for choice in schema[choices].as_array().into_iter().flatten() {
                self.collect(root, of, choice, document, at, value);
            }
        }
        if let (Some(fields), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
            for (field, schema) in fields {
                let Some(value) = object.get(field) else { continue };
                let example = Example { document, object: at.to_owned(), value: value.clone() };
                self.0.entry((of.to_owned(), field.clone())).or_insert(example);
                self.collect(root, of, schema, document, &format!("{at}/{field}"), value);
            }
        }
        if let Some(items) = value.as_array().filter(|_| schema["items"].is_object()) {
            for (number, item) in items.iter().enumerate() {
                self.collect(root, of, &schema["items"], document, &format!("{at}/{number}"), item);
            }
        }
    }
}
