"""The index written in the plainest way: one number after the other, bits as text. Slow, and easy to check by eye."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from lunxun.search.document import SearchDocument
from lunxun.search.sounds import readings, syllables
from lunxun.search.tokens import SEPARATOR, indexed_text, pairs

ALPHABET = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\<']
IN_NAME = "\uf8ff"
FOLDER = "assets/lunxun/search/"
Postings = dict[str, list[int]]


@dataclass(frozen=True)
class Sizes:
    """What tests make smaller, so that a few documents fill many files."""

    block: int
    slots_a_file: int
    most_bits: int
    heavy_bits: int
    part: int
    every: int = 64


def write(documents: Iterable[SearchDocument], sizes: Sizes) -> dict[str, str]:
    """Write the files of lists and of texts, by address."""
    ordered = sorted(documents, key=lambda document: document.address)
    slots = [0]
    for document in ordered:
        slots.append(slots[-1] + -(-rounded_up(len(text_of(document)) + 1, 16) // 32))
    texts, names = text_postings(ordered, slots), name_postings(ordered)
    whole = "".join(indexed_text(text_of(document)) for document in ordered)
    alphabet = sorted({SEPARATOR, IN_NAME, *whole, *sounds(ordered)})
    name_span = sum(len(name) + 1 for document in ordered for name in names_of(document))
    of_names = Counter(key[0] for key, positions in names.items() for _ in positions)
    return {
        **list_files("p", texts, Counter(whole), alphabet, slots[-1] * 32, sizes),
        **list_files("n", names, of_names, alphabet, name_span, sizes),
        **text_files(ordered, slots, sizes),
    }


def text_postings(documents: Sequence[SearchDocument], slots: Sequence[int]) -> Postings:
    """Sort the places of all pairs by key."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for document, slot in zip(documents, slots, strict=False):
        for offset, key in pairs(text_of(document)):
            found[key if len(key) == 2 else key + SEPARATOR].append(slot * 32 + offset)
    return found


