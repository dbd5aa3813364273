//! `kring import`.

use crate::args::Import;
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{
    self, Document, Form, Horizon, LONGEST_SHEET, SHEETS, SheetFiles, read_bundle, read_sheets, sheet_guide,
    sheet_template,
};
use crate::output::{count, note, print, warn};
use jiff::civil::Date;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Time zone where none is given.
const TIME_ZONE: &str = "Europe/Amsterdam";

pub fn run(asked: &Import) -> Result<Ending, Failure> {
    if asked.guide {
        print(&sheet_guide())?;
        return Ok(Ending::Done);
    }
    if let Some(folder) = &asked.template {
        return template(folder);
    }
    let (Some(folder), Some(first_day), Some(out)) = (&asked.folder, asked.first_day, &asked.out) else {
        let why = "give a folder with clients.csv, care.csv, nurses.csv and shifts.csv, or the file of a FHIR bundle, \
                   with --first-day and --out; or ask for --guide or --template";
        return Err(Failure(format!("import: {why}")));
    };
    files::can_write("--out", out)?;
    let form = files::form_of("--out", Some(out))?;
    files::keep_inputs("--out", out, [folder].into_iter().chain(&asked.known))?;
    if folder.is_file() {
        return from_bundle(asked, folder, first_day, (out, form));
    }
    let known = known(asked)?;
    let paths = SHEETS.map(|sheet| folder.join(format!("{}.csv", sheet.name)));
    files::keep_inputs("--out", out, &paths)?;
    let names = paths.each_ref().map(|path| path.display().to_string());
    let mut bytes: [Option<Vec<u8>>; 6] = Default::default();
    for ((sheet, path), bytes) in SHEETS.iter().zip(&paths).zip(&mut bytes) {
        if sheet.is_needed || path.exists() {
            *bytes = Some(bytes_of(path)?);
        }
    }
    let file = |at: usize| (names[at].as_str(), bytes[at].as_deref().unwrap_or_default());
    let maybe = |at: usize| bytes[at].is_some().then(|| file(at));
    let (clients, care, nurses, shifts) = (file(0), file(1), file(2), file(3));
    let sheets = SheetFiles { clients, care, nurses, shifts, absences: maybe(4), away: maybe(5) };
    let horizon = horizon(asked, first_day, known.as_ref());
    let read = read_sheets(&sheets, horizon, asked.label.clone(), known.as_ref())
        .map_err(|error| files::failure(folder, &error))?;
    for heading in &read.ignored {
        note(&format!("kring: passed over the column {heading}"));
    }
    for told in &read.notes {
        note(&format!("kring: {told}"));
    }
    warn(&read.warnings);
    told(&read.document, (out, form))
}

/// The document of `--known`.
fn known(asked: &Import) -> Result<Option<Document>, Failure> {
    let Some(known) = &asked.known else { return Ok(None) };
    let text = files::text_of(known)?;
    let format = files::format_of(&text, None)?;
    Ok(Some(files::neighbourhood(known, &text, format)?.document))
}

/// The days to plan; a first day that has passed is said.
fn horizon(asked: &Import, first_day: Date, known: Option<&Document>) -> Horizon {
    if first_day < jiff::ZonedDateTime::now().date() {
        note(&format!("kring: the first day, {first_day}, has passed"));
    }
    let time_zone = match (&asked.time_zone, known) {
        (Some(zone), _) => Some(zone.clone()),
        // (One without a zone stays without.)
        (None, Some(known)) => known.horizon.time_zone.clone(),
        (None, None) => Some(TIME_ZONE.to_owned()),
    };
    Horizon::new(first_day, asked.days).with(|horizon| horizon.time_zone = time_zone)
}

/// Writes the document and says what was read, and whether it can be planned.
fn told(document: &Document, (out, form): (&Path, Form)) -> Result<Ending, Failure> {
    files::write_document(out, document, form)?;
    let (nurses, clients) = (document.nurses.len(), document.clients.len());
    let care: usize = document.clients.iter().map(|client| client.care.len()).sum();
    let shifts: usize = document.nurses.iter().map(|nurse| nurse.shifts.len() + nurse.recurring.len()).sum();
    let file = out.display();
    let what = format!(
        "{file}: {} with {}, {} with {}",
        count(clients, "client"),
        count(care, "care line"),
        count(nurses, "nurse"),
        count(shifts, "shift"),
    );
    let folder = out.parent().unwrap_or(Path::new(""));
    if let Err(error) = library::prepare(document, folder) {
        note(&format!("kring: {what}; it is written, and cannot be planned as it is"));
        return Err(files::failure(out, &error));
    }
    print(&format!("{what}\nPlan it: kring solve {file}"))?;
    Ok(Ending::Done)
}

/// A document from a bundle of FHIR.
fn from_bundle(asked: &Import, file: &Path, first_day: Date, out: (&Path, Form)) -> Result<Ending, Failure> {
    let text = files::text_of(file)?;
    let known = known(asked)?;
    let horizon = horizon(asked, first_day, known.as_ref());
    let read = read_bundle(&text, horizon, asked.around, known.as_ref());
    let mut read = read.map_err(|error| files::failure(file, &error))?;
    if asked.label.is_some() {
        read.document.label.clone_from(&asked.label);
    }
    for told in &read.notes {
        note(&format!("kring: {told}"));
    }
    warn(&read.document.warnings());
    told(&read.document, out)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let wrong = |why: std::io::Error| {
        Failure(format!(
            "{}: cannot be read: {why}; 'kring import --template FOLDER' makes one",
            path.display()
        ))
    };
    // Asked before the file is opened: opening a pipe waits for somebody who writes to it, and a device has no end.
    if !fs::metadata(path).map_err(wrong)?.is_file() {
        return Err(wrong(std::io::Error::other("not a plain file")));
    }
    let mut bytes = Vec::new();
    // One byte more than is accepted, so that the reader says that there is more.
    let most = LONGEST_SHEET as u64 + 1;
    fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(wrong)?;
    Ok(bytes)
}

/// Writes the sheets with their headings and a row to write over; never over a file.
fn template(folder: &Path) -> Result<Ending, Failure> {
    let wrong = |path: &Path, why: &dyn std::fmt::Display| Failure(format!("{}: {why}", path.display()));
    let paths: Vec<PathBuf> = SHEETS.iter().map(|sheet| folder.join(format!("{}.csv", sheet.name))).collect();
    if let Some(there) = paths.iter().find(|path| path.exists()) {
        return Err(wrong(there, &"is there already; name another folder"));
    }
    fs::create_dir_all(folder).map_err(|why| wrong(folder, &why))?;
    for (sheet, path) in SHEETS.iter().zip(&paths) {
        files::write(path, &sheet_template(sheet))?;
    }
    let folder = folder.display();
    print(&format!(
        "{folder}: clients.csv, care.csv, nurses.csv, shifts.csv, and, to fill in or to leave empty, absences.csv and \
         away.csv; then\n\
         kring import {folder} --first-day 2026-03-02 --out document.json"
    ))?;
    Ok(Ending::Done)
}
