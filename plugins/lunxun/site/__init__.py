"""Records become page bodies; one adapter hands them to MkDocs."""
