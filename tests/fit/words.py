"""Fits the two models of src/divergence/difference.rs: pairs of sentences, pairs of documents.

    python tests/fit/words.py BIN rsd.jsonl refresd.jsonl        # needs numpy, scipy and scikit-learn

The data is SwissGov-RSD and iSTS-RSD (a degree for each token) and REFreSD (how many of three annotators marked a
token). What is learnt is the chance that a token is marked at all. Prints rank correlations and F1 under
cross-validation by page, for several floors and thresholds, then the weights.
"""

import json
import subprocess
import sys
import warnings
import zlib

import numpy as np
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

# What each set counts in each model. Real pages count most: what is learnt on made-up documents does not carry over to
# them (a third of this, and the pages lose a point). The classes of REFreSD tell apart sentences, not words.
SENTENCES = {"ists": 1, "ists_negatives": 0.5, "refresd some": 1, "refresd no": 0.5, "refresd unrelated": 0.3}
DOCUMENTS = {"admin_de": 1, "admin_fr": 1, "ists_documents": 0.06, "ists_permutations": 0.06, "ists_de": 0.06,
             "ists_fr": 0.06}


def ask(binary, pairs):
    asked = "".join(json.dumps({"id": k, "a": a, "b": b}) + "\n" for k, (a, b) in enumerate(pairs))
    done = subprocess.run([binary, "words", "--features", "-"], input=asked, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def tokens(binary, rsd, refresd):
    """Features, degree, set and fold of each token that has a word and a label. Pairs that share texts share a fold."""
    items = []
    for r in read(rsd):
        page = r["page_en"] if r["subset"] in ("admin_de", "admin_fr") else "ists" + r["id"].rsplit("_", 1)[1]
        items.append((r["text_a"], r["text_b"], r["labels_a"] + r["labels_b"], r["subset"], page))
    for r in read(refresd):
        marks = [m / 3 for side in r["marks"] for m in side]
        items.append((r["words_a"], r["words_b"], marks, "refresd " + r["label"].split("_")[0], r["id"]))
    for (_, _, labels, name, page), answer in zip(items, ask(binary, [i[:2] for i in items])):
        for features, label in zip(answer["features"][0] + answer["features"][1], labels):
            if label != -1 and features:
                yield features, label, name, zlib.crc32(page.encode()) % 5


def fit(x, y, weight):
    scale = StandardScaler().fit(x, sample_weight=weight)
    model = LogisticRegression(max_iter=1000).fit(scale.transform(x), y > 0, sample_weight=weight)
    weights = model.coef_[0] / scale.scale_
    return np.r_[model.intercept_[0] - weights @ scale.mean_, weights]


def chance(fitted, x):
    return 1 / (1 + np.exp(-fitted[0] - x @ fitted[1:]))


def f1(truth, marked):
    return 2 * (truth & marked).sum() / max(truth.sum() + marked.sum(), 1)


def report(title, sets, x, y, name, fold):
    print(f"\n{title}")
    used = np.isin(name, list(sets))
    x, y, name, fold = x[used], y[used], name[used], fold[used]
    weight = np.zeros(len(y))
    for one, share in sets.items():
        part = name == one
        weight[part] = share / max(part.sum(), 1)
    weight *= len(y) / weight.sum()
    guess = np.zeros(len(y))
    for k in range(5):
        guess[fold == k] = chance(fit(x[fold != k], y[fold != k], weight[fold != k]), x[fold == k])
    for floor in (0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        rank = {one: spearmanr(y[name == one], np.maximum(guess[name == one], floor))[0] for one in sets}
        print(f"floor {floor:.2f}", " ".join(f"{one}={value:.3f}" for one, value in rank.items()))
    for least in np.arange(0.2, 0.85, 0.05):
        good = [f1(y[name == one] > 0.5, guess[name == one] >= least) for one in sets]
        print(f"marked {least:.2f}", " ".join(f"{one}={value:.3f}" for one, value in zip(sets, good)))
    fitted = fit(x, y, weight)
    print("bias", round(fitted[0], 2), "weights", np.round(fitted[1:], 2).tolist())


def main(binary, rsd, refresd):
    x, y, name, fold = (np.array(column) for column in zip(*tokens(binary, rsd, refresd)))
    brief = x[:, 0] == 1  # which of the two models
    for title, sets, part in (("SENTENCES", SENTENCES, brief), ("DOCUMENTS", DOCUMENTS, ~brief)):
        report(title, sets, x[part, 1:], y[part], name[part], fold[part])


if __name__ == "__main__":
    main(*sys.argv[1:])
