"""The rules by which questions are drafted, one module a rule."""
