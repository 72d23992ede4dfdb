"""Which variable of a statement type says who speaks, for whom, which concept, and on which side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disputegraph.errors import UsageError, nearest
from disputegraph.importers.dna.dna_content import StatementType, Variable

FIELDS = ("speaker", "on_behalf_of", "claim", "polarity")

# DNA's own statement type has person, organization, concept, agreement; these are names that coders give them.
_NAMES = {
    "speaker": ("person", "speaker", "actor", "individual"),
    "on_behalf_of": ("organization", "organisation", "org", "institution"),
    "claim": ("concept", "claim", "belief", "policy belief", "argument"),
    "polarity": ("agreement", "agree", "qualifier", "polarity", "support"),
}
_KINDS = {
    "speaker": ("short text",),
    "on_behalf_of": ("short text",),
    "claim": ("short text", "long text"),
    "polarity": ("boolean", "integer"),
}


@dataclass(frozen=True, slots=True)
class Roles:
    """The variables of a statement type that have a place in the ontology; None for a role that it lacks.

    A type is one of utterances if it has a claim and somebody who speaks; the rest of its variables, and all
    variables of other types, are kept as coded values.
    """

    speaker: Variable | None
    on_behalf_of: Variable | None
    claim: Variable | None
    polarity: Variable | None

    @property
    def utters(self) -> bool:
        """Whether statements of the type are utterances."""
        return self.claim is not None and (self.speaker is not None or self.on_behalf_of is not None)

    @property
    def ids(self) -> set[int]:
        """The IDs of the variables with a role."""
        return {variable.id for variable in (self.speaker, self.on_behalf_of, self.claim, self.polarity) if variable}


def roles_of(type_: StatementType, mapping: Mapping[str, str]) -> Roles:
    """Return the roles of a type's variables: as the user maps them (variable to field), else by their names."""
    found: dict[str, Variable] = {}
    given = {name.casefold(): field for name, field in mapping.items()}
    for variable in type_.variables:
        keys = (f"{type_.label}.{variable.name}".casefold(), variable.name.casefold())
        field = next((given[key] for key in keys if key in given), None)
        if field:
            if variable.kind not in _KINDS[field]:
                raise UsageError(
                    f"--map {variable.name}={field}: the variable is {variable.kind}, and {field} needs "
                    f"{' or '.join(_KINDS[field])}."
                )
            found[field] = variable
    mapped = {variable.id for variable in found.values()} | {
        variable.id for variable in type_.variables if given.get(variable.name.casefold()) == ""
    }
    for field in FIELDS:
        for name in _NAMES[field]:
            for variable in type_.variables:
                if variable.name.casefold() == name and variable.kind in _KINDS[field] and variable.id not in mapped:
                    found.setdefault(field, variable)
    return Roles(*(found.get(field) for field in FIELDS))


def check_mapping(mapping: Mapping[str, str], types: list[StatementType]) -> None:
    """Raise UsageError if a mapping names a variable or a field that there is not."""
    variables = {variable.name for type_ in types for variable in type_.variables}
    variables |= {f"{type_.label}.{variable.name}" for type_ in types for variable in type_.variables}
    for name, field in mapping.items():
        if name.casefold() not in {known.casefold() for known in variables}:
            raise UsageError(f"--map {name}={field}: there is no variable '{name}'.{nearest(name, variables)}")
        if field and field not in FIELDS:
            hint = nearest(field, FIELDS)
            raise UsageError(f"--map {name}={field}: there is no field '{field}'.{hint} Fields: {', '.join(FIELDS)}.")
