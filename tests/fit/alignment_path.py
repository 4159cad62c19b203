"""The path of `align`: a semi-Markov conditional random field over monotone alignments (Sarawagi and Cohen 2004).

The score of a path is the sum of the scores of its groups, linear in a few features, and of its nulls, the sentences
without a partner. The weights maximize the likelihood of the graded path (L-BFGS, with an L2 penalty); the sum over all
paths and its gradient come from a forward and a backward pass over the table of both texts.

The data is graded bitexts, one JSON object a line with `a` and `b` (lists of sentences) and `gold` (pairs of lists of
indices): the development document of the Bleualign evaluation (Sennrich and Volk 2010). Beside each text lies the same
with pages missing on either side, or the model would learn that nulls are rare. Each text is cut into thirds where a
graded group ends; the figures are of each third, decoded with weights that were fitted on the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import minimize

from .common import (
    Bools,
    Floats,
    Inputs,
    Ints,
    Json,
    LinearModelFile,
    format_share,
    read_alignment_features,
)

NAME = "alignment_path"
DATA_FILE = "textberg.jsonl"
FEATURES = ["bias", "cosine", "cosine_info", "info", "cover", "cover_info", "length", "ratio"]
WEIGHTS = [*FEATURES, "null"]
# Before the features the program prints first sentence and size of a group, for A and for B.
PLACES = 4
# What one signal is made of, for the ablation.
SIGNALS = {
    "window vectors": ["cosine", "cosine_info"],
    "word coverage": ["cover", "cover_info"],
    "information": ["info", "cosine_info", "cover_info"],
    "length": ["length", "ratio"],
}
PENALTY = 0.05
FOLDS = 3
# A page: so many groups in a row are missing at a time in the text with gaps.
PAGE = 8
# One page in so many is missing.
GAP_EVERY = 5

Numbers: TypeAlias = tuple[int, ...]
Group: TypeAlias = tuple[Numbers, Numbers]
Node: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """All groups of one shape that begin with one sentence of A: `p` sentences of A, `q` of B."""

    p: int
    q: int
    features: slice
    columns: Ints


class Lattice:
    """A rectangle of a text's table, between two nodes of the graded path, with all groups inside."""

    def __init__(self, groups: Ints, features: Floats, gold: Sequence[Group], low: Node, high: Node) -> None:
        (i0, j0), (i1, j1) = low, high
        inside = (groups[:, 0] >= i0) & (groups[:, 0] + groups[:, 1] <= i1)
        inside &= (groups[:, 2] >= j0) & (groups[:, 2] + groups[:, 3] <= j1)
        groups = groups[inside] - np.array([i0, 0, j0, 0])
        order = np.lexsort((groups[:, 2], groups[:, 3], groups[:, 1], groups[:, 0]))
        groups, self.features = groups[order], features[inside][order]
        self.size = (i1 - i0, j1 - j0)
        self.rows = self._split_rows(groups)
        self.sentences = groups[:, 1] + groups[:, 3]
        self.gold = {
            (tuple(i - i0 for i in a), tuple(j - j0 for j in b))
            for a, b in gold
            if a and b and all(i0 <= i < i1 for i in a) and all(j0 <= j < j1 for j in b)
        }
        place = {tuple(group): k for k, group in enumerate(groups.tolist())}
        wanted = [(a[0], len(a), b[0], len(b)) for a, b in self.gold]
        self.graded = [place[group] for group in wanted if group in place]
        self.graded_nulls = sum(self.size) - sum(len(a) + len(b) for a, b in self.gold)

    def _split_rows(self, groups: Ints) -> list[list[Row]]:
        """The rows by their first sentence of A; `groups` is ordered by first sentence, shape and column."""
        starts = np.flatnonzero(np.any(np.diff(groups[:, [0, 1, 3]], axis=0, prepend=-1) != 0, axis=1))
        rows: list[list[Row]] = [[] for _ in range(self.size[0] + 1)]
        for start, end in zip(starts, [*starts[1:], len(groups)]):
            i, p, _, q = groups[start]
            rows[i].append(Row(p, q, slice(start, end), groups[start:end, 2]))
        return rows

    def sum_before(self, scores: Floats, null: float) -> Floats:
        """For each node the logarithm of the sum over all paths that lead to it."""
        n, m = self.size
        nulls = null * np.arange(m + 1)
        alpha = np.full((n + 1, m + 1), -np.inf)
        alpha[0, 0] = 0
        for i in range(n + 1):
            alpha[i] = np.logaddexp.accumulate(alpha[i] - nulls) + nulls
            if i < n:
                alpha[i + 1] = np.logaddexp(alpha[i + 1], alpha[i] + null)
            for row in self.rows[i]:
                ends, reached = alpha[i + row.p], row.columns + row.q
                ends[reached] = np.logaddexp(ends[reached], alpha[i, row.columns] + scores[row.features])
        return alpha

    def sum_after(self, scores: Floats, null: float) -> Floats:
        """For each node the logarithm of the sum over all paths that lead on from it."""
        n, m = self.size
        nulls = null * np.arange(m + 1)
        beta = np.full((n + 1, m + 1), -np.inf)
        beta[n, m] = 0
        for i in range(n, -1, -1):
            if i < n:
                beta[i] = np.logaddexp(beta[i], beta[i + 1] + null)
            for row in self.rows[i]:
                onward = beta[i + row.p, row.columns + row.q] + scores[row.features]
                beta[i, row.columns] = np.logaddexp(beta[i, row.columns], onward)
            beta[i] = np.logaddexp.accumulate((beta[i] + nulls)[::-1])[::-1] - nulls
        return beta

    def compute_loss(self, weights: Floats) -> tuple[float, Floats]:
        """Minus the log-likelihood of the graded path, and its gradient."""
        scores, null = self.features @ weights[:-1], weights[-1]
        alpha, beta = self.sum_before(scores, null), self.sum_after(scores, null)
        total = alpha[-1, -1]
        share = np.zeros(len(scores))
        for i, rows in enumerate(self.rows):
            for row in rows:
                onward = beta[i + row.p, row.columns + row.q]
                share[row.features] = np.exp(alpha[i, row.columns] + scores[row.features] + onward - total)
        # Each sentence is in a group or a null: what the groups leave is nulls.
        nulls = sum(self.size) - share @ self.sentences
        groups_gradient = share @ self.features - self.features[self.graded].sum(0)
        loss = total - scores[self.graded].sum() - null * self.graded_nulls
        return loss, np.append(groups_gradient, nulls - self.graded_nulls)

    def find_best_path(self, weights: Floats) -> set[Group]:
        """The groups of the path with the highest score."""
        scores, null = self.features @ weights[:-1], weights[-1]
        n, m = self.size
        value, step = np.full((n + 1, m + 1), -np.inf), np.zeros((n + 1, m + 1, 2), int)
        value[0, 0] = 0
        for i in range(n + 1):
            for j in range(1, m + 1):
                if value[i, j - 1] + null > value[i, j]:
                    value[i, j], step[i, j] = value[i, j - 1] + null, (0, 1)
            if i < n:
                better = value[i] + null > value[i + 1]
                value[i + 1, better], step[i + 1, better] = value[i, better] + null, (1, 0)
            for row in self.rows[i]:
                new = value[i, row.columns] + scores[row.features]
                better = new > value[i + row.p, row.columns + row.q]
                ends = row.columns[better] + row.q
                value[i + row.p, ends], step[i + row.p, ends] = new[better], (row.p, row.q)
        found: set[Group] = set()
        i, j = n, m
        while i or j:
            p, q = (int(length) for length in step[i, j])
            if p and q:
                found.add((tuple(range(i - p, i)), tuple(range(j - q, j))))
            i, j = i - p, j - q
        return found


