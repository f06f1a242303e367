"""Send every form through LibreOffice, as issued, after edits and typed in there, and read every field again.

    python tests/proofs/round_trips.py [how many of each]

By way of .docx and .odt every field must come back: ends with 1 where one does not, or where a word is lost. By way of
.doc and .rtf it is counted. Skipped, and said, where LibreOffice is not installed; in CI that is a failure.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.forms.returned.libreoffice import LibreOffice, soffice
from tests.forms.returned.measure import Measure
from tests.forms.returned.round_trip import BEFORE, after_saving, after_typing, before

TIMES = {"full": 3, "part": 1}
PROMISED, COUNTED = ("docx", "odt"), ("doc", "rtf")


def main(times: int) -> int:
    if soffice() is None:
        print("LibreOffice is not installed: no form was sent through it")
        return 1 if os.environ.get("CI") else 0
    seeds = range(1, times + 1)
    measures = {road: Measure() for road in (*PROMISED, "typing", *COUNTED)}
    with tempfile.TemporaryDirectory() as folder:
        office = LibreOffice(Path(folder))
        forms = list(before(BEFORE, seeds))
        for road in (*PROMISED, *COUNTED):
            for one in after_saving(forms, office, road):
                measures[road].add(one)
        for one in after_typing(seeds, office):
            measures["typing"].add(one)
    failed = []
    for road, measure in measures.items():
        print(*measure.report(), sep="\n")
        if road not in COUNTED:
            failed += [f"{way}: {said}" for way, all_said in measure.complaints.items() for said in all_said]
    for road, measure in measures.items():
        fields = sum(count.fields for count in measure.by_form.values())
        right = sum(count.right for count in measure.by_form.values())
        many = sum(count.forms for count in measure.by_form.values())
        print(f"through LibreOffice, {road}: {many} forms, {right} of {fields} fields")
    if failed:
        print(f"{len(failed)} were not read as they stand:", *(said[:400] for said in failed[:40]), sep="\n    ")
    return 1 if failed else 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]
    sys.exit(main(asked))
