"""Divergence of two sentences: the probability that a careful reader would say that the meaning differs.

The data is a set of sentence pairs with `a`, `b` and `label`: REFreSD (Briakou and Carpuat 2020). It holds too few
pairs that differ in a figure or a negation alone, so two weights are set by hand.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import matthews_corrcoef, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from .common import (
    Bools,
    Floats,
    Inputs,
    LinearModelFile,
    fit_logistic,
    format_share,
    predict_left_out,
    read_pair_features,
    require_columns,
)

NAME = "sentence_divergence"
DATA_FILE = "refresd.jsonl"
# In the order in which the program prints them: "base", which is 1, then these, then those of BY_HAND.
FITTED = ["similarity", "weakest", "mutual", "far", "shared", "figures"]
BY_HAND = {"altered": 3.5, "polarity": 2.0}
INVERSE_PENALTY = 0.3
FOLDS = 10
SEEDS = range(3)

NOTE = (
    "`altered` and `polarity` are set by hand: the set has hardly a pair that differs in a figure or a negation alone, "
    "so each must outweigh a close translation by itself."
)
DATA = "Development half of REFreSD (Briakou and Carpuat 2020), EN-FR sentence pairs."


def cross_validate(x: Floats, y: Bools) -> Floats:
    """The mean probability of each pair over several ways to cut the set into folds."""
    predicted = []
    for seed in SEEDS:
        folds = np.zeros(len(y), int)
        for fold, (_, left_out) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(x, y)):
            folds[left_out] = fold
        predicted.append(
            predict_left_out(folds, x, lambda kept: fit_logistic(x[kept], y[kept], inverse_penalty=INVERSE_PENALTY))
        )
    mean: Floats = np.mean(predicted, axis=0)
    return mean


def describe_figures(y: Bools, is_related: Bools, probabilities: Floats) -> str:
    """Area under the curve, with and without unrelated pairs, and Matthews' correlation at 0.5."""
    auc = roc_auc_score(y, probabilities)
    auc_related = roc_auc_score(y[is_related], probabilities[is_related])
    mcc = matthews_corrcoef(y, probabilities >= 0.5)
    return (
        f"AUC {format_share(auc, 3)}, without unrelated pairs {format_share(auc_related, 3)}, MCC {format_share(mcc)}"
    )


def print_ablation(x: Floats, y: Bools, is_related: Bools, names: Sequence[str]) -> None:
    """What is left without each feature."""
    for name in names:
        kept = x[:, [other != name for other in names]]
        print(f"  without {name}: {describe_figures(y, is_related, cross_validate(kept, y))}", flush=True)


def fit_models(inputs: Inputs) -> list[LinearModelFile]:
    """Fits the probability that the meaning differs."""
    records = inputs.read_records(DATA_FILE)
    answers = read_pair_features(inputs, "score", ((record["a"], record["b"]) for record in records))
    table = np.array([answer["features"] for answer in answers])
    require_columns(table.shape[1], 1 + len(FITTED) + len(BY_HAND), "score --features")
    x = table[:, 1 : 1 + len(FITTED)]
    labels = np.array([record["label"] for record in records])
    y, is_related = labels != "no_meaning_difference", labels != "unrelated"
    figures = describe_figures(y, is_related, cross_validate(x, y))
    if inputs.show_ablation:
        print(f"  all: {figures}")
        print_ablation(x, y, is_related, FITTED)
    model = fit_logistic(x, y, inverse_penalty=INVERSE_PENALTY)
    weights = {"base": model.bias, **dict(zip(FITTED, model.weights)), **BY_HAND}
    return [LinearModelFile(NAME, DATA, f"Ten folds, three seeds: {figures}.", weights, note=NOTE)]
