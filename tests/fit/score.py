"""Fits the weights of src/divergence/score.rs.

    python tests/fit/score.py BIN refresd.jsonl        # needs numpy and scikit-learn

The data is a set of sentence pairs with `a`, `b` and `label` (REFreSD, Briakou and Carpuat 2020). Prints the
cross-validated figures, then the weights in the order of `Features`.
"""

import json
import subprocess
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import matthews_corrcoef, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NONE, UNRELATED = "no_meaning_difference", "unrelated"
# The set holds too few pairs that differ in a figure or a negation alone: the last two weights are set by hand.
FITTED = slice(1, -2)


def main(binary, path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    asked = "".join(json.dumps({"id": k, "a": r["a"], "b": r["b"]}) + "\n" for k, r in enumerate(rows))
    done = subprocess.run([binary, "score", "--features", "-"], input=asked, capture_output=True, check=True, text=True)
    x = np.array([json.loads(line)["features"] for line in done.stdout.splitlines()])[:, FITTED]
    labels = np.array([r["label"] for r in rows])
    y, related = (labels != NONE).astype(int), labels != UNRELATED
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3))
    folds = [StratifiedKFold(10, shuffle=True, random_state=seed) for seed in range(3)]
    p = np.mean([cross_val_predict(model, x, y, cv=f, method="predict_proba")[:, 1] for f in folds], 0)
    print(
        f"cross-validated: auc {roc_auc_score(y, p):.3f}, auc_some {roc_auc_score(y[related], p[related]):.3f}, "
        f"mcc at 0.5 {matthews_corrcoef(y, p >= 0.5):.3f}"
    )
    scale, fitted = model.fit(x, y)[0], model[-1]
    weights = fitted.coef_[0] / scale.scale_
    print(np.round([fitted.intercept_[0] - weights @ scale.mean_, *weights], 2).tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
