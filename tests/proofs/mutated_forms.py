"""Receive thousands of broken forms: each is read or refused in a sentence, soon and in little memory, and none writes.

    python tests/proofs/mutated_forms.py [how many]

Bytes flipped, cut and put in; elements dropped, doubled, moved, renamed and nested; attributes of nonsense; entities;
zips that lie about themselves. Ends with 1 where anything but a refusal was raised, where one took longer than two
seconds of this computer's work, or where the record or the folder round it changed.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from escalate.casework.desk import Desk
from escalate.casework.receiving import NOBODY_SAID, KnownForms, Said, beside_case, look
from escalate.errors import EscalateError
from escalate.files.docx import opener as docx_opener
from escalate.files.docx import reader as docx_reader
from tests.builders import a_case, a_home
from tests.forms.returned.mutations import mutated

TIMES = {"full": 10_000, "part": 1000}
LONGEST = 2.0  # seconds of work
HANGS = 120  # seconds by the clock, after which it says where it hangs, and ends
MEMORY = 1536 * 1024 * 1024
OPENER, READER = Path(docx_opener.__file__), Path(docx_reader.__file__)


def bound_memory() -> None:
    """Have the system refuse more memory than this, where it can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def state_of(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder, by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def received(desk: Desk, content: bytes, forms: KnownForms, said: Said) -> str:
    """Look at a file as the verb does; return how that ended."""
    try:
        looked = look(desk, content, "the file", forms, said)
        beside_case(desk, looked.form, looked.whose)
    except EscalateError as refusal:
        cause = refusal.__cause__
        if cause is None:
            return "refused"
        # What zip and XML raise is the damage of the file. What the reader itself raises is a fault of the reader.
        raised_in = traceback.extract_tb(cause.__traceback__)[-1].filename
        if Path(raised_in).parent == READER.parent and raised_in != str(OPENER):
            raise
        return f"refused, for {type(cause).__name__}"
    return "read"


def main(times: int) -> int:
    ended: Counter[str] = Counter()
    slowest, slowest_kind, problems = 0.0, "", []
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder) / "home")
        reference = a_case(home).reference
        with Desk(home) as desk:
            forms = KnownForms.of(desk)
            before = state_of(home)
            bound_memory()
            for number, (kind, content) in enumerate(mutated(times)):
                # Somebody who knows the case and the form says so, and the file is read though it does not say itself.
                said = Said(case=reference) if number % 2 else NOBODY_SAID
                began = time.process_time()
                faulthandler.dump_traceback_later(HANGS, exit=True)
                try:
                    ended[received(desk, content, forms, said)] += 1
                except Exception as error:  # noqa: BLE001
                    problems.append(f"{kind}: {type(error).__name__}: {str(error)[:200]}, from {error.__cause__!r}")
                took = time.process_time() - began
                faulthandler.cancel_dump_traceback_later()
                if took > slowest:
                    slowest, slowest_kind = took, kind
                if took > LONGEST:
                    problems.append(f"{kind}: took {took:.1f} s")
        if state_of(home) != before:
            problems.append("something was written")
    print(
        f"{times} broken forms: {times - ended['read'] - len(problems)} refused, {ended['read']} read,"
        f" {len(problems)} otherwise; the slowest took {slowest:.1f} s ({slowest_kind})"
    )
    print(*(f"    {count} {how}" for how, count in ended.most_common()), sep="\n")
    if problems:
        print(*problems[:60], sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]
    sys.exit(main(asked))
