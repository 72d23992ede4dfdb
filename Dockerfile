# A dispute served read-only, by a user who owns nothing:
#   docker build -t disputegraph .
#   docker run --rm -p 127.0.0.1:8765:8765 -v "$PWD/my-dispute:/data:ro" disputegraph
# The server has no encryption and no log-in: put a web server with both before it (docs/serving.md).
FROM python:3.13-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/disputegraph \
 && /opt/disputegraph/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.13-slim-bookworm
COPY --from=build /opt/disputegraph /opt/disputegraph
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin reader
USER 10001
ENV PATH=/opt/disputegraph/bin:$PATH PYTHONDONTWRITEBYTECODE=1 TMPDIR=/tmp
EXPOSE 8765
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8765/data.ttl', timeout=5)"]
ENTRYPOINT ["disputegraph", "serve", "--host", "0.0.0.0", "-d", "/data"]
