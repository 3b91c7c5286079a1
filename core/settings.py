"""Django's settings, all made of the typed environment."""

import secrets
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from csp.constants import NONCE
from django.core.exceptions import ImproperlyConfigured
from redis import ConnectionPool
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.environment import BASE_DIR as BASE_DIR
from core.environment import is_loopback, read_environment
from core.logs import structured_logs

django_stubs_ext.monkeypatch()  # lets Django's generic classes be subscripted at run time too

ENV = read_environment()
EMBEDDED = not ENV.database_url and not ENV.redis_url
HOME = ENV.guildhall_home.resolve()
HOME.mkdir(parents=True, exist_ok=True)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _secret_key() -> str:
    if ENV.secret_key:
        if len(ENV.secret_key.encode()) < 32:
            raise ImproperlyConfigured("SECRET_KEY: at least 32 bytes")
        return ENV.secret_key
    if not EMBEDDED:
        raise ImproperlyConfigured("SECRET_KEY: must be set when DATABASE_URL or REDIS_URL is")
    kept = HOME / "secret_key"
    try:
        with kept.open("x") as file:
            kept.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text()


def _database() -> dict[str, Any]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "guildhall.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # a connection a thread, so what one keeps adds up: half the usual pages, a quarter of the statements
                "cached_statements": 32,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
                "PRAGMA cache_size=-1000",
            },
        }
    url = urlsplit(ENV.database_url)
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL: postgresql://user:password@host:port/name is needed")
    limits = "-c lock_timeout=3s -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": {
            **dict(parse_qsl(url.query)),
            "connect_timeout": 2,
            "options": limits,
            "pool": {"min_size": 1, "max_size": ENV.database_pool, "timeout": 1.25, "reconnect_timeout": 0},
        },
    }


PUBLIC_URL = (ENV.public_url or f"http://{ENV.host}:{ENV.port}").rstrip("/")
REDIS_URLS = _names(ENV.redis_url)
LIMITS_RELAXED = ENV.guildhall_limits == "relaxed"
if LIMITS_RELAXED and not ENV.debug and not is_loopback(ENV.host):
    raise ImproperlyConfigured("GUILDHALL_LIMITS: relaxed only with DEBUG or on a loopback HOST")
if ENV.web_processes > 1 and not REDIS_URLS:
    raise ImproperlyConfigured("WEB_PROCESSES: more than one needs REDIS_URL, or nobody would hear the other one")
if REDIS_URLS and not ENV.database_url:
    raise ImproperlyConfigured("REDIS_URL: needs DATABASE_URL too; SQLite serves one process")

SECRET_KEY = _secret_key()
DEBUG = ENV.debug
SECURE = PUBLIC_URL.startswith("https://")
_public_host = urlsplit(PUBLIC_URL).hostname or "localhost"
_loopback = ["localhost", "127.0.0.1"] if EMBEDDED else []
ALLOWED_HOSTS = sorted({_public_host, *_names(ENV.allowed_hosts), *_loopback})
_origins = [PUBLIC_URL, *_names(ENV.allowed_origins), *(f"http://{name}:{ENV.port}" for name in _loopback)]
ALLOWED_ORIGINS = sorted({origin.rstrip("/") for origin in _origins})
CSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS = ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_HEADERS = ["authorization", "content-type", "idempotency-key", "x-guildhall-client"]
CORS_EXPOSE_HEADERS = ["retry-after", "x-request-id"]
CORS_URLS_REGEX = r"^/api/"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_dramatiq",
    *("core", "core.work", "core.files", "core.accounts", "core.notifications", "core.boards"),
    *("core.hosts", "core.teams", "core.tournaments", "core.chat", "core.bucketlists", "core.tracker", "core.jobs"),
    "api",
    "realtime",
    "ocr_pipeline",
    "web",
]
MIDDLEWARE = [
    "api.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "core.urls"
ASGI_APPLICATION = "core.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# a web request waits a second for a Redis that hangs, once: half to connect, half to be answered
REDIS_BUDGET: dict[str, Any] = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "retry": Retry(NoBackoff(), 0),
}
# redis-py 8 gives sockets a 5 s timeout, which cuts idle subscribers, and reconnects in silence: neither is wanted
LAYER_CONNECTION = {"socket_timeout": None, "socket_connect_timeout": 1, "retry": AsyncRetry(NoBackoff(), 0)}
if REDIS_URLS:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URLS[0],
            "OPTIONS": REDIS_BUDGET,
        }
    }
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": url, **LAYER_CONNECTION} for url in REDIS_URLS]},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {}
DRAMATIQ_BROKER: dict[str, Any] = {
    "BROKER": "dramatiq.brokers.redis.RedisBroker" if REDIS_URLS else "dramatiq.brokers.stub.StubBroker",
    # a killed worker's messages come back within seconds: short heartbeat, maintenance on every command
    "OPTIONS": {
        "connection_pool": ConnectionPool.from_url(REDIS_URLS[0], **REDIS_BUDGET),
        "heartbeat_timeout": 5_000,
        "maintenance_chance": 1_000_000,
    }
    if REDIS_URLS
    else {},
    "MIDDLEWARE": [
        "dramatiq.middleware.AgeLimit",
        "dramatiq.middleware.TimeLimit",
        "dramatiq.middleware.ShutdownNotifications",
        "dramatiq.middleware.Retries",  # known so that actors can refuse it: rows count attempts, not the broker
        "django_dramatiq.middleware.DbConnectionsMiddleware",
    ],
}
DRAMATIQ_AUTODISCOVER_MODULES = ["actors"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["api.authentication.AdminSignIn"]
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # usernames are unique by their case-folded key, a constraint of the table
    "security.W008",  # who does not trust a proxy's word on https leaves it to that proxy to redirect
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

TIME_ZONE, USE_TZ = "UTC", True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
SERVESTATIC_USE_FINDERS = EMBEDDED
SERVESTATIC_MIMETYPES = {".mjs": "text/javascript"}

_mail = urlsplit(ENV.email_url)
if ENV.email_url and _mail.scheme not in ("smtp", "smtp+tls"):
    raise ImproperlyConfigured("EMAIL_URL: smtp:// or smtp+tls:// is needed")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ENV.email_url else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_TIMEOUT = _mail.scheme == "smtp+tls", 10
DEFAULT_FROM_EMAIL = ENV.email_from

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and ENV.trusted_proxies > 0
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "https:"],
        "connect-src": ["'self'", PUBLIC_URL.replace("http", "ws", 1)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.AccessTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.answer_error",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Guildhall",
    "DESCRIPTION": (
        "The REST face of Guildhall: everything a socket can do, for phones and scripts.\n\n"
        "Send `Authorization: Bearer <access>`; when it has expired, renew it once with the refresh token.\n"
        "Every refusal is a `Refusal`: rely on its `code`, show its `detail`.\n"
        "A POST with an `Idempotency-Key` can be repeated for 24 hours: one effect, the same answer."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": ["api.schema.share_refusals"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "filter": True},
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api",
}

_log_format = ENV.log_format if ENV.log_format != "auto" else "text" if EMBEDDED else "json"
LOGGING = structured_logs(ENV.log_level, as_json=_log_format == "json")
