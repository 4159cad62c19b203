"""How often each rule was right: its findings of medium severity and above on the graded pairs of the corpus.

A finding is right if it shares words with a difference that an editor marked, on each side that both have and on at
least one, and is of the same family: both name a value, or both a whole statement, or both have the same kind. So is a
figure or name that is added or dropped inside a statement that is marked as added or dropped. `src/corpus/grade.rs`
grades findings by the same rules.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from .common import FitError, Inputs, Json, Story, compare_versions, map_parallel, read_stories

NAME = "rule_precision"
# Kinds that say the same of a place: which figure it is, who says it, whether at all.
FAMILIES = [
    {"money", "quantity", "percent", "ordinal", "date", "duration"},
    {"name"},
    {"quote", "attribution"},
    {"statement"},
    {"polarity", "quantifier"},
    {"modality"},
]


@dataclass(frozen=True)
class Span:
    """Bytes of a version's text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Difference:
    """A difference that the editor marked or that the program reports, with its place on either side."""

    change: str
    kind: str
    a: Span | None
    b: Span | None

    def agrees_with(self, graded: "Difference") -> bool:
        """Whether it names the graded difference."""
        sides = [(self.a, graded.a), (self.b, graded.b)]
        overlaps = [own.overlaps(other) for own, other in sides if own and other]
        return any(overlaps) and all(overlaps) and find_family(self.kind) == find_family(graded.kind)

    def is_part_of(self, graded: "Difference") -> bool:
        """Whether it names a part of a statement that is missing whole."""

        def is_inside(own: Span | None, other: Span | None) -> bool:
            return own.overlaps(other) if own and other else own is other

        is_missing = graded.kind == "statement" and graded.change in ("added", "dropped")
        return is_missing and is_inside(self.a, graded.a) and is_inside(self.b, graded.b)


@dataclass(frozen=True)
class PrecisionFile:
    """The file with the counts of each rule."""

    has_fixed_names: ClassVar[bool] = False

    name: str
    counts: dict[str, dict[str, int]]

    def render(self, fitted: str) -> str:
        lines = [
            "# Findings of medium severity and above on the graded pairs of corpus/, by rule: how many the editor had "
            "marked as well",
            "# (`right`), and how many not (`wrong`). Made by `python -m fit`, see tests/fit/README.md.",
        ]
        for rule, count in sorted(self.counts.items()):
            lines.append(f"{rule} = {{ right = {count['right']}, wrong = {count['wrong']} }}")
        return "\n".join(lines) + "\n"

    def with_numbers_of(self, present: Json) -> Self:
        return self


def find_family(kind: str) -> int:
    """The number of a kind's family."""
    for number, kinds in enumerate(FAMILIES):
        if kind in kinds:
            return number
    raise FitError(f"rule_precision: the kind {kind} is in no family, see src/corpus/grade.rs")


def find_words(path: Path, words: str | None) -> Span | None:
    """The place of words that the editor quotes; they are in the text exactly once."""
    if words is None:
        return None
    text, quoted = path.read_bytes(), words.encode()
    if text.count(quoted) != 1:
        raise FitError(f"{path}: {words!r} is not in the text exactly once")
    start = text.index(quoted)
    return Span(start, start + len(quoted))


def read_place(finding: Json, side: str) -> Span | None:
    """The place of a finding on one side."""
    place = finding[side]
    return None if place is None else Span(place["start"], place["end"])


def judge_pair(inputs: Inputs, story: Story, pair: Json) -> Iterator[tuple[str, str]]:
    """The rule of each finding of a graded pair, and whether it is right."""
    a, b = (story.find_version(pair[side]) for side in "ab")
    graded = [
        Difference(entry["change"], entry["kind"], find_words(a[0], entry.get("a")), find_words(b[0], entry.get("b")))
        for entry in pair.get("finding", [])
    ]
    for finding in compare_versions(inputs, a, b)["comparisons"][0]["findings"]:
        found = Difference(finding["change"], finding["kind"], read_place(finding, "a"), read_place(finding, "b"))
        is_right = any(found.agrees_with(other) or found.is_part_of(other) for other in graded)
        yield finding["rule"], "right" if is_right else "wrong"


def fit_models(inputs: Inputs) -> list[PrecisionFile]:
    """Counts the findings of each rule."""
    pairs = [
        (story, pair)
        for story in read_stories()
        for pair in story.manifest["pair"]
        if pair.get("findings_graded", True)
    ]
    judged = map_parallel(lambda item: list(judge_pair(inputs, *item)), pairs)
    verdicts = Counter(verdict for findings in judged for verdict in findings)
    rules = {rule for rule, _ in verdicts}
    counts = {rule: {verdict: verdicts[rule, verdict] for verdict in ("right", "wrong")} for rule in rules}
    return [PrecisionFile(NAME, counts)]
