"""Configuration of Superset for Tributary's pages.

Environment (the first three are required):
  TRIBUTARY_SUPERSET_SECRET_FILE  file with the secret key, 42 characters or more, readable by its owner only
  TRIBUTARY_SUPERSET_DATABASE     path of the SQLite metadata file, or a SQLAlchemy URI of another database
  TRIBUTARY_TRINO_URL             http(s)://host:port of Trino
  TRIBUTARY_TRINO_SERVICE_USER    Trino user that looks up the newest cut (default: superset)
  TRIBUTARY_TRINO_CATALOG         Trino catalog (default: lake)
  TRIBUTARY_HTTPS                 "true" where Superset is reached by https: cookies become secure
  TRIBUTARY_CACHE_SECONDS         how long a chart's answer is kept, per user (default: 300)
"""

import logging
import os
import pathlib
import stat
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import tributary_cuts  # noqa: E402  (beside this file)
import tributary_texts  # noqa: E402

LOG = logging.getLogger("tributary")
# It logs every array index that it reads, dozens of lines a chart.
logging.getLogger("sqlglot").setLevel(logging.WARNING)


def _required(name):
    value = os.environ.get(name, "").strip()
    if not value:
        raise RuntimeError(f"{name} is not set. See the head of {__file__} for what it is.")
    return value


def _secret(path):
    file = pathlib.Path(path)
    if not file.is_file():
        raise RuntimeError(f"TRIBUTARY_SUPERSET_SECRET_FILE names {path}, which is not a file. Write 42 random characters or more into it.")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise RuntimeError(f"{path} can be read by others. Run: chmod 600 {path}")
    key = file.read_text(encoding="utf-8").strip()
    defaults = {"CHANGE_ME_SECRET_KEY", "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", "TEST_NON_DEV_SECRET", "YOUR_OWN_RANDOM_GENERATED_SECRET_KEY", "thisISaSECRET_1234"}
    if key in defaults or len(key) < 42:
        raise RuntimeError(f"{path} holds a default or short key. Write 42 random characters or more into it.")
    return key


# --- security
SECRET_KEY = _secret(_required("TRIBUTARY_SUPERSET_SECRET_FILE"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = os.environ.get("TRIBUTARY_HTTPS", "") == "true"
WTF_CSRF_ENABLED = True
PUBLIC_ROLE_LIKE = None
ENABLE_PROXY_FIX = SESSION_COOKIE_SECURE
SHOW_STACKTRACE = False

# Superset's policy, without its outside addresses. The tiles' templates are compiled in the browser: 'unsafe-eval'.
TALISMAN_ENABLED = True
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "frame-ancestors": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'", "'unsafe-eval'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": SESSION_COOKIE_SECURE,
}

# --- metadata and caches
_metadata = _required("TRIBUTARY_SUPERSET_DATABASE")
SQLALCHEMY_DATABASE_URI = _metadata if "://" in _metadata else f"sqlite:///{pathlib.Path(_metadata).resolve()}?check_same_thread=false"
CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 300}
# A cut never changes, so an answer for one could be kept for ever; rights may change, hence minutes.
DATA_CACHE_CONFIG = {
    "CACHE_TYPE": "SimpleCache",
    "CACHE_DEFAULT_TIMEOUT": int(os.environ.get("TRIBUTARY_CACHE_SECONDS", "300")),
    "CACHE_THRESHOLD": 2000,
}

# Flags: CACHE_* keep one user's rows from another.
FEATURE_FLAGS = {
    "ENABLE_TEMPLATE_PROCESSING": True,
    "DASHBOARD_RBAC": True,
    "CACHE_IMPERSONATION": True,
    "CACHE_QUERY_BY_USER": True,
    "DRILL_TO_DETAIL": False,
    "DRILL_BY": False,
    "ALLOW_ADHOC_SUBQUERY": False,
}
ROW_LIMIT = 10000
SQL_MAX_ROW = 10000
# The browser gives a chart up after this. On a busy machine a late chart is worth more than a message,
# and a statement given up by the browser goes on in Trino all the same.
SUPERSET_WEBSERVER_TIMEOUT = 300
RATELIMIT_STORAGE_URI = "memory://"

# --- languages
BABEL_DEFAULT_LOCALE = "en"
LANGUAGES = {"en": {"flag": "us", "name": "English"}, "zh": {"flag": "cn", "name": "中文"}}

# --- looks
APP_NAME = "Tributary"
HTML_SANITIZATION = True
HTML_SANITIZATION_SCHEMA_EXTENSIONS = {
    "tagNames": ["meter", "svg", "polyline"],
    "attributes": {
        "*": ["className"],
        "meter": ["min", "max", "value"],
        "svg": ["viewBox", "preserveAspectRatio"],
        "polyline": ["points"],
    },
}
EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "tributary",
        "label": "Tributary",
        "isDefault": True,
        # No red: red means bad.
        "colors": ["#1F5F8B", "#8A97A3", "#2F7D6B", "#C58B2A", "#7A5C99", "#5FA3C7", "#9DB36B", "#B0785A"],
    }
]
_LOGO = (
    "data:image/svg+xml,"
    + urllib.parse.quote(
        '<svg xmlns="http://www.w3.org/2000/svg" width="140" height="24" viewBox="0 0 140 24">'
        '<g fill="none" stroke="#1F5F8B" stroke-width="2.6" stroke-linecap="round">'
        '<path d="M2 5 C10 5 10 12 17 12 H24"/><path d="M2 19 C10 19 10 12 17 12"/></g>'
        '<text x="31" y="17" font-family="Inter,Arial,sans-serif" font-size="15" font-weight="700" fill="#1B2733">Tributary</text></svg>'
    )
)
THEME_DEFAULT = {
    "algorithm": "default",
    "token": {
        "brandAppName": "Tributary",
        "brandLogoAlt": "Tributary",
        "brandLogoUrl": _LOGO,
        "brandLogoHref": "/",
        "brandLogoHeight": "24px",
        "brandLogoMargin": "18px 0",
        "colorPrimary": "#1F5F8B",
        "fontUrls": [],
        "fontFamily": "Inter, Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
        "echartsOptionsOverrides": {"legend": {"selector": False}},
        "echartsOptionsOverridesByChartType": {"waterfall": {"xAxis": {"axisLabel": {"interval": 0}}}},
    },
}
THEME_DARK = None


# --- one page, one cut
_TRINO = tributary_cuts.Trino(
    url=_required("TRIBUTARY_TRINO_URL"),
    user=os.environ.get("TRIBUTARY_TRINO_SERVICE_USER", "superset"),
    catalog=os.environ.get("TRIBUTARY_TRINO_CATALOG", "lake"),
)
JINJA_CONTEXT_ADDONS = {"cut_span": tributary_cuts.Spans(_TRINO.rows).sql}


def FLASK_APP_MUTATOR(app):  # noqa: N802  (Superset's name)
    """Sends a page without a cut to its own address with the newest one, and corrects texts."""
    here = pathlib.Path(__file__).resolve().parent
    pages = tributary_cuts.Pages.load(here / "pages.json")
    newest = tributary_cuts.NewestCut(_TRINO.rows, (here / "newest_cut.sql").read_text(encoding="utf-8"))
    tributary_cuts.install(app, pages, newest)
    tributary_texts.install(app)
