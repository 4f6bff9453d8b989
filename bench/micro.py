"""Small things that happen often: an opinion, appends to the ledger's tree, proofs, signing and sealing a message."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from bench.exchange import TEXT
from bench.measure import Table, median, spread
from rogatory.exercise.contents import PRESERVATION
from rogatory.kernel import ids
from rogatory.law.loader import load_law
from rogatory.ledger import merkle
from rogatory.opinion import engine
from rogatory.sealing import age, jws
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import HybridIdentity
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise

Act = Callable[[], object]
TREE = 100_000
