"""What leaves the project as files of other programs: one module a format."""
