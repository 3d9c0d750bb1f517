"""The taxonomy: the closed lists that records are classed by."""

from __future__ import annotations

from pydantic import Field

from lunxun.records.base import Many, Model, Slug, Text


class Taxon(Model):
    """One entry of a list."""

    id: Slug = Field(title="编号")
    name: Text = Field(title="名称")
    note: Text | None = Field(default=None, title="说明")
    parent: Slug | None = Field(default=None, title="上级", description="同一个列表里的编号")


class Taxonomy(Model):
    """All lists; a record may use only what stands here."""

    topics: Many[Taxon] = Field(title="主题")
    levels: Many[Taxon] = Field(title="层级")
    fields: Many[Taxon] = Field(title="领域")
    audiences: Many[Taxon] = Field(title="培训对象")
    regions: Many[Taxon] = Field(title="地区")

    def names(self, list_name: str) -> dict[str, str]:
        """Map the ids of a list to its names, in the order of the list."""
        taxa: tuple[Taxon, ...] = getattr(self, list_name)
        return {taxon.id: taxon.name for taxon in taxa}

    def lineage(self, list_name: str, taxon_id: str) -> tuple[Taxon, ...]:
        """List an entry and its parents, from the top down; a cycle ends where it began."""
        by_id = {taxon.id: taxon for taxon in getattr(self, list_name)}
        line: list[Taxon] = []
        current = by_id.get(taxon_id)
        while current is not None and current not in line:
            line.append(current)
            current = by_id.get(current.parent or "")
        return tuple(reversed(line))
