"""`lunxun paper keys`: the two keys of a trainer."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.cli.passphrase import PassphraseError, new_passphrase
from lunxun.quiz import sealing
from lunxun.quiz.trainer_keys import PUBLIC_FILE, SECRET_FILE, KeyFileError, key_id, write_keys

_BARE = "提醒：私钥没有口令，谁拿到这个文件谁就能打开答卷。请只放在自己保管的 U 盘或电脑上。"


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "keys",
        help="生成阅卷密钥",
        description="生成一对密钥：公钥用来做屏幕考试，私钥用来打开答卷。一对密钥可以用于许多场考试。",
    )
    verb.add_argument("-o", "--output", type=Path, required=True, metavar="文件夹", help="写到哪里；不会盖掉已有的密钥")
    verb.add_argument("--no-passphrase", action="store_true", help="私钥不设口令")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not sealing.is_there():
        return refuse(sealing.NOT_INSTALLED)
    try:
        passphrase = None if options.no_passphrase else new_passphrase()
        keys = sealing.keys()
        write_keys(options.output, keys, passphrase)
    except (PassphraseError, KeyFileError) as error:
        return refuse(str(error))
    print(f"密钥写在 {options.output}，编号 {key_id(keys.public)}。")
    print(f"“{PUBLIC_FILE}”可以公开，出屏幕考试时用：lunxun paper screen 试卷 --to 公钥 -o 考试.html。")
    print(f"“{SECRET_FILE}”自己保管，另存一份备份；丢了它，已经交上来的答卷谁也打不开。")
    print(_BARE if passphrase is None else "口令不存在文件里，忘了也找不回来。")
    return FINE
