//! Derives from the tags of a way what each mode may do on it.
//!
//! | asked | walk | bicycle | car |
//! | --- | --- | --- | --- |
//! | who may | `foot`, `access` | `bicycle`, `vehicle`, `access` | `motorcar`, `motor_vehicle`, `vehicle`, `access` |
//! | one way | `oneway:foot` | `oneway:bicycle`, contraflow `cycleway*`, `oneway`, roundabouts | `oneway`, roundabouts, motorways |
//! | speed | own | own, `maxspeed` | `maxspeed`, else by kind of road |
//!
//! The most specific key given decides. The key of a mode also opens kinds of road that are otherwise closed to it.
//! Private roads are closed. The speeds by kind of road are kring's assumptions about actual driving, not legal limits.
//!
//! # References
//! OpenStreetMap wiki: Key:access, Key:oneway, Key:cycleway, Key:maxspeed, Key:barrier.

use super::maxspeed;
use super::roads::Passage;

/// The tags that matter here, of one way or node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tags<'a> {
    highway: Option<&'a str>,
    junction: Option<&'a str>,
    access: Option<&'a str>,
    vehicle: Option<&'a str>,
    motor_vehicle: Option<&'a str>,
    motorcar: Option<&'a str>,
    bicycle: Option<&'a str>,
    foot: Option<&'a str>,
    oneway: Option<&'a str>,
    oneway_bicycle: Option<&'a str>,
    oneway_foot: Option<&'a str>,
    /// Some `cycleway*` key says that cyclists may go both ways.
    contraflow: bool,
    /// Some `cycleway*` key says that there is a lane or track.
    cycle_lane: bool,
    sidewalk: bool,
    maxspeed: Option<&'a str>,
    motorroad: bool,
    tunnel: bool,
    sac_scale: Option<&'a str>,
    barrier: Option<&'a str>,
}

impl<'a> Tags<'a> {
    /// Reads one tag; keys that do not matter are passed over.
    pub(super) fn set(&mut self, key: &str, value: &'a str) {
        match key {
            "highway" => self.highway = Some(value),
            "junction" => self.junction = Some(value),
            "access" => self.access = Some(value),
            "vehicle" => self.vehicle = Some(value),
            "motor_vehicle" => self.motor_vehicle = Some(value),
            "motorcar" => self.motorcar = Some(value),
            "bicycle" => self.bicycle = Some(value),
            "foot" => self.foot = Some(value),
            "oneway" => self.oneway = Some(value),
            "oneway:bicycle" => self.oneway_bicycle = Some(value),
            "oneway:foot" => self.oneway_foot = Some(value),
            "cycleway" | "cycleway:left" | "cycleway:right" | "cycleway:both" => {
                self.contraflow |= value.starts_with("opposite");
                self.cycle_lane |= !matches!(value, "no" | "none" | "separate");
            }
            "cycleway:left:oneway" | "cycleway:right:oneway" => {
                self.contraflow |= matches!(value, "-1" | "no");
            }
            "sidewalk" | "sidewalk:both" | "sidewalk:left" | "sidewalk:right" => {
                self.sidewalk |= !matches!(value, "no" | "none" | "separate");
            }
            "maxspeed" => self.maxspeed = Some(value),
            "motorroad" => self.motorroad = value == "yes",
            "tunnel" => self.tunnel = value != "no",
            "sac_scale" => self.sac_scale = Some(value),
            "barrier" => self.barrier = Some(value),
            _ => {}
        }
    }

    /// What each mode may do on a way with these tags, by [`crate::model::document::Mode::index`].
    pub(super) fn passages(&self) -> [Option<Passage>; 3] {
        let Some(kind) = self.highway.and_then(Kind::of) else { return [None; 3] };
        [self.walk(kind), self.bicycle(kind), self.car(kind)]
    }

    /// Whether a place may lie on a way with these tags.
    pub(super) fn has_doors(&self) -> bool {
        !(self.tunnel || self.motorroad || self.highway.is_some_and(|kind| kind.starts_with("motorway")))
    }

