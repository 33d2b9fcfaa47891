from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "chezsoi.trail"
    label = "trail"
