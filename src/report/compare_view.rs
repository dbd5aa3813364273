//! The comparison of two plans, in words.

use super::compare::{ClientDifference, Comparison, NurseDifference, VisitDifferences};
use super::text::{
    clean, client_name, cost_minutes, count, cut, entry, filled, heading, hours, nurse_name, tenths, trimmed,
};
use crate::model::Intention;
use std::fmt;

impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = self.document;
        let title =
            document.label.as_deref().map_or("the document".to_owned(), |label| cut(&clean(label), 40));
        let mut page = heading(&format!(
            "{:58}{:>12}{:>12}{:>12}",
            format!("Two plans of {title}"),
            "first",
            "second",
            "change"
        ));
        for of in &self.intentions {
            page +=
                &row(of.intention.name(), of.cost.map(cost_minutes), cost_minutes(of.cost[1] - of.cost[0]));
            for term in &of.terms {
                let title = format!("  {}", term.term.words());
                page += &row(&title, term.cost.map(cost_minutes), cost_minutes(term.cost[1] - term.cost[0]));
            }
        }
        let total = self.cost.map(|cost| cost_minutes(cost.total()));
        page += &row("Cost, in minutes of a nurse's time", total, cost_minutes(self.difference()));
        page += "\n";
        page += &self.figures();
        page += &format!("\n{}", filled("", &self.verdict()));
        page += &filled("", &format!("{}.", visits(&self.visits, true)));
        for (number, which) in ["first", "second"].into_iter().enumerate() {
            if self.violations[number] > 0 {
                let rules = count(self.violations[number], "broken rule");
                page += &filled("", &format!("The {which} plan has {rules}: 'kring check' says which."));
            }
        }
        if !self.clients.is_empty() {
            page += &format!("\n{}", heading("Clients"));
            self.clients.iter().for_each(|client| page += &self.client(client));
        }
        if !self.nurses.is_empty() {
            page += &format!("\n{}", heading("Nurses"));
            self.nurses.iter().for_each(|nurse| page += &self.nurse(nurse));
        }
        f.write_str(&trimmed(&page))
    }
}

fn row(title: &str, values: [String; 2], change: String) -> String {
    let signed = if change.starts_with('-') || change.trim_matches(['0', '.', ':']).is_empty() {
        change
    } else {
        format!("+{change}")
    };
    format!("{:58}{:>12}{:>12}{signed:>12}\n", cut(title, 58), values[0], values[1])
}

