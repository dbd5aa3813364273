//! Plots: well-formed whatever is drawn, read aloud as well as seen, and the kept figures are those of the kept tables.

#![cfg(feature = "page")]

use kring::check::Checked;
use kring::model::{CostByTerm, Plan, Term};
use kring::report::plot::{FrontPoint, ProgressPoint, continuity, front, hours, progress};
use kring::{Document, Report};
use proptest::prelude::*;
use std::path::Path;

fn document() -> Document {
    serde_json::from_str(include_str!("../golden/report/neighbourhood.json")).expect("a document")
}

fn plan() -> Plan {
    serde_json::from_str(include_str!("../golden/report/plan.json")).expect("a plan")
}

fn costs(parts: &[(Term, i64)]) -> CostByTerm {
    let mut cost = CostByTerm::default();
    parts.iter().for_each(|&(term, minutes)| cost[term] = minutes * 60_000);
    cost
}

/// Opened and closed tags match, and nothing but plain numbers stands in the drawing.
fn assert_whole(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').expect("a closed tag") + at;
        let tag = &rest[at + 1..end];
        let name = tag.split([' ', '\n']).next().expect("a name");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{svg}"),
            None => open.push(name),
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert!(!tag.contains("NaN") && !tag.contains("inf"), "{tag}");
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    for part in [
        "role=\"img\"",
        "aria-labelledby=\"title description\"",
        "<title id=\"title\">",
        "<desc id=\"description\">",
        "prefers-color-scheme: dark",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    // Nothing is loaded.
    assert!(!svg.replace("http://www.w3.org/2000/svg", "").contains("http"));
}

#[test]
fn the_search_is_drawn_term_by_term_with_the_bound() {
    let first = costs(&[(Term::Unplanned, 3_000), (Term::Travel, 1_300), (Term::Faces, 700)]);
    let last = costs(&[(Term::Travel, 1_200), (Term::NotFirstNurse, 40), (Term::Faces, 500)]);
    let points = [ProgressPoint { seconds: 0.4, best: first }, ProgressPoint { seconds: 9.0, best: last }];
    let svg = progress("Town", &points, Some(1_500 * 60_000));
    assert_whole(&svg);
    for text in ["travel: 1,200", "faces: 500", "not first nurse: 40", "unplanned: 0", "no plan below: 1,500"]
    {
        assert!(svg.contains(&format!(">{text}</text>")), "{text}");
    }
    assert!(svg.contains(
        "from 5,000 to 1,740 minutes of a nurse's time in 9 seconds. No plan costs less than 1,500."
    ));
    assert!(!progress("Town", &points, None).contains("class=\"bound\" d="));
    // More terms than fills: the rest is one band; each band has a pattern of its own.
    let many: Vec<(Term, i64)> = Term::ALL.iter().copied().zip(1..).collect();
    let svg = progress("Town", &[ProgressPoint { seconds: 1.0, best: costs(&many) }], None);
    assert_whole(&svg);
    assert!(svg.contains(">all other: "));
    assert_eq!(svg.matches("<path class=\"edge\" fill=\"url(#p").count(), 7);
    // Nothing, and a very long search.
    assert_whole(&progress("Town", &[], None));
    let long: Vec<ProgressPoint> =
        (0..100_000).map(|at| ProgressPoint { seconds: f64::from(at), best: last }).collect();
    assert!(progress("Town", &long, None).len() < 60_000);
}

#[test]
fn hours_and_faces_are_drawn_and_said() {
    let (document, plan) = (document(), plan());
    let report = Report::of(&document, &plan, Checked::default()).expect("a report");
    let svg = hours("Town", &report);
    assert_whole(&svg);
    let time = &report.indicators().time;
    let facing = format!("with clients: {:.1} %", 100.0 * time.care as f64 / time.shift as f64);
    assert_eq!(svg.matches(&facing).count(), 2, "seen and said");
    let svg = continuity("Town", &report);
    assert_whole(&svg);
    let faces: Vec<u32> = report.indicators().clients.iter().filter_map(|client| client.plan.faces).collect();
    let ones = faces.iter().filter(|faces| **faces == 1).count();
    assert!(svg.contains(&format!("1 face: {ones}")), "{svg}");
    // No visit at all.
    let none = Plan::new(Vec::new());
    let report = Report::of(&document, &none, Checked::default()).expect("a report");
    assert_whole(&hours("Town", &report));
    assert!(continuity("Town", &report).contains("no visits"));
}

#[test]
fn hostile_titles_and_labels_stay_text() {
    let label = format!("\u{202e}</title><script>alert(1)</script>\"'& 👩‍⚕️ {}", "long".repeat(2_500));
    let point = FrontPoint { label: label.clone(), faces: 1.0, road: 2.0 };
    let svg = front(&label, &[point]);
    assert_whole(&svg);
    assert!(svg.contains("\u{fffd}&lt;/title&gt;&lt;script&gt;") && svg.contains("👩‍⚕️"));
    assert!(!svg.contains('\u{202e}') && svg.len() < 6_000);
}

#[test]
fn kept_fronts_are_drawn_from_their_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/front");
    for name in ["flats", "town", "village"] {
        let table = std::fs::read_to_string(folder.join(format!("{name}.csv"))).expect("a table");
        let points: Vec<FrontPoint> = table
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                let number = |at: usize| cells[at].parse().expect("a number");
                FrontPoint { label: format!("{} min", cells[0]), faces: number(1), road: number(5) }
            })
            .collect();
        assert_eq!(points.len(), 7);
        let svg = front(&format!("{name}: at each dot the price of a face"), &points);
        assert_whole(&svg);
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("KRING_WRITE").is_some() {
            std::fs::write(&file, &svg).expect("a file");
        }
        assert_eq!(std::fs::read_to_string(&file).expect("a plot"), svg, "KRING_WRITE=1 draws it anew");
    }
}

proptest! {
    #[test]
    fn any_numbers_give_a_whole_plot(
        points in prop::collection::vec((any::<f64>(), any::<f64>(), ".{0,20}"), 0..6),
        moments in prop::collection::vec((any::<f64>(), 0i64..1 << 50, 0i64..1 << 50), 0..6),
        bound in prop::option::of(0i64..1 << 55),
    ) {
        let points: Vec<FrontPoint> =
            points.into_iter().map(|(faces, road, label)| FrontPoint { label, faces, road }).collect();
        assert_whole(&front("Town", &points));
        let moments: Vec<ProgressPoint> = moments
            .into_iter()
            .map(|(seconds, travel, faces)| {
                let mut best = CostByTerm::default();
                (best[Term::Travel], best[Term::Faces]) = (travel, faces);
                ProgressPoint { seconds, best }
            })
            .collect();
        assert_whole(&progress("Town", &moments, bound));
    }
}
