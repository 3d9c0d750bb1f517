"""Rules over a linked Library: each has an id, a title, a reason, and yields findings."""
