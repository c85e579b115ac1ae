"""One page, one cut: a page opened without a cut is redirected to its own address with the newest one.

Every chart of a page then asks for the same cut, because no chart looks for "newest" by itself.
"""

from __future__ import annotations

import json
import logging
import pathlib
import threading
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any, Callable

LOG = logging.getLogger("tributary")

CHINESE = "-zh"
AS_OF = "as_of"


@dataclass(frozen=True)
class Page:
    """What a page needs in its address: fixed first values of its controls, by column."""

    slug: str
    defaults: dict[str, str]


@dataclass(frozen=True)
class Pages:
    """The pages, and where each role lands."""

    pages: dict[str, Page]
    landing: dict[str, str]
    landing_otherwise: str

    @staticmethod
    def load(file: pathlib.Path) -> "Pages":
        raw = json.loads(file.read_text(encoding="utf-8"))
        pages = {slug: Page(slug, dict(spec.get("defaults", {}))) for slug, spec in raw["pages"].items()}
        return Pages(pages, dict(raw["landing"]), raw["landing_otherwise"])

    def find(self, slug: str) -> Page | None:
        return self.pages.get(slug.removesuffix(CHINESE))

    def landing_of(self, roles: list[str], locale: str) -> str:
        slug = next((self.landing[r] for r in roles if r in self.landing), self.landing_otherwise)
        return slug + (CHINESE if locale.startswith("zh") else "")


