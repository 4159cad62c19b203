"""Differing words of two sentences or two documents: the probability that a reader marks the word at all.

The data is SwissGov-RSD (Wastl, Vamvas and Sennrich 2025) and iSTS-RSD (Vamvas and Sennrich 2023), a degree for each
token, and REFreSD (Briakou and Carpuat 2020), how many of three annotators marked a token. A model of the degree ranks
documents a point lower than one of the mark. What readers mark in a pair of sentences and in a pair of pages is not the
same, so there are two models; which one judges a pair is the program's decision and comes with the features.

The figures are of each page, judged with weights that were fitted on other pages. The thresholds are set by hand, after
the tables that `--ablation` prints: below `same` all words count as one value, because any order among them is noise;
from `marked` on a word is marked as different.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.stats import spearmanr

from .common import (
    Bools,
    Floats,
    Inputs,
    Ints,
    LinearModelFile,
    LogisticModel,
    fit_logistic,
    format_share,
    predict_left_out,
    read_pair_features,
    require_columns,
)

RSD_FILE = "rsd.jsonl"
REFRESD_FILE = "refresd.jsonl"
DATA_FILES = [RSD_FILE, REFRESD_FILE]
SIGNALS = {
    "texts": ["same_language", "log_words"],
    "chunks": ["chunk_sim", "chunk_bigram_sim", "chunk_mutual", "sentence_chunk_sim", "chunk_gain", "chunk_assigned"],
    "words of the chunk": ["chunk_mutual_words", "chunk_context", "next_chunk_context", "head_context"],
    "phrases": ["phrase_sim"],
    "words around": ["mutual_within_10", "assigned_within_2", "identical_within_2", "context_within_40"],
    "information": ["information"],
    "the sentence's group": ["group_cosine", "group_margin", "group_strength", "unaligned"],
    "values": ["value"],
}
# In the order in which the program prints them, after whether the pair is one of sentences.
FEATURES = [name for names in SIGNALS.values() for name in names]
FOLDS = 5
SPLIT_PAGES = ("admin_de", "admin_fr")
ANNOTATORS = 3
UNLABELLED = -1


@dataclass(frozen=True)
class WordModel:
    """One of the two models.

    `shares` is what each set counts. Real pages count most: what is learnt on made-up documents does not carry over to
    them (a third of this, and the pages lose a point). The classes of REFreSD are of sentences, not of words.
    """

    name: str
    data: str
    shares: Mapping[str, float]
    thresholds: Mapping[str, float]
    # What the file says: a rank correlation for each set that is named in braces.
    figures: str


SENTENCES = WordModel(
    "word_difference_sentences",
    "Development halves of iSTS-RSD (Vamvas and Sennrich 2023) and REFreSD (Briakou and Carpuat 2020): whether a "
    "reader marks the word at all.",
    {"ists": 1, "ists_negatives": 0.5, "refresd some": 1, "refresd no": 0.5, "refresd unrelated": 0.3},
    {"same": 0.2, "marked": 0.6},
    "By page: Spearman iSTS-RSD {ists} EN; REFreSD, pairs that differ in part, {refresd some}.",
)
DOCUMENTS = WordModel(
    "word_difference_documents",
    "Development halves of SwissGov-RSD (Wastl, Vamvas and Sennrich 2025) and iSTS-RSD (Vamvas and Sennrich 2023): "
    "whether a reader marks the word at all.",
    {
        "admin_de": 1,
        "admin_fr": 1,
        "ists_documents": 0.06,
        "ists_permutations": 0.06,
        "ists_de": 0.06,
        "ists_fr": 0.06,
    },
    {"same": 0.2, "marked": 0.35},
    "By page: Spearman SwissGov-RSD {admin_de} EN-DE, {admin_fr} EN-FR; iSTS-RSD {ists_de} EN-DE, {ists_fr} EN-FR.",
)

Names: TypeAlias = np.ndarray[tuple[int], np.dtype[np.str_]]


@dataclass(frozen=True)
class Words:
    """Words with features and a label: degree 0 to 1, set, fold, and whether their pair is one of sentences."""

    x: Floats
    degrees: Floats
    sets: Names
    folds: Ints
    in_sentences: Bools

    def select(self, kept: Bools) -> "Words":
        return Words(self.x[kept], self.degrees[kept], self.sets[kept], self.folds[kept], self.in_sentences[kept])


@dataclass(frozen=True)
class LabelledPair:
    """Two tokenized texts, a label for each token of both, and what the pair is part of."""

    a: str
    b: str
    labels: list[float]
    set_name: str
    page: str


def read_labelled_pairs(inputs: Inputs) -> Iterator[LabelledPair]:
    """All pairs of both files. Pairs that share texts share a page."""
    for record in inputs.read_records(RSD_FILE):
        subset = record["subset"]
        page = record["page_en"] if subset in SPLIT_PAGES else "ists" + record["id"].rsplit("_", 1)[1]
        labels = record["labels_a"] + record["labels_b"]
        yield LabelledPair(record["text_a"], record["text_b"], labels, subset, page)
    for record in inputs.read_records(REFRESD_FILE):
        labels = [mark / ANNOTATORS for side in record["marks"] for mark in side]
        set_name = "refresd " + record["label"].split("_")[0]
        yield LabelledPair(record["words_a"], record["words_b"], labels, set_name, record["id"])


def read_words(inputs: Inputs) -> Words:
    """The tokens that have a word and a label."""
    pairs = list(read_labelled_pairs(inputs))
    rows = []
    for pair, answer in zip(pairs, read_pair_features(inputs, "words", ((pair.a, pair.b) for pair in pairs))):
        fold = zlib.crc32(pair.page.encode()) % FOLDS
        for features, label in zip(answer["features"][0] + answer["features"][1], pair.labels, strict=True):
            if label != UNLABELLED and features:
                rows.append((features, label, pair.set_name, fold))
    features, degrees, sets, folds = (np.array(column) for column in zip(*rows))
    require_columns(features.shape[1], 1 + len(FEATURES), "words --features")
    return Words(features[:, 1:], degrees, sets, folds, features[:, 0] == 1)


def weigh_rows(words: Words, shares: Mapping[str, float]) -> Floats:
    """Weights of the words, so that each set counts its share, however large it is."""
    weights = np.zeros(len(words.degrees))
    for name, share in shares.items():
        of_set = words.sets == name
        weights[of_set] = share / max(of_set.sum(), 1)
    scaled: Floats = weights * len(weights) / weights.sum()
    return scaled


def measure_rank(words: Words, predicted: Floats, name: str, floor: float) -> float:
    """Spearman's correlation with the degrees of a set, where all below `floor` is one value."""
    of_set = words.sets == name
    return float(spearmanr(words.degrees[of_set], np.maximum(predicted[of_set], floor))[0])


