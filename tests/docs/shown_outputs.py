"""Write anew what a page of the manual shows below its commands, where it is no longer what they print.

``python -m tests.docs.shown_outputs docs/junior-doctors.md``. Only results (standard output) are written; what is shown
with "…" in it, or of standard error, is left to a person, and named.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.test_docs import ending, matches, runs


def with_outputs(path: Path, folder: Path) -> tuple[str, list[str]]:
    """Return the page with what its commands print, and the commands whose output a person has to look at."""
    text, left, after = path.read_text(encoding="utf-8"), [], 0
    for _, command, shown, done in runs(path, folder):
        code, expected = ending(shown)
        printed = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
        after = text.index(f"$ {command.split()[0]}", after) + 1
        if not expected or any(matches(expected, one.splitlines()) for one in (done.stdout, done.stderr + done.stdout)):
            continue
        old = "\n".join(["", *expected]).rstrip() + "\n"
        if done.returncode != code or "…" in old or old not in text[after:]:
            left.append(command)
            continue
        text = text[:after] + text[after:].replace(old, "\n".join(["", *printed, ""]), 1)
    return text, left


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m tests.docs.shown_outputs PAGE")
    page = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        written, looked_at = with_outputs(page, Path(scratch))
    page.write_text(written, encoding="utf-8")
    for one in looked_at:
        print(f"not written: $ {one}")
    sys.exit(bool(looked_at))
