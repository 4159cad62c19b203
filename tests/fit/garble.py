"""Garbled texts: the probability that a synonym spinner made a text, and that a machine translation did.

Each probability has the signs that are evidence for it alone. The data is the versions of the corpus, by their origin,
the texts of tests/garble, by folder and name, and clean texts of other sets, without which a single sign would decide:

- SwissGov-RSD: each page, English, German and French, once;
- REFreSD: eight sentences of one side at a time, in the order of the file;
- Text+Berg: five lines of one side at a time.

Groups that are not full are left out. SwissGov-RSD and Text+Berg are tokenized; punctuation and apostrophes are joined
to their words again, or each would be a sign. The figures are of each text, judged with weights that were fitted
without its story; a clean text of another set is a story by itself.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .common import (
    ROOT,
    Floats,
    Inputs,
    Json,
    LinearModelFile,
    fit_logistic,
    map_parallel,
    predict_left_out,
    read_stories,
    run_program,
)

RSD_FILE = "rsd.jsonl"
REFRESD_FILE = "refresd.jsonl"
TEXTBERG_FILE = "textberg.jsonl"
DATA_FILES = [RSD_FILE, REFRESD_FILE, TEXTBERG_FILE]
SIGNS = ["name", "leftover", "phrase", "calque", "contraction", "note", "capital", "shape", "word"]
CLEAN, SPUN, TRANSLATED = "clean", "spun", "machine_translated"
ORIGINS = {"written": CLEAN, "translated": CLEAN, "spun": SPUN, "round-trip": TRANSLATED}
# As in src/garble/score.rs: the number of signs is scaled down to that of a report of so many words.
REPORT_WORDS = 400
REFRESD_SENTENCES = 8
TEXTBERG_LINES = 5
INVERSE_PENALTY = 10.0


@dataclass(frozen=True)
class GarbleModel:
    """One of the two models: the label that it finds, its signs, and how the file names what it finds."""

    name: str
    label: str
    signs: Sequence[str]
    texts: str
    called: str


MODELS = [
    GarbleModel("garble_spun", SPUN, ["name", "phrase", "contraction", "word"], "spun texts", "spun wrongly"),
    GarbleModel(
        "garble_translated",
        TRANSLATED,
        ["leftover", "calque", "note", "capital", "shape"],
        "machine translations",
        "so wrongly",
    ),
]


@dataclass(frozen=True)
class Sample:
    """A text in a file, what it is, and its story."""

    path: Path
    label: str
    story: str


def list_own_samples() -> Iterator[Sample]:
    """The texts of the repository."""
    for story in read_stories():
        for version in story.manifest["version"]:
            path, _ = story.find_version(version["id"])
            yield Sample(path, ORIGINS[version["origin"]], story.name)
    for path in sorted((ROOT / "tests" / "garble").glob("*/*.txt")):
        garbled = SPUN if ".spun." in path.name else TRANSLATED
        yield Sample(path, CLEAN if path.parent.name == "clean" else garbled, path.name)


def join_tokens(text: str) -> str:
    """A tokenized text as it is printed, nearly: punctuation and apostrophes without the spaces of the tokenizer."""
    text = " ".join(text.split())
    text = re.sub(r" ([.,;:!?)\]}%])", r"\1", text)
    text = re.sub(r"([(\[{]) ", r"\1", text)
    return re.sub(r" ?(['’]) ", r"\1", text)


def join_groups(sentences: Sequence[str], size: int) -> Iterator[str]:
    """So many sentences at a time as one text; what is left at the end is left out."""
    for start in range(0, len(sentences) - size + 1, size):
        yield " ".join(sentence.strip() for sentence in sentences[start : start + size])


def list_clean_texts(inputs: Inputs) -> Iterator[str]:
    """The clean texts of other sets."""
    pages = [record for record in inputs.read_records(RSD_FILE) if record["subset"].startswith("admin_")]
    # Each English page is there with a German and a French one.
    yield from dict.fromkeys(join_tokens(record[side]) for record in pages for side in ("text_a", "text_b"))
    records = inputs.read_records(REFRESD_FILE)
    for side in "ab":
        yield from join_groups([record[side] for record in records], REFRESD_SENTENCES)
    for record in inputs.read_records(TEXTBERG_FILE):
        for side in "ab":
            yield from map(join_tokens, join_groups(record[side], TEXTBERG_LINES))


def count_signs(article: Json) -> list[float]:
    """As the score counts them: the logarithm of the number of different signs of a kind, 35 % and 8 % being one."""
    scale = REPORT_WORDS / max(REPORT_WORDS, article["words"])
    different: dict[str, set[str]] = {kind: set() for kind in SIGNS}
    for sign in article["signs"]:
        different[sign["kind"]].add(re.sub("[0-9]+", "#", sign["text"].lower()))
    return [float(np.log1p(len(signs) * scale)) for signs in different.values()]


def read_sign_counts(inputs: Inputs, path: Path) -> list[float]:
    """The counts of a text, in the order of SIGNS."""
    answer = run_program(inputs.program, "garble", path, "--format", "json", threads=1)
    return count_signs(json.loads(answer)["articles"][0])


def measure_samples(inputs: Inputs) -> tuple[list[Sample], Floats]:
    """All texts with their counts."""
    samples = list(list_own_samples())
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(list_clean_texts(inputs)):
            path = Path(folder) / f"clean-{number}.txt"
            path.write_text(text + "\n", encoding="utf-8")
            samples.append(Sample(path, CLEAN, path.name))
        counts = map_parallel(lambda sample: read_sign_counts(inputs, sample.path), samples)
    return samples, np.array(counts)


def describe_left_out(model: GarbleModel, samples: Sequence[Sample], x: Floats, show_wrong: bool) -> str:
    """How many texts are judged rightly when their story is left out of the fit."""
    y = np.array([sample.label == model.label for sample in samples])
    stories = [sample.story for sample in samples]
    predicted = predict_left_out(
        stories, x, lambda kept: fit_logistic(x[kept], y[kept], inverse_penalty=INVERSE_PENALTY, standardize=False)
    )
    found = predicted >= 0.5
    if show_wrong:
        for sample, probability in zip(samples, predicted):
            if (probability >= 0.5) != (sample.label == model.label):
                print(f"    {model.label}: {sample.path.name} is {sample.label}, {probability:.2f}")
    wrong = int((found & ~y).sum())
    return (
        f"Leaving one story out: {(found & y).sum()} of {y.sum()} {model.texts} found, "
        f"{wrong or 'none'} called {model.called}."
    )


def fit_model(model: GarbleModel, samples: Sequence[Sample], counts: Floats, show_ablation: bool) -> LinearModelFile:
    """Fits one of the two models; signs of the other have the weight 0."""
    columns = [SIGNS.index(sign) for sign in model.signs]
    x, y = counts[:, columns], np.array([sample.label == model.label for sample in samples])
    if show_ablation:
        print(f"  {model.name}")
        describe_left_out(model, samples, x, show_wrong=True)
        for column, sign in enumerate(model.signs):
            figures = describe_left_out(model, samples, np.delete(x, column, axis=1), show_wrong=False)
            print(f"    without {sign}: {figures}", flush=True)
    fitted = fit_logistic(x, y, inverse_penalty=INVERSE_PENALTY, standardize=False)
    weights = dict.fromkeys(SIGNS, 0.0) | dict(zip(model.signs, fitted.weights.tolist()))
    clean = sum(re.match("clean-", sample.path.name) is not None for sample in samples)
    data = (
        f"The versions of corpus/ by their origin, the texts of tests/garble, and {clean} clean texts cut from the "
        "development halves of SwissGov-RSD, REFreSD and Text+Berg. Each probability has the signs that speak for it "
        "alone."
    )
    cross_validated = describe_left_out(model, samples, x, show_wrong=False)
    return LinearModelFile(model.name, data, cross_validated, weights, fitted.bias)


def fit_models(inputs: Inputs) -> list[LinearModelFile]:
    """Fits the model of spun texts and that of machine translations."""
    samples, counts = measure_samples(inputs)
    return [fit_model(model, samples, counts, inputs.show_ablation) for model in MODELS]
