"""`python -m tests.unit.opinion.second [MEASURE …]`: the comparison with many more combinations than the tests draw."""

import sys
import time

from tests.unit.opinion.second.solver import MEASURES
from tests.unit.opinion.second.test_second_opinion import compare


def main() -> None:
    """Compare the named measures, or all; the exit status says whether anything differed."""
    differed = False
    for measure in sys.argv[1:] or MEASURES:
        begin = time.perf_counter()
        found = compare(measure, near=3, far=2)
        told = f"{found.readings:,} combinations from both chairs in {time.perf_counter() - begin:.0f} s"
        print(f"{measure}: {told}; {len(found.unlike)} kinds of difference", flush=True)
        for difference, count in found.unlike.most_common(10):
            print(f"  {count} times: {difference}")
        differed = differed or bool(found.unlike)
    sys.exit(1 if differed else 0)


if __name__ == "__main__":
    main()
