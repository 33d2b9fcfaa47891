from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "chezsoi.allocation"
    label = "allocation"
