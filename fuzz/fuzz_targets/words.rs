//! Any bytes as the small texts within documents, sheets and options: dates, times of day, moments, ids of files. What is read is
//! written and read again unchanged.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run words -- -max_len=64 -max_total_time=300`

#![no_main]

use kring::data::dates::read_date;
use kring::data::exchange::safe_name;
use kring::data::text::Form;
use kring::model::calendar::Moment;
use kring::model::document::TimeOfDay;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read_date(text) {
        Ok(date) => assert_eq!(read_date(&date.to_string()), Ok(date)),
        Err(why) => assert!(!why.is_empty()),
    }
    match text.parse::<TimeOfDay>() {
        Ok(time) => assert_eq!(time.to_string().parse(), Ok(time)),
        Err(why) => assert!(!why.is_empty()),
    }
    match text.parse::<Moment>() {
        Ok(moment) => assert_eq!(moment.to_string().parse(), Ok(moment)),
        Err(why) => assert!(!why.is_empty()),
    }
    let name = safe_name(text);
    assert!(name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/'));
    assert!(!name.starts_with('.') && name.is_empty() == text.is_empty());
    let _ = Form::of_look(text);
});