    /// One bit per mode, set if the node lets nobody of the mode pass.
    pub(super) fn barrier(&self) -> u8 {
        let Some(barrier) = self.barrier else { return 0 };
        let (foot, bicycle, car) = (self.may_walk(), self.may_cycle(), self.may_drive());
        let closed = |may: Option<May>| may == Some(May::Not);
        let narrow = matches!(
            barrier,
            "bollard"
                | "block"
                | "cycle_barrier"
                | "motorcycle_barrier"
                | "jersey_barrier"
                | "chain"
                | "log"
                | "debris"
                | "planter"
                | "stile"
                | "turnstile"
                | "full-height_turnstile"
                | "kissing_gate"
                | "horse_stile"
                | "wicket_gate"
                | "sump_buster"
                | "bus_trap"
        );
        let climbed = matches!(barrier, "stile" | "turnstile" | "full-height_turnstile" | "kissing_gate");
        let car_shut =
            closed(car) || (narrow && self.motorcar.or(self.motor_vehicle).and_then(May::read).is_none());
        let bicycle_shut = closed(bicycle) || (climbed && self.bicycle.and_then(May::read).is_none());
        u8::from(closed(foot)) | u8::from(bicycle_shut) << 1 | u8::from(car_shut) << 2
    }

    fn may_walk(&self) -> Option<May> {
        May::first(&[self.foot, self.access])
    }

    fn may_cycle(&self) -> Option<May> {
        May::first(&[self.bicycle, self.vehicle, self.access])
    }

    fn may_drive(&self) -> Option<May> {
        May::first(&[self.motorcar, self.motor_vehicle, self.vehicle, self.access])
    }

    fn walk(&self, kind: Kind) -> Option<Passage> {
        let own = self.foot.and_then(May::read);
        let usual = (kind.walk || (kind.trunk && self.sidewalk)) && !self.motorroad;
        if own.is_none() && !usual || self.may_walk() == Some(May::Not) {
            return None;
        }
        let (ahead, back) = self.oneway_foot.map_or((true, true), directions);
        Some(Passage { ahead, back, kmh: kind.walk_kmh, on_foot: false })
    }

    fn bicycle(&self, kind: Kind) -> Option<Passage> {
        let own = self.bicycle.and_then(May::read);
        let steep = self.sac_scale.is_some_and(|scale| scale != "hiking");
        let usual = (kind.bicycle || (kind.trunk && self.cycle_lane)) && !self.motorroad && !steep;
        if kind.walkers_only || own.is_none() && !usual || self.may_cycle() == Some(May::Not) {
            return None;
        }
        let (ahead, back) = match self.oneway_bicycle {
            Some(value) => directions(value),
            None if self.contraflow => (true, true),
            None => self.one_way(),
        };
        let on_foot = match own {
            None => kind.pushed,
            Some(may) => may == May::OnFoot,
        };
        let kmh = self.maxspeed.and_then(maxspeed::kmh).unwrap_or(f64::INFINITY);
        (ahead || back).then_some(Passage { ahead, back, kmh, on_foot })
    }

    fn car(&self, kind: Kind) -> Option<Passage> {
        let own = self.motorcar.or(self.motor_vehicle).and_then(May::read);
        if kind.walkers_only
            || own.is_none() && !kind.car
            || matches!(self.may_drive(), Some(May::Not | May::OnFoot))
        {
            return None;
        }
        let (ahead, back) = match self.oneway {
            None if kind.motorway => (true, false),
            _ => self.one_way(),
        };
        let kmh = self.maxspeed.and_then(maxspeed::kmh).unwrap_or(kind.car_kmh);
        (ahead || back).then_some(Passage { ahead, back, kmh, on_foot: false })
    }

    /// Open directions by `oneway`, else by the kind of junction.
    fn one_way(&self) -> (bool, bool) {
        match self.oneway {
            Some(value) => directions(value),
            None => (true, !matches!(self.junction, Some("roundabout" | "circular"))),
        }
    }
}

/// Open directions by the value of a `oneway` key. A way whose direction changes with the hour is closed.
fn directions(value: &str) -> (bool, bool) {
    match value {
        "yes" | "true" | "1" => (true, false),
        "-1" | "reverse" => (false, true),
        "reversible" => (false, false),
        _ => (true, true),
    }
}

/// What an access tag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Pass,
    /// Pushing the bicycle.
    OnFoot,
    Not,
}

impl May {
    fn read(value: &str) -> Option<Self> {
        match value.split(';').next().unwrap_or_default().trim() {
            "yes" | "designated" | "permissive" | "official" | "destination" | "customers" | "delivery"
            | "permit" | "residents" | "public" | "allowed" => Some(May::Pass),
            "dismount" => Some(May::OnFoot),
            "no" | "private" | "use_sidepath" | "agricultural" | "forestry" | "military" | "emergency"
            | "restricted" | "psv" | "bus" | "taxi" => Some(May::Not),
            _ => None,
        }
    }

