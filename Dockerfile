# syntax=docker/dockerfile:1
# Two targets: `api` (no model library) and `worker` (speech and text models). Both run as a user without rights.
FROM python:3.12-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    OVERTONE_DATA_DIR=/data OVERTONE_HOST=0.0.0.0
RUN useradd --create-home --uid 10001 overtone && mkdir /data && chown overtone:overtone /data
WORKDIR /app

FROM base AS api
COPY pyproject.toml constraints.txt README.md ./
COPY service/ service/
COPY nlp/__init__.py nlp/
COPY workers/__init__.py workers/
RUN pip install --constraint constraints.txt --editable .
USER overtone
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/livez')"]
CMD ["overtone", "serve"]

FROM base AS worker
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
COPY pyproject.toml constraints.txt README.md ./
# Without dependencies: the file is complete, and openai-whisper would pull triton (1 GB), which a CPU never uses.
RUN pip install --extra-index-url "$TORCH_INDEX" "torch==2.13.0+cpu" \
 && pip install --no-deps --requirement constraints.txt
COPY service/ service/
COPY nlp/ nlp/
COPY workers/ workers/
COPY models/ models/
RUN pip install --no-deps --no-build-isolation --editable .
USER overtone
VOLUME /data
CMD ["overtone", "worker", "speech", "--also", "text"]
