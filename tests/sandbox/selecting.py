"""A small part of CSS selectors over lxml: tag, #id, .class, [attribute], and descendants."""

import re

from lxml.html import HtmlElement

_STEP = re.compile(
    r"""(?P<tag>^\w+)|\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|\[(?P<attribute>[\w-]+)(?:="(?P<value>[^"]*)")?\]"""
)


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements, in document order."""
    return list(tree.xpath("".join(_xpath(step) for step in selector.split())))


def _xpath(step: str) -> str:
    tag, tests = "*", ""
    for found in _STEP.finditer(step):
        tag = found["tag"] or tag
        if found["id"]:
            tests += f"[@id='{found['id']}']"
        if found["class"]:
            tests += f"[contains(concat(' ', @class, ' '), ' {found['class']} ')]"
        if found["attribute"]:
            tests += f"[@{found['attribute']}" + (f"='{found['value']}']" if found["value"] is not None else "]")
    return f"//{tag}{tests}"
