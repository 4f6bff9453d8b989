"""The HTTP API, version 1: law, status, opinions and the conference for programs, under `/api/v1/`.

Law, status and conference are for people of the node and their programs, and for everybody where the operator opened
them (`ROGATORY_PUBLIC`); opinions, and what is counted for somebody, are never for everybody. The holder of a pass
reads its meeting and acts in it; an assessor imports national laws and judges, saves choices and files papers, and
whoever may plans and answers drills, all in their own name. No other operation changes anything, and none gives
anything of a case.
"""

from ninja import NinjaAPI

from rogatory.api import (
    acting,
    alignment,
    assessments,
    counting,
    drills,
    law,
    meetings,
    opinion,
    problems,
    readiness,
    rulebooks,
    status,
)
from rogatory.api.readers import (
    Desk,
    MeetingPass,
    OncePerWindow,
    Token,
    anybody_for_conference,
    anybody_for_law,
    anybody_for_status,
)

api = NinjaAPI(
    title="Rogatory",
    version="1",
    description=(
        "What the command line answers with --json, over HTTP: what the instruments say, who is bound by what, an "
        "opinion on a request, the meetings of the Conference, national law held against the Convention, the way to "
        "becoming a Party, and drills of contact points. "
        "Descriptions are in our own words; the official texts decide."
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
api.add_router("/conference/rulebooks", rulebooks.router, auth=[_token, _desk, anybody_for_conference])
api.add_router("/conference/meetings", meetings.every, auth=[_token, _desk, anybody_for_conference])
api.add_router("/conference/meetings", meetings.router, auth=[MeetingPass(), _token, _desk, anybody_for_conference])
api.add_router("/conference/meetings", acting.router)
api.add_router("/conference", counting.router, auth=[_token, _desk])
api.add_router("/align", alignment.router, auth=[_token, _desk])
api.add_router("/align/assessments", assessments.router, auth=[_token, _desk])
api.add_router("/ready", readiness.router, auth=[_token, _desk])
api.add_router("/drills", drills.router, auth=[_token, _desk])
