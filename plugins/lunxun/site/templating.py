"""The Jinja environment of the record templates."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape


@cache
def environment() -> Environment:
    """Build the environment once: everything is escaped, and a misspelt name is an error."""
    env = Environment(
        loader=PackageLoader("lunxun.site", "templates"),
        autoescape=select_autoescape(("html", "j2"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["m"] = env.get_template("macros.html.j2").module
    return env
