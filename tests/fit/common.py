"""What all fits share: questions to the program, logistic regression, the form of `src/models/*.toml`."""

import json
import operator
import os
import subprocess
import tempfile
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Json: TypeAlias = dict[str, Any]
Item = TypeVar("Item")
Answer = TypeVar("Answer")

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
MODELS = ROOT / "src" / "models"


class FitError(Exception):
    """A fit cannot be made; the message is for the user."""


# --- What a fit works with.


@dataclass(frozen=True)
class Inputs:
    """What the command line names."""

    program: Path
    data: Path | None
    show_ablation: bool

    def find_data_file(self, name: str) -> Path | None:
        """A file of the data folder, or of its folder `data`."""
        if self.data is None:
            return None
        return next((path for path in (self.data / name, self.data / "data" / name) if path.is_file()), None)

    def read_records(self, name: str) -> list[Json]:
        """The JSON lines of a file of the data folder."""
        path = self.find_data_file(name)
        if path is None:
            raise FitError(f"{name} is not in the data folder")
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]


@dataclass(frozen=True)
class Story:
    """A story of the corpus: its folder and its manifest."""

    folder: Path
    manifest: Json

    @property
    def name(self) -> str:
        return self.folder.name

    def find_version(self, name: str) -> tuple[Path, str]:
        """File and language of a version."""
        language = next(version["language"] for version in self.manifest["version"] if version["id"] == name)
        return self.folder / f"{name}.txt", language


def read_stories() -> list[Story]:
    """All stories of the corpus."""
    manifests = sorted(CORPUS.glob("*/case.toml"))
    return [Story(path.parent, tomllib.loads(path.read_text(encoding="utf-8"))) for path in manifests]


# --- Questions to the program.


