"""Findings written out: for people, for programs, for continuous integration, for code hosts."""
