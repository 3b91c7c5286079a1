FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-ita \
        tesseract-ocr-pol tesseract-ocr-por tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/guildhall guildhall
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2 PYTHONDONTWRITEBYTECODE=1 GUILDHALL_HOME=/var/lib/guildhall HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py ./
COPY core core
COPY api api
COPY realtime realtime
COPY ocr_pipeline ocr_pipeline
COPY web web
USER guildhall
RUN mkdir /var/lib/guildhall/files
# the key only lets the settings load; nothing is signed here
RUN SECRET_KEY=for-collecting-static-files-while-building python manage.py collectstatic --no-input --verbosity 0
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--no-jobs"]
