//! The Spark job on a cluster of one machine, a worker of which is killed: where pyspark is installed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Command;

#[test]
fn a_killed_worker_loses_nothing() {
    let has_pyspark = Command::new("python3").args(["-c", "import pyspark, pandas, pyarrow"]).output();
    if !has_pyspark.is_ok_and(|output| output.status.success()) {
        let reason = "python3 has no pyspark with pandas and pyarrow (integrations/spark/test.py says how to get them)";
        support::record_left_out("spark", Some(reason));
        return;
    }
    support::record_left_out("spark", None);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations/spark/test.py");
    let mut test = Command::new("python3");
    test.arg(script).arg(env!("CARGO_BIN_EXE_claimdiff")).env("CLAIMDIFF_MODEL_DIR", support::folder());
    let output = test.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.ends_with("241 records, none lost, none twice, the same as of one run\n"), "{said}");
}
