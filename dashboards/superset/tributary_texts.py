"""Corrects Superset's Chinese texts: the shipped pack holds guessed ("fuzzy") translations, such as Sunday for a table's total."""

from __future__ import annotations

import copy
import json
import logging
import pathlib
from typing import Any

LOG = logging.getLogger("tributary")

# What a reader of the pages sees. Guessed texts that are not here fall back to English.
CORRECTED = {
    "Summary": "合计",
    "Total": "合计",
    "Waiting on %s": "正在查询 %s",
    "Clear All": "清除所有",
    "Clear all": "清除所有",
    "Apply": "应用",
    "Apply filters": "应用筛选",
    "Last modified by %s": "最后修改：%s",
    "No results were returned for this query": "所选条件下没有数据",
    "Export as PDF": "导出 PDF",
    "Theme": "主题",
    "Add filter": "添加筛选",
    "View as table": "以表格查看",
    "Select ...": "请选择",
    "Search %s records": "搜索 %s 条记录",
    "Download as image": "下载图片",
    "Data refreshed": "数据已刷新",
    "Applied filters (%s)": "已应用的筛选（%s）",
    "Applied filters (%d)": "已应用的筛选（%d）",
    "More": "更多",
    "More filters": "更多筛选",
    "%s option": "%s 个选项",
    "%s options": "%s 个选项",
    "Fetched %s": "刷新于 %s",
    "Cached %s": "缓存于 %s",
    "Show chart description": "显示说明",
    "Hide chart description": "隐藏说明",
    "Toggle chart description": "显示或隐藏说明",
}


def corrected_pack(folder: pathlib.Path) -> dict[str, Any]:
    """The shipped pack without its guesses and with our corrections."""
    from babel.messages.pofile import read_po

    pack = copy.deepcopy(json.loads((folder / "messages.json").read_text(encoding="utf-8")))
    texts = pack["locale_data"]["superset"]
    with (folder / "messages.po").open("rb") as source:
        for message in read_po(source):
            if message.fuzzy and message.id:
                texts.pop(message.id if isinstance(message.id, str) else message.id[0], None)
    for english, chinese in CORRECTED.items():
        was = texts.get(english)
        texts[english] = [chinese] * max(1, len(was) if was else 1)
    return pack


def install(app: Any) -> None:
    """Answers the browser's request for the Chinese pack with the corrected one."""
    import superset
    from flask import Response, request

    folder = pathlib.Path(superset.__file__).parent / "translations" / "zh" / "LC_MESSAGES"
    try:
        body = json.dumps(corrected_pack(folder), ensure_ascii=False)
    except (OSError, ValueError, KeyError):
        LOG.exception("The Chinese texts in %s could not be corrected; Superset's own are shown.", folder)
        return

    @app.before_request
    def chinese_texts() -> Any:  # pylint: disable=unused-variable
        if request.path == "/superset/language_pack/zh/":
            return Response(body, mimetype="application/json", headers={"Cache-Control": "max-age=3600"})
        return None
