"""Whatever an entry says in its private fields is in no letter, in no export for others, and not on the public page."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.assistance import kinds, letterbodies, tables
from rogatory.assistance.entries import Act, Entry, Visibility, for_everybody, for_partner
from rogatory.assistance.shape import Field, Form, outward, read

SECRET = "zqxsecretzqx"
AT = datetime(2028, 3, 1, tzinfo=UTC)
OF_FORM: dict[Form, Any] = {
    Form.LINE: "a line",
    Form.TEXT: "some\ntext",
    Form.LINES: ["one", "two"],
    Form.LANGUAGES: ["en", "fr"],
    Form.STATES: ["VNM"],
    Form.PROVISIONS: ["25", "29(1)"],
    Form.ENTRY: f"VNM/{'0' * 26}",
    Form.ENTRIES: [f"VNM/{'0' * 26}"],
    Form.DAY: "2028-03-01",
    Form.NUMBER: 1,
    Form.AMOUNT: "12.50",
    Form.CURRENCY: "EUR",
    Form.LINK: "https://example.org/",
}


def value_of(field: Field) -> Any:
    """A value for *field* that is a secret where the field is private."""
    if field.private:
        return {Form.ENTRY: f"ZZZ/{'9' * 26}", Form.ENTRIES: [f"ZZZ/{'9' * 26}"]}.get(field.form, SECRET)
    if field.form is Form.ROWS:
        return [{one.name: value_of(one) for one in field.rows}]
    if field.form is Form.CHOICE:
        return next(iter(field.choices))
    if field.form is Form.CHOICES:
        return list(field.choices)[:2]
    return OF_FORM[field.form]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry of any kind in which any of its fields is filled in."""
    shape = kinds.SHAPES[draw(st.sampled_from(sorted(kinds.SHAPES)))]
    filled = [
        one for one in shape.fields if one.required or one.private or one.form is Form.CURRENCY or draw(st.booleans())
    ]
    visibility = draw(st.sampled_from(list(Visibility)))
    return Entry(
        owner="VNM",
        id="0" * 26,
        version=draw(st.integers(1, 9)),
        kind=shape.kind,
        body={one.name: value_of(one) for one in filled},
        visibility=visibility,
        partners=("FRA",) if visibility is Visibility.NAMED else (),
        withdrawn=draw(st.booleans()),
        act=Act.MADE,
        at=AT,
        by_name=SECRET,
    )


def leaks(told: object) -> bool:
    text = told.decode() if isinstance(told, bytes) else json.dumps(told)
    return SECRET in text or "ZZZ/" in text


@settings(max_examples=150, deadline=None)
@given(entries())
def test_no_letter_no_export_for_others_and_no_public_page_tells_what_is_private(entry: Entry) -> None:
    assert leaks(dict(entry.body))
    assert not leaks(letterbodies.of_entry(entry))
    assert not leaks(letterbodies.withdrawal(entry))
    assert not leaks(letterbodies.interest(entry, interested=True, says=""))
    assert not leaks(for_partner(entry))
    assert not leaks(for_everybody(entry))
    for audience in (tables.EVERYBODY, tables.PARTNERS):
        assert not leaks(tables.to_json([entry], audience=audience))
        assert not leaks(tables.to_csv(entry.kind, [entry], audience=audience))
    assert leaks(tables.to_csv(entry.kind, [entry], audience=tables.US))


@settings(max_examples=100, deadline=None)
@given(entries())
def test_what_a_letter_carries_is_read_back_as_it_was_and_a_private_field_of_theirs_is_dropped(entry: Entry) -> None:
    shape = kinds.SHAPES[entry.kind]
    body = json.loads(json.dumps(letterbodies.of_entry(entry)))
    letterbodies.check_entry(entry.kind)(body)
    assert read(shape, body["entry"], foreign=True) == outward(shape, read(shape, body["entry"], foreign=True))
    assert not leaks(read(shape, dict(entry.body), foreign=True))


@given(entries(), st.sampled_from(["FRA", "DEU"]))
def test_an_entry_goes_to_those_only_to_whom_it_may_be_shown(entry: Entry, state: str) -> None:
    may = entry.may_go_to(state)
    assert may is (
        not entry.withdrawn
        and (
            entry.visibility in (Visibility.PARTNERS, Visibility.PUBLIC)
            or (entry.visibility is Visibility.NAMED and state == "FRA")
        )
    )
    assert entry.is_public is (not entry.withdrawn and entry.visibility is Visibility.PUBLIC)


def test_trainees_are_told_to_the_public_by_training_alone() -> None:
    body = {
        "title": "A project",
        "trainings": [{"title": "One"}, {"title": "Two"}],
        "trainees": [
            {"training": 1, "role": "judges", "sex": "women", "count": 1},
            {"training": 1, "role": "police", "sex": "men", "count": 2},
            {"training": 2, "count": 5},
        ],
    }
    entry = Entry(
        owner="VNM", id="0" * 26, version=1, kind="project", body=body, visibility=Visibility.PUBLIC,
        partners=(), withdrawn=False, act=Act.MADE, at=AT, by_name="",
    )  # fmt: skip
    assert for_everybody(entry)["trainees"] == [{"training": 1, "count": 3}, {"training": 2, "count": 5}]
    assert "judges" in json.dumps(for_partner(entry))
