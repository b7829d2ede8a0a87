"""Addresses of portfolio."""

app_name = "portfolio"

urlpatterns: list = []