@dataclass(frozen=True)
class Text:
    """A graded bitext in thirds."""

    has_gaps: bool
    thirds: list[Lattice]


def read_gold(record: Json) -> list[Group]:
    """The graded groups; a tuple may be written as `{"@tuple": [...]}`."""

    def unwrap(value: Any) -> Any:
        return [unwrap(item) for item in value["@tuple"]] if isinstance(value, dict) else value

    return [(tuple(a), tuple(b)) for a, b in map(unwrap, record["gold"])]


def remove_pages(a: Sequence[str], b: Sequence[str], gold: Sequence[Group]) -> tuple[list[str], list[str], list[Group]]:
    """The same text with one page in GAP_EVERY missing on one side, by turns."""
    kept: tuple[list[str], list[str]] = ([], [])
    graded: list[Group] = []
    groups = 0
    for group in gold:
        page = groups // PAGE
        groups += bool(group[0] and group[1])
        missing_side = page // GAP_EVERY % 2 if page % GAP_EVERY == GAP_EVERY - 1 else None
        places = []
        for side, (sentences, numbers) in enumerate(zip((a, b), group)):
            start = len(kept[side])
            if side != missing_side:
                kept[side].extend(sentences[k] for k in numbers)
            places.append(tuple(range(start, len(kept[side]))))
        graded.append((places[0], places[1]))
    return *kept, graded


