//! Jobs, documents and plans on the disk: one file of redb, written in transactions that are on the disk when they return.

use crate::job::{Job, State};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use kring::jiff::Timestamp;
use redb::backends::FileBackend;
use redb::{
    Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, TableDefinition, WriteTransaction,
};
use std::error::Error;
use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use uuid::Uuid;

/// Jobs by id, as JSON.
const JOBS: TableDefinition<u128, &[u8]> = TableDefinition::new("jobs");
/// Texts by job and [`Text`], deflated: documents and plans shrink to a tenth.
const TEXTS: TableDefinition<(u128, u8), &[u8]> = TableDefinition::new("texts");
/// Idempotency keys (their hashes): the job, and the hash of the request.
const KEYS: TableDefinition<&[u8; 32], (u128, &[u8; 32])> = TableDefinition::new("keys");
/// Jobs that have not ended, by id, with the number of begun searches.
const OPEN: TableDefinition<u128, u32> = TableDefinition::new("open");
/// The key of a job, so that both are removed together.
const KEY_OF: TableDefinition<u128, &[u8; 32]> = TableDefinition::new("key_of");

/// Memory for pages of the file, in bytes.
const CACHE: usize = 64 << 20;

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The texts of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Text {
    /// The document that is planned. A replanned job ends with the document as the events made it.
    Document = 0,
    /// The published plan that a replanning starts from.
    Published = 1,
    /// The events of a replanning.
    Events = 2,
    /// The plan found.
    Plan = 3,
}

/// What makes a request recognisable when it is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Hash of the client's idempotency key.
    pub key: [u8; 32],
    /// Hash of the request.
    pub request: [u8; 32],
}

/// The answer to a job that is handed in.
#[derive(Debug)]
pub enum Accepted {
    /// It is stored.
    New,
    /// The same request made this job before.
    Before(Box<Job>),
    /// The key was used for another request.
    OtherRequest,
    /// So many jobs are kept already as may be.
    Full,
}

