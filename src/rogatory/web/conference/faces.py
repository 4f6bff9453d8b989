"""All faces of a meeting, by the name that stands in their address."""

from collections.abc import Mapping

from rogatory.web.conference import chair, desk, papers, participants, phone, public, screen, tellers
from rogatory.web.conference.live import Face

FACES: Mapping[str, Face] = {
    face.name: face
    for face in (
        chair.CHAIR,
        desk.DESK,
        participants.PARTICIPANTS,
        papers.PAPERS,
        phone.PHONE,
        screen.SCREEN,
        tellers.TELLERS,
        public.PUBLIC,
    )
}
