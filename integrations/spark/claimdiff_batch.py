#!/usr/bin/env python3
"""Compares pairs of articles on a Spark cluster: Parquet in, Parquet out, through `claimdiff batch`.

The input has the columns id, a and b, or a_path and b_path with paths that every worker can read, and perhaps a_lang,
b_lang and date; others are passed over. The output has a row for each row of the input:

    id          string  the id, as text
    divergence  double  0 to 1
    findings    int     how many, at or above --level
    error       string  why the pair could not be compared, else null
    result      string  the line of `claimdiff batch`, JSON; null where there is an error

Program and encoder are sent once to each executor; nothing is installed and no network is used there.
"""

import argparse
import json
import os
import subprocess

from pyspark import SparkFiles
from pyspark.sql import SparkSession

COLUMNS = ["id", "a", "b", "a_path", "b_path", "a_lang", "b_lang", "date"]
SCHEMA = "id string, divergence double, findings int, error string, result string"


def comparing(program, level, threads):
    """A function for mapInPandas: one run of the program for each batch of rows that Spark hands over."""

    def answer(row, line):
        record = json.loads(line)
        error = record.get("error")
        if error is not None:
            return row, None, None, error, None
        return row, record["scores"]["divergence"], len(record["findings"]), None, line

    def compare(batches):
        import pandas

        command = [SparkFiles.get(program), "batch", "-", "--ordered", "--quiet", "--level", level]
        command += ["--offline", "--model-dir", SparkFiles.getRootDirectory()]
        environment = {**os.environ, "RAYON_NUM_THREADS": threads}
        for batch in batches:
            rows = batch.to_dict("records")
            given = [{k: v for k, v in row.items() if isinstance(v, str)} for row in rows]
            lines = "".join(json.dumps(record) + "\n" for record in given)
            run = subprocess.run(command, input=lines.encode(), capture_output=True, env=environment)
            results = run.stdout.decode().split("\n")[:-1]
            # 2: a record with an error, which is in its row, or a program that could not run, which lacks lines.
            if run.returncode not in (0, 2) or len(results) != len(rows):
                raise RuntimeError(f"claimdiff ended with {run.returncode}: {run.stderr.decode().strip()}")
            answers = [answer(row["id"], line) for row, line in zip(rows, results)]
            yield pandas.DataFrame(answers, columns=["id", "divergence", "findings", "error", "result"])

    return compare


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input", help="Parquet with the columns id, a, b")
    parser.add_argument("output", help="Parquet to write; must be new")
    parser.add_argument("--program", default="claimdiff", help="the program, for the workers' kind of machine")
    parser.add_argument("--model-dir", required=True, help="what `claimdiff model path` prints")
    parser.add_argument("--level", default="medium", choices=["low", "medium", "high"])
    parser.add_argument("--pairs", type=int, default=1000, help="pairs of a task, which is lost as a whole")
    options = parser.parse_args()
    spark = SparkSession.builder.appName("claimdiff").getOrCreate()
    for path in options.program, os.path.join(options.model_dir, "encoder.bin"):
        spark.sparkContext.addFile(os.path.abspath(path))
    frame = spark.read.parquet(options.input)
    named = [f"cast({name} as string) as {name}" for name in COLUMNS if name in frame.columns]
    tasks = -(-frame.count() // options.pairs)
    threads = spark.conf.get("spark.task.cpus", "1")
    compare = comparing(os.path.basename(options.program), options.level, threads)
    results = frame.selectExpr(*named).repartition(max(tasks, 1)).mapInPandas(compare, SCHEMA)
    results.write.parquet(options.output)
    spark.stop()


if __name__ == "__main__":
    main()
