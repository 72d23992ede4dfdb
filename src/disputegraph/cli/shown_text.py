"""Text that a terminal only shows: what would steer it, or reorder what it shows, is spelt out."""

from __future__ import annotations

from typing import Any

# Controls but tabs and line ends; Unicode's Bidi_Control; the separators of lines and paragraphs.
_STEERING = {
    code: f"\\u{code:04x}"
    for code in (*range(9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F),
                 *range(0x2066, 0x206A))
}  # fmt: skip


def shown_text(text: str) -> str:
    """Return text for people with the characters spelt out that would steer a terminal or reorder what it shows."""
    return text.translate(_STEERING)


class ShownStream:
    """A text stream that spells out what would steer a terminal, whoever writes to it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write text; bytes raise TypeError, as for every text stream."""
        self.stream.write(text.translate(_STEERING))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
