"""Where the faces of a meeting are.

Every face has three addresses: `MEETING/FACE/` its page, `MEETING/live/FACE/` the question whether it has changed,
`MEETING/act/FACE/` what is done there. The secretariat's desk is the page of the meeting itself.
"""

from django.urls import URLPattern, path

from rogatory.web.conference import access, badges, entering, faceviews, filing, making, public, reading, reports
from rogatory.web.conference.faces import FACES
from rogatory.web.conference.live import Face


def _of(face: Face) -> list[URLPattern]:
    """The addresses of *face*; nothing is ever done at one that only shows."""
    whole = "<str:meeting>/" if face.name == "desk" else f"<str:meeting>/{face.name}/"
    return [
        path(whole, faceviews.page(face), name=f"conference-{face.name}"),
        path(f"<str:meeting>/live/{face.name}/", faceviews.poll(face), name=f"conference-live-{face.name}"),
        *(() if face.role in ("screen", "public") else (_act(face),)),
    ]


def _act(face: Face) -> URLPattern:
    return path(f"<str:meeting>/act/{face.name}/", faceviews.act(face), name=f"conference-act-{face.name}")


urlpatterns = [
    path("", reading.every, name="conference"),
    path("new/", making.new, name="conference-new"),
    path("<str:meeting>/in/<str:secret>/", access.enter, name="conference-enter"),
    path("<str:meeting>/for/", entering.choose, name="conference-choose"),
    path("<str:meeting>/for/<str:role>/<str:of>/", entering.enter_for, name="conference-enter-for"),
    path("<str:meeting>/passes/", badges.passes_page, name="conference-passes"),
    path("<str:meeting>/passes/issue/", badges.issue, name="conference-pass-issue"),
    path("<str:meeting>/passes/issue-all/", badges.issue_all, name="conference-pass-issue-all"),
    path("<str:meeting>/passes/<str:id>/revoke/", badges.revoke, name="conference-pass-revoke"),
    path("<str:meeting>/rules/", reading.rules, name="conference-rules"),
    path("<str:meeting>/record/", reading.downloads, name="conference-downloads"),
    path("<str:meeting>/record/file/", reading.record_file, name="conference-record-file"),
    path("<str:meeting>/report/<str:lang>/<str:format>/", reports.for_the_desk, name="conference-report-file"),
    path(
        "<str:meeting>/document/<str:language>/<int:version>/<path:symbol>",
        filing.document_file,
        name="conference-document-file",
    ),
    path("<str:meeting>/public/record/", public.record_file, name="conference-public-record"),
    path(
        "<str:meeting>/public/report/<str:lang>/<str:format>/", reports.for_the_public, name="conference-public-report"
    ),
    *(one for face in FACES.values() for one in _of(face)),
]
