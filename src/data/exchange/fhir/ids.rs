//! Ids of resources, made of ids of the document, and the addresses that bundles use.

use sha2::{Digest, Sha256};

/// Start of the addresses by which a bundle names its resources. The domain is reserved and cannot be reached (RFC
/// 2606).
pub const BASE: &str = "https://kring.invalid/fhir";

/// Extension of `Timing.repeat`: earliest and latest start of care, as `valueTime` in the extensions `from` and `to`.
/// FHIR itself has single times and parts of the day only.
pub const WINDOW: &str = "https://kring.invalid/fhir/StructureDefinition/start-window";

/// Extension by which FHIR gives an address its coordinates.
pub(super) const GEOLOCATION: &str = "http://hl7.org/fhir/StructureDefinition/geolocation";

/// System of the identifiers that hold ids of documents.
pub(super) const SYSTEM: &str = "https://kring.invalid/fhir/id";

/// Most characters of the id of a resource.
const LONGEST: usize = 64;

/// The id of a resource, made of ids of the document. Letters, digits and `-` stay; every other byte of the UTF-8
/// becomes `.XX`; the parts are joined by `.-`. If the id is too long, a digest replaces its end. Different parts give
/// different ids.
pub(super) fn resource_id(parts: &[&str]) -> String {
    let mut id = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            id.push_str(".-");
        }
        for byte in part.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => id.push(char::from(byte)),
                _ => id.push_str(&format!(".{byte:02X}")),
            }
        }
    }
    if id.len() <= LONGEST {
        return id;
    }
    let digest: String = Sha256::digest(&id).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // No shorter id contains `..`.
    format!("{}..{digest}", &id[..LONGEST - 2 - digest.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_ids_stay_and_others_are_spelled() {
        assert_eq!(resource_id(&["c01"]), "c01");
        assert_eq!(resource_id(&["c 1", "é"]), "c.201.-.C3.A9");
        assert_eq!(resource_id(&[&"x".repeat(65)]).len(), 64);
    }

    proptest! {
        #[test]
        fn ids_have_the_form_of_fhir_and_differ(a in ".{1,40}", b in ".{1,40}", c in ".{1,40}", d in ".{1,40}") {
            let id = resource_id(&[&a, &b]);
            prop_assert!((1..=64).contains(&id.len()));
            prop_assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)));
            prop_assert_eq!(id == resource_id(&[&c, &d]), a == c && b == d);
        }
    }
}
