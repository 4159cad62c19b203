"""Fits the weights of src/divergence/garble/score.rs.

    python tests/fit/garble.py BIN corpus tests/garble [CLEAN ...]        # needs numpy and scikit-learn

The data is the versions of the corpus, by their origin, the texts of tests/garble, by their folder and name, and any
further folders of clean texts. Each of the two chances has the signs that speak for it alone. Prints for each chance
the texts that are judged wrongly when their story is left out of the fit, then bias and weights in the order of SIGNS.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

SIGNS = ["name", "leftover", "phrase", "calque", "contraction", "note", "capital", "shape", "word"]
OF = {
    "spun": ["name", "phrase", "contraction", "word"],
    "machine_translated": ["leftover", "calque", "note", "capital", "shape"],
}
ORIGINS = {"written": "clean", "translated": "clean", "spun": "spun", "round-trip": "machine_translated"}
REPORT = 400


def texts(corpus, folder, more):
    """Path, label and story of each text. The clean texts of further folders are one story each."""
    for manifest in sorted(Path(corpus).glob("*/case.toml")):
        for version in tomllib.loads(manifest.read_text(encoding="utf-8"))["version"]:
            yield manifest.parent / f"{version['id']}.txt", ORIGINS[version["origin"]], manifest.parent.name
    for path in sorted(Path(folder).glob("*/*.txt")):
        garbled = "spun" if ".spun." in path.name else "machine_translated"
        yield path, "clean" if path.parent.name == "clean" else garbled, path.name
    for path in sorted(path for folder in more for path in Path(folder).glob("*.txt")):
        yield path, "clean", path.name


def counts(binary, path):
    """As the score counts them: the logarithm of the number of different signs in a report of so many words."""
    done = subprocess.run([binary, "garble", path, "--format", "json"], capture_output=True, check=True)
    article = json.loads(done.stdout)["articles"][0]
    scale = REPORT / max(REPORT, article["words"])
    habit = lambda sign: re.sub("[0-9]+", "#", sign["text"].lower())
    different = [{habit(s) for s in article["signs"] if s["kind"] == kind} for kind in SIGNS]
    return [np.log1p(len(signs) * scale) for signs in different]


def main(binary, corpus, folder, *more):
    paths, labels, stories = zip(*texts(corpus, folder, more))
    x = np.array([counts(binary, path) for path in paths])
    labels = np.array(labels)
    print(f"{len(labels)} texts, {sum(labels == 'clean')} of them clean")
    for label, kinds in OF.items():
        own = [SIGNS.index(kind) for kind in kinds]
        y = labels == label
        model = LogisticRegression(C=10)
        p = cross_val_predict(model, x[:, own], y, groups=stories, cv=LeaveOneGroupOut(), method="predict_proba")[:, 1]
        wrong = [f"{path} {chance:.2f}" for path, chance, is_so in zip(paths, p, y) if (chance >= 0.5) != is_so]
        print(f"{label}: {sum(y)} texts, {len(wrong)} wrong when left out", *wrong, sep="\n  ")
        model.fit(x[:, own], y)
        weights = np.zeros(len(SIGNS))
        weights[own] = model.coef_[0]
        print(np.round([model.intercept_[0], *weights], 2).tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