    /// The meaning of the first key whose value is understood.
    fn first(values: &[Option<&str>]) -> Option<Self> {
        values.iter().find_map(|value| value.and_then(May::read))
    }
}

/// A kind of road: who may use it unless a tag says otherwise, and how fast.
#[derive(Debug, Clone, Copy)]
struct Kind {
    walk: bool,
    bicycle: bool,
    car: bool,
    /// Whether cyclists have to push the bicycle.
    pushed: bool,
    /// Closed to all vehicles, whatever the tags say.
    walkers_only: bool,
    motorway: bool,
    /// Whether it is open to walkers only with a sidewalk, and to cyclists only with a cycle lane.
    trunk: bool,
    walk_kmh: f64,
    car_kmh: f64,
}

impl Kind {
    const CLOSED: Kind = Kind {
        walk: false,
        bicycle: false,
        car: false,
        pushed: false,
        walkers_only: false,
        motorway: false,
        trunk: false,
        walk_kmh: f64::INFINITY,
        car_kmh: 15.0,
    };

    /// The kind of a `highway` value; `None` for what is no road (yet, or any more).
    fn of(highway: &str) -> Option<Self> {
        let street = |car_kmh| Kind { walk: true, bicycle: true, car: true, car_kmh, ..Self::CLOSED };
        let motorway = |car_kmh| Kind { car: true, motorway: true, car_kmh, ..Self::CLOSED };
        let trunk = |car_kmh| Kind { car: true, trunk: true, car_kmh, ..Self::CLOSED };
        let footpath = Kind { walk: true, ..Self::CLOSED };
        Some(match highway {
            "motorway" => motorway(110.0),
            "motorway_link" => motorway(60.0),
            "trunk" => trunk(90.0),
            "trunk_link" => trunk(50.0),
            "primary" => street(65.0),
            "secondary" => street(55.0),
            "primary_link" | "secondary_link" | "tertiary" | "road" => street(45.0),
            "tertiary_link" | "unclassified" => street(40.0),
            "residential" => street(30.0),
            "living_street" => street(10.0),
            "service" => street(15.0),
            "track" | "path" | "cycleway" => Kind { bicycle: true, ..footpath },
            "pedestrian" => Kind { bicycle: true, pushed: true, ..footpath },
            "footway" | "bridleway" => footpath,
            "steps" => Kind { walkers_only: true, walk_kmh: 2.4, ..footpath },
            "corridor" | "platform" => Kind { walkers_only: true, ..footpath },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(tags: &[(&str, &'static str)]) -> [Option<Passage>; 3] {
        let mut read = Tags::default();
        for (key, value) in tags {
            read.set(key, value);
        }
        read.passages()
    }

    /// Open directions per mode: `=` both, `>` ahead, `<` back, `-` closed.
    fn open(tags: &[(&str, &'static str)]) -> String {
        let sign = |passage: Option<Passage>| match passage {
            None => '-',
            Some(Passage { ahead: true, back: true, .. }) => '=',
            Some(Passage { ahead: true, .. }) => '>',
            Some(Passage { back: true, .. }) => '<',
            Some(_) => '?',
        };
        passages(tags).into_iter().map(sign).collect()
    }

    #[test]
    fn kinds_of_road_are_open_to_whom_they_should() {
        let cases = [
            ("motorway", "-->"),
            ("trunk", "--="),
            ("residential", "==="),
            ("service", "==="),
            ("track", "==-"),
            ("path", "==-"),
            ("cycleway", "==-"),
            ("pedestrian", "==-"),
            ("footway", "=--"),
            ("steps", "=--"),
            ("construction", "---"),
            ("proposed", "---"),
        ];
        for (highway, expected) in cases {
            assert_eq!(open(&[("highway", highway)]), expected, "{highway}");
        }
        assert_eq!(open(&[]), "---");
    }

    #[test]
    fn one_way_streets_keep_cyclists_and_cars_but_not_walkers() {
        let road = ("highway", "residential");
        let cases: [(&[(&str, &str)], &str); 13] = [
            (&[("oneway", "yes")], "=>>"),
            (&[("oneway", "-1")], "=<<"),
            (&[("oneway", "no")], "==="),
            (&[("oneway", "reversible")], "=--"),
            (&[("oneway", "yes"), ("oneway:bicycle", "no")], "==>"),
            (&[("oneway", "-1"), ("oneway:bicycle", "no")], "==<"),
            (&[("oneway", "yes"), ("cycleway", "opposite")], "==>"),
            (&[("oneway", "yes"), ("cycleway:left", "opposite_lane")], "==>"),
            (&[("oneway", "yes"), ("cycleway:left:oneway", "-1")], "==>"),
            (&[("oneway", "yes"), ("cycleway", "lane")], "=>>"),
            (&[("junction", "roundabout")], "=>>"),
            (&[("junction", "roundabout"), ("oneway", "no")], "==="),
            (&[("oneway:foot", "yes"), ("oneway", "yes")], ">>>"),
        ];
        for (tags, expected) in cases {
            let tags: Vec<_> = std::iter::once(road).chain(tags.iter().copied()).collect();
            assert_eq!(open(&tags), expected, "{tags:?}");
        }
        assert_eq!(open(&[("highway", "motorway"), ("oneway", "no")]), "--=");
    }

    #[test]
    fn the_most_particular_access_key_decides() {
        let cases: [(&[(&str, &str)], &str); 14] = [
            (&[("highway", "residential"), ("access", "no")], "---"),
            (&[("highway", "residential"), ("access", "private"), ("foot", "yes")], "=--"),
            (&[("highway", "residential"), ("vehicle", "no")], "=--"),
            (&[("highway", "residential"), ("vehicle", "no"), ("bicycle", "yes")], "==-"),
            (&[("highway", "residential"), ("motor_vehicle", "no")], "==-"),
            (&[("highway", "residential"), ("motor_vehicle", "destination")], "==="),
            (&[("highway", "residential"), ("bicycle", "use_sidepath")], "=-="),
            (&[("highway", "footway"), ("bicycle", "yes")], "==-"),
            (&[("highway", "footway"), ("access", "yes")], "=--"),
            (&[("highway", "path"), ("motor_vehicle", "yes")], "==="),
            (&[("highway", "path"), ("sac_scale", "mountain_hiking")], "=--"),
            (&[("highway", "steps"), ("bicycle", "yes"), ("motorcar", "yes")], "=--"),
            (&[("highway", "trunk"), ("sidewalk", "both"), ("cycleway", "track")], "==="),
            (&[("highway", "primary"), ("motorroad", "yes")], "--="),
        ];
        for (tags, expected) in cases {
            assert_eq!(open(tags), expected, "{tags:?}");
        }
    }

    #[test]
    fn speeds_follow_limit_and_kind() {
        let [_, bicycle, car] = passages(&[("highway", "residential"), ("maxspeed", "20 mph")]);
        assert_eq!(car.expect("open").kmh, 20.0 * 1.609344);
        assert_eq!(bicycle.expect("open").kmh, 20.0 * 1.609344);
        let [_, bicycle, car] = passages(&[("highway", "tertiary")]);
        assert_eq!((bicycle.expect("open").kmh, car.expect("open").kmh), (f64::INFINITY, 45.0));
    }

    #[test]
    fn bicycles_are_pushed_where_one_must_dismount() {
        let pushed = |tags| passages(tags)[1].expect("open").on_foot;
        assert!(pushed(&[("highway", "pedestrian")]));
        assert!(!pushed(&[("highway", "pedestrian"), ("bicycle", "yes")]));
        assert!(pushed(&[("highway", "footway"), ("bicycle", "dismount")]));
        assert!(!pushed(&[("highway", "cycleway")]));
    }

    #[test]
    fn barriers_stop_whom_they_should() {
        let bits = |tags: &[(&str, &'static str)]| {
            let mut read = Tags::default();
            tags.iter().for_each(|(key, value)| read.set(key, value));
            read.barrier()
        };
        assert_eq!(bits(&[("barrier", "bollard")]), 0b100);
        assert_eq!(bits(&[("barrier", "bollard"), ("motor_vehicle", "yes")]), 0);
        assert_eq!(bits(&[("barrier", "kissing_gate")]), 0b110);
        assert_eq!(bits(&[("barrier", "gate"), ("access", "private")]), 0b111);
        assert_eq!(bits(&[("barrier", "gate")]), 0);
        assert_eq!(bits(&[("access", "no")]), 0, "no barrier, no say");
    }

    #[test]
    fn nobody_lives_on_a_motorway_or_in_a_tunnel() {
        let doors = |tags: &[(&str, &'static str)]| {
            let mut read = Tags::default();
            tags.iter().for_each(|(key, value)| read.set(key, value));
            read.has_doors()
        };
        assert!(doors(&[("highway", "residential")]));
        assert!(!doors(&[("highway", "motorway_link")]));
        assert!(!doors(&[("highway", "primary"), ("tunnel", "yes")]));
    }
}