/// The jobs on the disk.
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store of a folder, which is made where it is missing. Only the owner may read either.
    ///
    /// # Errors
    /// A folder or a file that cannot be made or read; a folder that others may read; another service that uses it.
    pub fn open(folder: &Path) -> Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // A folder that was there may serve others: who may enter it is for its owner to say.
        if std::fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
            let mend = "name another one, or close it with 'chmod 700'";
            return Err(format!("others may read the folder {}: {mend}", folder.display()).into());
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(folder.join("jobs.redb"))?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        let database =
            Database::builder().set_cache_size(CACHE).create_with_backend(FileBackend::new(file)?)?;
        let store = Self { database };
        // Readers find every table.
        store.write(|transaction| {
            transaction.open_table(JOBS)?;
            transaction.open_table(TEXTS)?;
            transaction.open_table(KEYS)?;
            transaction.open_table(OPEN)?;
            transaction.open_table(KEY_OF)?;
            Ok(())
        })?;
        Ok(store)
    }

    /// One transaction. It is on the disk when this returns `Ok`, and did nothing otherwise.
    fn write<T>(&self, change: impl FnOnce(&WriteTransaction) -> Result<T>) -> Result<T> {
        let mut transaction = self.database.begin_write()?;
        // After a kill the file is opened at once, instead of being walked through.
        transaction.set_quick_repair(true);
        let value = change(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// Stores a job with its texts, unless its key says that it was handed in before.
    pub fn accept(&self, job: &Job, texts: &[(Text, &str)], key: Option<Key>, most: u64) -> Result<Accepted> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            if let Some(key) = key {
                let keys = transaction.open_table(KEYS)?;
                let before = keys.get(&key.key)?.map(|entry| (entry.value().0, *entry.value().1));
                if let Some((id, request)) = before {
                    return repeated(request == key.request, read(&jobs, id)?);
                }
            }
            if jobs.len()? >= most {
                return Ok(Accepted::Full);
            }
            if let Some(key) = key {
                transaction.open_table(KEYS)?.insert(&key.key, (job.id.as_u128(), &key.request))?;
                transaction.open_table(KEY_OF)?.insert(job.id.as_u128(), &key.key)?;
            }
            put(&mut jobs, job)?;
            transaction.open_table(OPEN)?.insert(job.id.as_u128(), 0)?;
            let mut table = transaction.open_table(TEXTS)?;
            for (text, content) in texts {
                table.insert((job.id.as_u128(), *text as u8), packed(content)?.as_slice())?;
            }
            Ok(Accepted::New)
        })
    }

    /// What was accepted with a key before, if anything: asked before a place in the queue is taken.
    pub fn repeated(&self, key: Key) -> Result<Option<Accepted>> {
        let transaction = self.database.begin_read()?;
        let Some(entry) = transaction.open_table(KEYS)?.get(&key.key)? else { return Ok(None) };
        let (id, request) = entry.value();
        repeated(*request == key.request, read(&transaction.open_table(JOBS)?, id)?).map(Some)
    }

    pub fn job(&self, id: Uuid) -> Result<Option<Job>> {
        let transaction = self.database.begin_read()?;
        read(&transaction.open_table(JOBS)?, id.as_u128())
    }

    /// Jobs after an id, in their order.
    pub fn jobs(&self, after: Uuid, most: usize) -> Result<Vec<Job>> {
        let transaction = self.database.begin_read()?;
        let jobs = transaction.open_table(JOBS)?;
        let later = jobs.range(after.as_u128().saturating_add(1)..)?.take(most);
        later.map(|entry| Ok(serde_json::from_slice(entry?.1.value())?)).collect()
    }

    /// A text of a job.
    pub fn text(&self, id: Uuid, text: Text) -> Result<Option<String>> {
        let transaction = self.database.begin_read()?;
        let found = transaction.open_table(TEXTS)?.get((id.as_u128(), text as u8))?;
        found.map(|entry| unpacked(entry.value())).transpose()
    }

    /// Jobs that have not ended, in their order, each with the number of begun searches. None of them runs: what ran when the
    /// service ended is queued again.
    pub fn resume(&self) -> Result<Vec<(Uuid, u32)>> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            let mut open_jobs = Vec::new();
            for entry in transaction.open_table(OPEN)?.iter()? {
                let (id, begun) = entry?;
                open_jobs.push((Uuid::from_u128(id.value()), begun.value()));
                if let Some(mut job) = read(&jobs, id.value())?.filter(|job| job.state == State::Running) {
                    job.state = State::Queued;
                    put(&mut jobs, &job)?;
                }
            }
            Ok(open_jobs)
        })
    }

    /// Notes that the search of a job begins. `None` for a job that is gone or has ended.
    pub fn begin(&self, id: Uuid) -> Result<Option<Job>> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            let Some(mut job) = read(&jobs, id.as_u128())?.filter(|job| !job.state.is_end()) else {
                return Ok(None);
            };
            job.state = State::Running;
            job.begun += 1;
            transaction.open_table(OPEN)?.insert(id.as_u128(), job.begun)?;
            put(&mut jobs, &job)?;
            Ok(Some(job))
        })
    }

    /// A search that the service stopped before it had a plan counts as not begun.
    pub fn put_back(&self, id: Uuid) -> Result<()> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            let Some(mut job) = read(&jobs, id.as_u128())?.filter(|job| !job.state.is_end()) else {
                return Ok(());
            };
            job.state = State::Queued;
            job.begun = job.begun.saturating_sub(1);
            transaction.open_table(OPEN)?.insert(id.as_u128(), job.begun)?;
            put(&mut jobs, &job)
        })
    }

    /// Stores the end of a job together with its texts. A job ends once: a later end changes nothing.
    pub fn end(
        &self,
        id: Uuid,
        texts: &[(Text, &str)],
        change: impl FnOnce(&mut Job),
    ) -> Result<Option<Job>> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            let Some(mut job) = read(&jobs, id.as_u128())?.filter(|job| !job.state.is_end()) else {
                return Ok(None);
            };
            change(&mut job);
            job.ended = Some(Timestamp::now());
            put(&mut jobs, &job)?;
            transaction.open_table(OPEN)?.remove(id.as_u128())?;
            let mut table = transaction.open_table(TEXTS)?;
            for (text, content) in texts {
                table.insert((id.as_u128(), *text as u8), packed(content)?.as_slice())?;
            }
            Ok(Some(job))
        })
    }

    /// Removes a job that has ended, with its texts and its key. Whether there was one.
    pub fn remove(&self, id: Uuid) -> Result<bool> {
        self.write(|transaction| {
            let mut jobs = transaction.open_table(JOBS)?;
            if read(&jobs, id.as_u128())?.is_none_or(|job| !job.state.is_end()) {
                return Ok(false);
            }
            jobs.remove(id.as_u128())?;
            let mut texts = transaction.open_table(TEXTS)?;
            for text in [Text::Document, Text::Published, Text::Events, Text::Plan] {
                texts.remove((id.as_u128(), text as u8))?;
            }
            let key = transaction.open_table(KEY_OF)?.remove(id.as_u128())?.map(|key| *key.value());
            if let Some(key) = key {
                transaction.open_table(KEYS)?.remove(&key)?;
            }
            Ok(true)
        })
    }
}

fn packed(text: &str) -> Result<Vec<u8>> {
    let mut writer = DeflateEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(text.as_bytes())?;
    Ok(writer.finish()?)
}

fn unpacked(bytes: &[u8]) -> Result<String> {
    let mut text = String::new();
    DeflateDecoder::new(bytes).read_to_string(&mut text)?;
    Ok(text)
}

fn repeated(is_same: bool, job: Option<Job>) -> Result<Accepted> {
    match job {
        Some(job) if is_same => Ok(Accepted::Before(Box::new(job))),
        Some(_) => Ok(Accepted::OtherRequest),
        None => Err("a key names a job that is not stored".into()),
    }
}

fn read(jobs: &impl ReadableTable<u128, &'static [u8]>, id: u128) -> Result<Option<Job>> {
    jobs.get(id)?.map(|entry| Ok(serde_json::from_slice(entry.value())?)).transpose()
}

fn put(jobs: &mut redb::Table<'_, u128, &'static [u8]>, job: &Job) -> Result<()> {
    jobs.insert(job.id.as_u128(), serde_json::to_vec(job)?.as_slice())?;
    Ok(())
}
