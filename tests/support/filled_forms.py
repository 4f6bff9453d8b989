"""Complete contents for any form of the law data: each field that is needed gets a value of its type."""

from rogatory.law.form import Field, Form


def filled(form: Form) -> dict[str, object]:
    """Contents that *form* finds nothing wrong with; raises `AssertionError` when it still does."""
    found: dict[str, object] = {}
    for field in form.fields:
        if field.needed(found):
            found[field.key] = _value(field)
    for problem in form.check(found):
        if problem.code == "missing":
            found[problem.key] = _value(form.fields_by_key[problem.key])
    assert form.check(found) == ()
    return found


def _value(field: Field) -> object:
    match field.type:
        case "choice":
            return field.must_be or field.options[0].value
        case "yesno":
            return field.must_be or "yes"
        case "list":
            return ["a practice item"]
        case "number":
            return str(min(max(field.minimum, 5), field.maximum))
        case "date":
            return "2028-03-01"
        case "datetime":
            return "2028-03-01T09:30:00Z"
    return "practice"
