"""Fits the weights of src/align/score.rs, and shows what each feature adds.

    python tests/fit/align.py BIN gold.jsonl [--ablation]        # needs numpy and scipy

The data is graded bitexts, one JSON object a line with `a`, `b` (lists of sentences) and `gold` (pairs of index
lists), such as the development document of the Bleualign evaluation (Sennrich and Volk 2010). The model is a
semi-Markov conditional random field over monotone alignments (Sarawagi and Cohen 2004): the score of a path is the
sum of its groups' scores and of the nulls'. Fitted by L-BFGS on the log-likelihood of the graded path. Each text is
cut into thirds where a graded group ends; the figures are of each third, decoded with weights fitted on the others. Beside each text stands the same with pages
missing on either side, or the model would learn that nulls are rare.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

NAMES = ["bias", "cosine", "cosine_info", "info", "cover", "cover_info", "length", "ratio"]
# What one signal is made of, for the ablation.
SIGNALS = {
    "run vectors": ["cosine", "cosine_info"],
    "word coverage": ["cover", "cover_info"],
    "information": ["info", "cosine_info", "cover_info"],
    "length": ["length", "ratio"],
}
PENALTY = 0.05
FOLDS = 3
# Groups that are missing at a time in the text with gaps: a page.
GAP = 8


class Part:
    """A rectangle of a text's table, from one node of the graded path to another."""

    def __init__(self, groups, features, gold, low, high):
        (i0, j0), (i1, j1) = low, high
        inside = (groups[:, 0] >= i0) & (groups[:, 0] + groups[:, 1] <= i1)
        inside &= (groups[:, 2] >= j0) & (groups[:, 2] + groups[:, 3] <= j1)
        groups, self.features = groups[inside] - [i0, 0, j0, 0], features[inside]
        self.size = (i1 - i0, j1 - j0)
        self.gold = {(tuple(i - i0 for i in a), tuple(j - j0 for j in b)) for a, b in gold
                     if (a or b) and all(i0 <= i < i1 for i in a) and all(j0 <= j < j1 for j in b)}
        order = np.lexsort((groups[:, 2], groups[:, 3], groups[:, 1], groups[:, 0]))
        groups, self.features = groups[order], self.features[order]
        starts = np.flatnonzero(np.any(np.diff(groups[:, [0, 1, 3]], axis=0, prepend=-1) != 0, axis=1))
        ends = [*starts[1:], len(groups)]
        # By first sentence of A: (p, q, rows of `features`, first sentences of B).
        self.rows = [[] for _ in range(self.size[0] + 1)]
        for start, end in zip(starts, ends):
            i, p, _, q = groups[start]
            self.rows[i].append((p, q, slice(start, end), groups[start:end, 2]))
        place = {tuple(g): k for k, g in enumerate(groups.tolist())}
        wanted = [(a[0], len(a), b[0], len(b)) for a, b in self.gold if a and b]
        self.graded = [place[g] for g in wanted if g in place]
        self.nulls = self.size[0] + self.size[1] - sum(len(a) + len(b) for a, b in self.gold if a and b)

    def forward(self, scores, null):
        n, m = self.size
        alpha = np.full((n + 1, m + 1), -np.inf)
        alpha[0, 0] = 0
        for i in range(n + 1):
            alpha[i] = np.logaddexp.accumulate(alpha[i] - null * np.arange(m + 1)) + null * np.arange(m + 1)
            if i < n:
                alpha[i + 1] = np.logaddexp(alpha[i + 1], alpha[i] + null)
            for p, q, rows, columns in self.rows[i]:
                to = alpha[i + p]
                to[columns + q] = np.logaddexp(to[columns + q], alpha[i, columns] + scores[rows])
        return alpha

    def backward(self, scores, null):
        n, m = self.size
        beta = np.full((n + 1, m + 1), -np.inf)
        beta[n, m] = 0
        for i in range(n, -1, -1):
            if i < n:
                beta[i] = np.logaddexp(beta[i], beta[i + 1] + null)
            for p, q, rows, columns in self.rows[i]:
                beta[i, columns] = np.logaddexp(beta[i, columns], beta[i + p, columns + q] + scores[rows])
            back = np.arange(m + 1)
            beta[i] = (np.logaddexp.accumulate((beta[i] + null * back)[::-1]))[::-1] - null * back
        return beta

    def loss(self, weights):
        """Minus the log-likelihood of the graded path, and its gradient."""
        scores, null = self.features @ weights[:-1], weights[-1]
        alpha, beta = self.forward(scores, null), self.backward(scores, null)
        total = alpha[-1, -1]
        share = np.zeros(len(scores))
        nulls = 0.0
        for i, row in enumerate(self.rows):
            for p, q, rows, columns in row:
                share[rows] = np.exp(alpha[i, columns] + scores[rows] + beta[i + p, columns + q] - total)
        # Each node's sentences are in groups or nulls: what the groups leave is nulls.
        sizes = np.zeros(len(scores))
        for row in self.rows:
            for p, q, rows, _ in row:
                sizes[rows] = p + q
        nulls = sum(self.size) - share @ sizes
        graded = self.features[self.graded].sum(0)
        gradient = np.append(share @ self.features - graded, nulls - self.nulls)
        return total - scores[self.graded].sum() - null * self.nulls, gradient

    def decode(self, weights):
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
            for p, q, rows, columns in self.rows[i]:
                new = value[i, columns] + scores[rows]
                to = columns[new > value[i + p, columns + q]] + q
                value[i + p, to], step[i + p, to] = new[new > value[i + p, columns + q]], (p, q)
        found, (i, j) = set(), (n, m)
        while i or j:
            p, q = step[i, j]
            found.add((tuple(range(i - p, i)), tuple(range(j - q, j))))
            i, j = i - p, j - q
        return found


