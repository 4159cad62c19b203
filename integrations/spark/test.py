#!/usr/bin/env python3
"""Runs the job on a cluster of one machine, kills a worker half way, and compares with one run of the program.

    test.py PROGRAM [--scale PAIRS ... [--words WORDS]]

With --scale it prints how long so many pairs take on one worker and on two, and tests nothing. Where pyspark is missing
it is installed into a virtual environment under the folder `target` of the repository.
"""

import argparse
import glob
import importlib.util
import itertools
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REQUIREMENTS = ["pyspark==4.3.0", "pandas>=2.2,<3", "pyarrow==26.0.1"]


def with_pyspark():
    """Goes on in an environment that has pyspark."""
    if all(importlib.util.find_spec(name) for name in ("pyspark", "pandas", "pyarrow")):
        return
    venv = ROOT / "target" / "spark-venv"
    python = venv / "bin" / "python3"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
    os.execv(python, [python, __file__, *sys.argv[1:]])


def pairs(count, words):
    """Pairs of the beginnings of articles of the corpus, each with another one, all different."""
    texts = []
    for path in sorted(ROOT.glob("corpus/*/*.txt")):
        paragraphs = [p for p in path.read_text().split("\n\n") if p.strip()]
        texts.append([" ".join(p.split()[:words]) for p in paragraphs if len(p.split()) > words // 2])
    two = itertools.cycle(itertools.permutations(range(len(texts)), 2))
    for k, (a, b) in zip(range(count), two):
        text = lambda of: texts[of][k % len(texts[of])]
        yield {"id": f"p{k}", "a": f"{text(a)}\n\nNumber {k}.", "b": f"{text(b)}\n\nNumber {k + k % 2}."}


class Cluster:
    """A master and its workers of one core each, on loopback, each the leader of a group of processes."""

    def __init__(self, folder):
        import pyspark

        self.home = pathlib.Path(pyspark.__file__).parent
        self.folder = folder
        self.processes = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"spark://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_NO_DAEMONIZE": "1",
        }

    def start(self, kind, *arguments):
        command = [self.home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}.{kind.capitalize()}"]
        command += ["--webui-port", "0", *arguments]
        return self.run(command, f"{kind}{len(self.processes)}")

    def run(self, command, name):
        log = open(self.folder / f"{name}.log", "w")
        started = subprocess.Popen(
            command, stdout=log, stderr=log, env=self.environment, start_new_session=True, cwd=self.folder
        )
        self.processes.append(started)
        return started

    def worker(self):
        work = self.folder / f"work{len(self.processes)}"
        return self.start("worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--work-dir", work, self.url)

    def submit(self, program, model, source, target, pairs_of_a_task):
        command = [self.home / "bin" / "spark-submit", "--master", self.url, "--executor-memory", "512m"]
        command += ["--conf", "spark.ui.enabled=false", HERE / "claimdiff_batch.py", source, target]
        command += ["--program", program, "--model-dir", model, "--pairs", str(pairs_of_a_task)]
        return self.run(command, "submit")

    def log(self):
        return (self.folder / "submit.log").read_text()

    def kill(self, process):
        """Kills a process and those that it started, such as a worker and its executors."""
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def __enter__(self):
        master = self.start("master", "--host", "127.0.0.1", "--port", str(self.port))
        while master.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise RuntimeError("the master did not start: " + (self.folder / "master0.log").read_text())

    def __exit__(self, *_):
        for process in self.processes:
            self.kill(process)


def write(records, path):
    import pyarrow
    import pyarrow.parquet

    columns = {name: [record.get(name) for record in records] for name in ("id", "a", "b")}
    pyarrow.parquet.write_table(pyarrow.table(columns), path)


def alone(program, model, records):
    """The lines of one run of the program, by id."""
    lines = "".join(json.dumps({k: v for k, v in r.items() if v is not None}) + "\n" for r in records)
    command = [program, "batch", "-", "--quiet", "--ordered", "--offline", "--model-dir", model]
    run = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE)
    return {json.loads(line)["id"]: line for line in run.stdout.decode().split("\n")[:-1]}


def test(program, model, folder):
    import pyarrow.parquet

    records = list(pairs(240, 40)) + [{"id": "broken", "a": "One text without another."}]
    expected = alone(program, model, records)
    assert len(expected) == len(records)
    write(records, folder / "in.parquet")
    target = folder / "out.parquet"
    with Cluster(folder) as cluster:
        first, _ = cluster.worker(), cluster.worker()
        job = cluster.submit(program, model, folder / "in.parquet", target, 10)
        done = lambda: len(glob.glob(f"{target}/_temporary/0/task_*"))
        while done() < 8:
            assert job.poll() is None, cluster.log()
            time.sleep(0.05)
        print(f"killing a worker after {done()} of 25 tasks", flush=True)
        cluster.kill(first)
        cluster.worker()
        assert job.wait() == 0, cluster.log()
        assert "Lost executor" in cluster.log(), "the worker was killed too late"
    rows = pyarrow.parquet.read_table(target).to_pylist()
    ids = [row["id"] for row in rows]
    assert sorted(ids) == sorted(expected), "a record is lost or there twice"
    for row in rows:
        line = json.loads(expected[row["id"]])
        assert row["error"] == line.get("error"), row
        if row["error"] is None:
            assert row["result"] == expected[row["id"]], row
            assert row["divergence"] == line["scores"]["divergence"], row
            assert row["findings"] == len(line["findings"]), row
    print(f"{len(rows)} records, none lost, none twice, the same as of one run")


def scale(program, model, folder, counts, words):
    print("| pairs | one run of the program, 1 thread | 1 worker | 2 workers |\n| --- | --- | --- | --- |", flush=True)
    for count in counts:
        records = list(pairs(count, words))
        write(records, folder / f"{count}.parquet")
        os.environ["RAYON_NUM_THREADS"] = "1"
        since = time.monotonic()
        alone(program, model, records)
        cells = [time.monotonic() - since]
        for workers in (1, 2):
            with Cluster(folder) as cluster:
                for _ in range(workers):
                    cluster.worker()
                since = time.monotonic()
                target = folder / f"{count}-{workers}.parquet"
                job = cluster.submit(program, model, folder / f"{count}.parquet", target, max(count // 20, 50))
                assert job.wait() == 0, cluster.log()
                cells.append(time.monotonic() - since)
        print(f"| {count} | " + " | ".join(f"{cell:.0f} s" for cell in cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--scale", type=int, nargs="+")
    parser.add_argument("--words", type=int, default=12, help="words a side of a pair, with --scale")
    options = parser.parse_args()
    with_pyspark()
    # So that the cluster is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    program = os.path.abspath(options.program)
    said = subprocess.run([program, "model", "install"], check=True, stdout=subprocess.PIPE)
    model = said.stdout.decode().strip()
    with tempfile.TemporaryDirectory() as name:
        if options.scale:
            scale(program, model, pathlib.Path(name), options.scale, options.words)
        else:
            test(program, model, pathlib.Path(name))


if __name__ == "__main__":
    main()
