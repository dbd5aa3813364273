//! The front of faces against travel: the same neighbourhood planned at seven prices of a face.
//!
//! ```sh
//! cargo run --release --example front -- examples/neighbourhoods/town.json 600000 docs/front/town
//! ```
//! writes `docs/front/town.csv` and `docs/front/town.svg`. The same iterations give the same files everywhere.

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
    std::fs::write(format!("{out}.svg"), svg(&points))?;
    print!("{}", csv(&points));
    Ok(())
}

/// Plans the neighbourhood at each price.
pub fn front(file: &Path, iterations: u64) -> Result<Vec<Point>, Box<dyn std::error::Error>> {
    let mut document = read_document(&std::fs::read_to_string(file)?)?;
    let mut points = Vec::new();
    for price in PRICES {
        (document.prices.face, document.prices.new_face) = (price, 0.6 * price);
        let problem = prepare(&document, file.parent().unwrap_or(Path::new(".")))?;
        let outcome = solve(&problem, &Options::default().with_iterations(iterations))?;
        assert!(check(&document, problem.times(), &outcome.plan)?.is_clean(), "the plan keeps every rule");
        let report = Report::new(&document, &outcome.plan, &outcome.cost)?;
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

/// Faces to the right, travel upwards, a dot a price.
pub fn svg(points: &[Point]) -> String {
    let (width, height, left, bottom) = (640.0, 400.0, 70.0, 50.0);
    let range = |value: fn(&Point) -> f64, step: f64| {
        let low = points.iter().map(value).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(value).fold(0.0, f64::max);
        ((low / step).floor() * step, ((high / step).ceil() * step).max((low / step).floor() * step + step))
    };
    let (faces, travel) = (range(|p| p.faces, 1.0), range(|p| p.travel, 500.0));
    let x = |value: f64| left + (width - left - 60.0) * (value - faces.0) / (faces.1 - faces.0);
    let y =
        |value: f64| height - bottom - (height - bottom - 30.0) * (value - travel.0) / (travel.1 - travel.0);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    let mut at = faces.0;
    while at <= faces.1 + 1e-9 {
        let _ = writeln!(
            text,
            "<path d=\"M{0:.1} {1:.1}V{2:.1}\" stroke=\"#ddd\"/><text x=\"{0:.1}\" y=\"{3:.1}\" text-anchor=\"middle\">{at}</text>",
            x(at),
            y(travel.0),
            y(travel.1),
            y(travel.0) + 18.0
        );
        at += 1.0;
    }
    let mut at = travel.0;
    while at <= travel.1 + 1e-9 {
        let _ = writeln!(
            text,
            "<path d=\"M{0:.1} {1:.1}H{2:.1}\" stroke=\"#ddd\"/><text x=\"{3:.1}\" y=\"{4:.1}\" text-anchor=\"end\">{at}</text>",
            x(faces.0),
            y(at),
            x(faces.1),
            x(faces.0) - 6.0,
            y(at) + 4.0
        );
        at += 500.0;
    }
    let line: Vec<String> = points.iter().map(|p| format!("{:.1},{:.1}", x(p.faces), y(p.travel))).collect();
    let _ = writeln!(text, "<polyline points=\"{}\" fill=\"none\" stroke=\"#1c5d99\"/>", line.join(" "));
    for p in points {
        let _ = writeln!(
            text,
            "<circle cx=\"{0:.1}\" cy=\"{1:.1}\" r=\"4\" fill=\"#1c5d99\"/><text x=\"{2:.1}\" y=\"{3:.1}\">{4} min</text>",
            x(p.faces),
            y(p.travel),
            x(p.faces) + 7.0,
            y(p.travel) - 6.0,
            p.price
        );
    }
    let _ = writeln!(
        text,
        "<text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"middle\">faces of a client, mean</text>\n\
         <text x=\"10\" y=\"18\">minutes on the road; at each dot the price of a face</text>\n</svg>",
        x((faces.0 + faces.1) / 2.0),
        height - 10.0
    );
    text
}
