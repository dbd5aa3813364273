//! Speed limits as OpenStreetMap writes them.

/// Kilometres in a mile (the international mile).
const MILE: f64 = 1.609344;

/// The speed limit of a `maxspeed` value in km/h; `None` where it gives no usable limit.
///
/// Reads numbers in km/h, numbers with `mph`, `walk`, and country codes with a kind of place
/// (`DE:urban`, `RO:trunk`). Of several values the first counts.
///
/// # References
/// OpenStreetMap wiki, Key:maxspeed.
pub(super) fn kmh(value: &str) -> Option<f64> {
    let first = value.split([';', '|']).next()?.trim();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|v| (1.0..=200.0).contains(v));
    if let Some(miles) = first.strip_suffix("mph") {
        return number(miles).map(|miles| miles * MILE);
    }
    let metric = first.strip_suffix("km/h").or(first.strip_suffix("kmh")).unwrap_or(first);
    number(metric).or_else(|| named(first))
}

/// Limits that are given by the kind of place or road.
fn named(value: &str) -> Option<f64> {
    let kind = value.rsplit(':').next()?;
    match kind {
        "walk" => Some(7.0),
        "living_street" => Some(10.0),
        "zone30" | "30" => Some(30.0),
        "urban" => Some(50.0),
        "rural" => Some(80.0),
        "trunk" => Some(100.0),
        "motorway" | "none" => Some(130.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_in_every_common_form() {
        let cases = [
            ("50", Some(50.0)),
            (" 50 km/h", Some(50.0)),
            ("30 mph", Some(30.0 * 1.609344)),
            ("20mph", Some(20.0 * 1.609344)),
            ("50;30", Some(50.0)),
            ("DE:urban", Some(50.0)),
            ("AT:zone:30", Some(30.0)),
            ("walk", Some(7.0)),
            ("DE:walk", Some(7.0)),
            ("none", Some(130.0)),
            ("signals", None),
            ("0", None),
            ("-30", None),
            ("1e300", None),
            ("NaN", None),
            ("", None),
            ("mph", None),
        ];
        for (value, expected) in cases {
            assert_eq!(kmh(value), expected, "{value:?}");
        }
    }
}
