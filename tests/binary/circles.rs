//! Circles, planned and named by the binary.

use crate::folder::Folder;
use crate::village::village;
use kring::data::json::write_document;
use kring::read_document;

#[test]
fn named_circles_are_planned_with() {
    let folder = Folder::new("circles");
    std::fs::write(folder.file("village.json"), write_document(&village())).expect("written");
    let page = folder.printed("circles village.json --out named.json", 0);
    assert!(page.contains("Circles") && page.contains("Nurses"), "{page}");
    let object = folder.json("circles village.json --json", 0);
    let named = folder.file("named.json");
    let named = read_document(&std::fs::read_to_string(named).expect("a file")).expect("a document");
    assert_eq!(serde_json::json!(named.clients[0].circle), object["clients"][0]["nurses"]);
    let printed = folder.json("solve village.json --circles --iterations 300 --json --out plan.json", 0);
    assert_eq!(printed["circles"].as_array().map(Vec::len), Some(named.clients.len()));
    let page = folder.printed("solve village.json --circles --iterations 300", 0);
    assert!(page.contains("Circles, named or planned before the tours"), "{page}");
    // The plan keeps what was planned.
    folder.kring("check village.json plan.json", 0);
    let refused = folder.refused("solve village.json --circles --start plan.json");
    assert!(refused.contains("--circles"), "{refused}");
    // Named circles stay, unless all are planned anew.
    let kept = folder.json("circles named.json --json", 0);
    assert_eq!(kept["clients"][0]["nurses"], object["clients"][0]["nurses"]);
    assert!(folder.printed("circles named.json", 0).contains("42 of 42 circles are those"));
    assert_eq!(
        folder.json("circles named.json --anew --json", 0)["clients"].as_array().map(Vec::len),
        Some(42)
    );
    let refused = folder.refused("circles missing.json");
    assert!(refused.contains("missing.json"), "{refused}");
}
