"""A policy written upon another: what it adds, changes, follows otherwise and leaves out; and what it cannot."""

from __future__ import annotations

import dataclasses
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core.policy import Policy, follow
from escalate.errors import PolicyRefused
from escalate.files.places import shipped
from escalate.files.policies.loading import check_text, load_policy, parse_policy, read_policy_text
from escalate.files.policies.overlay import CHANGED, compose
from tests.running import run

HERE = Path(__file__).parent
BASE = "exampleshire-2026-01"
KNOWSLEY = "knowsley-2020-11"
KNOWSLEY_TABLES = tomllib.loads((shipped("policies") / f"{KNOWSLEY}.toml").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(HERE / f"{BASE}.toml", tmp_path)
    return tmp_path


def written(folder: Path, rest: str = "", *, header: str = "", name: str = "ours", extends: str = BASE) -> Path:
    """Write a policy upon another: its header is line 1 and 2, `rest` begins at line 3."""
    path = folder / f"{name}.toml"
    path.write_text(f'[policy]\nextends = "{extends}"\n{header}{rest}', encoding="utf-8")
    return path


def of(path: Path) -> Policy:
    return load_policy(str(path))[0]


def problems(path: Path) -> list[str]:
    return [str(problem) for problem in check_text(read_policy_text(str(path)))[1]]


# What is put together ---------------------------------------------------------------------------------------------


def test_a_policy_that_extends_another_and_changes_nothing_is_the_other(folder: Path) -> None:
    base, ours = of(folder / f"{BASE}.toml"), of(written(folder))

    assert ours.policy == dataclasses.replace(base.policy, extends=BASE)
    assert dataclasses.replace(ours, policy=base.policy) == base
    assert ours.name == "ours"


def test_an_item_with_an_id_of_the_base_changes_the_keys_it_names_and_keeps_the_rest(folder: Path) -> None:
    rest = '[[duty]]\nid = "tell-reviewing-officer"\nwho = "the line manager"\nclause = "ours"\n'

    before, after = of(folder / f"{BASE}.toml").duty, of(written(folder, rest)).duty

    assert after == (dataclasses.replace(before[0], who="the line manager", clause="ours"),)


def test_another_force_takes_the_place_of_the_base_s(folder: Path) -> None:
    rest = '[[duty]]\nid = "tell-reviewing-officer"\nshould = "notify the officer"\nclause = "ours"\n'

    (duty,) = of(written(folder, rest)).duty

    assert (duty.force, duty.act, duty.must) == ("should", "notify the officer", "")


def test_a_time_by_urgency_takes_the_place_of_a_single_time(folder: Path) -> None:
    rest = (
        '[[opt_out]]\nitem = "stage-1-time"\nbecause = "it is by urgency here"\nclause = "ours"\n'
        '[[band]]\nid = "urgent"\ntitle = "Urgent"\nclause = "ours"\n'
        '[[band]]\nid = "other"\ntitle = "Other"\nclause = "ours"\n'
        '[[clock]]\nid = "stage-1-resolve"\nclause = "ours"\n'
        'by_band = { urgent = "1 working day", other = "5 working days" }\n'
    )

    (clock,) = of(written(folder, rest)).clock

    assert (clock.within, clock.by_band) == ("", {"urgent": "1 working day", "other": "5 working days"})


def test_what_is_changed_without_a_clause_does_not_pass_for_the_source_s(folder: Path) -> None:
    rest = '[[duty]]\nid = "tell-reviewing-officer"\nwho = "the line manager"\n'

    (duty,) = of(written(folder, rest)).duty

    assert duty.clause == "4.1 (as the partnership has changed it)"


def test_a_new_id_is_added_after_those_of_the_base(folder: Path) -> None:
    rest = (
        '[[duty]]\nid = "tell-the-head"\nwhen = ["raised"]\nwho = "the practitioner"\nside = "raising"\n'
        'must = "tell the head teacher"\nto = "the head teacher"\nclause = "ours"\n'
    )

    assert [duty.id for duty in of(written(folder, rest)).duty] == ["tell-reviewing-officer", "tell-the-head"]


NEW_STAGE = '[[stage]]\nid = "1b"\ntitle = "Between"\nbetween = ["one", "other"]\nclause = "ours"\n'


def test_a_new_stage_comes_after_the_one_it_names(folder: Path) -> None:
    assert [stage.id for stage in of(written(folder, NEW_STAGE + 'after = "1"\n')).stage] == ["1", "1b", "2"]


def test_a_new_stage_that_names_none_comes_last_and_another_ending_is_needed(folder: Path) -> None:
    rest = (
        f'{NEW_STAGE}[[opt_out]]\nitem = "2"\ntable = "ending"\nbecause = "it goes on"\nclause = "ours"\n'
        '[[ending]]\nstage = "1b"\nwho = "both"\ndoes = "decides"\nbinding = true\nsays = "They decide."\n'
        'clause = "ours"\n'
    )

    policy = of(written(folder, rest))

    assert [stage.id for stage in policy.stage] == ["1", "2", "1b"]
    assert [ending.stage for ending in policy.ending] == ["1b"]


@pytest.mark.parametrize(
    ("table", "item", "key"),
    [
        ("form", {"form": "exampleshire-appendix-1", "to": "the Chair"}, "to"),
        ("ending", {"stage": "2", "who": "the Chair"}, "who"),
    ],
)
def test_what_has_no_id_is_known_by_what_stands_for_one(
    folder: Path, table: str, item: dict[str, Any], key: str
) -> None:
    before = getattr(of(folder / f"{BASE}.toml"), table)
    after = getattr(of(written(folder, f'[[{table}]]\nclause = "ours"\n{tomli_w.dumps(item)}')), table)

    assert after == (dataclasses.replace(before[0], clause="ours", **{key: item[key]}),)


def test_items_alike_but_for_one_key_are_told_apart_by_it() -> None:
    roles = [
        {"role": "midwife", "agency": "the hospital", "goes_to": ["the matron"], "clause": "1"},
        {"role": "midwife", "agency": "the trust", "goes_to": ["the lead"], "clause": "1"},
    ]
    base = {"policy": {"edition": "1"}, "role": roles}
    own = {"policy": {}, "role": [{"role": "midwife", "agency": "the trust", "goes_to": ["nobody"], "clause": "2"}]}

    composed = compose(own, base, "base")

    assert composed.tables["role"] == [roles[0], {**roles[1], "goes_to": ["nobody"], "clause": "2"}]
    assert composed.faults == ()


def test_cannot_change_one_of_several_without_saying_which() -> None:
    roles = [{"role": "midwife", "agency": agency, "goes_to": [], "clause": "1"} for agency in ("one", "other")]
    own = {"policy": {}, "role": [{"role": "midwife", "goes_to": ["nobody"], "clause": "2"}]}

    assert compose(own, {"policy": {"edition": "1"}, "role": roles}, "base").faults == (
        (
            ("role", 0),
            'base has 2 of role for "midwife"',
            "write what tells them apart, as it stands there: agency or stage",
        ),
    )


def test_what_is_left_out_is_gone_and_its_reason_stays_in_the_text_kept_with_a_case(folder: Path) -> None:
    rest = '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "there is none"\nclause = "decided 1 May 2026"\n'

    policy, text = load_policy(str(written(folder, rest)))

    assert policy.duty == ()
    assert text.opt_outs == (
        {"item": "tell-reviewing-officer", "because": "there is none", "clause": "decided 1 May 2026"},
    )
    assert tomllib.loads(text.text)["opt_out"] == list(text.opt_outs)


def test_a_reading_followed_otherwise_moves_the_time_and_the_reason_says_who_follows_it(folder: Path) -> None:
    policy = of(written(folder, '[follow]\nstage-1-time = "figure"\n'))

    assert follow(policy).clock[0].within == "10 working days"
    assert policy.contradiction[0].because == (
        'this file follows it; exampleshire-2026-01 follows "text", because it protects the child sooner'
    )


def test_a_reading_followed_otherwise_may_say_why_itself(folder: Path) -> None:
    rest = '[follow]\nstage-1-time = { reading = "figure", because = "the figure was agreed last" }\n'

    assert of(written(folder, rest)).contradiction[0].because == "the figure was agreed last"


def test_the_reading_that_the_base_follows_may_be_named_and_changes_nothing(folder: Path) -> None:
    base = of(folder / f"{BASE}.toml")

    assert of(written(folder, '[follow]\nstage-1-time = "text"\n')).contradiction == base.contradiction


def test_a_reading_may_be_added_to_a_doubt_and_followed(folder: Path) -> None:
    rest = (
        '[[contradiction]]\nid = "stage-1-time"\n'
        '[contradiction.readings.letter]\nsays = "within 3 working days"\nwithin = "3 working days"\nclause = "l"\n'
        '[follow]\nstage-1-time = "letter"\n'
    )

    policy = of(written(folder, rest))

    assert sorted(policy.contradiction[0].readings) == ["figure", "letter", "text"]
    assert follow(policy).clock[0].within == "3 working days"


def test_a_contact_is_confirmed_by_naming_who_and_when(folder: Path) -> None:
    contact = '[[contact]]\nid = "manager"\ntitle = "The manager"\ntelephone = "01632 960100"\nclause = "head"\n'
    with (folder / f"{BASE}.toml").open("a", encoding="utf-8") as base:
        base.write(contact)
    confirmed = 'id = "manager"\nconfirmed_on = 2026-02-02\nconfirmed_by = "Alex Practitioner"\n'
    path = written(folder, f"[[contact]]\n{confirmed}")

    (after,) = of(path).contact
    page = run(folder, "policy", "show", str(path)).out

    assert (after.telephone, after.clause) == ("01632 960100", "head")
    assert (after.confirmed_on, after.confirmed_by) == (date(2026, 2, 2), "Alex Practitioner")
    assert "  The manager: 01632 960100 (confirmed on Monday 2 February 2026 by Alex Practitioner). [head]\n" in page


# The header -------------------------------------------------------------------------------------------------------


def test_the_dates_of_an_edition_stay_with_it(folder: Path) -> None:
    base = folder / f"{BASE}.toml"
    dates = "superseded_on = 2026-09-01\nreview_due = 2027-01-05"
    base.write_text(base.read_text("utf-8").replace("in_force_from =", f"{dates}\nin_force_from ="), "utf-8")

    same, other = of(written(folder)).policy, of(written(folder, header='edition = "2026-09"\n')).policy

    assert (same.in_force_from, same.superseded_on, same.review_due) == (
        date(2026, 1, 5),
        date(2026, 9, 1),
        date(2027, 1, 5),
    )
    assert (other.in_force_from, other.superseded_on, other.review_due) == (None, None, None)
    assert (other.partnership, other.source) == (same.partnership, same.source)


def test_a_new_source_takes_the_place_of_the_old_one_whole(folder: Path) -> None:
    policy = of(written(folder, header='source = { document = "Version 5", published_on = 2026-05-01 }\n'))

    assert (policy.policy.source.document, policy.policy.source.history) == ("Version 5", "")


# The text kept with a case ----------------------------------------------------------------------------------------


def test_the_text_of_what_extends_another_needs_no_other_file(folder: Path, tmp_path: Path) -> None:
    policy, text = load_policy(str(written(folder, '[follow]\nstage-1-time = "figure"\n')))
    (folder / f"{BASE}.toml").unlink()

    assert parse_policy(text.text, name="kept", where="kept") == policy
    assert "[follow]" not in text.text


def test_composing_what_was_composed_once_more_gives_the_same(folder: Path) -> None:
    rest = (
        '[follow]\nstage-1-time = "figure"\n'
        '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "there is none"\nclause = "ours"\n'
    )
    once = read_policy_text(str(written(folder, rest)))
    (folder / "again.toml").write_text(once.text, encoding="utf-8")

    again = read_policy_text(str(folder / "again.toml"))

    assert (again.text, again.digest) == (once.text, once.digest)


def test_a_policy_may_extend_one_that_extends_another(folder: Path) -> None:
    out = '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "there is none"\nclause = "ours"\n'
    written(folder, out, name="first")
    second = written(folder, '[follow]\nstage-1-time = "figure"\n', name="second", extends="first")

    policy, text = load_policy(str(second))

    assert (policy.duty, policy.contradiction[0].followed) == ((), "figure")
    assert [one["item"] for one in text.opt_outs] == ["tell-reviewing-officer"]


def test_a_copy_of_one_s_own_may_extend_the_shipped_policy_it_stands_in_place_of(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    written(tmp_path / "policies", '[follow]\nstage-3-time = "text"\n', name=KNOWSLEY, extends=KNOWSLEY)

    ran = run(tmp_path, "policy", "check", KNOWSLEY)

    assert (ran.code, ran.out.splitlines()[:4]) == (
        0,
        [
            f"{KNOWSLEY}.toml: no problems.",
            "Your own, in place of the shipped one.",
            "",
            f"It extends {KNOWSLEY}: 2 changed.",
        ],
    )


# What a person sees ------------------------------------------------------------------------------------------------


def test_check_and_show_say_what_was_added_changed_followed_otherwise_and_left_out(folder: Path) -> None:
    rest = (
        '[follow]\nstage-1-time = "figure"\n'
        '[[theme]]\nid = "thresholds"\ntitle = "Thresholds"\nclause = "ours"\n'
        '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "there is none"\nclause = "ours"\n'
    )
    path = written(folder, rest)
    said = [
        f"It extends {BASE}: 1 added, 2 changed, 1 left out.",
        "",
        "Times",
        "  Changed: stage-1-resolve: the practitioners should agree a way forward (10 working days) [4.1]",
        '      time: from "5 working days" to "10 working days"',
        "",
        "What disagreements are about",
        "  Added: thresholds: Thresholds [ours].",
        "",
        "Where the source contradicts itself",
        '  Changed: stage-1-time: follows "figure": within 10 working days [4.1]',
        '      reading followed: from "text" to "figure"',
        '      because: from "it protects the child sooner" to "this file follows it; exampleshire-2026-01 follows'
        ' "text", because it protects the child sooner"',
        "",
        "Left out",
        "  tell-reviewing-officer, because there is none [ours].",
    ]

    check, show = (run(folder, "policy", verb, str(path)).out for verb in ("check", "show"))

    assert check.startswith("\n".join(["ours.toml: no problems.", "", *said, ""]))
    assert show.startswith("\n".join(["", *said, "", ""]))


def test_check_as_json_says_what_is_extended_and_left_out(folder: Path) -> None:
    out = '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "there is none"\nclause = "ours"\n'

    data = run(folder, "policy", "check", str(written(folder, out)), "--json").data

    assert (data["standing"], data["extends"]) == ("a file that is not among the policies here", BASE)
    assert data["opt_out"] == [{"item": "tell-reviewing-officer", "because": "there is none", "clause": "ours"}]


# What cannot be ----------------------------------------------------------------------------------------------------

ADDED = '[[opt_out]]\nitem = "stage-1-time"\nbecause = "x"\nclause = "ours"\n'
REFUSED = {
    "a stage after one that is not there": (
        '[[stage]]\nid = "3"\ntitle = "3"\nbetween = ["a", "b"]\nclause = "ours"\nafter = "9"\n',
        ['ours.toml:8: "9" is not a stage to come after\n    there are: 1, 2'],
    ),
    "moving a stage of the base": (
        '[[stage]]\nid = "2"\nafter = "1"\n',
        [f'ours.toml:5: stage "2" is in {BASE} already\n    only a new stage says after which it comes'],
    ),
    "one item changed twice": (
        '[[duty]]\nid = "tell-reviewing-officer"\nwho = "a"\n[[duty]]\nid = "tell-reviewing-officer"\nwho = "b"\n',
        ['ours.toml:6: duty "tell-reviewing-officer" is written more than once\n    write it once'],
    ),
    "changing what is left out": (
        '[[duty]]\nid = "tell-reviewing-officer"\nwho = "a"\n'
        '[[opt_out]]\nitem = "tell-reviewing-officer"\nbecause = "x"\nclause = "ours"\n',
        [
            'ours.toml:3: duty "tell-reviewing-officer" is changed in this file, and left out of it\n'
            "    write one of both"
        ],
    ),
    "leaving out what is not there": (
        '[[opt_out]]\nitem = "tell-reviewing-oficer"\nbecause = "x"\nclause = "ours"\n',
        [f'ours.toml:4: "tell-reviewing-oficer" is not in {BASE}\n    it has: tell-reviewing-officer'],
    ),
    "leaving out what is like nothing there": (
        '[[opt_out]]\nitem = "zzzzzzzz"\nbecause = "x"\nclause = "ours"\n',
        [f'ours.toml:4: "zzzzzzzz" is not in {BASE}\n    write the id of an item, as the policy\'s page shows it'],
    ),
    "leaving one thing out twice": (
        ADDED + ADDED,
        ['ours.toml:8: "stage-1-time" is left out already\n    write it once'],
    ),
    "leaving out without a reason": (
        '[[opt_out]]\nitem = "stage-1-time"\nclause = "ours"\n',
        ['ours.toml:3: "because" is missing\n    write why this partnership leaves it out'],
    ),
    "leaving out without a clause": (
        '[[opt_out]]\nitem = "stage-1-time"\nbecause = "x"\n',
        [
            'ours.toml:3: "clause" is missing\n'
            "    write where that is decided; where the source is silent, write that it is ours"
        ],
    ),
    "leaving out nothing": (
        '[[opt_out]]\nbecause = "x"\nclause = "ours"\n',
        ['ours.toml:3: "item" is missing\n    write the id of what is left out'],
    ),
    "leaving out by a number": (
        '[[opt_out]]\nitem = 2\nbecause = "x"\nclause = "ours"\ntable = 1\n',
        [
            'ours.toml:4: "item" is not words\n    write it in double quotes: "like this"',
            'ours.toml:7: "table" is not words\n    write it in double quotes: "like this"',
        ],
    ),
    "leaving out with a key nobody knows": (
        '[[opt_out]]\nitem = "stage-1-time"\nbecause = "x"\nclause = "ours"\nuntil = "May"\n',
        ['ours.toml:7: unknown key "until"\n    allowed here: because, clause, item, rule, table'],
    ),
    "leaving out in one table": (
        '[opt_out]\nitem = "stage-1-time"\n',
        ['ours.toml:3: "opt_out" is not a list of tables\n    write its heading as [[opt_out]]'],
    ),
    "following a doubt that is not there": (
        '[follow]\nstage-9-time = "text"\n',
        [f'ours.toml:4: "stage-9-time" is no contradiction or ambiguity of {BASE}\n    it has: stage-1-time'],
    ),
    "following a reading that is not there": (
        '[follow]\nstage-1-time = "diagram"\n',
        ['ours.toml:4: "diagram" is not a reading of "stage-1-time"\n    its readings are: figure, text'],
    ),
    "following a number": (
        "[follow]\nstage-1-time = 5\n",
        [
            'ours.toml:4: "stage-1-time" does not name a reading\n'
            '    write the reading\'s name, or { reading = "its name", because = "why" }'
        ],
    ),
    "following in a list": (
        '[[follow]]\nstage-1-time = "text"\n',
        ['ours.toml:3: "follow" is not a table\n    write its heading as [follow]'],
    ),
    "changing a time that a reading overrules": (
        '[[clock]]\nid = "stage-1-resolve"\nwithin = "2 working days"\n',
        [
            'ours.toml:5: "within" of "stage-1-resolve" is what the reading followed of "stage-1-time" says, not this\n'
            '    change that reading, or leave "stage-1-time" out by an [[opt_out]]'
        ],
    ),
    "a problem of the file that extends, at its own line": (
        '[[duty]]\nid = "tell-reviewing-officer"\nwhen = ["stage 7 entered"]\n',
        ['ours.toml:5: "stage 7 entered" names no stage of this file\n    the file has: 1, 2'],
    ),
    "a problem of what the base wrote, at the base's line": (
        '[[opt_out]]\nitem = "looked after"\nbecause = "x"\nclause = "ours"\n',
        [f'{BASE}.toml:40: "looked after" is not a fact of this file\n    the file has: none'],
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_cannot_use_what_cannot_be_put_together(folder: Path, what: str) -> None:
    rest, expected = REFUSED[what]

    path = written(folder, str(rest))

    assert problems(path) == expected
    with pytest.raises(PolicyRefused, match=r"^ours\.toml is not used: "):
        load_policy(str(path))


def test_cannot_extend_a_policy_that_is_not_here(folder: Path) -> None:
    (problem,) = problems(written(folder, extends="atlantis-2026"))

    assert problem.startswith('ours.toml:2: there is no policy "atlantis-2026" to extend\n    the policies here are: ')


def test_cannot_extend_a_policy_by_a_path(folder: Path) -> None:
    (problem,) = problems(written(folder, extends=f"../{folder.name}/{BASE}"))

    assert problem.startswith(f'ours.toml:2: there is no policy "../{folder.name}/{BASE}" to extend\n')


def test_cannot_extend_in_a_circle(folder: Path) -> None:
    one = written(folder, name="one", extends="other")
    written(folder, name="other", extends="one")

    assert problems(one) == [
        'one.toml:2: "one", which extends "other", which extends "one": nothing is at the bottom\n'
        "    let one of them stand by itself"
    ]


def test_cannot_extend_what_extends_in_a_circle(folder: Path) -> None:
    written(folder, name="one", extends="other")
    written(folder, name="other", extends="one")

    assert problems(written(folder, extends="one")) == [
        'ours.toml:2: "ours", which extends "one", which extends "other", which extends "one": '
        "nothing is at the bottom\n"
        "    let one of them stand by itself"
    ]


def test_cannot_extend_itself(folder: Path) -> None:
    (problem,) = problems(written(folder, extends="ours"))

    assert problem.startswith('ours.toml:2: there is no policy "ours" to extend\n')


def test_cannot_extend_a_policy_with_problems(folder: Path) -> None:
    base = folder / f"{BASE}.toml"
    base.write_text(base.read_text("utf-8").replace('within   = "5 working days"', 'within = "5 days"', 1), "utf-8")

    assert problems(written(folder)) == [
        f"ours.toml:2: {BASE} has 1 problem, and nothing is built on it\n    see: escalate policy check {BASE}"
    ]


def test_cannot_leave_anything_out_of_a_policy_that_extends_none(folder: Path) -> None:
    base = folder / f"{BASE}.toml"
    base.write_text(base.read_text("utf-8") + ADDED, encoding="utf-8")

    assert problems(base) == [
        f'{BASE}.toml:85: "opt_out" is for a policy that extends another\n'
        '    write extends = "its name" under [policy], or no [opt_out]'
    ]


def test_cannot_use_a_file_that_extends_by_a_number(folder: Path) -> None:
    path = folder / "ours.toml"
    path.write_text("[policy]\nextends = 7\n", encoding="utf-8")

    assert 'ours.toml:2: "extends" is not words\n    write it in double quotes: "like this"' in problems(path)


# Whatever is changed -----------------------------------------------------------------------------------------------

WORDS = st.text("abcdefghij ", min_size=1, max_size=20).map(str.strip).filter(bool)
SAFE_TO_LEAVE_OUT = ("involve-directors", "take-designated-advice", "notify-commissioners", "place-on-file")
DOUBTS = {d["id"]: sorted(d["readings"]) for t in ("contradiction", "ambiguity") for d in KNOWSLEY_TABLES[t]}
DUTIES = [duty["id"] for duty in KNOWSLEY_TABLES["duty"] if duty["id"] not in SAFE_TO_LEAVE_OUT]


@settings(max_examples=25, deadline=None)
@given(
    whos=st.dictionaries(st.sampled_from(DUTIES), WORDS, max_size=4),
    left=st.sets(st.sampled_from(SAFE_TO_LEAVE_OUT)),
    followed=st.sets(st.sampled_from(sorted(DOUBTS))),
    themes=st.lists(WORDS, max_size=3),
)
def test_any_changes_compose_to_the_base_with_exactly_those_changes(
    whos: dict[str, str], left: set[str], followed: set[str], themes: list[str]
) -> None:
    base = parse_policy(tomli_w.dumps(KNOWSLEY_TABLES), name="base", where="base")
    overruled = {item for doubt in base.doubts for item in doubt.items}
    whos = {duty: who for duty, who in whos.items() if duty not in overruled}
    other = {doubt: next(one for one in DOUBTS[doubt] if one != _followed(base, doubt)) for doubt in followed}
    own: dict[str, Any] = {
        "policy": {"extends": KNOWSLEY},
        "follow": {doubt: {"reading": reading, "because": "so it is"} for doubt, reading in other.items()},
        "duty": [{"id": duty, "who": who} for duty, who in whos.items()],
        "opt_out": [{"item": item, "because": "so it is", "clause": "ours"} for item in sorted(left)],
        "theme": [{"id": f"own-{n}", "title": title, "clause": "ours"} for n, title in enumerate(themes)],
    }

    composed = compose(own, KNOWSLEY_TABLES, KNOWSLEY)

    assert composed.faults == ()
    policy = parse_policy(tomli_w.dumps(composed.tables), name="ours", where="ours")
    assert policy == _by_hand(base, whos, left, other, themes)
    assert compose(composed.tables, KNOWSLEY_TABLES, KNOWSLEY).tables == composed.tables
    for path in composed.origins:
        origin, is_own = composed.origin(path)
        assert _at(own if is_own else KNOWSLEY_TABLES, origin) is not None


def _followed(base: Policy, doubt: str) -> str:
    return next(one.followed for one in base.doubts if one.id == doubt)


def _by_hand(base: Policy, whos: dict[str, str], left: set[str], other: dict[str, str], themes: list[str]) -> Policy:
    """Return the base changed in Python, without any of the code under test."""

    def duty(one: Any) -> Any:
        who = whos.get(one.id, one.who)
        clause = f"{one.clause} {CHANGED}" if who != one.who else one.clause
        return dataclasses.replace(one, who=who, clause=clause)

    def doubt(one: Any) -> Any:
        return dataclasses.replace(one, followed=other[one.id], because="so it is") if one.id in other else one

    own = parse_policy(
        tomli_w.dumps(
            {
                **KNOWSLEY_TABLES,
                "theme": [{"id": f"own-{n}", "title": title, "clause": "ours"} for n, title in enumerate(themes)],
            }
        ),
        name="themes",
        where="themes",
    ).theme
    return dataclasses.replace(
        base,
        policy=dataclasses.replace(base.policy, extends=KNOWSLEY),
        duty=tuple(duty(one) for one in base.duty if one.id not in left),
        contradiction=tuple(map(doubt, base.contradiction)),
        ambiguity=tuple(map(doubt, base.ambiguity)),
        theme=base.theme + own,
    )


def _at(tables: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        tables = tables[part]
    return tables
