"""What can be wrong with a judgement has its sentence and its advice at the desk, word for word."""

from django.utils.translation import override

from rogatory.alignment.assessment import earlier_files, judging
from rogatory.errors import BadInput
from rogatory.web import faults


def test_every_error_of_a_judgement_is_told_at_the_desk_in_both_languages() -> None:
    errors = [
        one
        for module in (judging, earlier_files)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, BadInput) and one.__module__ == module.__name__
    ]
    assert len(errors) == 9
    for one in errors:
        told = (str(faults.SENTENCES[one.code]), str(faults.REMEDIES[one.code]))
        assert told == ((one.__doc__ or "").splitlines()[0], one.remedy)
        with override("fr"):
            assert str(faults.SENTENCES[one.code]) != told[0]
            assert str(faults.REMEDIES[one.code]) != told[1]
