"""Links between sentences of comparable texts: the probability that a careful reader would link two sentences.

The data is the graded comparable pairs of the corpus, and pairs of its stories that have nothing to do with one
another, across languages and in one. A pair of sentences is right if a graded group links them. The figures are of each
story, judged with weights that were fitted on the others. A link is taken as the program does it (`src/align`), except
that the program also asks for some evidence by the pair itself and joins neighbours.
"""

import json
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, permutations
from pathlib import Path
from typing import TypeAlias

import numpy as np

from .common import (
    Bools,
    Floats,
    Inputs,
    LinearModelFile,
    LogisticModel,
    Story,
    compare_versions,
    fit_logistic,
    format_share,
    map_parallel,
    read_alignment_features,
    read_stories,
)

NAME = "comparable_links"
FEATURES = ["covered", "anchors", "around", "apart", "typical"]
# Before the features the program prints both sentences, and the feature "bias", which is 1.
PLACES = 3
# The probability from which on the program takes a link.
LIKELY = 0.25
# These take no part in a comparison.
SILENT_ROLES = ("byline", "boilerplate")

Link: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Side:
    """The sentences of a version that are compared."""

    numbers: list[int]
    sentences: list[str]
    language: str


@dataclass(frozen=True)
class TextPair:
    """Two texts: of one story, where `graded` are their links, or of two stories, which share none."""

    stories: frozenset[str]
    pairs: list[Link]
    features: Floats
    graded: set[Link]

    @property
    def is_related(self) -> bool:
        return len(self.stories) == 1

    @property
    def labels(self) -> list[bool]:
        return [pair in self.graded for pair in self.pairs]


@dataclass(frozen=True)
class Question:
    """Two sides whose pairs of sentences are to be measured."""

    stories: frozenset[str]
    a: Side
    b: Side
    graded: set[Link]


def read_side(inputs: Inputs, path: Path, language: str) -> Side:
    """The sentences of a version that are compared, numbered as in the version."""
    article = compare_versions(inputs, (path, language), (path, language))["articles"][0]
    kept = [sentence for sentence in article["sentences"] if sentence["role"] not in SILENT_ROLES]
    return Side([sentence["id"] for sentence in kept], [sentence["text"] for sentence in kept], language)


def read_graded_links(path: Path) -> set[Link]:
    """The links of lines such as `[3, 4]:[5]:equivalent`."""
    links: set[Link] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            a, b, _ = line.split(":")
            links |= {(i, j) for i in json.loads(a) for j in json.loads(b)}
    return links


def list_graded_pairs(stories: Sequence[Story]) -> Iterator[tuple[Story, str, str, Path]]:
    """The comparable pairs of a story whose groups are graded: their versions and the file."""
    for story in stories:
        for pair in story.manifest["pair"]:
            path = story.folder / "groups" / f"{pair['a']}--{pair['b']}.tsv"
            if pair["relation"] == "comparable" and path.exists():
                yield story, pair["a"], pair["b"], path


def list_questions(inputs: Inputs) -> Iterator[Question]:
    """The graded pairs of the corpus, then pairs of the first ones of all stories."""
    graded = list(list_graded_pairs(read_stories()))
    versions = dict.fromkeys(story.find_version(name) for story, a, b, _ in graded for name in (a, b))
    sides = dict(zip(versions, map_parallel(lambda version: read_side(inputs, *version), versions)))
    firsts: dict[str, tuple[Side, Side]] = {}
    for story, name_a, name_b, path in graded:
        a, b = (sides[story.find_version(name)] for name in (name_a, name_b))
        firsts.setdefault(story.name, (a, b))
        yield Question(frozenset([story.name]), a, b, read_graded_links(path))
    for one, other in permutations(firsts, 2):
        yield Question(frozenset([one, other]), firsts[one][0], firsts[other][1], set())
    for one, other in combinations(firsts, 2):
        yield Question(frozenset([one, other]), firsts[one][0], firsts[other][0], set())


