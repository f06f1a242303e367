"""Return forms in every way people do, hand-filled blanks included, and account for every word that they typed.

    python tests/proofs/returned_forms.py [how many]

Three quarters are our own forms, edited; the rest the partnerships' blanks filled in by hand, a third of those with
answers that read like labels. Prints how many fields were read right, by form and by way. Ends with 1 where a word was
lost, or where a field was misread in a way that leaves a tag, a bookmark or a label to read it by.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.forms.returned.by_hand import many_by_hand
from tests.forms.returned.measure import Measure
from tests.forms.returned.returning import COUNTED_ONLY, many

TIMES = {"full": 500, "part": 50}
# Of answers that read like labels, written under labels in one cell, some cannot be told from labels.
LEAST_RIGHT = 0.992


def main(times: int) -> int:
    ours, blanks, like_labels = Measure(), Measure(), Measure()
    hands = times // 4
    for one in many(times - hands):
        ours.add(one)
    for one in many_by_hand(hands - hands // 3):
        blanks.add(one)
    for one in many_by_hand(hands // 3, like_labels=True):
        like_labels.add(one)
    failed = []
    for measure in (ours, blanks, like_labels):
        print(*measure.report(), sep="\n")
        failed += [f"{way}: {said}" for way, all_said in measure.complaints.items() for said in all_said]
    lost = sum(count.lost for measure in (ours, blanks, like_labels) for count in measure.by_way.values())
    revived = sum(count.revived for measure in (ours, blanks, like_labels) for count in measure.by_way.values())
    promised = [
        f"{way}: {said}"
        for measure in (ours, blanks)
        for way, all_said in measure.complaints.items()
        for said in all_said
        if way not in COUNTED_ONLY
    ]
    fields = sum(count.fields for count in like_labels.by_form.values())
    right = sum(count.right for count in like_labels.by_form.values())
    print(f"{times} returned forms: {lost} texts lost; {right}/{fields} fields of answers that read like labels")
    if promised or lost or revived or right < LEAST_RIGHT * fields:
        print(f"{len(failed)} were not read as they stand:", *(said[:400] for said in failed[:40]), sep="\n    ")
        return 1
    return 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]
    sys.exit(main(asked))
