"""Addresses with the names that the frames link to, so that the look is tested without the pages themselves."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

PAGE = """{% extends "public.html" %}{% load crispy_forms_tags %}{% block title %}Prøve{% endblock %}
{% block head %}{% include "_htmx.html" %}{% endblock %}
{% block content %}<h1>Prøve</h1>
<form method="post" data-guard novalidate>{% csrf_token %}{{ form|crispy }}{{ formset|crispy }}
<p class="os2-actions"><button class="button button-primary">Gem</button></p></form>
<p><a href="/">{% icon "arrow" %}Væk herfra</a> {% state "s-yellow" "Gul" %} {% level 2 %} {% stage "project" %}</p>
{% endblock %}"""
received = []


class Report(forms.Form):
    reason = forms.CharField(label="Begrundelse", widget=forms.Textarea, help_text="1-3 sætninger er nok.")
    day = forms.DateField(label="Frist")
    light = forms.ChoiceField(
        label="Tid",
        widget=forms.RadioSelect(attrs={"class": "os2-seg os2-seg--lys"}),
        choices=[("green", "Grøn"), ("yellow", "Gul"), ("red", "Rød")],
    )
    outcome = forms.ChoiceField(label="Udfald", widget=forms.RadioSelect, choices=[("yes", "Ja"), ("no", "Nej")])
    evidence = forms.FileField(label="Bevis", required=False, help_text="Pdf, højst 10 MB")


class Line(forms.Form):
    category = forms.ChoiceField(label="Kategori", choices=[("dev", "Udvikling"), ("ops", "Drift")])
    spent = forms.DecimalField(label="Brugt", localize=True)
    due = forms.DateField(label="Frist")


Lines = forms.formset_factory(Line, extra=2, can_delete=True)


def work(request):
    return render(request, "base.html")


@login_not_required
def public(request):
    return render(request, "public.html")


@login_not_required
def report(request):
    data = request.POST if request.method == "POST" else None
    form, formset = Report(data), Lines(data, prefix="lines")
    if data is not None:
        received.append(data)
        form.is_valid(), formset.is_valid()
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "formset": formset}, request))


@login_not_required
def broken(request):
    raise RuntimeError


@login_not_required
def receive(request):
    return HttpResponse("modtaget")


def refuse(request):
    raise PermissionDenied("Kun forretningslederen kan placere et initiativ.")


def pages(app, **names):
    return path("", include(([path(address, work, name=name) for name, address in names.items()], app)))


urlpatterns = [
    pages(
        "portfolio",
        desk="forside/",
        initiatives="initiativer/",
        one="initiativer/os2skole/",
        projects="portefoelje/",
        reports="rapporter/",
    ),
    pages("governance", meetings="moeder/", decisions="beslutninger/", bodies="foreningen/"),
    pages("reporting", snapshots="bestyrelsesrapport/"),
    path("", include(([path("", public, name="portfolio")], "publishing"))),
    path("konto/", include("allauth.account.urls")),
    path("proeve/", report),
    path("itu/", broken),
    path("modtag/", receive),
    path("nej/", refuse),
]