def measure_pairs(inputs: Inputs, question: Question) -> TextPair:
    """The pairs of sentences that the program looks at, with their features."""
    a, b = question.a, question.b
    languages = (a.language, b.language)
    columns = PLACES + len(FEATURES)
    table = read_alignment_features(inputs, "pairs", columns, (a.sentences, b.sentences), languages, threads=1)
    pairs = [(a.numbers[int(i)], b.numbers[int(j)]) for i, j in table[:, :2]]
    return TextPair(question.stories, pairs, table[:, PLACES:], question.graded)


def fit_texts(texts: Sequence[TextPair], used: Bools) -> LogisticModel:
    """The model of the pairs of these texts; features that are not used have the weight 0."""
    x = np.vstack([text.features for text in texts])
    y = np.array([label for text in texts for label in text.labels])
    model = fit_logistic(x[:, used], y)
    weights = np.zeros(len(used))
    weights[used] = model.weights
    return LogisticModel(model.bias, weights)


def choose_links(pairs: Sequence[Link], probabilities: Floats, likely: float) -> set[Link]:
    """The likely pairs that are the best of either sentence."""
    best: dict[tuple[str, int], float] = {}
    for (i, j), probability in zip(pairs, probabilities):
        for sentence in (("a", i), ("b", j)):
            best[sentence] = max(best.get(sentence, 0), probability)
    return {
        (i, j)
        for (i, j), probability in zip(pairs, probabilities)
        if probability >= likely and probability >= min(best["a", i], best["b", j])
    }


@dataclass(frozen=True)
class LinkCounts:
    """Links that are right, were found, were graded; and those found between unrelated texts."""

    right: int = 0
    found: int = 0
    graded: int = 0
    unrelated: int = 0

    def __add__(self, other: "LinkCounts") -> "LinkCounts":
        return LinkCounts(
            self.right + other.right,
            self.found + other.found,
            self.graded + other.graded,
            self.unrelated + other.unrelated,
        )

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.graded)

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.right / self.graded

    def __str__(self) -> str:
        return (
            f"F1 {self.f1:.3f}, precision {self.precision:.3f}, recall {self.recall:.3f}; "
            f"{self.unrelated} links between unrelated texts"
        )


def count_links(text: TextPair, model: LogisticModel, likely: float) -> LinkCounts:
    """What the model finds in a pair of texts."""
    links = choose_links(text.pairs, model.predict(text.features), likely)
    if not text.is_related:
        return LinkCounts(unrelated=len(links))
    return LinkCounts(len(links & text.graded), len(links), len(text.graded))


def cross_validate(texts: Sequence[TextPair], used: Bools, likely: float = LIKELY) -> LinkCounts:
    """Each story's texts by a model of the others; a pair of two stories counts with the first of them by name."""
    counts = []
    for story in sorted({story for text in texts for story in text.stories}):
        model = fit_texts([text for text in texts if story not in text.stories], used)
        own = [text for text in texts if story == min(text.stories)]
        counts += [count_links(text, model, likely) for text in own]
    return reduce(operator.add, counts)


def fit_models(inputs: Inputs) -> list[LinearModelFile]:
    """Fits the probability of a link."""
    questions = list(list_questions(inputs))
    texts = map_parallel(lambda question: measure_pairs(inputs, question), questions)
    every = np.ones(len(FEATURES), bool)
    counts = cross_validate(texts, every)
    if inputs.show_ablation:
        for likely in (LIKELY, 0.35, 0.5):
            print(f"  all, probability from {likely}: {cross_validate(texts, every, likely)}")
        for name in FEATURES:
            used = np.array([feature != name for feature in FEATURES])
            print(f"  without {name}: {cross_validate(texts, used)}", flush=True)
    model = fit_texts(texts, every)
    related = sum(text.is_related for text in texts)
    data = (
        f"The graded comparable pairs of corpus/ ({related} pairs, {counts.graded} links) and pairs of its stories "
        "that have nothing to do with one another."
    )
    cross_validated = (
        f"Leaving one story out: F1 of links {format_share(counts.f1)}, precision {format_share(counts.precision)}, "
        f"recall {format_share(counts.recall)}."
    )
    return [LinearModelFile(NAME, data, cross_validated, {"bias": model.bias, **dict(zip(FEATURES, model.weights))})]
