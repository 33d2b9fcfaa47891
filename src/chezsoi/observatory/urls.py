"""Addresses of the observatory."""

from django.urls import path

from chezsoi.observatory import views

app_name = "observatory"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("public/", views.public_figures, name="public"),
    path("public/<slug:key>/<int:year>/", views.public_figures, name="public-territory"),
    path("public/<slug:key>/<int:year>.csv", views.public_csv, name="public-csv"),
    path("definitions/<str:code>/", views.definition, name="definition"),
    path("<slug:key>/<int:year>/", views.territory, name="territory"),
    path("<slug:key>/<int:year>/total/", views.record_total, name="record-total"),
    path("<slug:key>/<int:year>/<str:code>/", views.rows, name="rows"),
]