def run_program(
    program: Path, *arguments: str | Path, stdin: str = "", accept: Sequence[int] = (0,), threads: int | None = None
) -> str:
    """What one call of the program prints."""
    limit = {} if threads is None else {"RAYON_NUM_THREADS": str(threads)}
    command = [str(program), *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **limit}
    )
    if done.returncode not in accept:
        raise FitError(f"{' '.join(command)}: exit status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def map_parallel(ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    """Answers to many short questions, one a processor at a time, in the order of the items."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, items))


def compare_versions(inputs: Inputs, a: tuple[Path, str], b: tuple[Path, str]) -> Json:
    """The answer of `compare` to two versions, each a file and its language."""
    languages = ["--lang-a", a[1], "--lang-b", b[1]]
    asked: list[str | Path] = [a[0], b[0], *languages, "--level", "medium", "--format", "json"]
    # 1: there are findings.
    answer: Json = json.loads(run_program(inputs.program, "compare", *asked, accept=(0, 1), threads=1))
    return answer


def read_pair_features(inputs: Inputs, command: str, pairs: Iterable[tuple[str, str]]) -> list[Json]:
    """The answers of `words` or `score` to pairs of texts, in their order, each with its `features`."""
    asked = "".join(json.dumps({"id": k, "a": a, "b": b}) + "\n" for k, (a, b) in enumerate(pairs))
    answered = run_program(inputs.program, command, "--features", "-", stdin=asked)
    answers: list[Json] = [json.loads(line) for line in answered.splitlines()]
    return sorted(answers, key=operator.itemgetter("id"))


def read_alignment_features(
    inputs: Inputs,
    of: str,
    columns: int,
    sides: tuple[Sequence[str], Sequence[str]],
    languages: tuple[str, str] | None = None,
    threads: int | None = None,
) -> Floats:
    """The rows of `align --features` for two lists of sentences: places first, then features."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / side for side in "ab"]
        for path, sentences in zip(paths, sides):
            path.write_text("".join(" ".join(s.split()) + "\n" for s in sentences), encoding="utf-8")
        declared = ["--lang-a", languages[0], "--lang-b", languages[1]] if languages else []
        printed = run_program(inputs.program, "align", *paths, "--lines", "--features", of, *declared, threads=threads)
    rows = [line.split("\t") for line in printed.splitlines()]
    for row in rows[:1]:
        require_columns(len(row), columns, f"align --features {of}")
    return np.array(rows, float).reshape(-1, columns)


def require_columns(count: int, expected: int, of: str) -> None:
    """Refuses rows of features that are not the named ones, as far as their number shows it."""
    if count != expected:
        raise FitError(f"{of}: the program prints {count} columns, tests/fit knows {expected}")


# --- Logistic regression.

# The gradient at which the solver stops, as it did for the weights of src/models. That is early: where nothing moves
# any more, at 1e-8, weights differ by up to .15 from these, and the figures by .01 at most.
TOLERANCE = 1e-4
MAX_ITERATIONS = 10_000


def sigmoid(log_odds: Floats) -> Floats:
    """Log odds to probabilities."""
    return 1 / (1 + np.exp(-log_odds))


@dataclass(frozen=True)
class LogisticModel:
    """Bias and weights of features as the program measures them."""

    bias: float
    weights: Floats

    def predict(self, x: Floats) -> Floats:
        """The probability of each row."""
        return sigmoid(self.bias + x @ self.weights)


def fit_logistic(
    x: Floats, y: Bools, *, inverse_penalty: float = 1.0, standardize: bool = True, row_weights: Floats | None = None
) -> LogisticModel:
    """A logistic regression with an L2 penalty, by default on standardized features."""
    regression = LogisticRegression(C=inverse_penalty, tol=TOLERANCE, max_iter=MAX_ITERATIONS)
    if not standardize:
        regression.fit(x, y, sample_weight=row_weights)
        return LogisticModel(regression.intercept_[0], regression.coef_[0])
    scaler = StandardScaler().fit(x, sample_weight=row_weights)
    regression.fit(scaler.transform(x), y, sample_weight=row_weights)
    weights = regression.coef_[0] / scaler.scale_
    return LogisticModel(regression.intercept_[0] - weights @ scaler.mean_, weights)


def predict_left_out(folds: Sequence[Any] | NDArray[Any], x: Floats, fit: Callable[[Bools], LogisticModel]) -> Floats:
    """The probability of each row by the model that `fit` makes of the rows of all other folds.

    A fold is a document or a story, so that what is judged shares no text with what was learnt from.
    """
    numbers = np.unique(np.asarray(folds), return_inverse=True)[1]
    predicted = np.zeros(len(x))
    for fold in range(numbers.max() + 1):
        left_out = numbers == fold
        predicted[left_out] = fit(~left_out).predict(x[left_out])
    return predicted


# --- The files of src/models.

# Weights have so many digits behind the point.
DIGITS = 2
# Processors, and versions of the libraries, may differ by this much in a weight. Within it a weight is the same.
STEP = 10.0**-DIGITS
COMMENT = "Made by `python -m fit`, see tests/fit/README.md."


@dataclass(frozen=True)
class Change:
    """A number that a file has and a fit would not write, or the other way round."""

    place: str
    old: float | None
    new: float | None

    def __str__(self) -> str:
        old, new = ("none" if value is None else f"{value:g}" for value in (self.old, self.new))
        return f"{self.place} {old} -> {new}"


class ModelFile(Protocol):
    """A file of `src/models` as a fit would write it."""

    # Whether the program loads exactly the names that the file has today.
    has_fixed_names: ClassVar[bool]

    @property
    def name(self) -> str: ...

    def render(self, fitted: str) -> str:
        """The file, with the day of the fit where it has one."""

    def with_numbers_of(self, present: Json) -> Self:
        """The same with the numbers of the present file."""


def round_weight(value: float) -> float:
    """A weight as it is written; there is no minus zero."""
    return round(float(value), DIGITS) + 0.0


def format_share(value: float, digits: int = 2) -> str:
    """A figure from 0 to 1 as the files give it: `.90`."""
    return f"{value:.{digits}f}".removeprefix("0")


@dataclass(frozen=True)
class LinearModelFile:
    """A linear model in named features, the form that `src/models/mod.rs` loads."""

    has_fixed_names: ClassVar[bool] = True

    name: str
    data: str
    cross_validated: str
    weights: Mapping[str, float]
    bias: float | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    def render(self, fitted: str) -> str:
        lines = [f"# {line}" for line in textwrap.wrap(f"{COMMENT} {self.note}", 116)]
        lines += [f'data = """\n{textwrap.fill(self.data, 116)}"""', f'fitted = "{fitted}"']
        lines += [f'cross_validated = """\n{textwrap.fill(self.cross_validated, 116)}"""']
        if self.bias is not None:
            lines.append(f"bias = {round_weight(self.bias)}")
        for title, table in ("weights", self.weights), ("thresholds", self.thresholds):
            if table:
                lines += ["", f"[{title}]", *(f"{name} = {round_weight(value)}" for name, value in table.items())]
        return "\n".join(lines) + "\n"

    def with_numbers_of(self, present: Json) -> Self:
        weights = {name: present["weights"][name] for name in self.weights}
        thresholds = {name: present["thresholds"][name] for name in self.thresholds}
        return replace(self, weights=weights, thresholds=thresholds, bias=present.get("bias"))


def find_model_path(name: str) -> Path:
    """The file of a model."""
    return MODELS / f"{name}.toml"


def read_numbers(table: Json, prefix: str = "") -> dict[str, float]:
    """All numbers of a file by their place, such as `weights.cosine`."""
    numbers: dict[str, float] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            numbers |= read_numbers(value, f"{prefix}{name}.")
        elif isinstance(value, int | float):
            numbers[prefix + name] = value
    return numbers


def list_changes(present: Json, new: Json) -> Iterator[Change]:
    """The weights that differ by more than a rounding step, the counts that differ at all, and names of one alone."""
    old_numbers, new_numbers = read_numbers(present), read_numbers(new)
    for place in old_numbers | new_numbers:
        old, value = old_numbers.get(place), new_numbers.get(place)
        if old is not None and value is not None:
            least = STEP * 1.001 if isinstance(value, float) else 0
            if abs(value - old) <= least:
                continue
        yield Change(place, old, value)
