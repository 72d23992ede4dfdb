"""Projects for users: a folder that is coded, from which the dispute is one call away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from disputegraph import adjudication, coding, drafting
from disputegraph.analysis import Agreement, agreement
from disputegraph.dispute import Dispute


class Project(coding.Project):
    """A dispute as a folder of plain files that is coded; see `disputegraph.coding`."""

    @property
    def dispute(self) -> Dispute:
        """The reading of it: all that can be asked of a dispute, as the project is now."""
        return Dispute(self.graph.store)

    def agreement(self, *coders: str, draws: int = 1000, seed: int = 0) -> Agreement:
        """Return how far coders agree who coded apart from each other; see `disputegraph.analysis.agreement`.

        Args:
            coders: their names; by default all.
            draws: draws of the bootstrap over documents; 0 for no intervals.
            seed: of its random numbers.

        Raises:
            DataError: fewer than two coders, no document in common, or different texts under one name.
            UsageError: a coder coded nothing apart from the others.
        """
        versions = coding.coder_versions(self.folder, coders)
        return agreement(versions.coded, texts=versions.texts, lengths=versions.lengths, draws=draws, seed=seed)

    def draft(self, *documents: str, program: str | None = None, **options: Any) -> list[drafting.DraftedDocument]:
        """Draft documents, all by default, and return what was done with each; see `disputegraph.drafting`.

        Args:
            documents: the documents.
            program: ``rules``, ``spacy`` or ``llm``; by default spacy if a pipeline is installed, else rules.
            options: ``pipeline``, ``endpoint``, ``model``, ``max_cost_tokens``, ``notify``; ``again`` and
                ``any_language``.

        Raises:
            UsageError: a document or program is not known, or the program lacks what it needs.
            DataError, OutputError: the text is not at hand; the drafts cannot be written.
        """
        how = {name: options.pop(name) for name in ("again", "any_language") if name in options}
        drafter = drafting.drafter_named(
            program or drafting.choose_program()[0],
            actors=coding.known_of(self, *coding.ACTORS),
            claims=coding.known_of(self, "Claim"),
            cache=drafting.answers_folder(self),
            **options,
        )
        return list(drafting.draft_documents(self, drafter, drafting.documents_named(self, documents), **how))

    def drafts(self, document: str, *, state: str | None = None) -> list[drafting.ReviewedDraft]:
        """Return the drafts of a document in order of their places; `notes` says what was left out.

        Args:
            document: the document.
            state: only those that are ``open``, ``accepted``, ``rejected`` or ``coded``.
        """
        self.refresh()
        self.notes = []
        found = drafting.drafts_of(self, document, notes=self.notes).values()
        return [one for one in found if state in (None, one.state)]

    def accept(self, draft: str, **changed: object) -> str:
        """Make a statement of a draft, and return its IRI; see `disputegraph.drafting.accept_draft`."""
        return drafting.accept_draft(self, draft, **changed)

    def split(self, draft: str, parts: Sequence[Sequence[drafting.DraftSpan]], **changed: object) -> list[str]:
        """Make several statements of one draft; see `disputegraph.drafting.split_draft`."""
        return drafting.split_draft(self, draft, parts, **changed)

    def reject(self, draft: str, reason: str = "") -> None:
        """Say that a draft is wrong, and why; `undo` and `restore` take it back."""
        drafting.reject_draft(self, draft, reason)

    def restore(self, draft: str) -> None:
        """Take the rejection of a draft back."""
        drafting.restore_draft(self, draft)

    def coded_units(self, document: str | None = None) -> list[adjudication.CodedUnit]:
        """Return what coders made of each utterance apart from each other; see `disputegraph.adjudication`.

        Args:
            document: one document; by default all that two coders or more coded.
        """
        self.refresh()
        return adjudication.coded_units(self, self.document_named(document).value if document else None)

    def adjudicate(self, key: str, coder: str, **fields: str) -> str:
        """Let a coder's version of a unit count, in some fields another coder's, and return the statement's IRI."""
        return adjudication.adjudicate(self, key, coder, **fields)

    def adjudicate_agreed(self, document: str | None = None) -> list[str]:
        """Let all count that the coders coded alike, and return the IRIs of the statements."""
        return adjudication.adjudicate_agreed(self, self.document_named(document).value if document else None)

    def reject_unit(self, key: str, reason: str = "") -> None:
        """Say that what a coder has is not an utterance, and why; `undo` and `restore_unit` take it back."""
        adjudication.reject_unit(self, key, reason)

    def restore_unit(self, key: str) -> None:
        """Take back that a unit is not an utterance."""
        adjudication.restore_unit(self, key)


def open_project(folder: str | Path, *, coder: str | None = None, independent: bool = False) -> Project:
    """Open a project for coding.

    Args:
        folder: a folder that `new_project`, ``disputegraph new`` or ``disputegraph code`` made.
        coder: who codes; by default the coder of its ``disputegraph.toml``.
        independent: code without sight of what others coded, into ``independent/<coder>/``, to measure how far coders
            agree. The codebook is shared: what is new in it is there for all, and it only grows.

    Raises:
        DataError: it is not a project, or a file of it cannot be read.
        UsageError: `independent` without a coder.
    """
    return Project(folder, coder=coder, independent=independent)


def new_project(folder: str | Path, *, coder: str | None = None, **settings: Any) -> Project:
    """Make a project, and open it; settings are ``title``, ``language`` and ``base``.

    Raises:
        OutputError: there is a project already, or it cannot be written.
        UsageError: the language is not a language tag, or the base not an IRI.
    """
    coding.new_project(folder, coder=coder, **settings)
    return Project(folder, coder=coder)
