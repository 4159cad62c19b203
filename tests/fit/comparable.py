"""Fits the weights of src/align/telling.rs, and shows what each feature adds.

    python tests/fit/comparable.py BIN corpus [--ablation]        # needs numpy and scikit-learn

The data is the graded comparable pairs of the corpus, and pairs of its stories that have nothing to do with one
another. A pair of sentences is right if a graded group links them. The figures are of each story, judged with weights
fitted on the others. Decisions are made as in `match_all`, but for joining neighbours.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

NAMES = ["covered", "anchors", "around", "apart", "typical"]
LIKELY = 0.25


def told(binary, path, lang):
    """The sentences that take part, with their numbers in the version."""
    asked = [binary, "compare", path, path, "--lang-a", lang, "--lang-b", lang, "--format", "json"]
    article = json.loads(subprocess.run(asked, capture_output=True).stdout)["articles"][0]
    kept = [s for s in article["sentences"] if s["role"] not in ("byline", "boilerplate")]
    return [s["id"] for s in kept], [" ".join(s["text"].split()) for s in kept], lang


def judged(binary, a, b):
    """Sentence numbers and features of each pair that is looked at."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / side for side in "ab"]
        for file, side in zip(files, (a, b)):
            file.write_text("".join(s + "\n" for s in side[1]), encoding="utf-8")
        asked = [binary, "align", *files, "--lines", "--features", "pairs", "--lang-a", a[2], "--lang-b", b[2]]
        done = subprocess.run(asked, capture_output=True, check=True)
    table = np.array([line.split(b"\t") for line in done.stdout.splitlines()], float).reshape(-1, 3 + len(NAMES))
    return [(a[0][int(i)], b[0][int(j)]) for i, j in table[:, :2]], table[:, 3:]


def read(binary, corpus):
    """Stories of each pair, pairs of sentences, features, graded links."""
    firsts = {}
    for manifest in sorted(Path(corpus).glob("*/case.toml")):
        story, case = manifest.parent, tomllib.loads(manifest.read_text(encoding="utf-8"))
        langs = {v["id"]: v["language"] for v in case["version"]}
        sides = {}
        for pair in case["pair"]:
            graded = story / "groups" / f"{pair['a']}--{pair['b']}.tsv"
            if pair["relation"] != "comparable" or not graded.exists():
                continue
            for name in (pair["a"], pair["b"]):
                sides.setdefault(name, told(binary, story / f"{name}.txt", langs[name]))
            links = set()
            for line in graded.read_text(encoding="utf-8").splitlines():
                if not line.startswith("#"):
                    a, b, _ = line.split(":")
                    links |= {(i, j) for i in json.loads(a) for j in json.loads(b)}
            yield {story.name}, *judged(binary, sides[pair["a"]], sides[pair["b"]]), links
            firsts.setdefault(story.name, (sides[pair["a"]], sides[pair["b"]]))
    for one, other in permutations(firsts, 2):
        yield {one, other}, *judged(binary, firsts[one][0], firsts[other][1]), set()
    for one, other in combinations(firsts, 2):
        yield {one, other}, *judged(binary, firsts[one][0], firsts[other][0]), set()


def fit(data, used):
    x = np.vstack([features for _, _, features, _ in data])[:, used]
    y = np.array([pair in links for _, pairs, _, links in data for pair in pairs])
    scale = StandardScaler().fit(x)
    model = LogisticRegression(max_iter=1000).fit(scale.transform(x), y)
    weights = model.coef_[0] / scale.scale_
    return np.r_[model.intercept_[0] - weights @ scale.mean_, weights]


def best(pairs, chance, likely):
    """The likely pairs that are the best of either sentence."""
    top = {}
    for (i, j), c in zip(pairs, chance):
        for side in (("a", i), ("b", j)):
            top[side] = max(top.get(side, 0), c)
    return {(i, j) for (i, j), c in zip(pairs, chance) if c >= likely and c >= min(top["a", i], top["b", j])}


def cross_validated(data, used, likely=LIKELY):
    stories = sorted({story for names, *_ in data for story in names if len(names) == 1})
    both = found = graded = unrelated = 0
    for story in stories:
        weights = fit([d for d in data if story not in d[0]], used)
        for names, pairs, features, links in data:
            if story not in names or len(names) > 1 and story != min(names):
                continue
            chance = 1 / (1 + np.exp(-(weights[0] + features[:, used] @ weights[1:])))
            taken = best(pairs, chance, likely)
            if len(names) > 1:
                unrelated += len(taken)
                continue
            both, found, graded = both + len(taken & links), found + len(taken), graded + len(links)
    return (f"F1 {2 * both / (found + graded):.3f}, precision {both / found:.3f}, recall {both / graded:.3f}; "
            f"{unrelated} links between unrelated texts")


def main(binary, corpus, *options):
    data = list(read(binary, corpus))
    every = list(range(len(NAMES)))
    for likely in (LIKELY, 0.35, 0.5):
        print(f"chance from {likely}: {cross_validated(data, every, likely)}")
    if "--ablation" in options:
        for k, name in enumerate(NAMES):
            print(f"without {name}: {cross_validated(data, [e for e in every if e != k])}")
    print(np.round(fit(data, every), 2).tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
