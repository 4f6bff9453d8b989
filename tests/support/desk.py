"""The desk as a browser's requests see it, by Django's client: who logs in, in which language, and a page's text."""

from django.test import Client

PASSWORD = "a long practice password"


def at_the_desk(name: str, language: str = "", *, csrf: bool = False) -> Client:
    """A client that is logged in as *name*, with the desk in *language* if given."""
    client = Client(enforce_csrf_checks=csrf)
    assert client.login(username=name, password=PASSWORD)
    if language:
        client.post("/i18n/setlang/", {"language": language, "next": "/"})
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    """What the page at *path* says, wherever it leads to."""
    response = client.get(path, follow=True)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()
