"""Fits the models of src/models and writes their files, or says which of them a fit would change."""

import argparse
import datetime
import difflib
import shutil
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import alignment_path, comparable_links, garble, rule_precision, sentence_divergence, word_difference
from .common import ROOT, FitError, Inputs, ModelFile, find_model_path, list_changes

DONE, CHANGED, FAILED = 0, 1, 2


@dataclass(frozen=True)
class Fit:
    """Models that are fitted together, and the files of the data folder that they need."""

    models: Sequence[str]
    data_files: Sequence[str]
    fit_models: Callable[[Inputs], Sequence[ModelFile]]


REGISTRY = [
    Fit([rule_precision.NAME], [], rule_precision.fit_models),
    Fit([comparable_links.NAME], [], comparable_links.fit_models),
    Fit([sentence_divergence.NAME], [sentence_divergence.DATA_FILE], sentence_divergence.fit_models),
    Fit([model.name for model in garble.MODELS], garble.DATA_FILES, garble.fit_models),
    Fit(
        [word_difference.SENTENCES.name, word_difference.DOCUMENTS.name],
        word_difference.DATA_FILES,
        word_difference.fit_models,
    ),
    Fit([alignment_path.NAME], [alignment_path.DATA_FILE], alignment_path.fit_models),
]
NAMES = [name for fit in REGISTRY for name in fit.models]


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m fit", description=__doc__, epilog=f"Models: {', '.join(NAMES)}")
    parser.add_argument("models", nargs="*", metavar="MODEL", help="models to fit [default: all whose data is there]")
    parser.add_argument("--bin", required=True, metavar="PROGRAM", help="the built claimdiff")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of the sets that are not in the repository")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a number would change")
    parser.add_argument("--ablation", action="store_true", help="print what each feature adds")
    parsed = parser.parse_args(arguments)
    unknown = [name for name in parsed.models if name not in NAMES]
    if unknown:
        parser.error(f"no model is called {unknown[0]}; choose from {', '.join(NAMES)}")
    return parsed


def finish_model(model: ModelFile, check: bool) -> bool:
    """Checks or writes a model; whether its numbers change.

    Where none changes by more than a rounding step, all of them and the day of the fit are kept.
    """
    path = find_model_path(model.name)
    shown = path.relative_to(ROOT)
    old = path.read_text(encoding="utf-8")
    present = tomllib.loads(old)
    changes = list(list_changes(present, tomllib.loads(model.render(""))))
    misnamed = [change.place for change in changes if None in (change.old, change.new)]
    if misnamed and model.has_fixed_names:
        raise FitError(f"{model.name}: {shown} and tests/fit differ in the names {', '.join(misnamed)}")
    if changes:
        new = model.render(datetime.date.today().isoformat())
        verb = "would change" if check else "changed"
        print(f"{model.name}: {shown} {verb}: {'; '.join(map(str, changes))}", flush=True)
    else:
        new = model.with_numbers_of(present).render(present.get("fitted", ""))
        print(f"{model.name}: same numbers as in {shown}", flush=True)
        print_new_words(old, new)
    if not check:
        path.write_text(new, encoding="utf-8")
    return bool(changes)


def print_new_words(old: str, new: str) -> None:
    """The lines that differ although no number does."""
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        if line[0] in "-+":
            print(f"  {line}", flush=True)


def run(parsed: argparse.Namespace) -> int:
    """Fits the chosen models; the exit status."""
    program = shutil.which(parsed.bin)
    if program is None:
        raise FitError(f"{parsed.bin} is no program; build it with cargo build --release")
    inputs = Inputs(Path(program).resolve(), parsed.data, parsed.ablation)
    status = DONE
    for fit in REGISTRY:
        chosen = [name for name in fit.models if name in parsed.models or not parsed.models]
        missing = [name for name in fit.data_files if inputs.find_data_file(name) is None]
        if chosen and missing:
            where = f"in {parsed.data}" if parsed.data else "without --data"
            print(f"{', '.join(chosen)}: skipped, {', '.join(missing)} not found {where}")
            # A model that was asked for by name must not pass because nothing was done.
            status = max(status, FAILED if parsed.models else DONE)
        elif chosen:
            fitted = [model for model in fit.fit_models(inputs) if model.name in chosen]
            changed = [finish_model(model, parsed.check) for model in fitted]
            if parsed.check and any(changed):
                status = max(status, CHANGED)
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    parsed = parse_arguments(arguments)
    try:
        return run(parsed)
    except FitError as error:
        print(f"fit: {error}", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
