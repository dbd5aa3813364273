//! What the service is told when it starts: by arguments, or by the environment.

use clap::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Shortest token: a random one of 16 bytes, written in hexadecimal digits.
pub const SHORTEST_TOKEN: usize = 32;

/// Plans neighbourhood nursing over HTTP. Whoever asks gives the bearer token in KRING_SERVICE_TOKEN.
///
/// A token for a first try:
///
///   export KRING_SERVICE_TOKEN=$(head -c 24 /dev/urandom | od -An -vtx1 | tr -d ' \n')
///
/// `GET /openapi.json` describes every request. The service speaks HTTP without TLS: put a proxy that ends TLS before it
/// where it serves more than this machine.
#[derive(Parser, Debug, Clone)]
#[command(version)]
pub struct Settings {
    /// Address and port. Port 0 takes a free one; the log says which.
    #[arg(long, env = "KRING_SERVICE_ADDRESS", default_value = "127.0.0.1:8517")]
    pub address: SocketAddr,

    /// Folder of jobs and plans. It is made where it is missing, and closed to everybody but its owner.
    #[arg(long, env = "KRING_SERVICE_DATA", default_value = "kring-data")]
    pub data: PathBuf,

    /// Threads that plan, shared by all jobs. Default: one for each core.
    #[arg(long, env = "KRING_SERVICE_THREADS", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,

    /// Jobs that are planned at the same time.
    #[arg(long, env = "KRING_SERVICE_RUNNERS", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub runners: u16,

    /// Jobs that may wait. Further ones are answered 429 with Retry-After.
    #[arg(long, env = "KRING_SERVICE_WAITING", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub waiting: u32,

    /// Jobs that are kept, ended ones included. Nothing is removed by itself: at the limit the service answers 507 until
    /// somebody removes ended jobs.
    #[arg(long, env = "KRING_SERVICE_KEPT", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub kept: u32,

    /// Longest search in seconds that a request may ask for.
    #[arg(long, env = "KRING_SERVICE_LONGEST", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub longest: u32,

    /// Largest body of a request in KiB.
    #[arg(long, env = "KRING_SERVICE_BODY", default_value_t = 4_096, value_parser = clap::value_parser!(u32).range(1..=32_768))]
    pub body: u32,

    /// Seconds that a client may take for its headers, for its body, and for reading a part of an answer.
    #[arg(long, env = "KRING_SERVICE_PATIENCE", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub patience: u32,

    /// Seconds after which a question about a plan (where does it fit) is given up.
    #[arg(long, env = "KRING_SERVICE_ANSWER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub answer: u32,

    /// Connections at the same time. Further ones wait to be accepted.
    #[arg(long, env = "KRING_SERVICE_CONNECTIONS", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub connections: u32,
}

impl Settings {
    /// Threads that plan.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from).min(256);
        self.threads.map_or_else(cores, usize::from)
    }

    /// Workers of one search: the threads divided among the jobs that run at the same time.
    pub fn workers(&self) -> usize {
        (self.threads() / usize::from(self.runners)).max(1)
    }

    /// Largest body of a request in bytes.
    pub fn body_bytes(&self) -> usize {
        self.body as usize * 1024
    }
}
