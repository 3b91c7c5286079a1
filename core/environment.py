"""What an operator may set, typed; a bad or missing value stops the start with its name."""

import ipaddress
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """What an operator may set. `.env.example` lists the same names with units and defaults."""

    model_config = SettingsConfigDict(env_file=BASE_DIR / ".env", extra="ignore", case_sensitive=False)

    guildhall_home: Path = Field(BASE_DIR / "var", description="folder for state: database, keys, files")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="port to listen on")
    debug: bool = Field(False, description="Django's debug pages; never in production")
    secret_key: str = Field("", description="signs tokens, at least 32 bytes; embedded: made on first start")
    public_url: str = Field("", description="scheme://host[:port] that people open; default: the listening address")
    frontend_url: str = Field("", description="where links to join a list lead; default: PUBLIC_URL")
    allowed_hosts: str = Field("", description="more host names, comma separated")
    allowed_origins: str = Field("", description="more browser origins (scheme://host[:port]), comma separated")
    trusted_proxies: int = Field(0, ge=0, le=10, description="proxies in front whose X-Forwarded-For counts")
    asgi_server: Literal["uvicorn", "daphne"] = Field("uvicorn", description="which server serves")
    web_processes: int = Field(1, ge=1, le=64, description="web processes that share this database")
    database_url: str = Field("", description="postgresql://user:password@host:port/name; empty: SQLite in the home")
    database_pool: int = Field(10, ge=1, le=200, description="PostgreSQL connections per process, at most")
    redis_url: str = Field("", description="redis://host:port/n, several comma separated; empty: in process")
    redis_without_aof: bool = Field(False, description="accept a Redis that does not keep an append-only file")
    files_bucket: str = Field("", description="S3 bucket for files; empty: the folder files in the home")
    files_endpoint: str = Field("", description="address of the S3 service; empty: Amazon's")
    guildhall_limits: Literal["normal", "relaxed"] = Field("normal", description="relaxed lifts every rate limit")
    require_verified_email: bool = Field(False, description="unverified people may read, but not post or vote")
    access_token_s: int = Field(3_600, ge=5, description="life of an access token, seconds")
    refresh_token_s: int = Field(7 * 86_400, ge=60, description="life of a refresh token, seconds")
    email_url: str = Field("", description="smtp://user:password@host:port or smtp+tls://…; empty: console")
    email_from: str = Field("Guildhall <guildhall@localhost>", description="sender of mail")
    live_threads: int = Field(8, ge=1, le=64, description="threads that run socket commands, per process")
    job_threads: int = Field(4, ge=1, le=64, description="threads that run jobs, per worker process")
    ocr_engines: str = Field(
        "digits,tesseract",
        pattern=r"^[a-z]+([+,][a-z]+)*$",
        description="what reads text in pictures, the first that can; comma separated, + for two that must agree",
    )
    ocr_processes: int = Field(0, ge=0, le=64, description="processes that read pictures, per worker; 0: one a core")
    ocr_warm: bool = Field(True, description="a process that reads waits for the first picture, from the start")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level logged")
    log_format: Literal["auto", "text", "json"] = Field("auto", description="auto: text when embedded, else JSON lines")
    metrics_token: str = Field("", description="Bearer token for /metrics from other machines; empty: none")
    drain_s: float = Field(0, ge=0, le=60, description="seconds from SIGTERM, and failing readiness, to the first bye")
    votes_burst: int = Field(60, ge=1, description="votes that somebody may cast at once")
    votes_per_s: float = Field(1, gt=0, description="votes per second that somebody may cast over time")
    ws_frame_bytes: int = Field(32 * 1024, ge=1024, description="largest frame a client may send, bytes")
    ws_topics: int = Field(64, ge=1, description="topics per socket")
    ws_sockets_per_user: int = Field(10, ge=1, description="sockets per person; the oldest closes")
    ws_commands_per_s: float = Field(20, gt=0, description="commands per second and socket, sustained")
    ws_commands_burst: int = Field(40, ge=1, description="commands at once per socket")
    ws_ring: int = Field(200, ge=1, description="entries kept in memory per live topic")


def read_environment() -> Environment:
    """The typed environment; raises ImproperlyConfigured with the names of all bad variables."""
    try:
        return Environment()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise ImproperlyConfigured(f"bad settings in the environment: {wrong}") from None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
