from django.apps import AppConfig


class SiaoConfig(AppConfig):
    name = "chezsoi.siao"
    label = "siao"
