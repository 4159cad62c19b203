"""Fits the weights of src/divergence/difference.rs.

    python tests/fit/words.py BIN rsd.jsonl refresd.jsonl        # needs numpy, scipy and scikit-learn

The data is SwissGov-RSD and iSTS-RSD (a degree for each token) and REFreSD (how many of three annotators marked a
token). Every set has the same weight. Prints cross-validated rank correlations, then the weights.
"""

import json
import subprocess
import sys
import zlib

import numpy as np
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

SETS = [["admin_de"], ["admin_fr"], ["ists", "ists_negatives", "ists_documents", "ists_permutations"],
        ["ists_de", "ists_fr"], ["refresd"]]


def ask(binary, pairs):
    asked = "".join(json.dumps({"id": k, "a": a, "b": b}) + "\n" for k, (a, b) in enumerate(pairs))
    done = subprocess.run([binary, "words", "--features", "-"], input=asked, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def tokens(binary, rsd, refresd):
    """Features, degree, set and page of each token that has a word and a label."""
    items = []
    for r in read(rsd):
        page = r["page_en"] if r["subset"] in ("admin_de", "admin_fr") else "ists" + r["id"].rsplit("_", 1)[1]
        items.append((r["text_a"], r["text_b"], r["labels_a"] + r["labels_b"], r["subset"], page))
    for r in read(refresd):
        marks = [m / 3 for side in r["marks"] for m in side]
        items.append((r["words_a"], r["words_b"], marks, "refresd", r["id"]))
    for (_, _, labels, name, page), answer in zip(items, ask(binary, [i[:2] for i in items])):
        for features, label in zip(answer["features"][0] + answer["features"][1], labels):
            if label != -1 and features:
                yield features, label, name, zlib.crc32(page.encode()) % 5


def fit(x, y, weight):
    """Logistic regression on degrees: each token counts as different by its degree, as the same by the rest."""
    scale = StandardScaler().fit(x, sample_weight=weight)
    both = np.r_[scale.transform(x), scale.transform(x)]
    share = np.r_[weight * y, weight * (1 - y)]
    target = np.r_[np.ones(len(y)), np.zeros(len(y))]
    used = share > 0
    model = LogisticRegression(max_iter=300).fit(both[used], target[used], sample_weight=share[used])
    weights = model.coef_[0] / scale.scale_
    return np.r_[model.intercept_[0] - weights @ scale.mean_, weights]


def main(binary, rsd, refresd):
    x, y, name, fold = (np.array(column) for column in zip(*tokens(binary, rsd, refresd)))
    x = x[:, 1:]  # the first is the constant
    weight = np.zeros(len(y))
    for names in SETS:
        part = np.isin(name, names)
        weight[part] = len(y) / len(SETS) / part.sum()
    guess = np.zeros(len(y))
    for k in range(5):
        fitted = fit(x[fold != k], y[fold != k], weight[fold != k])
        guess[fold == k] = fitted[0] + x[fold == k] @ fitted[1:]
    for one in sorted(set(name)):
        part = name == one
        print(f"cross-validated, tokens with a word: {one} {spearmanr(y[part], guess[part])[0]:.3f}")
    print(np.round(fit(x, y, weight), 2).tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
