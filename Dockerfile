# The portal for a server: one image for web and worker (docker-compose.yml says how they are started).

FROM node:24-bookworm-slim AS browser-files
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY script/assets script/assets
RUN script/assets

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=os2portal.settings.prod
WORKDIR /srv/os2portal
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=browser-files /build/var/assets var/assets
# The values are needed to load the settings; neither is kept.
RUN cd locale && for po in */LC_MESSAGES/*.po; do msgfmt --check-format -o "${po%.po}.mo" "$po"; done \
    && cd .. && OS2PORTAL_SECRET_KEY=build OS2PORTAL_ALLOWED_HOSTS=localhost python manage.py collectstatic --no-input \
    && useradd --system --no-create-home os2portal \
    && mkdir -p var/media && chown os2portal var/media
USER os2portal
# What the portal writes; everything else in the image stays as it was built.
VOLUME /srv/os2portal/var/media
EXPOSE 8000
CMD ["gunicorn", "os2portal.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--preload", "--access-logfile", "-"]
