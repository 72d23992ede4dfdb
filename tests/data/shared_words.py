"""Which runs of words do the files of a project share with its texts? A text's sentences are its publisher's.

``python -m tests.data.shared_words data/junior-doctors`` compares the README and every Turtle file and table with the
texts in the folder's ``sources/``, which git leaves out, prints what they share, and ends with 1 if there is anything.
Addresses do not count: many are made of a headline, and whoever cites a page has to give them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST_RUN = 7
"""Words in a row that a project may not share with a text."""


def runs(text: str, length: int = LONGEST_RUN) -> set[tuple[str, ...]]:
    """Every run of so many words, without regard to case, punctuation, line ends or the shape of apostrophes."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower().replace("’", "'"))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def shared_words(project: Path) -> Iterator[tuple[Path, Path, str]]:
    """Yield a file of the project, a text, and the words that stand in both; titles of documents are no exception.

    Raises FileNotFoundError where the project has no texts: nothing compared is not the same as nothing shared.
    """
    texts = {path: runs(path.read_text(encoding="utf-8")) for path in sorted((project / "sources").glob("*.txt"))}
    if not texts:
        raise FileNotFoundError(f"{project / 'sources'} has no texts (*.txt) to compare with: put them there first")
    for path in sorted([project / "README.md", *project.glob("*.csv"), *project.rglob("*.ttl")]):
        own = runs(re.sub(r"<https?://[^>]*>", " ; ", path.read_text(encoding="utf-8")))
        for text, forbidden in texts.items():
            for run in sorted(own & forbidden):
                yield path, text, " ".join(run)


if __name__ == "__main__":
    try:
        found = [f"{path}: {text.name}: {words}" for path, text, words in shared_words(Path(sys.argv[1]))]
    except (IndexError, OSError) as error:
        sys.exit(f"{error}\nUsage: python -m tests.data.shared_words PROJECT")
    print("\n".join(found) or f"No {LONGEST_RUN} words in a row are shared.")
    sys.exit(bool(found))
