from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "chezsoi.people"
    label = "people"
