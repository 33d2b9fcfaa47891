from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "chezsoi.territories"
    label = "territories"
