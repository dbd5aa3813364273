//! Figures for Prometheus. They count; they name nobody.

use crate::job::State;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// The form of `/metrics`.
pub const FORM: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Request {
    /// The route as it is written in OpenAPI, so that ids make no series of their own.
    pub route: String,
    pub status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Reason {
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Ended {
    state: Name,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq)]
struct Name(&'static str);

impl EncodeLabelValue for Name {
    fn encode(
        &self,
        encoder: &mut prometheus_client::encoding::LabelValueEncoder<'_>,
    ) -> std::result::Result<(), std::fmt::Error> {
        self.0.encode(encoder)
    }
}

/// What is counted since the start.
pub struct Metrics {
    registry: Registry,
    pub accepted: Counter,
    pub running: Gauge,
    waiting: Gauge,
    ended: Family<Ended, Counter>,
    refused: Family<Reason, Counter>,
    requests: Family<Request, Counter>,
    request_seconds: Histogram,
    pub job_seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let request_seconds = Histogram::new([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0]);
        let job_seconds = Histogram::new([0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0]);
        let mut metrics = Self {
            registry: Registry::with_prefix("kring"),
            accepted: Counter::default(),
            running: Gauge::default(),
            waiting: Gauge::default(),
            ended: Family::default(),
            refused: Family::default(),
            requests: Family::default(),
            request_seconds,
            job_seconds,
        };
        let registry = &mut metrics.registry;
        registry.register("jobs_accepted", "Jobs accepted", metrics.accepted.clone());
        registry.register("jobs_running", "Jobs that are searched now", metrics.running.clone());
        registry.register("jobs_waiting", "Jobs that wait", metrics.waiting.clone());
        registry.register("jobs_ended", "Jobs that ended", metrics.ended.clone());
        registry.register("refused", "Requests refused for want of room", metrics.refused.clone());
        registry.register("requests", "Requests answered", metrics.requests.clone());
        registry.register("request_seconds", "Time to an answer", metrics.request_seconds.clone());
        registry.register("job_seconds", "Time of a job", metrics.job_seconds.clone());
        metrics
    }
}

impl Metrics {
    pub fn ended(&self, state: State) {
        self.ended.get_or_create(&Ended { state: Name(state.name()) }).inc();
    }

    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&Reason { reason }).inc();
    }

    pub fn answered(&self, request: &Request, seconds: f64) {
        self.requests.get_or_create(request).inc();
        self.request_seconds.observe(seconds);
    }

    /// The figures as text.
    pub fn text(&self, waiting: usize) -> String {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
