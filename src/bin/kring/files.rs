//! Reading and writing files.

use crate::args::{Format, NeighbourhoodFile};
use crate::ending::Failure;
use crate::library::{
    Document, Error, Events, Form, Mistake, Moment, Plan, Problem, Warning, convrp, cordeau, homecare, json,
    solomon, text,
};
use crate::output::{note, warn};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Most bytes of a file that any of the readers accepts; each has a limit of its own.
const LARGEST: u64 = 64 << 20;

/// A neighbourhood from a file.
#[derive(Debug)]
pub struct Neighbourhood {
    pub document: Document,
    /// What the document probably does not mean, with lines.
    pub warnings: Vec<Warning>,
    pub format: Format,
    /// Where the document's own paths start.
    pub folder: PathBuf,
}

/// Every mistake of an error, on a line each, under the file's name.
pub fn failure(file: &Path, error: &Error) -> Failure {
    failure_of(file, error.mistakes())
}

fn failure_of(file: &Path, mistakes: &[Mistake]) -> Failure {
    /// Most mistakes that are printed: a plan of another team has hundreds.
    const MOST: usize = 50;
    let mut told: String = mistakes.iter().take(MOST).map(|mistake| format!("\n  {mistake}")).collect();
    if mistakes.len() > MOST {
        told += &format!("\n  and {} more", mistakes.len() - MOST);
    }
    Failure(format!("{}:{told}", file.display()))
}

/// The text of a file, or of standard input for `-`, of at most the size that kring reads.
pub fn text_of(file: &Path) -> Result<String, Failure> {
    let wrong = |why: std::io::Error| {
        let mend = match why.kind() {
            std::io::ErrorKind::InvalidData => "save it as UTF-8",
            _ => "name a readable text file",
        };
        Failure(format!("{}: cannot be read: {why}; {mend}", file.display()))
    };
    // One byte more than the limit, so that the reader sees that there is more and says so.
    let mut text = String::new();
    if is_standard_input(file) {
        std::io::stdin().lock().take(LARGEST + 1).read_to_string(&mut text).map_err(wrong)?;
    } else {
        File::open(file).map_err(wrong)?.take(LARGEST + 1).read_to_string(&mut text).map_err(wrong)?;
    }
    Ok(text)
}

/// Whether a name stands for standard input.
pub fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The format asked for, or that of the text's own look.
pub fn format_of(text: &str, asked: Option<Format>) -> Result<Format, Failure> {
    match asked {
        Some(format @ Format::Mankowska) => {
            let known = "kring, homecare, solomon, cordeau and convrp are read today";
            Err(Failure(format!("--format {}: not yet; {known}", format.name())))
        }
        Some(format) => Ok(format),
        None if solomon::looks_like(text) => Ok(Format::Solomon),
        None if cordeau::looks_like(text) => Ok(Format::Cordeau),
        None if convrp::looks_like(text) => Ok(Format::Convrp),
        None if homecare::looks_like(text) => Ok(Format::Homecare),
        None => Ok(Format::Kring),
    }
}

/// Reads a neighbourhood.
pub fn neighbourhood(file: &Path, written: &str, format: Format) -> Result<Neighbourhood, Failure> {
    let form = Form::of_name(file).unwrap_or_else(|| Form::of_look(written));
    let document = match format {
        Format::Homecare => homecare::read(written),
        _ => text::read_document(written, form),
    };
    let document = document.map_err(|error| failure(file, &error))?;
    let warnings = match format {
        Format::Homecare => document.warnings(),
        _ => text::warnings(&document, written, form),
    };
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Neighbourhood { document, warnings, format, folder })
}

/// Reads the neighbourhood of a command that does not take instances of vehicle routing; `why` says so.
pub fn neighbourhood_of(asked: &NeighbourhoodFile, why: &str) -> Result<Neighbourhood, Failure> {
    let text = text_of(&asked.file)?;
    let format = format_of(&text, asked.format)?;
    if format.is_routing() {
        return Err(Failure(format!("{}: {why}: give a kring document", asked.file.display())));
    }
    neighbourhood(&asked.file, &text, format)
}

/// Reads a plan in the form that belongs to the format of its neighbourhood.
pub fn plan(file: &Path, format: Format, problem: &Problem) -> Result<Plan, Failure> {
    let text = text_of(file)?;
    let plan = match format {
        Format::Homecare => homecare::read_plan(problem, &text),
        _ => json::read_plan(&text),
    };
    accepted(file, problem.document(), plan.map_err(|error| failure(file, &error))?)
}

/// Reads a plan of a document in kring's own form.
pub fn plan_of(file: &Path, document: &Document) -> Result<Plan, Failure> {
    let plan = json::read_plan(&text_of(file)?).map_err(|error| failure(file, &error))?;
    accepted(file, document, plan)
}

