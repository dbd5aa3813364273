//! What a nurse does in the plan, and what that costs.

use super::super::text::{filled, heading, hours, signed_hours};
use super::phrases::Phrases;
use crate::model::explanation::NurseExplained;
use fluent_bundle::FluentValue;

pub(super) fn page(say: &Phrases<'_>, nurse: &NurseExplained) -> String {
    let mut page = heading(&say.say("nurse", &[("nurse", say.nurse(&nurse.nurse).into())]));
    let args = [
        ("visits", say.count("visits", nurse.visits).into()),
        ("clients", nurse.clients.into()),
        ("used", nurse.used_shifts.into()),
        ("shifts", nurse.shifts.into()),
    ];
    page += &filled("", &say.say("nurse-visits", &args));
    let time = |seconds: i64| FluentValue::from(hours(seconds));
    let args = [
        ("care", time(nurse.care_seconds)),
        ("road", time(nurse.road_seconds)),
        ("waiting", time(nurse.waiting_seconds)),
    ];
    page += &filled("", &say.say("nurse-time", &args));
    page += "\n";
    for week in &nurse.weeks {
        let mut args = vec![("week", FluentValue::from(week.week)), ("paid", time(week.paid_seconds))];
        let text = match week.contract_seconds {
            Some(contract) => {
                args.push(("contract", time(contract)));
                args.push(("more", signed_hours(week.paid_seconds - contract).into()));
                say.say("week-contract", &args)
            }
            None => say.say("week", &args),
        };
        page += &filled("  ", &text);
    }
    page += "\n";
    page += &filled("", &say.part("cost-of-nurse", &nurse.cost));
    page + &say.foot(nurse.audience)
}
