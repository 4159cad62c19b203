//! The parts of the JSON schemas that are no plain types: the names of the registries, and the values of claims.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::checked::{AlertState, CheckVerdict};
use crate::align::Relation;
use crate::article::{BlockShape, Role};
use crate::divergence::{Change, FindingKind, RULES, Severity};
use crate::garble::GarbleVerdict;

/// A string that is one of the names.
fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    json_schema!({ "type": "string", "enum": names.collect::<Vec<_>>() })
}

/// The same, or null.
fn one_of_or_null(names: impl Iterator<Item = &'static str>) -> Schema {
    let names: Vec<Value> = names.map(Value::from).chain([Value::Null]).collect();
    json_schema!({ "type": ["string", "null"], "enum": names })
}

pub(super) fn kind_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(FindingKind::ALL.iter().map(|kind| kind.name()))
}

pub(super) fn optional_kind_schema(_: &mut SchemaGenerator) -> Schema {
    one_of_or_null(FindingKind::ALL.iter().map(|kind| kind.name()))
}

pub(super) fn change_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(Change::ALL.iter().map(|change| change.name()))
}

pub(super) fn optional_change_schema(_: &mut SchemaGenerator) -> Schema {
    one_of_or_null(Change::ALL.iter().map(|change| change.name()))
}

pub(super) fn severity_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(Severity::ALL.iter().map(|severity| severity.name()))
}

pub(super) fn optional_severity_schema(_: &mut SchemaGenerator) -> Schema {
    one_of_or_null(Severity::ALL.iter().map(|severity| severity.name()))
}

pub(super) fn rule_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(RULES.iter().map(|rule| rule.name))
}

pub(super) fn relation_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(Relation::ALL.iter().map(|relation| relation.name()))
}

pub(super) fn optional_relation_schema(_: &mut SchemaGenerator) -> Schema {
    one_of_or_null(Relation::ALL.iter().map(|relation| relation.name()))
}

pub(super) fn role_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(Role::ALL.iter().map(|role| role.name()))
}

pub(super) fn shape_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(BlockShape::ALL.iter().map(|shape| shape.name()))
}

pub(super) fn garble_verdict_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(GarbleVerdict::ALL.iter().map(|verdict| verdict.name()))
}

pub(super) fn check_verdict_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(CheckVerdict::ALL.iter().map(|verdict| verdict.name()))
}

pub(super) fn alert_state_schema(_: &mut SchemaGenerator) -> Schema {
    one_of(AlertState::ALL.iter().map(|state| state.name()))
}

/// A claim's value as [`crate::claims::Value`] writes itself: a date as a string, the others as an object.
pub(crate) fn value_schema(_: &mut SchemaGenerator) -> Schema {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "number" });
    json_schema!({
        "anyOf": [
            text,
            {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "amount": number,
                    "currency": { "type": ["string", "null"] },
                    "offset": number,
                    "every": number,
                    "unit": text,
                    "qualifier": text,
                    "weekday": { "type": "integer", "minimum": 1, "maximum": 7 },
                    "side": { "type": "integer", "minimum": -1, "maximum": 1 },
                    "ambiguous": { "const": true },
                    "name": text,
                    "words": text,
                    "speaker": { "type": ["string", "null"] },
                    "speech": { "type": "boolean" },
                },
            },
        ],
    })
}