def read_texts(inputs: Inputs) -> Iterator[Text]:
    """Each text, and each with gaps."""
    for record in inputs.read_records(DATA_FILE):
        a, b, gold = record["a"], record["b"], read_gold(record)
        yield Text(False, cut_thirds(inputs, a, b, gold))
        yield Text(True, cut_thirds(inputs, *remove_pages(a, b, gold)))


def cut_thirds(inputs: Inputs, a: list[str], b: list[str], gold: list[Group]) -> list[Lattice]:
    """The table of a text in FOLDS parts."""
    table = read_alignment_features(inputs, "groups", PLACES + len(FEATURES), (a, b))
    ends: list[Node] = sorted((x[-1] + 1, y[-1] + 1) for x, y in gold if x and y)
    inner = [min(ends, key=lambda end: abs(end[0] - len(a) * k / FOLDS)) for k in range(1, FOLDS)]
    nodes = [(0, 0), *inner, (len(a), len(b))]
    groups, features = table[:, :PLACES].astype(int), table[:, PLACES:]
    return [Lattice(groups, features, gold, low, high) for low, high in zip(nodes, nodes[1:])]


def fit_weights(lattices: Sequence[Lattice], used: Bools) -> Floats:
    """The weights of WEIGHTS that make the graded paths likeliest; those that are not used are 0."""

    def compute_loss(weights: Floats) -> tuple[float, Floats]:
        masked = np.where(used, weights, 0)
        losses = [lattice.compute_loss(masked) for lattice in lattices]
        loss = sum(value for value, _ in losses) + PENALTY / 2 * float(masked @ masked)
        gradient: Floats = np.sum([gradient for _, gradient in losses], axis=0) + PENALTY * masked
        return loss, gradient * used

    start = np.zeros(len(used))
    weights: Floats = minimize(compute_loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return weights


def measure_f1(lattices: Sequence[Lattice], weights: Sequence[Floats]) -> tuple[float, float]:
    """F1 of whole groups, and the share of the groups found that have a right link."""
    right = found = graded = linked = 0
    for lattice, own in zip(lattices, weights):
        groups = lattice.find_best_path(own)
        links = {(i, j) for a, b in lattice.gold for i in a for j in b}
        right += len(groups & lattice.gold)
        found += len(groups)
        graded += len(lattice.gold)
        linked += sum(any((i, j) in links for i in a for j in b) for a, b in groups)
    return 2 * right / (found + graded), linked / found


@dataclass(frozen=True)
class Figures:
    """What the thirds reach that were left out of the fit: of whole texts, and of texts with gaps."""

    whole: tuple[float, float]
    gaps: tuple[float, float]

    def __str__(self) -> str:
        whole, gaps = (f"strict F1 {strict:.3f}, right links {lax:.3f}" for strict, lax in (self.whole, self.gaps))
        return f"{whole}; with gaps {gaps}"


def cross_validate(texts: Sequence[Text], used: Bools) -> Figures:
    """The figures of each third with weights of the others."""
    weights = []
    for fold in range(FOLDS):
        others = [third for k in range(FOLDS) if k != fold for third in (text.thirds[k] for text in texts)]
        weights.append(fit_weights(others, used))

    def measure(is_wanted: Callable[[Text], bool]) -> tuple[float, float]:
        wanted = [(text.thirds[k], weights[k]) for text in texts if is_wanted(text) for k in range(FOLDS)]
        return measure_f1([lattice for lattice, _ in wanted], [own for _, own in wanted])

    return Figures(measure(lambda text: not text.has_gaps), measure(lambda text: text.has_gaps))


def fit_models(inputs: Inputs) -> list[LinearModelFile]:
    """Fits the weights of a group and of a null."""
    texts = list(read_texts(inputs))
    every = np.ones(len(WEIGHTS), bool)
    figures = cross_validate(texts, every)
    if inputs.show_ablation:
        print(f"  all: {figures}", flush=True)
        for signal, names in SIGNALS.items():
            used = np.array([name not in names for name in WEIGHTS])
            print(f"  without {signal}: {cross_validate(texts, used)}", flush=True)
    weights = fit_weights([third for text in texts for third in text.thirds], every)
    groups = sum(len(third.gold) for text in texts if not text.has_gaps for third in text.thirds)
    data = (
        f"The {groups} graded groups of one German-French yearbook (the development document of the Bleualign "
        "evaluation, Text+Berg; Sennrich and Volk 2010), and the same with pages missing on either side."
    )
    cross_validated = f"Thirds of the document: strict F1 {format_share(figures.whole[0], 3)}."
    return [LinearModelFile(NAME, data, cross_validated, dict(zip(WEIGHTS, weights)))]
