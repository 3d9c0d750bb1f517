"""The Jinja environment of the record templates, and how its templates become Python."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from types import FunctionType
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing

from lunxun.site.safe_html import as_html, joined, safe

_ENDING = ".html.j2"


class DirectCode(CodeGenerator):
    """Write templates as the Python that one would write by hand: little more than half the time for the same text.

    Jinja calls functions through its context and looks up attributes through its environment, for the sake of functions
    that want the context, of sandboxes, of attributes that may be items. It hands every piece of a page through all
    templates that this extends, and looks at each argument of a macro. Our templates need none of this. A name that is
    not there is still an error: an undefined variable as StrictUndefined has it, a missing attribute or item as Python
    has. Macros take arguments by their places.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """Write a call of a function, method or macro."""
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write an item."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def enter_frame(self, frame: Frame) -> None:
        """Let the body of a template or block collect its pieces."""
        super().enter_frame(frame)
        if _is_body(frame):
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Let the body of a template or block give what it collected."""
        if _is_body(frame):
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro as the function that it is."""
        self.write(f"environment.macro(macro, {getattr(macro_ref.node, 'name', '')!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Write what a macro gives: everything in it is escaped."""
        self.writeline(f"return environment.markup(concat({frame.buffer}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.text(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


def _is_body(frame: Frame) -> bool:
    return frame.rootlevel or frame.block_frame


class SiteEnvironment(Environment):
    """Jinja with our way of writing templates as Python."""

    code_generator_class = DirectCode
    markup = staticmethod(safe)
    text = staticmethod(as_html)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template what all have: each page begins with a copy of it, which costs less of a plain mapping."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def macro(function: FunctionType, name: str) -> FunctionType:
        """Name a macro as Jinja does; its body knows what to do about arguments that are left out."""
        vars(function)["name"] = name
        function.__defaults__ = (missing,) * function.__code__.co_argcount
        return function


@cache
def template(name: str) -> Template:
    """Load a template by its name without endings."""
    return environment().get_template(name + _ENDING)


def make_templates() -> None:
    """Load all templates now, so that processes that are forked later have them."""
    for name in environment().list_templates():
        template(name.removesuffix(_ENDING))


def compiled_templates() -> dict[str, bytes]:
    """Give the code of all templates, for another process of ours: it takes longer than the pages of an edit."""
    make_templates()
    return _codes().by_template


def take_compiled(codes: dict[str, bytes]) -> None:
    """Take code that another process of ours has made; where a template is another now, it is not used."""
    _codes().by_template.update(codes)


class _Codes(BytecodeCache):
    """The code of templates, in memory only: what lies in a file might be anybody's."""

    def __init__(self) -> None:
        self.by_template: dict[str, bytes] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Tell the code of one way to write templates from that of another."""
        return super().get_bucket(environment, f"{environment.code_generator_class} {name}", filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if there is any; Jinja makes sure that it is that of the same text."""
        if bucket.key in self.by_template:
            bucket.bytecode_from_string(self.by_template[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.by_template[bucket.key] = bucket.bytecode_to_string()


@cache
def _codes() -> _Codes:
    return _Codes()


@cache
def environment() -> SiteEnvironment:
    """Build the environment once: everything is escaped, and a misspelt name is an error."""
    env = SiteEnvironment(
        loader=PackageLoader("lunxun.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_codes(),
    )
    env.filters["join"] = joined
    env.globals["m"] = env.get_template("macros.html.j2").module
    return env
