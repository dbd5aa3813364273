//! The front of faces against travel: the same neighbourhood planned at seven prices of a face.
//!
//! ```sh
//! cargo run --release --example front -- examples/neighbourhoods/town.json 600000 docs/front/town
//! ```
//! writes `docs/front/town.csv` and `docs/front/town.svg`. The same iterations give the same files everywhere.

use kring::report::plot::FrontPoint;
use kring::{Options, Report, check, prepare, read_document, solve};
use std::fmt::Write as _;
use std::path::Path;

/// Minutes for a face beyond the first. A new face costs six tenths of it on top, as by default.
const PRICES: [f64; 7] = [0.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0];

/// What a plan at one price comes to.
pub struct Point {
    price: f64,
    faces: f64,
    worst: f64,
    new_faces: f64,
    coc: f64,
    travel: f64,
    waiting: f64,
    facing: f64,
    unplanned: usize,
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, iterations, out] = arguments.as_slice() else {
        return Err("give a document, a number of iterations and where to write, without an ending".into());
    };
    let points = front(Path::new(file), iterations.parse()?)?;
    if let Some(folder) = Path::new(out).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(format!("{out}.csv"), csv(&points))?;
    let name = Path::new(out).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    std::fs::write(format!("{out}.svg"), svg(&title(&name), &points))?;
    print!("{}", csv(&points));
    Ok(())
}

/// What stands above the plot.
pub fn title(name: &str) -> String {
    format!("{name}: at each dot the price of a face")
}

/// Plans the neighbourhood at each price.
pub fn front(file: &Path, iterations: u64) -> Result<Vec<Point>, Box<dyn std::error::Error>> {
    let mut document = read_document(&std::fs::read_to_string(file)?)?;
    let mut points = Vec::new();
    for price in PRICES {
        (document.prices.face, document.prices.new_face) = (price, 0.6 * price);
        let problem = prepare(&document, file.parent().unwrap_or(Path::new(".")))?;
        let outcome = solve(&problem, &Options::default().with_iterations(iterations))?;
        assert!(check(&problem, &outcome.plan)?.is_clean(), "the plan keeps every rule");
        let report = Report::new(&problem, &outcome.plan)?;
        let (continuity, time) = (&report.indicators().continuity, &report.indicators().time);
        points.push(Point {
            price,
            faces: continuity.faces.mean.unwrap_or(0.0),
            worst: continuity.faces.worst.unwrap_or(0.0),
            new_faces: continuity.new_faces.mean.unwrap_or(0.0),
            coc: continuity.coc.mean.unwrap_or(0.0),
            travel: time.travel as f64 / 60.0,
            waiting: time.waiting as f64 / 60.0,
            facing: time.client_facing_shift.unwrap_or(0.0),
            unplanned: outcome.plan.unplanned.len(),
        });
    }
    Ok(points)
}

pub fn csv(points: &[Point]) -> String {
    let mut text =
        "face_minutes,faces_mean,faces_worst,new_faces_mean,coc_mean,travel_minutes,waiting_minutes,\
                    client_facing_shift_percent,left_out\n"
            .to_owned();
    for p in points {
        let _ = writeln!(
            text,
            "{},{:.2},{},{:.2},{:.3},{:.0},{:.0},{:.1},{}",
            p.price, p.faces, p.worst, p.new_faces, p.coc, p.travel, p.waiting, p.facing, p.unplanned
        );
    }
    text
}

/// The figures of the table as a plot, a dot a price.
pub fn svg(title: &str, points: &[Point]) -> String {
    let rounded = |value: f64, digits: f64| (value * digits).round() / digits;
    let point = |p: &Point| FrontPoint {
        label: format!("{} min", p.price),
        faces: rounded(p.faces, 100.0),
        road: rounded(p.travel, 1.0),
    };
    kring::report::plot::front(title, &points.iter().map(point).collect::<Vec<_>>())
}