def measure_f1(words: Words, predicted: Floats, name: str, marked: float) -> float:
    """F1 of the words of a set that more than half of the readers marked."""
    of_set = words.sets == name
    truth, found = words.degrees[of_set] > 0.5, predicted[of_set] >= marked
    return float(2 * (truth & found).sum() / max(truth.sum() + found.sum(), 1))


def print_ablation(model: WordModel, words: Words, row_weights: Floats, predicted: Floats) -> None:
    """The tables from which the thresholds are chosen, and the rank correlations without each signal."""
    floor = model.thresholds["same"]
    print(f"  {model.name}")
    for least in (0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        ranks = (f"{name} {measure_rank(words, predicted, name, least):.3f}" for name in model.shares)
        print(f"    Spearman, same {least:.2f}: {', '.join(ranks)}")
    for marked in np.arange(0.2, 0.85, 0.05):
        f1s = (f"{name} {measure_f1(words, predicted, name, marked):.3f}" for name in model.shares)
        print(f"    F1, marked {marked:.2f}: {', '.join(f1s)}")
    for signal, names in SIGNALS.items():
        used = np.array([name not in names for name in FEATURES])
        without = cross_validate(words, row_weights, used)
        ranks = (f"{name} {measure_rank(words, without, name, floor):.3f}" for name in model.shares)
        print(f"    without {signal}: {', '.join(ranks)}", flush=True)


def cross_validate(words: Words, row_weights: Floats, used: Bools) -> Floats:
    """The probability of each word by a model of the words of other pages."""
    x = words.x[:, used]

    def fit(kept: Bools) -> LogisticModel:
        return fit_logistic(x[kept], words.degrees[kept] > 0, row_weights=row_weights[kept])

    return predict_left_out(words.folds, x, fit)


def fit_model(model: WordModel, words: Words, show_ablation: bool) -> LinearModelFile:
    """Fits one of the two models on words of its own kind of pair."""
    words = words.select(np.isin(words.sets, list(model.shares)))
    row_weights = weigh_rows(words, model.shares)
    predicted = cross_validate(words, row_weights, np.ones(len(FEATURES), bool))
    if show_ablation:
        print_ablation(model, words, row_weights, predicted)
    fitted = fit_logistic(words.x, words.degrees > 0, row_weights=row_weights)
    floor = model.thresholds["same"]
    ranks = {name: format_share(measure_rank(words, predicted, name, floor), 3) for name in model.shares}
    cross_validated = model.figures.format_map(ranks)
    weights = dict(zip(FEATURES, fitted.weights))
    return LinearModelFile(model.name, model.data, cross_validated, weights, fitted.bias, model.thresholds)


def fit_models(inputs: Inputs) -> list[LinearModelFile]:
    """Fits the model of sentences and that of documents."""
    words = read_words(inputs)
    return [
        fit_model(SENTENCES, words.select(words.in_sentences), inputs.show_ablation),
        fit_model(DOCUMENTS, words.select(~words.in_sentences), inputs.show_ablation),
    ]
