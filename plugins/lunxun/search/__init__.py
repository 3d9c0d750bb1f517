"""Indexes over the library: one for the page, one for the command line."""
