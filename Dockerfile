# The bot in a container: no root, nothing writable but the volume /data.
#   docker build -t samizdat .
#   docker run --init --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --env-file .env -v samizdat-data:/data samizdat
FROM python:3.13-slim AS packages
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/samizdat \
 && /opt/samizdat/bin/python -m pip install --no-cache-dir --require-hashes --no-deps -r /tmp/run.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin samizdat \
 && install -d -o samizdat -g samizdat -m 0700 /data
COPY --from=packages /opt/samizdat /opt/samizdat
WORKDIR /app
COPY bot bot
COPY cogs cogs
COPY migrations migrations
COPY seeds seeds
RUN /opt/samizdat/bin/python -m compileall -q bot cogs
USER samizdat
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data LOG_FORMAT=json
VOLUME /data
# The file is touched every 15 seconds while all is well.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
  CMD ["/opt/samizdat/bin/python", "-c", "import os, sys, time; sys.exit(time.time() - os.stat('/data/healthy').st_mtime > 90)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/samizdat/bin/python", "-m", "bot"]
CMD ["run"]
