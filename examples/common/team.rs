use kring::Document;
use kring::jiff::civil::date;
use kring::model::document::*;

/// Three nurses and six clients of one neighbourhood, for a week.
pub fn team() -> Result<Document, Box<dyn std::error::Error>> {
    let weekdays =
        vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let office = Place::at(52.0900, 5.1200);
    let mut nurses = Vec::new();
    for id in ["nurse-1", "nurse-2", "nurse-3"] {
        let mornings = RecurringShift::new(weekdays.clone(), "07:00".parse()?, "12:00".parse()?);
        nurses.push(Nurse::new(id, office.clone()).with(|nurse| nurse.recurring.push(mornings)));
    }
    let mut clients = Vec::new();
    for number in 1..=6 {
        let window = Window::new("07:30".parse()?, "10:30".parse()?);
        let wash = Care::new("wash", Days::Weekdays(weekdays.clone()), window, 30.0);
        let home = Place::at(52.0900 + 0.001 * f64::from(number), 5.1210);
        clients.push(Client::new(format!("client-{number}"), home, vec![wash]));
    }
    let horizon = Horizon::new(date(2026, 3, 2), 7)
        .with(|horizon| horizon.time_zone = Some("Europe/Amsterdam".to_owned()));
    Ok(Document::new(horizon, Travel::straight(), nurses, clients)
        .with(|document| document.id = Some("harbour".to_owned())))
}
