//! Care plans by kind of client.

use super::draw::Draw;
use crate::model::Calendar;
use crate::model::document::{Care, Days, PerWeek, Priority, TimeOfDay, Weekday, Window};

/// A competence that wound care asks for.
pub(super) const WOUND_CARE: &str = "wound-care";
/// A competence that catheters and stomas ask for.
pub(super) const CATHETER: &str = "catheter";

/// What a client mostly needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// Compression stockings on in the morning and off in the evening.
    Stockings,
    /// Insulin before breakfast and before dinner.
    Insulin,
    /// Medication once or twice a day.
    Medication,
    /// Washing and dressing, at the client's own hour.
    Wash,
    /// The same, and help to bed.
    WashAndEvening,
    /// A shower one to three times a week.
    Shower,
    /// Wound care two to four times a week, some with a shower.
    Wound,
    /// Support with dementia, four to seven times a week.
    Dementia,
    /// Catheter or stoma, once a week.
    Catheter,
    /// Eye drops twice a day, for a while.
    EyeDrops,
}

/// Kinds of care with the hundredths of the clients who need them.
pub(super) type Mix = [(Profile, usize); 10];

/// A care plan for each client, in random order. The kinds of care have their rounded shares of the clients, rather
/// than shares by chance, so that every seed gives a town with the same amount of care.
pub(super) fn plans(mix: &Mix, clients: usize, calendar: &Calendar, draw: &mut Draw) -> Vec<Vec<Care>> {
    let mut profiles = Vec::with_capacity(clients);
    let mut share = 0;
    for &(profile, hundredths) in mix {
        share += hundredths;
        // The rounded sum so far, so that the parts add up to the whole.
        let until = (share * clients + 50) / 100;
        profiles.resize(until.max(profiles.len()), profile);
    }
    draw.shuffle(&mut profiles);
    profiles.into_iter().map(|profile| plan(profile, calendar, draw)).collect()
}

/// A local time.
pub(super) fn at(hour: u32, minute: u32) -> TimeOfDay {
    TimeOfDay::from_seconds(hour * 3600 + minute * 60).unwrap_or(TimeOfDay::MIDNIGHT)
}

/// A care line without wishes.
pub(super) fn line(id: &str, days: Days, from: TimeOfDay, to: TimeOfDay, minutes: usize) -> Care {
    Care::new(id, days, Window { from, to }, minutes as f64)
}

fn per_week(times: u8, min_gap: u8, weekdays: &[Weekday]) -> Days {
    Days::PerWeek(PerWeek { times, min_gap, weekdays: weekdays.to_vec() })
}

const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn plan(profile: Profile, calendar: &Calendar, draw: &mut Draw) -> Vec<Care> {
    match profile {
        Profile::Stockings => vec![
            line("stockings-on", Days::Daily, at(7, 0), at(10, 30), draw.stepped(10, 15, 5)),
            line("stockings-off", Days::Daily, at(18, 30), at(22, 0), 10),
        ],
        Profile::Insulin => {
            let mut morning = line("insulin-morning", Days::Daily, at(7, 15), at(8, 45), 15);
            let mut evening = line("insulin-evening", Days::Daily, at(16, 45), at(18, 45), 15);
            for care in [&mut morning, &mut evening] {
                care.priority = Priority::Vital;
                care.level = Some(3);
            }
            vec![morning, evening]
        }
        Profile::Medication => {
            let mut morning = line("medication-morning", Days::Daily, at(7, 30), at(9, 30), 10);
            let mut evening = line("medication-evening", Days::Daily, at(18, 30), at(21, 30), 10);
            for care in [&mut morning, &mut evening] {
                care.level = Some(3);
            }
            if draw.chance(0.6) { vec![morning, evening] } else { vec![morning] }
        }
        Profile::Wash => vec![wash(draw)],
        Profile::WashAndEvening => {
            let mut evening = line("to-bed", Days::Daily, at(19, 0), at(22, 0), draw.stepped(20, 30, 5));
            evening.preferred_start = Some(at(20, 30 + 15 * draw.below(2) as u32));
            vec![wash(draw), evening]
        }
        Profile::Shower => {
            let times = draw.between(1, 3) as u8;
            let care = line("shower", per_week(times, 2, &[]), at(8, 0), at(12, 0), draw.stepped(40, 50, 5));
            vec![Care { priority: if times == 1 { Priority::Needed } else { Priority::Wished }, ..care }]
        }
        Profile::Wound => {
            let times = draw.between(2, 4) as u8;
            let gap = if times < 4 { 2 } else { 1 };
            let mut wound =
                line("wound", per_week(times, gap, &[]), at(9, 0), at(15, 0), draw.stepped(25, 40, 5));
            wound.competences = vec![WOUND_CARE.to_owned()];
            wound.level = Some(3);
            let shower = line("shower", per_week(1, 1, &[]), at(8, 0), at(12, 0), 45);
            if draw.chance(0.3) { vec![wound, shower] } else { vec![wound] }
        }
        Profile::Dementia => {
            let hour = draw.between(9, 13) as u32;
            let days = if draw.chance(0.5) { Days::Daily } else { per_week(4, 1, &[]) };
            let care = line("support", days, at(hour - 1, 0), at(hour + 1, 30), draw.stepped(45, 60, 5));
            vec![Care { preferred_start: Some(at(hour, 0)), ..care }]
        }
        Profile::Catheter => {
            let mut care =
                line("catheter", per_week(1, 1, &WORKDAYS), at(9, 0), at(15, 0), draw.stepped(30, 45, 5));
            care.competences = vec![CATHETER.to_owned()];
            care.level = Some(4);
            vec![care]
        }
        Profile::EyeDrops => {
            let mut morning = line("eye-drops-morning", Days::Daily, at(7, 30), at(10, 0), 10);
            let mut evening = line("eye-drops-evening", Days::Daily, at(18, 0), at(20, 30), 10);
            // The treatment ends within the second week.
            let last = calendar.date(draw.between(7, 12) as i32);
            for care in [&mut morning, &mut evening] {
                care.until = Some(last);
            }
            vec![morning, evening]
        }
    }
}

/// Washing and dressing: half of the clients have their own hour.
fn wash(draw: &mut Draw) -> Care {
    let mut care = line("wash", Days::Daily, at(7, 0), at(11, 0), draw.stepped(30, 45, 5));
    let steady = at(draw.between(7, 9) as u32, 30);
    if draw.chance(0.5) {
        care.preferred_start = Some(steady);
    }
    care
}
