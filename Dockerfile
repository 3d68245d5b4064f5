# One image for web, worker and beat; docker-compose.yml says how they run together.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/base.lock /tmp/base.lock
RUN /venv/bin/pip install --require-hashes -r /tmp/base.lock
COPY . /app
WORKDIR /app
RUN /venv/bin/python -m config.translations compile \
    && /venv/bin/python -m compileall -q /app /venv/lib

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATE_DIR=/srv/state
# Pango draws the PDF of a report, with a font to draw it in; without it the report prints from the browser.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
      fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin rodedraad \
    && install -d -o rodedraad -g rodedraad /srv/state
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER rodedraad
VOLUME /srv/state
EXPOSE 8000
# Its log is that of the program (config/serving.py): one event a line, no addresses of feeds.
CMD ["python", "-m", "gunicorn", "config.wsgi:application", "--config", "python:config.serving", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
