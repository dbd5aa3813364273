//! Nothing in a plan is decoration: whatever single value is changed, the plan is rejected. And
//! nothing in it is dangerous: whatever is written there, the check ends with an answer.

use crate::cases::{Case, morning, split_days, with_break};
use serde_json::{Value, json};

/// The three cases, with faces and a visit left out so that every part of a plan occurs.
fn cases() -> [Case; 3] {
    let face = |nurse: &str, visits: u32, new: bool| json!({"nurse": nurse, "visits": visits, "new": new});
    let faces = json!([{"client": "c1", "faces": [face("n1", 2, false), face("n2", 1, true)]}]);
    let left_out = split_days().remove("/tours", 2).unplanned("c1", "early", "2026-03-03");
    [morning(), left_out.plan("/faces", faces), with_break()]
}

/// Pointers to everything in a value that is no list and no object.
fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(i, entry)| leaves(entry, format!("{pointer}/{i}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, entry)| leaves(entry, format!("{pointer}/{key}"), found));
        }
        _ => found.push(pointer),
    }
}

fn plan_leaves(case: &Case) -> Vec<String> {
    let mut found = Vec::new();
    leaves(&case.plan, String::new(), &mut found);
    found
}

/// Other values of the same kind: a second or an hour apart, the next day, one more, another id.
fn changed(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(value) => vec![json!(!value)],
        Value::Number(value) => {
            let value = value.as_i64().expect("plans have whole numbers");
            vec![json!(value + 1), json!(value + 60)]
        }
        Value::String(text) => match (text.parse::<jiff::Timestamp>(), text.parse::<jiff::civil::Date>()) {
            (Ok(moment), _) => [-3600, -1, 1, 3600]
                .map(|s| json!((moment + jiff::SignedDuration::from_secs(s)).to_string()))
                .into(),
            (_, Ok(date)) => vec![json!(date.tomorrow().unwrap().to_string()), json!("1999-12-31")],
            _ => vec![json!("x"), json!("")],
        },
        other => panic!("{other} in a plan"),
    }
}

#[test]
fn every_single_value_of_a_plan_counts() {
    let mut tried = 0;
    for case in cases() {
        case.accepted();
        for pointer in plan_leaves(&case) {
            for value in changed(case.plan.pointer(&pointer).unwrap()) {
                let broken = case.clone().plan(&pointer, value.clone());
                let rejected = broken.try_check().map_or(true, |checked| !checked.is_clean());
                assert!(rejected, "{pointer} = {value} is accepted");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried} changes");
}

#[test]
fn every_stop_and_its_place_counts() {
    for case in cases() {
        let tours = case.plan["tours"].as_array().unwrap().len();
        for tour in 0..tours {
            let pointer = format!("/tours/{tour}/stops");
            let stops = case.plan.pointer(&pointer).unwrap().as_array().unwrap().clone();
            for position in 0..stops.len() {
                let without = case.clone().remove(&pointer, position);
                assert!(!without.check().is_clean(), "without {pointer}/{position}");
                let again = case.clone().push(&pointer, stops[position].clone());
                assert!(!again.check().is_clean(), "{pointer}/{position} twice");
                let mut order = stops.clone();
                order.swap(0, position);
                let swapped = case.clone().plan(&pointer, json!(order));
                assert!(position == 0 || !swapped.check().is_clean(), "{pointer}/{position} first");
            }
            assert!(!case.clone().remove("/tours", tour).check().is_clean(), "without tour {tour}");
        }
    }
}

#[test]
fn hostile_values_anywhere_end_in_an_answer() {
    let numbers = [i64::MIN, -1, 0, i64::MAX];
    let moments = ["-009999-01-02T02:00:00Z", "1969-12-31T23:59:59.999Z", "9999-12-30T22:00:00Z"];
    let dates = ["-009999-01-01", "9999-12-31", "2026-02-28"];
    for case in cases() {
        let dear =
            json!({"travel": 1e300, "waiting": 1e6, "overtime": 1e6, "preferred_start": 1e6, "face": 1e300});
        let case = case.document("/prices", dear);
        let pointers = plan_leaves(&case);
        // One value alone, and together with every later value of its kind.
        for (i, first) in pointers.iter().enumerate() {
            for choice in 0..4 {
                let mut broken = case.clone();
                for pointer in &pointers[i..] {
                    let value = match case.plan.pointer(pointer).unwrap() {
                        Value::Number(_) => json!(numbers[choice]),
                        Value::String(text) if text.contains('T') => json!(moments[choice % 3]),
                        Value::String(text) if text.contains('-') => json!(dates[choice % 3]),
                        _ => continue,
                    };
                    let version_or_count = pointer == "/kring_plan" || pointer.ends_with("/visits");
                    if !version_or_count {
                        broken = broken.plan(pointer, value);
                        let checked = broken.check();
                        // The total is within its bounds too, or this line would overflow.
                        assert!(checked.cost.total() >= 0, "from {first} to {pointer}");
                    }
                }
            }
        }
    }
}