impl Comparison<'_> {
    /// Visits, faces and the measures of the aims, none of which depends on prices.
    fn figures(&self) -> String {
        let [a, b] = &self.indicators;
        let mut text = String::new();
        let planned = [a, b].map(|i| i64::from(i.visits.planned));
        text += &row("Visits planned", planned.map(|n| n.to_string()), (planned[1] - planned[0]).to_string());
        let left_out = [a, b].map(|i| {
            let v = &i.visits;
            i64::from(v.unplanned_vital + v.unplanned_needed + v.unplanned_wished)
        });
        text +=
            &row("Visits left out", left_out.map(|n| n.to_string()), (left_out[1] - left_out[0]).to_string());
        let means = [a, b].map(|i| i.continuity.faces.mean.unwrap_or(0.0));
        text += &row(
            "Faces of a client, on average",
            means.map(|mean| format!("{mean:.2}")),
            // Rounded before printing, so that a difference that rounds to 0 has no sign.
            format!("{:.2}", ((means[1] - means[0]) * 100.0).round() / 100.0 + 0.0),
        );
        for measure in &self.measures {
            let words = measure.aim.words();
            let title = format!("{}{}", words[..1].to_uppercase(), &words[1..]);
            let values = measure.value;
            text += &row(
                &title,
                values.map(|value| format!("{value:.0}")),
                format!("{:.0}", values[1].round() - values[0].round()),
            );
        }
        text
    }

    /// For which intentions the second plan is better, and for which worse.
    fn verdict(&self) -> String {
        let of = |better: bool| {
            let of = self
                .intentions
                .iter()
                .map(|of| (of.intention, of.cost[1] - of.cost[0]))
                .filter(|(_, apart)| tenths(*apart) != 0 && (*apart < 0) == better);
            let each = of.map(|(intention, apart)| {
                format!("{} ({} minutes)", lower(intention), cost_minutes(apart.abs()))
            });
            each.collect::<Vec<_>>().join(" and ")
        };
        let (better, worse) = (of(true), of(false));
        let total = match self.difference() {
            same if tenths(same) == 0 => "In all both cost the same.".to_owned(),
            less if less < 0 => format!("In all it costs {} minutes less.", cost_minutes(-less)),
            more => format!("In all it costs {} minutes more.", cost_minutes(more)),
        };
        match (better.is_empty(), worse.is_empty()) {
            (true, true) => "Both plans cost the same for each intention.".to_owned(),
            (false, true) => format!("The second plan is better for {better}. {total}"),
            (true, false) => format!("The second plan is worse for {worse}. {total}"),
            (false, false) => {
                format!("The second plan is better for {better} and worse for {worse}. {total}")
            }
        }
    }

    fn client(&self, of: &ClientDifference) -> String {
        let mut parts = Vec::new();
        let [before, now] = of.faces.map(|faces| faces.unwrap_or(0));
        parts.push(if before == now {
            format!("{} as before", count(now as usize, "face"))
        } else {
            format!("{} instead of {before}", count(now as usize, "face"))
        });
        let names = |ids: &[String]| {
            ids.iter().map(|id| nurse_name(self.document, id)).collect::<Vec<_>>().join(", ")
        };
        if !of.gone.is_empty() {
            parts.push(format!("no longer {}", names(&of.gone)));
        }
        if !of.come.is_empty() {
            parts.push(format!("now also {}", names(&of.come)));
        }
        parts.push(visits(&of.visits, false));
        entry(&format!("{}: {}", client_name(self.document, &of.client), parts.join("; ")))
    }

    fn nurse(&self, of: &NurseDifference) -> String {
        let mut parts = Vec::new();
        let number = |[before, now]: [u32; 2], one: &str| match before == now {
            true => count(now as usize, one),
            false => format!("{} instead of {before}", count(now as usize, one)),
        };
        let time = |[before, now]: [i64; 2], what: &str| match (hours(before), hours(now)) {
            (before, now) if before == now => format!("{what} {now}"),
            (before, now) => format!("{what} {now} instead of {before}"),
        };
        parts.push(format!("{} to {}", number(of.visits, "visit"), number(of.clients, "client")));
        let mut worked = time(of.worked, "away from home");
        if let Some(contract) = of.contract {
            worked += &format!(" (contract {})", hours(contract));
        }
        parts.push(worked);
        parts.push(time(of.road, "on the road"));
        let names = |ids: &[String]| {
            ids.iter().map(|id| client_name(self.document, id)).collect::<Vec<_>>().join(", ")
        };
        if !of.gone.is_empty() {
            parts.push(format!("no longer {}", names(&of.gone)));
        }
        if !of.come.is_empty() {
            parts.push(format!("now also {}", names(&of.come)));
        }
        entry(&format!("{}: {}", nurse_name(self.document, &of.nurse), parts.join("; ")))
    }
}

fn lower(intention: Intention) -> String {
    intention.name().to_lowercase()
}

/// How many visits differ, in words; with `of_all` also out of how many planned in the first plan.
fn visits(of: &VisitDifferences, of_all: bool) -> String {
    let kinds = [
        (of.nurse, "with another nurse"),
        (of.day, "on another day"),
        (of.hour, "at another hour"),
        (of.only[0], "in the first plan only"),
        (of.only[1], "in the second plan only"),
    ];
    let mut kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
    let Some((first, words)) = kinds.next() else {
        return "No visit differs in a way that people would notice".to_owned();
    };
    let rest: String = kinds.map(|(number, words)| format!(", {number} {words}")).collect();
    let all = if of_all { format!(" of {}", of.planned[0]) } else { String::new() };
    let visit = if of_all || first > 1 { "visits" } else { "visit" };
    format!("{first}{all} {visit} {words}{rest}")
}
