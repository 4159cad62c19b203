//! The JSON schemas of what the program writes: derived from the types that write it, with the names of the registries,
//! so that they cannot lag behind either.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::article::json as article;
use super::bitext::json as align;
use super::check::json as check;
use super::compare::{json as compare, record as batch};
use super::explain::json as explain;
use super::garble::json as garble;
use super::matrix::json as matrix;
use super::neighbours::jsonl as neighbours;
use super::rules::json as rules;

/// A JSON schema of draft 2020-12.
#[derive(Debug)]
pub struct NamedSchema {
    /// Its name: that of the command that writes the document or the record.
    pub name: &'static str,
    build: fn(&'static str) -> Value,
    title: &'static str,
}

/// The schemas of all JSON documents and records of the reports, in the order of their names.
pub const SCHEMAS: [NamedSchema; 10] = [
    NamedSchema { name: "align", build: document::<align::AlignDocument<'_>>, title: align::SCHEMA },
    NamedSchema { name: "article", build: document::<article::ArticleDocument<'_>>, title: article::SCHEMA },
    NamedSchema { name: "batch", build: batch_record, title: "A line of claimdiff batch" },
    NamedSchema { name: "check", build: document::<check::CheckDocument<'_>>, title: check::SCHEMA },
    NamedSchema { name: "compare", build: document::<compare::CompareDocument<'_>>, title: compare::SCHEMA },
    NamedSchema { name: "explain", build: document::<explain::ExplainDocument<'_>>, title: explain::SCHEMA },
    NamedSchema { name: "garble", build: document::<garble::GarbleDocument<'_>>, title: garble::SCHEMA },
    NamedSchema { name: "matrix", build: document::<matrix::MatrixDocument<'_>>, title: matrix::SCHEMA },
    NamedSchema {
        name: "neighbours",
        build: record_schema::<neighbours::NeighbourRecord<'_>>,
        title: "A line of claimdiff neighbours",
    },
    NamedSchema { name: "rules", build: document::<rules::RulesDocument<'_>>, title: rules::SCHEMA },
];

impl NamedSchema {
    /// The schema itself.
    #[must_use]
    pub fn to_json(&self) -> Value {
        (self.build)(self.title)
    }
}

/// Objects have the properties that are named and no others.
#[derive(Clone)]
struct ClosedObjects;

impl Transform for ClosedObjects {
    fn transform(&mut self, schema: &mut Schema) {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
        transform_subschemas(self, schema);
    }
}

/// The schema of a record that `T` writes.
pub(crate) fn record_schema<T: JsonSchema>(title: &'static str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(ClosedObjects);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), json!(title));
    schema.into()
}

/// As [`record_schema`], of a document that names its schema.
fn document<T: JsonSchema>(form: &'static str) -> Value {
    let mut schema = record_schema::<T>(form);
    schema["properties"]["schema"] = json!({ "const": form });
    schema
}

/// A result or a failure.
fn batch_record(title: &'static str) -> Value {
    let mut alternatives =
        [record_schema::<batch::PairLine<'_>>("result"), record_schema::<batch::FailureLine<'_>>("failure")];
    let mut definitions = Map::new();
    for alternative in &mut alternatives {
        let Some(object) = alternative.as_object_mut() else { continue };
        object.remove("$schema");
        if let Some(Value::Object(own)) = object.remove("$defs") {
            definitions.extend(own);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "anyOf": alternatives,
        "$defs": definitions,
    })
}
