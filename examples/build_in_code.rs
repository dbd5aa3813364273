//! Three nurses and eight clients built in code: plan, change the document, plan again.

use kring::jiff::civil::date;
use kring::model::document::{
    Care, Client, Days, Document, Horizon, Nurse, Place, RecurringShift, Straight, TimeOfDay, Travel,
    Weekday, Window,
};
use kring::{Options, prepare, solve};
use std::path::Path;

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let time = |text: &str| text.parse::<TimeOfDay>();
    let office = Place::at(52.0900, 5.1200);
    let week =
        vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

    let mut nurses = Vec::new();
    for id in ["nurse-1", "nurse-2", "nurse-3"] {
        let shift = RecurringShift::new(week.clone(), time("07:00")?, time("12:00")?);
        nurses.push(Nurse::new(id, office).with(|nurse| nurse.recurring.push(shift)));
    }
    let mut clients = Vec::new();
    for number in 1..=8 {
        let morning = Window::new(time("07:30")?, time("10:30")?);
        let care = Care::new("morning", Days::Weekdays(week.clone()), morning, 30.0);
        let home = Place::at(52.0900 + 0.001 * f64::from(number), 5.1210);
        clients.push(Client::new(format!("client-{number}"), home, vec![care]));
    }
    let horizon = Horizon::new(date(2026, 3, 2), 7);
    let mut document = Document::new(horizon, Travel::Straight(Straight::default()), nurses, clients);

    let options = Options::default().with_iterations(1_000);
    let first = solve(&prepare(&document, Path::new("."))?, &options)?;
    assert!(first.plan.unplanned.is_empty());

    // The first client does not want to see the third nurse any longer.
    document.clients[0].forbidden_nurses.push("nurse-3".to_owned());
    let second = solve(&prepare(&document, Path::new("."))?, &options)?;
    assert!(second.plan.unplanned.is_empty());
    Ok(())
}
