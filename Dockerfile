# 据文 Juwen with page and API, on the CPU. The weights are converted and corpus/ is indexed while the image is built, so a
# container starts within seconds and needs no network. See docs/deploy.md.
ARG BASE=python:3.11-slim-bookworm

# hadolint ignore=DL3006
FROM ${BASE} AS build
# Where the packages come from: pip reads this itself. Unset, from where it always takes them.
ARG PIP_INDEX_URL
# A place of CPU builds of torch. Unset, pip takes the build that its own place offers, which may be one for GPUs:
# it runs here as well, and is larger by gigabytes.
ARG TORCH_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/juwen
ENV PATH=/opt/juwen/bin:$PATH
WORKDIR /source
# Layers in the order in which they change: the packages are not installed anew for a changed line of code.
# torch comes first and pinned: asked for later or loosely, pip may choose a build of several gigabytes.
COPY requirements.lock requirements-dev.lock ./
RUN grep '^torch==' requirements.lock > torch.lock \
    && pip install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -r torch.lock \
    && pip install -r requirements.lock \
    && grep -E '^psycopg(-binary)?==' requirements-dev.lock > postgres.lock \
    && pip install --no-deps -r postgres.lock
COPY pyproject.toml README.md LICENSE NOTICE ui.py ./
COPY eval eval
COPY rag rag
RUN pip install --no-deps .

# hadolint ignore=DL3006
FROM ${BASE}
LABEL org.opencontainers.image.title="juwen" \
      org.opencontainers.image.description="Answers questions about Chinese articles, only from the articles" \
      org.opencontainers.image.licenses="MIT"
# A number, so that files on a mounted folder can be given to it: chown -R 10001 FOLDER.
RUN groupadd --gid 10001 juwen \
    && useradd --uid 10001 --gid juwen --no-create-home --home-dir /data --shell /usr/sbin/nologin juwen \
    && install -d -o juwen -g juwen /data /data/corpus /data/index /data/database /data/cache
COPY --from=build /opt/juwen /opt/juwen
COPY --chown=juwen:juwen corpus /data/corpus
ENV PATH=/opt/juwen/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    JUWEN_HOST=0.0.0.0 \
    JUWEN_PORT=7860 \
    JUWEN_CORPUS_DIR=/data/corpus \
    JUWEN_INDEX_DIR=/data/index \
    JUWEN_CACHE_DIR=/data/cache \
    JUWEN_DATABASE_URL=sqlite:////data/database/juwen.db
USER 10001:10001
WORKDIR /data
# One question converts the weights, builds the index and works the suggestions out; it also proves that the image answers.
RUN juwen ask 你好
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD ["python", "-IS", "-c", "import http.client, os, sys; server = http.client.HTTPConnection('127.0.0.1', int(os.environ['JUWEN_PORT']), timeout=4); server.request('GET', '/readyz'); sys.exit(server.getresponse().status != 200)"]
CMD ["juwen", "serve"]