/// The form in which a document is written to a file, by its name: YAML or JSON.
pub fn form_of(option: &str, out: Option<&Path>) -> Result<Form, Failure> {
    match out.map(|out| (out, Form::of_name(out).unwrap_or(Form::Json))) {
        Some((out, Form::Toml)) => Err(Failure(format!(
            "{option} {}: TOML is read and not written; end the name with .yaml or .json",
            out.display()
        ))),
        Some((_, form)) => Ok(form),
        None => Ok(Form::Json),
    }
}

/// Writes a document in a form of text.
pub fn write_document(out: &Path, document: &Document, form: Form) -> Result<(), Failure> {
    let written = text::write_document(document, form).map_err(|error| failure(out, &error))?;
    write(out, &written)
}

/// Removes a file that a command writes, if it is there.
pub fn remove(file: &Path) -> Result<(), Failure> {
    match fs::remove_file(file) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure(format!("{}: cannot be removed: {why}", file.display())))
        }
        _ => Ok(()),
    }
}

/// A file of events.
pub struct EventsFile<'f> {
    file: &'f Path,
    text: String,
    form: Form,
    pub events: Events,
    is_now_asked: bool,
}

impl<'f> EventsFile<'f> {
    pub fn read(file: &'f Path) -> Result<Self, Failure> {
        let text = text_of(file)?;
        let form = Form::of_name(file).unwrap_or_else(|| Form::of_look(&text));
        let events = text::read_events(&text, form).map_err(|error| failure(file, &error))?;
        Ok(Self { file, text, form, events, is_now_asked: false })
    }

    /// Plans at a moment that the command line names instead of the one in the file.
    pub fn plan_at(&mut self, now: Option<Moment>) {
        self.events.now = now.or(self.events.now);
        self.is_now_asked = now.is_some();
    }

    /// What the events probably do not mean, with the lines.
    pub fn warnings(&self, document: &Document, published: &Plan) -> Result<Vec<Warning>, Error> {
        let mut warnings = text::event_warnings(&self.events, document, published, &self.text, self.form)?;
        warnings.iter_mut().for_each(|warning| self.name(&mut warning.said));
        Ok(warnings)
    }

    /// What is wrong with the events, with the lines.
    pub fn wrong(&self, error: Error) -> Failure {
        let error = text::located(error, &self.text, self.form);
        let mut mistakes = error.mistakes().to_vec();
        mistakes.iter_mut().for_each(|mistake| self.name(mistake));
        failure_of(self.file, &mistakes)
    }

    /// Names the option where it is the option that is wrong, and not the file.
    fn name(&self, mistake: &mut Mistake) {
        if self.is_now_asked && mistake.path == "now" {
            (mistake.path, mistake.line) = ("--now".to_owned(), None);
        }
    }
}

/// Refuses a `--now` after the horizon, and warns of one whose offset is not the team's.
pub fn check_now(now: Option<Moment>, document: &Document, published: &Plan) -> Result<(), Failure> {
    let named = |mistake: &Mistake| Mistake::new("--now", &mistake.problem, &mistake.mend);
    let warnings = Events::new(now, Vec::new()).warnings(document, published);
    let mut warnings = warnings.map_err(|error| match error.mistakes() {
        [mistake] if mistake.path == "now" => Failure(named(mistake).to_string()),
        _ => Failure(error.to_string()),
    })?;
    warnings.iter_mut().for_each(|warning| warning.said = named(&warning.said));
    warn(&warnings);
    Ok(())
}

/// A plan, unless it was made for another document; that the document has changed since is said.
fn accepted(file: &Path, document: &Document, plan: Plan) -> Result<Plan, Failure> {
    let warning = document.accept(&plan).map_err(|error| failure(file, &error))?;
    if let Some(warning) = warning {
        note(&format!("warning: {}: {warning}", file.display()));
    }
    Ok(plan)
}

/// As [`can_write`] for each option that is given, and [`keep_inputs`]; no two may name one file.
pub fn can_write_all<'o>(
    outs: impl IntoIterator<Item = (&'o str, &'o Option<PathBuf>)>,
    inputs: &[&PathBuf],
) -> Result<(), Failure> {
    let mut before: Vec<(&str, &Path)> = Vec::new();
    for (option, out) in outs {
        let Some(out) = out else { continue };
        can_write(option, out)?;
        keep_inputs(option, out, inputs.iter().copied())?;
        if let Some((other, _)) = before.iter().find(|(_, other)| are_one(other, out)) {
            return Err(Failure(format!("{other} and {option} name the same file; name two")));
        }
        before.push((option, out));
    }
    Ok(())
}

/// Whether the file of an option can be written later, asked before a long search rather than after it.
pub fn can_write(option: &str, file: &Path) -> Result<(), Failure> {
    let wrong = |why: &str| Err(Failure(format!("{option} {}: {why}", file.display())));
    if is_standard_input(file) {
        return wrong("stands for standard input; name a file");
    }
    if file.file_name().is_none() || file.is_dir() {
        return wrong("is a folder; name a file");
    }
    if !folder_of(file).is_dir() {
        return wrong("its folder does not exist; make it first");
    }
    if file.exists() && !file.is_file() {
        return wrong("is not a plain file; name one");
    }
    let beside = beside(&in_place(file));
    let tried = File::create(&beside).and_then(|_| fs::remove_file(&beside));
    tried.map_err(|why| {
        Failure(format!("{option} {}: its folder cannot be written to: {why}", file.display()))
    })
}

