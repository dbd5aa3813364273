//! Connections: so many at a time, each with limits of time.

use crate::settings::Settings;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// Memory for the headers of a connection, in bytes.
const BUFFER: usize = 64 * 1024;

/// Pause after a connection could not be accepted, as when there are no file descriptors left.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` is over, and then until the last answers have been read, or patience ends.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &Settings,
    stop: impl Future<Output = ()>,
) {
    let patience = Duration::from_secs(settings.patience.into());
    let places = Arc::new(Semaphore::new(settings.connections as usize));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(BUFFER);
    let service = TowerToHyperService::new(router);
    let accept = async {
        loop {
            // Never closed, so there is always a place in the end.
            let Ok(place) = places.clone().acquire_owned().await else { return };
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let connection = http.serve_connection(TokioIo::new(timed(stream, patience)), service.clone());
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // (Whoever breaks off or comes too late is no fault of the service.)
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = stop => {}
    }
    drop(listener);
    if tokio::time::timeout(patience, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were cut off");
    }
}

/// A client that does not read its answer is cut off. (The time for sending is bounded with the headers and the body.)
fn timed(stream: TcpStream, patience: Duration) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    // Events are small and should not wait for each other; without this they only come later.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience));
    Box::pin(stream)
}
