//! The page in a real browser: headless Chromium opens it, axe and an HTML validator judge it, the keyboard
//! walks through it. What is looked at stands in `tests/page/look.mjs`.
//!
//! Skipped with a message where Node.js, Chromium or the packages of `tests/page` are absent; to have them:
//! `apt-get install chromium`, and `npm install` in `tests/page`.

use crate::folder::Folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the browser is, if everything needed is here.
fn browser() -> Result<PathBuf, &'static str> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/node_modules/puppeteer-core");
    if !tools.is_dir() {
        return Err("tests/page has no node_modules: run npm install there");
    }
    if !Command::new("node").arg("--version").output().is_ok_and(|said| said.status.success()) {
        return Err("there is no node");
    }
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let mut all = named.into_iter().chain(usual.map(PathBuf::from));
    all.find(|path| path.is_file()).ok_or("there is no Chromium; set CHROMIUM to its path")
}

#[test]
fn pages_hold_in_a_real_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(why) => return eprintln!("skipped: {why}"),
    };
    let folder = Folder::new("browser");
    folder.kring("generate village --nurses 4 --clients 12 --days 8 --out village.json", 0);
    folder.kring("solve village.json --iterations 300 --threads 1 --out plan.json --report plan.html", 0);
    // Labels as hostile as a document may have them, a plan that breaks rules, Dutch.
    let text = fs::read_to_string(folder.file("village.json")).expect("a document");
    let mut document = kring::read_document(&text).expect("a document");
    document.label = Some("</script><script>document.title = 'broken'</script>".to_owned());
    for (i, client) in document.clients.iter_mut().enumerate() {
        client.label = Some(format!("\u{202e}<img src=x onerror=alert({i})>\"'& 👩‍⚕️ {}", "long".repeat(35)));
    }
    for (i, nurse) in document.nurses.iter_mut().enumerate() {
        nurse.label = Some(format!("<b>{i}</b>' onfocus='alert(1)"));
    }
    fs::write(folder.file("hostile.json"), kring::write_document(&document)).expect("a file");
    let mut plan =
        kring::read_plan(&fs::read_to_string(folder.file("plan.json")).expect("a plan")).expect("a plan");
    plan.tours.drain(..3);
    fs::write(folder.file("broken.json"), kring::write_plan(&plan)).expect("a file");
    folder.kring("report hostile.json broken.json --out hostile.html --language nl", 1);
    folder.kring("report hostile.json plan.json --out sheet.html --client c01", 0);
    let look = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/look.mjs");
    let mut command = Command::new("node");
    command.arg(look).args(["plan.html", "hostile.html", "sheet.html"]).current_dir(&folder.0);
    let said = command.env("CHROMIUM", browser).output().expect("node starts");
    let shown = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    println!("{shown}");
    assert!(said.status.success(), "{shown}");
}
