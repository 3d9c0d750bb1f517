"""Tests of the search: its index, its engine, its judged queries."""
