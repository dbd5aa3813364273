//! The parts of FHIR R4 that are written and read. Reading ignores fields that are not named here, except
//! `modifierExtension`, which changes what a resource means: resources with it are refused.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Declares structs whose fields may all be left out.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub(super) struct $name {
            $(
                #[serde(skip_serializing_if = "is_absent")]
                pub(super) $field: $type,
            )*
        }
    )*};
}

/// Whether a field is left out.
trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

fn is_absent<T: Absent>(field: &T) -> bool {
    field.is_absent()
}

parts! {
    Extension {
        url: Option<String>,
        extension: Vec<Extension>,
        value_time: Option<String>,
        value_decimal: Option<f64>,
    }
    Identifier { system: Option<String>, value: Option<String>, }
    Reference { reference: Option<String>, }
    Concept { coding: Vec<Value>, text: Option<String>, }
    Period { start: Option<String>, end: Option<String>, }
    Name { text: Option<String>, }
    Address { extension: Vec<Extension>, }
    /// A person: Patient or Practitioner.
    Person {
        identifier: Vec<Identifier>,
        active: Option<bool>,
        name: Vec<Name>,
        address: Vec<Address>,
    }
    Timing { event: Vec<String>, repeat: Option<Repeat>, code: Option<Concept>, }
    Repeat {
        extension: Vec<Extension>,
        bounds_period: Option<Period>,
        bounds_duration: Option<Value>,
        bounds_range: Option<Value>,
        count: Option<Value>,
        count_max: Option<Value>,
        duration: Option<f64>,
        duration_max: Option<Value>,
        duration_unit: Option<String>,
        frequency: Option<u32>,
        frequency_max: Option<Value>,
        period: Option<f64>,
        period_max: Option<Value>,
        period_unit: Option<String>,
        day_of_week: Vec<String>,
        time_of_day: Vec<String>,
        when: Vec<String>,
        offset: Option<Value>,
    }
    ServiceRequest {
        identifier: Vec<Identifier>,
        status: Option<String>,
        intent: Option<String>,
        priority: Option<String>,
        do_not_perform: Option<bool>,
        subject: Option<Reference>,
        occurrence_timing: Option<Timing>,
        occurrence_date_time: Option<String>,
        occurrence_period: Option<Period>,
        as_needed_boolean: Option<bool>,
        as_needed_codeable_concept: Option<Value>,
    }
    CarePlan { status: Option<String>, subject: Option<Reference>, activity: Vec<Activity>, }
    Activity { detail: Option<Detail>, }
    Detail {
        status: Option<String>,
        do_not_perform: Option<bool>,
        scheduled_timing: Option<Timing>,
        scheduled_period: Option<Period>,
        scheduled_string: Option<String>,
    }
    CareTeam {
        status: Option<String>,
        subject: Option<Reference>,
        period: Option<Period>,
        participant: Vec<Member>,
    }
    Member { role: Vec<Concept>, member: Option<Reference>, period: Option<Period>, }
    PractitionerRole {
        active: Option<bool>,
        period: Option<Period>,
        practitioner: Option<Reference>,
        available_time: Vec<AvailableTime>,
        not_available: Vec<NotAvailable>,
    }
    AvailableTime {
        days_of_week: Vec<String>,
        all_day: Option<bool>,
        available_start_time: Option<String>,
        available_end_time: Option<String>,
    }
    NotAvailable { description: Option<String>, during: Option<Period>, }
    Schedule { active: Option<bool>, actor: Vec<Reference>, planning_horizon: Option<Period>, }
    Slot {
        schedule: Option<Reference>,
        status: Option<String>,
        start: Option<String>,
        end: Option<String>,
        overbooked: Option<bool>,
    }
    Appointment {
        status: Option<String>,
        start: Option<String>,
        end: Option<String>,
        minutes_duration: Option<u32>,
        slot: Vec<Reference>,
        based_on: Vec<Reference>,
        participant: Vec<Participant>,
    }
    Participant { actor: Option<Reference>, required: Option<String>, status: Option<String>, }
}

impl Reference {
    pub(super) fn to(kind: &str, id: &str) -> Self {
        Self { reference: Some(format!("{kind}/{id}")) }
    }
}

impl Concept {
    pub(super) fn text(text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::default() }
    }
}
