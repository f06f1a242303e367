"""What an option or an argument may be, for a shell's Tab: cases, policies, forms, stages, days' kinds, files.

Nothing here names a person: cases are offered by reference, what is owed by its key. Where something cannot be read,
nothing is offered; the command itself then says why.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress

from escalate.cli.completing import Candidate, Typed, matching
from escalate.errors import EscalateError
from escalate.files.places import database, find, home, names

FILES, FOLDERS = Candidate(":files"), Candidate(":folders")
MOST = 50
Source = Callable[[Typed], list[Candidate]]


def references(begins: str) -> list[Candidate]:
    """Return the references that begin (else end) as typed, the case that changed last first; none without a record."""
    from escalate.store import readers
    from escalate.store.case_list import references_changed_last

    try:
        with closing(readers.open_for_reading(database())) as con:
            return [Candidate(reference) for reference in references_changed_last(con, begins, MOST)]
    except (EscalateError, OSError):
        return []


def source_of(path: str, option: str, takes: str) -> Source:
    """Return where the values of an option, or of an argument where `option` is "", come from.

    Args:
        path: the verb and its part: "policy show".
        takes: what it is called in the help: "REF".
    Raises:
        KeyError: nobody has said it yet; a test looks at every verb.
    """
    known = (_BY_OPTION.get(option), _BY_PATH.get(f"{path} {option or takes}"))
    return next((source for source in known if source), None) or _BY_NAME_OF_VALUE[takes]


def _nothing(_: Typed) -> list[Candidate]:
    return []


def _references(typed: Typed) -> list[Candidate]:
    return references(typed.current)


def _files(_: Typed) -> list[Candidate]:
    return [FILES]


def _folders(_: Typed) -> list[Candidate]:
    return [FOLDERS]


def _policies(typed: Typed) -> list[Candidate]:
    with suppress(EscalateError, OSError):
        return matching(map(Candidate, names("policies", home())), typed.current)
    return []


def _policies_or_files(typed: Typed) -> list[Candidate]:
    return [*_policies(typed), FILES]


def _forms(typed: Typed) -> list[Candidate]:
    with suppress(EscalateError, OSError):
        return matching(map(Candidate, names("templates", home())), typed.current)
    return []


def _forms_or_files(typed: Typed) -> list[Candidate]:
    return [*_forms(typed), FILES]


def _stages(typed: Typed) -> list[Candidate]:
    """The stages of the case's policy, of the one that --policy names, or of the one of setup; with their titles."""
    from tomllib import TOMLDecodeError

    from escalate.files.policies.glance import glance

    with suppress(EscalateError, OSError, TOMLDecodeError, KeyError):
        titles = glance(_policy_text(typed)).stages
        return matching([Candidate(stage, title) for stage, title in titles.items()], typed.current)
    return []


def _policy_text(typed: Typed) -> str:
    from escalate.store import readers
    from escalate.store.case_list import case_row

    wanted = typed.given.get("--policy", "")
    if not wanted:
        with closing(readers.open_for_reading(database())) as con:
            if typed.positional:
                return readers.policy_text(con, case_row(con, typed.positional[0])["policy_digest"])
            setup = readers.setup(con)
            wanted = setup.policy if setup else ""
    named = [name for name in names("policies", home()) if wanted and name.startswith(wanted)]
    path = find("policies", f"{named[-1]}.toml", home()) if named else None
    return path.read_text(encoding="utf-8") if path else ""


def _owed(typed: Typed) -> list[Candidate]:
    """The keys of what is owed in the case, as `why` takes them."""
    from escalate.store import readers
    from escalate.store.case_list import case_row

    with suppress(EscalateError, OSError), closing(readers.open_for_reading(database())) as con:
        owed = readers.items_of(con, case_row(con, typed.positional[0])["stream"])
        return matching([Candidate(one.key) for one in owed if one.is_open], typed.current)
    return []


def _one_of(*words: str) -> Source:
    return lambda typed: matching(map(Candidate, words), typed.current)


_BY_OPTION: dict[str, Source] = {
    "--policy": _policies,
    "--extends": _policies,
    "--form": _forms,
    "--stage": _stages,
    "--at": _stages,
    "--diagram": _one_of("mermaid", "svg"),
}
_BY_PATH: dict[str, Source] = {
    "policy show NAME": _policies_or_files,
    "policy check NAME": _policies_or_files,
    "policy try FILE": _policies_or_files,
    "policy diff A": _policies_or_files,
    "policy diff B": _policies_or_files,
    "form show NAME": _forms,
    "form check TEMPLATE": _forms_or_files,
    "form new --id": _nothing,
    "log --format": _one_of("xlsx", "csv", "docx"),
    "report --format": _one_of("docx", "xlsx", "html", "json", "all"),
    "calendar add --kind": _one_of("closure", "holiday"),
    "calendar remove --kind": _one_of("closure", "holiday"),
}
_BY_NAME_OF_VALUE: dict[str, Source] = {
    "REF": _references,
    "REF:ENTRY": _references,
    "REF:N": _references,
    "ITEM": _owed,
    "FILE": _files,
    "BLANK": _files,
    "PATH": _files,
    "FOLDER": _folders,
    "DIR": _folders,
    "STATE": _one_of("open", "to-check", "ended", "withdrawn"),
    "NATION": _one_of("England", "Wales", "Scotland", "Northern Ireland"),
    "ANSWER": _one_of("yes", "no", "not sure"),
    "EDITION": _one_of("restricted", "published"),
    "SHELL": _one_of("bash", "zsh", "fish", "powershell"),
    # Names of people and agencies, free words, days and numbers are typed.
    **dict.fromkeys(
        (
            "NAME",
            "AGENCY",
            "ROLE",
            "TEXT",
            "DAY",
            "N",
            "Y",
            "L",
            "BAND",
            "PREFIX",
            "DRAFT",
            "THEME",
            "WHY",
            "NUMBER",
            "ID",
            "KIND",
        ),
        _nothing,
    ),
    **dict.fromkeys(("YEAR-Q", "YEAR"), _nothing),
}
