//! A service around kring: documents in, plans out, over HTTP. README.md shows it at work.

#![forbid(unsafe_code)]

mod auth;
mod job;
mod jobs;
mod live;
mod metrics;
mod openapi;
mod problem;
mod queue;
mod request;
mod routes;
mod serve;
mod settings;
mod store;
mod tasks;
mod work;

use clap::Parser;
use jobs::Jobs;
use settings::Settings;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let settings = Settings::parse();
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    // The message of a panic may quote content; where it happened does not.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panicked");
    }));
    match run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = jobs::in_log(&*error), "cannot start");
            ExitCode::FAILURE
        }
    }
}

fn run(settings: Settings) -> Result<(), Box<dyn Error + Send + Sync>> {
    let token = auth::Token::of_environment()?;
    let jobs = Arc::new(Jobs::open(settings.clone())?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        // Before the first job begins, so that a signal is never missed.
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let listener = TcpListener::bind(settings.address).await?;
        let address = listener.local_addr()?;
        let runners = work::start(&jobs)?;
        tracing::info!(%address, threads = settings.threads(), runners = runners.len(), "listens");
        if !address.ip().is_loopback() {
            tracing::warn!("other machines can reach the service: put a proxy with TLS before it");
        }
        let stop = async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            end(&jobs, runners).await;
        };
        serve::serve(listener, routes::router(&jobs, token), &settings, stop).await;
        tracing::info!("stopped");
        Ok(())
    })
}

/// Ends all searches with their best plans, which are stored and can still be asked for while connections close.
async fn end(jobs: &Arc<Jobs>, runners: Vec<JoinHandle<()>>) {
    tracing::info!("stops");
    jobs.stop();
    let joined =
        tokio::task::spawn_blocking(move || runners.into_iter().for_each(|runner| drop(runner.join())));
    let _ = joined.await;
    // Whoever listens to a job that waits hears that the service stops.
    for (id, _) in jobs.live.all() {
        jobs.live.leave(id);
    }
}
