//! `kring circles`.

use crate::args::{Circles, Format};
use crate::ending::{Ending, Failure};
use crate::files;
use crate::library::{Cancel, CirclesView, Planner};
use crate::output::{note, print};
use crate::preparing::saying;
use crate::run::{TimeLimit, stop_at_ctrl_c};
use std::time::Instant;

pub fn run(asked: &Circles) -> Result<Ending, Failure> {
    let begin = Instant::now();
    let file = &asked.neighbourhood.file;
    let form = files::form_of("--out", asked.out.as_deref())?;
    if let Some(out) = &asked.out {
        files::can_write("--out", out)?;
        files::keep_inputs("--out", out, [file])?;
    }
    let mut neighbourhood = files::neighbourhood_of(&asked.neighbourhood, "circles are for neighbourhoods")?;
    if asked.out.is_some() && neighbourhood.format != Format::Kring {
        return Err(Failure("--out names circles in a kring document; this is another form".to_owned()));
    }
    if asked.anew {
        neighbourhood.document.clients.iter_mut().for_each(|client| client.circle.clear());
    }
    let wrong = |error| files::failure(file, &error);
    let limit = TimeLimit::since(begin, asked.seconds);
    let problem = neighbourhood.prepare(file)?;
    let cancel = Cancel::default();
    stop_at_ctrl_c(&cancel);
    let planner = Planner::new(problem);
    let circles = saying("planning circles", || planner.circles(limit.left(), &cancel)).map_err(wrong)?;
    if cancel.is_cancelled() {
        note("kring: stopped; these are the best circles so far");
    }
    let mut written = Ok(());
    if let Some(out) = &asked.out {
        if neighbourhood.document.prices.not_circle <= 0.0 {
            note(
                "kring: 'not_circle' is 0 in 'prices' of the document: tours will not keep to circles; give it a price",
            );
        }
        let mut document = neighbourhood.document.clone();
        circles.name_in(&mut document);
        written = files::write_document(out, &document, form);
    }
    let page = CirclesView::new(&neighbourhood.document, &circles).to_string();
    let object = || serde_json::to_string(&circles).map_err(|why| Failure(why.to_string()));
    print(&if asked.json { object()? } else { page })?;
    written.map(|()| Ending::Done)
}