def plain(value):
    """A tuple, also where it was written as `{"@tuple": [...]}`."""
    return tuple(map(plain, value.get("@tuple"))) if isinstance(value, dict) else value


def with_gaps(a, b, gold):
    """The same text with every fifth stretch of GAP groups missing on one side, by turns."""
    kept, graded, groups = ([], []), [], 0
    for group in gold:
        stretch, groups = groups // GAP, groups + bool(group[0] and group[1])
        lost = (stretch // 5 % 2) if stretch % 5 == 4 else None
        place = []
        for side, (text, numbers) in enumerate(zip((a, b), group)):
            start = len(kept[side])
            if side != lost:
                kept[side].extend(text[k] for k in numbers)
            place.append(tuple(range(start, len(kept[side]))))
        graded.append(tuple(place))
    return *kept, graded


def read(binary, path):
    """Each text, and each with gaps, as FOLDS parts."""
    for line in open(path, encoding="utf-8"):
        text = json.loads(line)
        gold = [(tuple(a), tuple(b)) for a, b in map(plain, text["gold"])]
        whole = text["a"], text["b"], gold
        for a, b, gold in whole, with_gaps(*whole):
            with tempfile.TemporaryDirectory() as folder:
                files = [Path(folder) / side for side in "ab"]
                for file, side in zip(files, (a, b)):
                    file.write_text("".join(" ".join(s.split()) + "\n" for s in side), encoding="utf-8")
                asked = [binary, "align", *files, "--lines", "--features", "groups"]
                done = subprocess.run(asked, capture_output=True, check=True)
            table = np.array([line.split(b"\t") for line in done.stdout.splitlines()], float)
            ends = sorted((x[-1] + 1, y[-1] + 1) for x, y in gold if x and y)
            cuts = [(0, 0)] + [min(ends, key=lambda e: abs(e[0] - len(a) * k / FOLDS)) for k in range(1, FOLDS)]
            cuts.append((len(a), len(b)))
            groups, features = table[:, :4].astype(int), table[:, 4:]
            yield [Part(groups, features, gold, low, high) for low, high in zip(cuts, cuts[1:])]


def fit(parts, used):
    def loss(weights):
        full = np.where(used, weights, 0)
        both = [part.loss(full) for part in parts]
        value = sum(b[0] for b in both) + PENALTY / 2 * full @ full
        return value, np.where(used, sum(b[1] for b in both) + PENALTY * full, 0)

    return minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def f1(parts, weights):
    hits = tested = graded = lax = 0
    for part, w in zip(parts, weights):
        found = {g for g in part.decode(w) if g[0] and g[1]}
        gold = {g for g in part.gold if g[0] and g[1]}
        links = {(i, j) for a, b in gold for i in a for j in b}
        hits, tested, graded = hits + len(found & gold), tested + len(found), graded + len(gold)
        lax += sum(any((i, j) in links for i in a for j in b) for a, b in found)
    return 2 * hits / (tested + graded), lax / tested


def cross_validated(texts, used):
    folds = [[text[k] for text in texts] for k in range(FOLDS)]
    parts, weights = [], []
    for k, fold in enumerate(folds):
        fitted = fit([part for j, other in enumerate(folds) if j != k for part in other], used)
        parts, weights = parts + fold, weights + [fitted] * len(fold)
    # Whole texts stand at even places, those with gaps at odd ones.
    kinds = [k % 2 for k in range(len(texts))] * FOLDS
    of = lambda kind: f1(*zip(*[(p, w) for p, w, k in zip(parts, weights, kinds) if k == kind]))
    return "strict F1 {:.3f}, groups with a right link {:.3f}; with gaps {:.3f}, {:.3f}".format(*of(0), *of(1))


def main(binary, path, *options):
    texts = list(read(binary, path))
    every = np.ones(len(NAMES) + 1, bool)
    print(f"cross-validated: {cross_validated(texts, every)}", flush=True)
    if "--ablation" in options:
        for signal, names in SIGNALS.items():
            used = every.copy()
            used[[NAMES.index(name) for name in names]] = False
            print(f"without {signal}: {cross_validated(texts, used)}", flush=True)
    parts = [part for text in texts for part in text]
    fitted = fit(parts, every)
    print(f"fitted on all: strict F1 {f1(parts, [fitted] * len(parts))[0]:.3f}")
    for name, weight in zip([*NAMES, "null"], fitted):
        print(f"{name:12} {weight:6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
