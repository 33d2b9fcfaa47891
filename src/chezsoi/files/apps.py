from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "chezsoi.files"
    label = "files"