class Trino:
    """Asks Trino as the pages' own user."""

    def __init__(self, url: str, user: str, catalog: str):
        self._url = urllib.parse.urlsplit(url)
        self._user = user
        self._catalog = catalog

    def rows(self, sql: str) -> list[list[Any]]:
        import trino

        with trino.dbapi.connect(
            host=self._url.hostname,
            port=self._url.port or (443 if self._url.scheme == "https" else 80),
            http_scheme=self._url.scheme,
            user=self._user,
            catalog=self._catalog,
            source="tributary-pages",
            request_timeout=10,
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall()


class NewestCut:
    """The as-of control's value for the newest cut, asked of Trino at most once in two seconds."""

    def __init__(self, rows: Callable[[str], list[list[Any]]], sql: str, seconds: float = 2.0):
        self._rows = rows
        self._sql = sql.strip().rstrip(";")
        self._seconds = seconds
        self._lock = threading.Lock()
        self._value: str | None = None
        self._until = 0.0

    def label(self) -> str | None:
        """The newest cut, or None when there is none or Trino does not answer."""
        with self._lock:
            if time.monotonic() < self._until:
                return self._value
            try:
                rows = self._rows(self._sql)
                self._value = rows[0][0] if rows else None
            except Exception:  # the page opens all the same and says that it has no cut
                LOG.exception("Trino did not name the newest cut; the page opens without one.")
                self._value = None
            self._until = time.monotonic() + self._seconds
            return self._value


class Spans:
    """What a cut stands on, as SQL constants that the charts of a page put where a mart asks for it.

    A published cut stands on the same ranges for ever, so they are looked up once. Constants let Trino skip the files of other cuts, and
    save each chart two joins.
    """

    KEPT = 500

    def __init__(self, rows: Callable[[str], list[list[Any]]]):
        self._rows = rows
        self._lock = threading.Lock()
        self._known: dict[int, list[list[Any]]] = {}

    def sql(self, layer: str, as_of: list[Any]) -> str:
        """A relation in parentheses, a row per range; without rows for a cut that does not exist.

        as_of: the control's values; the number that ends the first one is the cut.
        """
        word = str((list(as_of) + [""])[0]).split(" ")[-1]
        ranges = self._ranges(int(word)) if word.isascii() and word.isdigit() and len(word) < 19 else []
        rows = [self._row(*r[1:]) for r in ranges if r[0] == layer]
        return "(" + " union all ".join(rows or [self._row(0, 0, 0, "0001-01-01", {}) + " where 1 = 0"]) + ")"

    def _ranges(self, cut: int) -> list[list[Any]]:
        with self._lock:
            known = self._known.get(cut)
            if known is None:
                known = self._rows(
                    "select t.layer, c.cut, t.from_cut, least(t.to_cut, c.cut), cast(c.last_day as varchar),"
                    " cast(c.business_days as map(varchar, varchar))"
                    f" from mart.cut c join mart.timeline t on t.epoch = c.epoch where c.cut = {cut} order by t.from_cut"
                )
                if known:
                    while len(self._known) >= self.KEPT:
                        self._known.pop(next(iter(self._known)))
                    self._known[cut] = known
            return known

    @staticmethod
    def _row(cut: int, from_cut: int, to_cut: int, last_day: str | None, business_days: dict[str, str] | None) -> str:
        days = dict(business_days or {})
        companies = ", ".join("'" + c.replace("'", "''") + "'" for c in days)
        dates = ", ".join(f"date '{d}'" for d in days.values())
        known_days = f"map(array[{companies}], array[{dates}])" if days else "map()"
        last = f"date '{last_day}'" if last_day else "null"
        return (
            f"select bigint '{int(cut)}' as cut, bigint '{int(from_cut)}' as from_cut, bigint '{int(to_cut)}' as to_cut,"
            f" cast({known_days} as map(varchar, date)) as business_days, cast({last} as date) as last_day"
        )


def rison(text: str) -> str:
    """A text as a quoted Rison string."""
    return "'" + text.replace("!", "!!").replace("'", "!'") + "'"


def control(column: str, value: str) -> str:
    """A native filter's state, as `native_filters` carries it."""
    name = f"NATIVE_FILTER-{column}"
    quoted = rison(value)
    return (
        f"{name}:(extraFormData:(filters:!((col:{column},op:IN,val:!({quoted})))),"
        f"filterState:(label:{quoted},value:!({quoted})),id:{name},ownState:())"
    )


def complete(native_filters: str, values: dict[str, str]) -> str | None:
    """`native_filters` with the missing controls added; None when none is missing."""
    missing = [control(column, value) for column, value in values.items() if f"NATIVE_FILTER-{column}:" not in native_filters]
    if not missing:
        return None
    inner = native_filters.strip()
    inner = inner[1:-1] if inner.startswith("(") and inner.endswith(")") else ""
    return "(" + ",".join(([inner] if inner else []) + missing) + ")"


def redirect_target(page: Page, path: str, args: list[tuple[str, str]], newest: Callable[[], str | None]) -> str | None:
    """The address to go to instead, or None when this one already says which cut it shows.

    `native_filters_key` and `permalink_key` are Superset's own short forms of a state that has its cut.
    """
    given = dict(args)
    if "native_filters_key" in given or "permalink_key" in given:
        return None
    native_filters = given.get("native_filters", "")
    values = dict(page.defaults)
    if f"NATIVE_FILTER-{AS_OF}:" not in native_filters:
        label = newest()
        if label is None:
            return None
        values = {AS_OF: label, **values}
    wanted = complete(native_filters, values)
    if wanted is None:
        return None
    rest = [(k, v) for k, v in args if k != "native_filters"]
    return path + "?" + urllib.parse.urlencode(rest + [("native_filters", wanted)])


def with_defaults(metadata: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """A dashboard's metadata whose controls begin with the given values, by column."""
    for control_ in metadata.get("native_filter_configuration", []):
        targets = control_.get("targets") or [{}]
        column = targets[0].get("column", {}).get("name")
        if column in values:
            value = values[column]
            control_["defaultDataMask"] = {
                "extraFormData": {"filters": [{"col": column, "op": "IN", "val": [value]}]},
                "filterState": {"label": value, "value": [value]},
                "ownState": {},
            }
    return metadata


def install(app: Any, pages: Pages, newest: NewestCut) -> None:
    """Adds the redirects to Superset."""
    from flask import redirect, request, session
    from flask_login import current_user

    def slug_of(id_or_slug: str) -> str:
        if not id_or_slug.isdigit():
            return id_or_slug
        from superset import db
        from superset.models.dashboard import Dashboard

        return db.session.query(Dashboard.slug).filter_by(id=int(id_or_slug)).scalar() or id_or_slug

    @app.before_request
    def one_page_one_cut() -> Any:  # pylint: disable=unused-variable
        if request.method != "GET" or not getattr(current_user, "is_authenticated", False):
            return None
        if request.path in ("/", "/superset/welcome/"):
            slug = pages.landing_of([r.name for r in current_user.roles], session.get("locale", "en"))
            return redirect(f"/superset/dashboard/{slug}/")
        parts = request.path.strip("/").split("/")
        if len(parts) != 3 or parts[:2] != ["superset", "dashboard"]:
            return None
        slug = slug_of(parts[2])
        page = pages.find(slug)
        if page is None:
            return None
        # The frame around a page speaks the page's language.
        session["locale"] = "zh" if slug.endswith(CHINESE) else "en"
        target = redirect_target(page, f"/superset/dashboard/{slug}/", list(request.args.items(multi=True)), newest.label)
        if target is None:
            return None
        response = redirect(target)
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.after_request
    def one_cut_for_a_page_opened_from_the_list(response: Any) -> Any:  # pylint: disable=unused-variable
        # The list opens a page without asking the server for its address, so there is nothing to redirect: the controls begin with
        # the newest cut instead, looked up once for the page. Who may edit a page would save that value, and gets none.
        parts = request.path.strip("/").split("/")
        if request.method != "GET" or response.status_code != 200 or len(parts) != 4 or parts[:3] != ["api", "v1", "dashboard"]:
            return response
        page = pages.find(slug_of(parts[3]))
        if page is None:
            return response
        from superset import security_manager

        label = newest.label()
        if label is None or security_manager.can_access("can_write", "Dashboard"):
            return response
        body = response.get_json()
        metadata = json.loads(body["result"]["json_metadata"])
        body["result"]["json_metadata"] = json.dumps(with_defaults(metadata, {AS_OF: label, **page.defaults}))
        response.set_data(json.dumps(body))
        response.headers["Cache-Control"] = "no-store"
        response.headers.pop("ETag", None)
        return response
