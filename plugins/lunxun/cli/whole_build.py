"""The part of `lunxun build` that makes a site, and brings all that this needs."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.build import NotBuiltError, cache_of, make_frame
from lunxun.cli.ending import left_standing
from lunxun.cli.progress import Progress
from lunxun.cli.workers import chosen_workers
from lunxun.cluster import ClusterError
from lunxun.site.build import FrameError, Order, build
from lunxun.site.first_look import Look
from lunxun.site.ready import NotReadyError


def whole_build(options: argparse.Namespace, progress: Progress, look: Look | None) -> Path:
    """Make what has changed, or all; give the folder of the site."""
    config_file, cache = options.config.absolute(), cache_of(options.config)
    try:
        with chosen_workers(options) as workers:
            built = build(Order(config_file, options.output, cache, make_frame, workers, progress, look=look))
            left_standing(built)
            return built.target
    except (FrameError, NotReadyError, ClusterError) as error:
        raise NotBuiltError(str(error)) from None
    except OSError as error:
        reason = f"系统错误 {error.errno}：{error.filename or ''}"
        raise NotBuiltError(f"网站没有写成（{reason}）。检查磁盘空间和文件夹权限。") from None
