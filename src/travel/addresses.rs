//! Looks up the places of a document that are given by address, in its road extract.

use super::extract::Extract;
use crate::error::{Error, ErrorKind, Result, Stop};
use crate::model::document::{Document, Place, Travel};
use crate::model::places::{places, places_mut};
use std::borrow::Cow;
use std::path::Path;

/// The document with coordinates for each place that has only an address, and the extract if it was read for them. A
/// document without such places is returned as it is.
///
/// # Errors
/// `Travel` with a mistake for each address that the extract does not have, or has several times; as
/// [`read_osm`](super::read_osm) for the file.
///
/// # Complexity
/// That of [`locate`](super::locate), once for each 1,000 addresses.
pub(super) fn with_coordinates<'d>(
    document: &'d Document,
    base: &Path,
    stop: Stop<'_>,
) -> Result<(Cow<'d, Document>, Option<Extract>)> {
    let Travel::Osm(osm) = &document.travel else { return Ok((Cow::Borrowed(document), None)) };
    let asked: Vec<&str> =
        places(document).into_iter().filter_map(|(_, place)| only_address(place)).collect();
    if asked.is_empty() {
        return Ok((Cow::Borrowed(document), None));
    }
    let extract = Extract::of_document(base, &osm.file)?;
    let found = extract.locate(&asked, stop)?;
    let named = places(document).into_iter().filter(|(_, place)| only_address(place).is_some());
    let mut wrong = Vec::new();
    for (((name, _), asked), located) in named.zip(&asked).zip(&found) {
        if let Some(mut mistake) = located.mistake(&format!("{name}.address"), asked) {
            mistake.of = document.whose(&mistake.path);
            wrong.push(mistake);
        }
    }
    Error::from_mistakes(ErrorKind::Travel, wrong)?;
    let mut document = document.clone();
    let unknown = places_mut(&mut document).into_iter().filter(|place| only_address(place).is_some());
    for (place, at) in unknown.zip(found.iter().filter_map(|located| located.places.first())) {
        (place.lat, place.lon) = (Some(at.lat), Some(at.lon));
    }
    Ok((Cow::Owned(document), Some(extract)))
}

/// The address of a place that has no coordinates.
fn only_address(place: &Place) -> Option<&str> {
    place.address.as_deref().filter(|_| place.coordinates().is_none())
}

#[cfg(all(test, feature = "osm"))]
mod tests {
    use super::super::osm::pbf_tests::{Tags, block, file};
    use super::*;
    use crate::error::GO_ON;
    use std::path::PathBuf;
    use std::sync::OnceLock;

    const CHURCH_ROAD: Tags<'_> =
        &[("addr:street", "Kerkstraat"), ("addr:housenumber", "12"), ("addr:city", "Zeist")];
    const FAR_CHURCH_ROAD: Tags<'_> =
        &[("addr:street", "Kerkstraat"), ("addr:housenumber", "12"), ("addr:city", "Bunnik")];
    const MEADOW: Tags<'_> = &[("addr:street", "Weidepad"), ("addr:housenumber", "3")];

    /// The folder of a small extract.
    fn folder() -> &'static Path {
        static FOLDER: OnceLock<PathBuf> = OnceLock::new();
        FOLDER.get_or_init(|| {
            let nodes = [
                (1, 100_000, 200_000, CHURCH_ROAD),
                (2, 900_000, 900_000, FAR_CHURCH_ROAD),
                (3, 100_000, 400_000, MEADOW),
            ];
            let extract = file(&["OsmSchema-V0.6", "DenseNodes"], &block(&nodes, &[]));
            let folder = std::env::temp_dir().join(format!("kring-addresses-{}", std::process::id()));
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join("region.osm.pbf"), extract).expect("a file");
            folder
        })
    }

    /// A document with a nurse and clients at these addresses.
    fn with(homes: &[&str], travel: &str) -> Result<Document> {
        let clients: Vec<String> = homes
            .iter()
            .enumerate()
            .map(|(number, home)| {
                format!(
                    r#"{{"id": "c{number}", "location": {home}, "care": [{{"id": "wash", "days": "daily", "minutes": 30,
                        "window": {{"from": "08:00", "to": "10:00"}}}}]}}"#
                )
            })
            .collect();
        let text = format!(
            r#"{{"kring": 1, "horizon": {{"first_day": "2026-03-02", "days": 1}}, "travel": {travel}, "nurses": [{{"id": "n",
                "home": {{"address": "Weidepad 3"}}, "shifts": [{{"date": "2026-03-02", "start": "07:00", "end": "12:00"}}]}}],
                "clients": [{}]}}"#,
            clients.join(",")
        );
        let document: Document = serde_json::from_str(&text).expect("a document");
        document.validate()?;
        with_coordinates(&document, folder(), GO_ON).map(|(document, _)| document.into_owned())
    }

    const EXTRACT: &str = r#"{"osm": {"file": "region.osm.pbf"}}"#;

    #[test]
    fn an_address_gets_the_coordinates_of_the_extract() {
        let found = with(
            &[r#"{"address": "kerkstraat 12, zeist"}"#, r#"{"lat": 0.5, "lon": 0.6, "address": "nowhere"}"#],
            EXTRACT,
        )
        .expect("addresses of the extract");
        assert_eq!(found.nurses[0].home.coordinates(), Some((0.01, 0.04)));
        assert_eq!(found.clients[0].location.coordinates(), Some((0.01, 0.02)));
        assert_eq!(found.clients[0].location.address.as_deref(), Some("kerkstraat 12, zeist"));
        // Coordinates that are given hold.
        assert_eq!(found.clients[1].location.coordinates(), Some((0.5, 0.6)));
        assert!(matches!(with_coordinates(&found, Path::new("."), GO_ON), Ok((Cow::Borrowed(_), None))));
    }

    #[test]
    fn an_address_that_is_unknown_or_ambiguous_is_named_with_what_there_is() {
        let error = with(&[r#"{"address": "Kerkstraat 12"}"#, r#"{"address": "Weidepad 5"}"#], EXTRACT)
            .expect_err("two addresses that do not do");
        assert_eq!(error.kind(), ErrorKind::Travel);
        let said: Vec<String> = error.mistakes().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].contains("clients[0]") && said[0].contains("c0") && said[0].contains("Bunnik"),
            "{said:?}"
        );
        assert!(said[1].contains("is not in the extract") && said[1].contains("Weidepad 3"), "{said:?}");
    }

    #[test]
    fn an_address_needs_an_extract_and_some_letters() {
        let said = |homes: &[&str], travel: &str| with(homes, travel).expect_err("no address").to_string();
        assert!(said(&[], r#"{"straight": {}}"#).contains("kring locate"));
        assert!(said(&[r#"{"address": " "}"#], EXTRACT).contains("clients[0].location.address"));
        let long = format!(r#"{{"address": "{}"}}"#, "x".repeat(201));
        assert!(said(&[&long], EXTRACT).contains("200 characters"));
        assert!(said(&[r#"{}"#], EXTRACT).contains("or an address"));
    }
}
