from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "chezsoi.journeys"
    label = "journeys"
