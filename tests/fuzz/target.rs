//! One target of `run.rs` for libFuzzer; the encoder is that in the folder `CLAIMDIFF_MODEL_DIR`.

#[path = "run.rs"]
mod all;

use std::path::Path;
use std::sync::OnceLock;

use claimdiff::encode::Model;

fn encoder() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = std::env::var_os("CLAIMDIFF_MODEL_DIR").expect("CLAIMDIFF_MODEL_DIR is set");
        Model::open(Path::new(&folder)).expect("an encoder that is whole")
    })
}

pub(crate) fn run(target: &str, bytes: &[u8]) {
    all::run(target, bytes, &encoder);
}