/// Whether files can be put in a folder: one that is there, or none yet, which is made.
pub fn can_hold(option: &str, folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure(format!("{option} {}: is a file; name a folder", folder.display())));
    }
    fs::create_dir_all(folder).map_err(|why| {
        Failure(format!("{option} {}: cannot be made: {why}; name a folder", folder.display()))
    })
}

/// Refuses to write over any file that is read.
pub fn keep_inputs<'f>(
    option: &str,
    out: &Path,
    reads: impl IntoIterator<Item = &'f PathBuf>,
) -> Result<(), Failure> {
    reads.into_iter().try_for_each(|read| differ(option, out, read))
}

/// Whether two names are of one file, be it there or not. Names that differ in small and capital letters only are, since some
/// systems take them so.
pub fn are_one(a: &Path, b: &Path) -> bool {
    let place = |file: &Path| {
        let place = in_place(file);
        let folder = folder_of(&place);
        let name = place.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        folder.canonicalize().unwrap_or(folder).join(name)
    };
    place(a) == place(b)
}

/// Refuses to write over what was read.
fn differ(option: &str, out: &Path, read: &Path) -> Result<(), Failure> {
    match (out.canonicalize(), read.canonicalize()) {
        (Ok(a), Ok(b)) if a == b => {
            Err(Failure(format!("{option} {}: would overwrite the input; name another file", out.display())))
        }
        _ => Ok(()),
    }
}

/// The file itself where its name is a link to it.
fn in_place(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_owned())
}

fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    folder_of(file).join(format!(".{name}.{}.part", std::process::id()))
}

/// Writes a file as a whole or not at all: beside it first, then in its place.
pub fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let place = in_place(file);
    let beside = beside(&place);
    sweep(&place);
    let written = write_through(&place, &beside, text).and_then(|()| fs::rename(&beside, &place));
    written.map_err(|why| {
        let _ = fs::remove_file(&beside);
        Failure(format!("{}: cannot be written: {why}", file.display()))
    })
}

/// A file that is replaced keeps who may read and write it.
fn keep_mode(place: &Path, beside: &Path) -> std::io::Result<()> {
    match fs::metadata(place) {
        Ok(about) => fs::set_permissions(beside, about.permissions()),
        Err(_) => Ok(()),
    }
}

/// Takes away what an earlier run that was killed left beside a file: old, and named by a process as here.
fn sweep(place: &Path) {
    const OLD: Duration = Duration::from_secs(3600);
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let start = format!(".{name}.");
    for entry in fs::read_dir(folder_of(place)).into_iter().flatten().flatten() {
        let left = entry.file_name().to_string_lossy().into_owned();
        let process = left.strip_prefix(&start).and_then(|rest| rest.strip_suffix(".part"));
        let is_ours =
            process.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
        let about = entry.metadata().ok().filter(fs::Metadata::is_file);
        let age = about.and_then(|about| about.modified().ok()?.elapsed().ok());
        if is_ours && age.is_some_and(|age| age > OLD) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn write_through(place: &Path, beside: &Path, text: &str) -> std::io::Result<()> {
    let mut out = File::create(beside)?;
    // Before there is anything to read in it.
    keep_mode(place, beside)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("kring-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = folder("replaced");
        let file = folder.join("plan.json");
        write(&file, "first").ok().unwrap();
        write(&file, "second").ok().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "second");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_old_parts_swept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("modes");
        let file = folder.join("plan.json");
        write(&file, "first").ok().unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let (old, new, other) = (".plan.json.1.part", ".plan.json.2.part", ".plan.json.x.part");
        for name in [old, new, other] {
            fs::write(folder.join(name), "").unwrap();
        }
        let long_ago = std::time::SystemTime::now() - Duration::from_secs(7200);
        for name in [old, other] {
            File::options().write(true).open(folder.join(name)).unwrap().set_modified(long_ago).unwrap();
        }
        write(&file, "second").ok().unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let left = [old, new, other].map(|name| folder.join(name).exists());
        assert_eq!(left, [false, true, true]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_place_that_cannot_be_written_is_refused_beforehand() {
        let folder = folder("refused");
        assert!(can_write("--out", &folder.join("plan.json")).is_ok());
        assert!(can_write("--out", &folder).is_err());
        assert!(can_write("--out", &folder.join("missing/plan.json")).is_err());
        assert!(can_write("--out", Path::new("plan.json")).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn formats_to_come_say_so() {
        let Err(Failure(text)) = format_of("", Some(Format::Mankowska)) else {
            panic!("mankowska is not read yet");
        };
        assert!(text.contains("--format mankowska: not yet"), "{text}");
    }
}
