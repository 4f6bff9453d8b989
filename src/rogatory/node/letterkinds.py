"""The kinds of letters that this node knows. One that is not here is kept, shown, and answered "not understood"."""

from collections.abc import Mapping

from rogatory.node.assistance import incoming
from rogatory.node.correspondence import drillkinds
from rogatory.node.correspondence.letters import Kind

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*drillkinds.KINDS, *incoming.KINDS)}
