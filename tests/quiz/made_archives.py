"""Archives that look like Office files, for readers that must refuse them."""

from __future__ import annotations

import io
import zipfile


def archive(**members: bytes) -> bytes:
    """Pack members; in their names __ stands for a slash and a last _ for a full stop."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return target.getvalue()
