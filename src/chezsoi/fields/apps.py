from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "chezsoi.fields"
    label = "fields"
