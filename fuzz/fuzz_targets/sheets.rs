//! Any bytes as the sheets of a spreadsheet, parted by `%`: an error, or a document without mistakes.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run sheets -- -max_total_time=300`

#![no_main]

use kring::data::exchange::spreadsheet::{Files, read};
use kring::jiff::civil::date;
use kring::model::document::Horizon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|&byte| byte == b'%');
    let [clients, care, nurses, shifts] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let files = Files {
        clients: ("clients.csv", clients),
        care: ("care.csv", care),
        nurses: ("nurses.csv", nurses),
        shifts: ("shifts.csv", shifts),
        absences: parts.next().map(|bytes| ("absences.csv", bytes)),
        away: parts.next().map(|bytes| ("away.csv", bytes)),
    };
    match read(&files, Horizon::new(date(2026, 3, 2), 14), None, None) {
        Ok(found) => assert_eq!(found.document.validate(), Ok(())),
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
