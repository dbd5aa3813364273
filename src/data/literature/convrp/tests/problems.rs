use super::*;
use crate::model::document::MaxFaces;
use crate::model::facts::{Facts, Regular};
use crate::model::plan;
use crate::solve::{Cancel, Options, solve_routes};

fn problem(text: &str, asked: &Consistency) -> Facts {
    read(text).unwrap().problem(asked).unwrap().facts
}

fn most_drivers(problem: &Facts) -> Option<MaxFaces> {
    problem.clients[0].max_faces
}

#[test]
fn a_driver_is_a_nurse_at_the_depot_with_a_shift_a_day() {
    let instance = read(SMALL).unwrap();
    // A day takes 30 and the service of 3 and twice the widest way, (9, 12): 63, and two of them 126.
    assert_eq!(instance.ticks_per_unit(), 100_000.0);
    let problem = problem(SMALL, &asked(1, Some(5.0)));
    assert_eq!((problem.nurses.len(), problem.shifts.len()), (3, 6));
    for (at, shift) in problem.shifts.iter().enumerate() {
        assert_eq!((shift.nurse as usize, shift.leaves_from, usize::from(shift.day)), (at / 2, 0, at % 2));
        assert_eq!((shift.end - shift.start, shift.capacity), (3_000_000, 10));
    }
    // Days do not touch.
    assert!(problem.shifts[1].start > problem.shifts[0].end);
    // Each visit has its own load and length, and its day only.
    let place = |visit: &crate::model::facts::VisitFacts| problem.options[visit.options.start as usize].place;
    let visits: Vec<_> =
        problem.visits.iter().map(|visit| (visit.client, place(visit), visit.duration, visit.load)).collect();
    assert_eq!(visits, [(0, 1, 100_000, 5), (0, 1, 200_000, 8), (1, 2, 100_000, 5), (2, 3, 300_000, 2)]);
    let days: Vec<u16> = problem.options.iter().map(|option| option.day).collect();
    assert_eq!(days, [0, 1, 0, 1]);
    // Two visits at most fit together, by load: an arrival is late by 3 roundings at most.
    assert_eq!(problem.lines[0].regular, Some(Regular { within: 499_997, hard: true }));
    assert_eq!((problem.lines[1].regular, problem.lines[2].regular), (None, None));
    assert_eq!(most_drivers(&problem), Some(MaxFaces { count: 1, hard: true }));
}

#[test]
fn what_nothing_can_exceed_is_not_asked() {
    // Customer 1 is visited twice, so two drivers are no limit.
    assert_eq!(most_drivers(&problem(SMALL, &asked(2, None))), None);
    assert_eq!(problem(SMALL, &asked(1, None)).lines[0].regular, None);
    assert_eq!(
        problem(SMALL, &asked(1, Some(30.0))).lines[0].regular,
        Some(Regular { within: 2_999_997, hard: true })
    );
    assert_eq!(problem(SMALL, &asked(1, Some(1e300))).lines[0].regular, None);
    // A spread shorter than the rounding becomes 0.
    assert_eq!(
        problem(SMALL, &asked(1, Some(1e-6))).lines[0].regular,
        Some(Regular { within: 0, hard: true })
    );
}

#[test]
fn drivers_suffice_for_every_visit() {
    // Twelve customers round the depot, each a load of its own: a driver each.
    let circle = |load: i32| {
        let mut text = "NUM_DAYS: 3\nCAPACITY: 12\nDISTANCE: 9999999\nNODE_COORD_SECTION\n".to_owned();
        for number in 1..=24 {
            let angle = f64::from(number) * std::f64::consts::TAU / 24.0;
            text += &format!("{number} {} {}\n", 10.0 * angle.cos(), 10.0 * angle.sin());
        }
        text += "DEMAND_SECTION\n";
        (1..=24).for_each(|number| text += &format!("{number} {load} -1 {load}\n"));
        text + "DEPOT_SECTION\n0 0\n"
    };
    let drivers = |load, asked| problem(&circle(load), &asked).nurses.len();
    assert_eq!(drivers(12, asked(1, None)), 24);
    assert_eq!(drivers(7, asked(1, None)), 24);
    // Four to a route: 6 drivers, 2 and 3 more.
    assert_eq!(drivers(3, asked(1, None)), 11);
    assert_eq!(drivers(3, asked(1, Some(0.0))), 11);
    // No customer fits into any route, so no driver is needed, and only the 3 spare ones are left.
    assert_eq!(drivers(13, asked(1, None)), 3);
    // Days without a visit have no shift.
    assert_eq!(problem(&circle(3), &asked(1, None)).shifts.len(), 22);
}

