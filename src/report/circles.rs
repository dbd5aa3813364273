//! Circles: the page of those planned before the tours, and what became of them in a plan.

use super::names;
use super::text::{column, count, filled, fit, heading, hours, in_columns, name, trimmed};
use super::view::Report;
use crate::model::Document;
use crate::model::circles::{Circles, ClientCircle};
use std::fmt;

/// The circles of all clients and the load of all nurses, on one page. Display it.
pub struct CirclesView<'a> {
    document: &'a Document,
    circles: &'a Circles,
}

impl<'a> CirclesView<'a> {
    /// The circles of the clients of a document. Circles of other clients are passed over.
    pub fn new(document: &'a Document, circles: &'a Circles) -> Self {
        Self { document, circles }
    }

    fn clients(&self) -> String {
        let ids: Vec<&str> = self.document.nurses.iter().map(|nurse| nurse.id.as_str()).collect();
        let short = names::short_names(&ids);
        let short = |id: &str| ids.iter().position(|of| *of == id).map_or("?", |at| short[at].as_str());
        let rows: Vec<(String, &ClientCircle)> = self
            .document
            .clients
            .iter()
            .zip(&self.circles.clients)
            .filter(|(client, circle)| client.id == circle.client)
            .map(|(client, circle)| (name(&client.id, client.label.as_deref()), circle))
            .collect();
        let widest = column(rows.iter().map(|(name, _)| name.as_str()), 12, 30);
        let mut out = heading(&format!(
            "{:w$}  {:>6}  nurses, with the visits meant for each",
            "Circles",
            "nurses",
            w = widest + 2
        ));
        for (name, circle) in rows {
            let meant = circle.nurses.iter().zip(&circle.visits).map(|(nurse, visits)| {
                let first = circle.first_nurse.as_ref() == Some(nurse);
                let nurse = short(nurse);
                if first { format!("[{nurse}] {visits}") } else { format!("{nurse} {visits}") }
            });
            let meant = meant.collect::<Vec<_>>().join(", ");
            out += &format!("  {}  {:>6}  {meant}\n", fit(&name, widest), circle.nurses.len());
        }
        let legend: Vec<String> = (0..ids.len())
            .filter(|&at| short(ids[at]) != self.nurse(at))
            .map(|at| format!("{} {}", short(ids[at]), self.nurse(at)))
            .collect();
        out += &in_columns("", &legend);
        out + "\n"
    }

    fn nurse(&self, at: usize) -> String {
        let nurse = &self.document.nurses[at];
        name(&nurse.id, nurse.label.as_deref())
    }

    fn nurses(&self) -> String {
        let names: Vec<String> = (0..self.document.nurses.len()).map(|at| self.nurse(at)).collect();
        let widest = column(names.iter().map(String::as_str), 12, 30);
        let mut out = heading(&format!(
            "{:w$}  {:>8}{:>10}{:>12}{:>8}",
            "Nurses",
            "clients",
            "asked",
            "of shifts",
            "share",
            w = widest + 2
        ));
        for (name, load) in names.iter().zip(&self.circles.nurses) {
            let share = match load.capacity {
                0 => "-".to_owned(),
                capacity => format!("{:.0} %", 100.0 * load.seconds as f64 / capacity as f64),
            };
            let (asked, capacity) = (hours(load.seconds), hours(load.capacity));
            out +=
                &format!("  {}  {:>8}{asked:>10}{capacity:>12}{share:>8}\n", fit(name, widest), load.clients);
        }
        out + "\n"
    }

    fn foot(&self) -> String {
        let with: Vec<usize> = self
            .circles
            .clients
            .iter()
            .map(|circle| circle.nurses.len())
            .filter(|&nurses| nurses > 0)
            .collect();
        if with.is_empty() {
            let out = count(self.circles.left_out as usize, "visit");
            return format!("Nobody is meant to come; left out: {out}.\n");
        }
        let mean = with.iter().sum::<usize>() as f64 / with.len() as f64;
        let mut text = format!(
            "{mean:.2} nurses a client on average. [nurse] is the first nurse. asked: hours of care and of the estimated \
             way to it, of the hours of her shifts."
        );
        let named = self.document.clients.iter().filter(|client| !client.circle.is_empty()).count();
        if named > 0 {
            let all = self.document.clients.len();
            text += &format!(
                " {named} of {all} circles are those that the document names; visits may be meant for others too."
            );
        }
        let is_first_out = |circle: &&ClientCircle| {
            circle.first_nurse.as_ref().is_some_and(|id| !circle.nurses.contains(id))
        };
        let first_out = self.circles.clients.iter().filter(is_first_out).count();
        if first_out > 0 {
            text += &format!(
                " For {} the first nurse of the document is not in the circle.",
                count(first_out, "client")
            );
        }
        if let Some(gap) = self.circles.gap() {
            text += &format!(
                " By these estimates no circles are cheaper by more than {:.1} %; tours are not made yet.",
                100.0 * gap
            );
        }
        if self.circles.left_out > 0 {
            let out = count(self.circles.left_out as usize, "visit");
            text += &format!(" Left out, because nobody may or can come or that is dearer: {out}.");
        }
        filled("", &text)
    }
}

impl fmt::Display for CirclesView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&trimmed(&[self.clients(), self.nurses(), self.foot()].concat()))
    }
}

/// The block of the summary: how many circles were kept, and for each of the others the nurses who come from outside
/// it.
pub(super) fn block(report: &Report) -> String {
    let kept = report.circles();
    if kept.is_empty() {
        return String::new();
    }
    let reading = &report.reading;
    let short = |id: &String| {
        let at = reading.document.nurses.iter().position(|nurse| nurse.id == *id);
        at.map_or("?", |at| report.short[at].as_str())
    };
    let list = |ids: &mut dyn Iterator<Item = &String>| ids.map(short).collect::<Vec<_>>().join(" ");
    let whole = kept.iter().filter(|circle| circle.kept).count();
    let (visits, others) = kept.iter().fold((0, 0), |sum, c| (sum.0 + c.visits, sum.1 + c.by_others));
    let mut out = heading("Circles, named or planned before the tours");
    out += &format!(
        "  kept: {whole} of {}; visits by others: {others} of {visits}\n",
        count(kept.len(), "circle")
    );
    for circle in kept.iter().filter(|circle| !circle.kept) {
        let planned = list(&mut circle.planned.iter());
        let others = list(&mut circle.came.iter().filter(|id| !circle.planned.contains(id)));
        let text = format!(
            "{}: planned {planned}; {} of {} by {others}",
            name(&circle.client, None),
            circle.by_others,
            count(circle.visits as usize, "visit")
        );
        out += &filled("  ", &text);
    }
    out + "\n"
}
