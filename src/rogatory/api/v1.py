"""The HTTP API, version 1: law, status and opinions for programs, under `/api/v1/`.

Law and status are for people of the node and their programs, and for everybody where the operator opened them
(`ROGATORY_PUBLIC`); opinions are never for everybody. No operation changes anything or gives anything of a case.
"""

from ninja import NinjaAPI

from rogatory.api import law, opinion, problems, status
from rogatory.api.readers import Desk, OncePerWindow, Token, anybody_for_law, anybody_for_status

api = NinjaAPI(
    title="Rogatory",
    version="1",
    description=(
        "What the command line answers with --json, over HTTP: what the instruments say, who is bound by what, and an "
        "opinion on a request. Descriptions are in our own words; the official texts decide."
    ),
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    throttle=OncePerWindow(),
)
problems.register(api)
_token, _desk = Token(), Desk()
api.add_router("/law", law.router, auth=[_token, _desk, anybody_for_law])
api.add_router("/status", status.router, auth=[_token, _desk, anybody_for_status])
api.add_router("/opinion", opinion.router, auth=[_token, _desk])
