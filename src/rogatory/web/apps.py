"""The desk: pages for the people of an authority."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "rogatory.web"
    label = "web"