#[test]
fn equal_times_may_take_a_driver_each() {
    // On a line at 10, 20 and 30; on each day another two of them. With equal arrivals nobody is passed on
    // one day and visited on another, as every service takes 1.
    let text = "NUM_DAYS: 3\nCAPACITY: 9\nDISTANCE: 9999999\nNODE_COORD_SECTION\n1 10 0\n2 20 0\n3 30 0\n4 40 0\n\
                5 50 0\nDEMAND_SECTION\n1 1 1 -1\n2 1 -1 1\n3 -1 1 1\n4 1 -1 1\n5 1 1 -1\nSVC_TIME_SECTION\n\
                1 1 1 1\n2 1 1 1\n3 1 1 1\n4 1 1 1\n5 1 1 1\nDEPOT_SECTION\n0 0\n";
    assert_eq!(problem(text, &asked(1, None)).nurses.len(), 5);
    assert_eq!(problem(text, &asked(1, Some(0.0))).nurses.len(), 5);
}

#[test]
fn sizes_for_the_search_are_bounded() {
    // 6,000 customers who need a driver each on 16 days: far more than the tables hold.
    let mut text = "NUM_DAYS: 16\nCAPACITY: 1\nDISTANCE: 9999999\nNODE_COORD_SECTION\n".to_owned();
    (1..=6_000).for_each(|number| text += &format!("{number} {} 1\n", number % 50));
    text += "DEMAND_SECTION\n";
    (1..=6_000).for_each(|number| text += &format!("{number}{}\n", " 1".repeat(16)));
    text += "DEPOT_SECTION\n0 0\n";
    let error = read(&text).unwrap().problem(&Consistency::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("drivers or more for 96000 visits on 16 days"), "{error}");
    let far = with("6 8", "1000000 1000000").replace("DISTANCE: 30", "DISTANCE: 9999998");
    assert!(read(&far).unwrap().ticks_per_unit() >= 1.0);
    assert!(read(&far).unwrap().problem(&Consistency::default()).is_ok());
}

#[test]
fn routes_become_a_plan_with_drivers_from_0() {
    let instance = read(SMALL).unwrap();
    let route =
        |driver, day, customers: &[u32]| plan::Route { depot: 0, driver, day, customers: customers.to_vec() };
    let routes = [route(7, 1, &[0, 2]), route(7, 0, &[0]), route(2, 0, &[1])];
    let expected = r#"{"days":[{"routes":[{"driver":0,"stops":[2]},{"driver":1,"stops":[1]}]},"#.to_owned()
        + r#"{"routes":[{"driver":1,"stops":[1,4]}]}]}"#
        + "\n";
    assert_eq!(write(&Plan::new(&instance, &routes)), expected);
    // Days and customers beyond the instance are left out.
    let beyond = [route(0, 2, &[0]), route(0, 0, &[9, 1])];
    let expected = r#"{"days":[{"routes":[{"driver":0,"stops":[2]}]},{"routes":[]}]}"#.to_owned() + "\n";
    assert_eq!(write(&Plan::new(&instance, &beyond)), expected);
}

#[test]
fn the_search_finds_the_best_plan_of_a_small_instance() {
    // One driver serves all, as in the plan made by hand: 40.
    let instance = read(SMALL).unwrap();
    let options = Options::default().with_iterations(100).with_threads(1);
    let problem = instance.problem(&Consistency::default()).unwrap();
    let found = solve_routes(&problem, &options, &Cancel::new(), |_| {}).unwrap();
    let worth = evaluate(&instance, &Plan::new(&instance, &found.routes), &Consistency::default());
    assert_eq!((worth.travel, worth.unplanned, worth.violations), (40.0, 0, Vec::new()));
}