def name_postings(documents: Sequence[SearchDocument]) -> Postings:
    """Sort the places of characters, syllables and letters of names by key."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for document in documents:
        for name in names_of(document):
            for offset, key in name_keys(indexed_text(name)):
                found[key].append(position + offset)
            position += len(name) + 1
    most = max(200, len(documents) // 50)
    return {key: positions for key, positions in found.items() if key[1] != IN_NAME or len(positions) <= most}


def name_keys(name: str) -> Iterator[tuple[int, str]]:
    """Give the keys of a name."""
    yield from ((offset, character + IN_NAME) for offset, character in enumerate(name) if character != SEPARATOR)
    for row in sound_rows(name):
        yield from ((at, "".join(pair)) for at, pair in enumerate(pairwise(row)) if SEPARATOR not in pair)


def sound_rows(name: str) -> tuple[list[str], list[str]]:
    """Write a name as syllables and as first letters."""
    read = readings(name)
    letters = [(syllable or character)[0] for syllable, character in zip(read, name, strict=True)]
    return (
        [chr(0xE000 + syllables()[syllable]) if syllable else SEPARATOR for syllable in read],
        [chr(0xF000 + ord(one)) if one.isascii() and one.isalnum() else SEPARATOR for one in letters],
    )


def sounds(documents: Iterable[SearchDocument]) -> set[str]:
    """List the characters for all sounds of names."""
    names = (indexed_text(name) for document in documents for name in names_of(document))
    return {sound for name in names for row in sound_rows(name) for sound in row}


def list_files(
    folder: str, postings: Postings, often: Counter[str], alphabet: Sequence[str], positions: int, sizes: Sizes
) -> dict[str, str]:
    """Cut lists into files; `often` counts how often each character stands first."""
    number = {character: index for index, character in enumerate(alphabet)}
    count = len(alphabet)
    span = rounded_up(max(positions, 1), 16)
    lists = {
        number[key[0]] * count + number[key[1]]: gamma(len(found)) + positions_bits(found, span)
        for key, found in postings.items()
    }
    heavy = {key: bits for key, bits in lists.items() if len(bits) >= sizes.heavy_bits}
    light = {key: bits for key, bits in lists.items() if key not in heavy}
    files = dict(script(f"{folder}/heavy/{key:x}", as_characters(bits)) for key, bits in heavy.items())
    weights = {number[character]: times for character, times in often.items() if character != SEPARATOR}
    for low, high in halves(weights, 0, len(alphabet), sizes.part):
        mine = {key: len(bits) + 10 for key, bits in light.items() if low * count <= key < high * count}
        for start, end in halves(mine, low * count, high * count, sizes.most_bits):
            keys = sorted(key for key in mine if start <= key < end)
            if keys:
                bits = key_bits(keys, start) + "".join(light[key] for key in keys)
                files.update([script(f"{folder}/{start:x}", as_characters(bits))])
    return files


def halves(weights: Mapping[int, int], low: int, high: int, most: int) -> Iterator[tuple[int, int]]:
    """Halve a range until what is in each part is light enough, or one key."""
    if high - low == 1 or sum(weight for key, weight in weights.items() if low <= key < high) <= most:
        yield low, high
    else:
        middle = (low + high) // 2
        yield from halves(weights, low, middle, most)
        yield from halves(weights, middle, high, most)


def text_files(documents: Sequence[SearchDocument], slots: Sequence[int], sizes: Sizes) -> dict[str, str]:
    """Put the documents of a stretch of a block into a file."""
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    names: set[str] = set()
    block, begin = "", 0
    for document, slot in zip(documents, slots, strict=False):
        drawn = blake2b(document.address.encode(), digest_size=4).digest()
        name = drawn[:3].hex()
        if (not names or drawn[3] % sizes.block == 0) and name not in names:
            names.add(name)
            block, begin = name, slot
        rows[f"t/{block}-{(slot - begin) // sizes.slots_a_file:x}"].append([slot - begin, *row_of(document)])
    return dict(script(name, found) for name, found in rows.items())


def row_of(document: SearchDocument) -> list[Any]:
    """Give what is stored of a document."""
    parts = [
        [
            part.anchor,
            document.headings.index(part.heading) if part.heading in document.headings else part.heading,
            part.text,
        ]
        for part in document.parts
    ]
    return [document.address, document.kind, document.title, document.aliases, document.headings, parts]


def script(name: str, data: Any) -> tuple[str, str]:
    """Write data as a script."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "\u2028\u2029<":
        written = written.replace(character, f"\\u{ord(character):04x}")
    written = written.encode("utf-8", "backslashreplace").decode()
    number = int.from_bytes(blake2b(written.encode(), digest_size=2).digest(), "big") >> 3
    mark = ALPHABET[number // 92] + ALPHABET[number % 92]
    return f"{FOLDER}{name}.js", f'LunxunSearch.take("{name}","{mark}",{written});\n'


def key_bits(keys: Sequence[int], low: int) -> str:
    """Write keys by the gaps between them."""
    gaps = [key - before - 1 for before, key in pairwise([low - 1, *keys])]
    divisor = divisor_for(sum(gaps) // len(gaps) + 1)
    return gamma(len(keys)) + gamma(divisor) + "".join(golomb(gap, divisor) for gap in gaps)


def positions_bits(positions: Sequence[int], span: int) -> str:
    """Write positions by the gaps between them."""
    divisor = divisor_for(span // len(positions))
    return "".join(golomb(after - before - 1, divisor) for before, after in pairwise([-1, *positions]))


def golomb(number: int, divisor: int) -> str:
    """Write a quotient as ones, a zero, and the rest, the lower rests with a bit less; a far number in full."""
    ones, rest = divmod(number, divisor)
    if ones >= 24:
        return "1" * 24 + f"{number:032b}"
    width = (divisor - 1).bit_length()
    short = 2**width - divisor
    written = fixed(rest, width - 1) if rest < short else fixed(rest + short, width)
    return "1" * ones + "0" + written


def fixed(number: int, width: int) -> str:
    """Write a number in so many bits."""
    return f"{number:0{width}b}" if width else ""


def gamma(number: int) -> str:
    """Write a number behind as many zeros as it has more bits than one."""
    return "0" * (number.bit_length() - 1) + f"{number:b}"


def divisor_for(mean: int) -> int:
    """Choose the divisor that suits numbers of this mean."""
    return max(int(mean * 0.65), 1)


def as_characters(bits: str) -> str:
    """Write thirteen bits as two characters."""
    whole = bits + "0" * (-len(bits) % 13)
    groups = (int(whole[at : at + 13], 2) for at in range(0, len(whole), 13))
    return "".join(ALPHABET[group // 92] + ALPHABET[group % 92] for group in groups)


def rounded_up(number: int, steps: int) -> int:
    """Round up to one of so many numbers between each power of two and the next."""
    unit = 1
    while number // unit >= 2 * steps:
        unit *= 2
    return -(-number // unit) * unit


def names_of(document: SearchDocument) -> tuple[str, ...]:
    """Give the title and the aliases."""
    return document.title, *document.aliases


def text_of(document: SearchDocument) -> str:
    """Join all pieces."""
    return "\n".join((*names_of(document), *document.headings, *(part.text for part in document.parts)))
