//! The binary in a folder of its own.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Folders made so far: tests of one process may use one name.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// A folder of one test, taken away at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let (process, number) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("kring-binary-{name}-{process}-{number}"));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Runs `kring` with some words in the folder; the exit code must be as said.
    pub fn kring(&self, line: &str, code: i32) -> Output {
        let output = command(&self.0, line).output().expect("kring starts");
        let shown = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "kring {line}\n{shown}");
        output
    }

    /// What `kring` prints.
    pub fn printed(&self, line: &str, code: i32) -> String {
        String::from_utf8(self.kring(line, code).stdout).expect("text")
    }

    /// What `kring` says is wrong: nothing on standard output, exit code 2.
    pub fn refused(&self, line: &str) -> String {
        let output = self.kring(line, 2);
        assert!(output.stdout.is_empty(), "kring {line}");
        String::from_utf8(output.stderr).expect("text")
    }

    /// The one JSON object that `kring` prints.
    pub fn json(&self, line: &str, code: i32) -> Value {
        let printed = self.printed(line, code);
        assert_eq!(printed.lines().count(), 1, "{printed}");
        serde_json::from_str(&printed).expect("one JSON object")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `kring` with some words, not started.
pub fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kring"));
    command.current_dir(folder).args(line.split_whitespace());
    command
}
