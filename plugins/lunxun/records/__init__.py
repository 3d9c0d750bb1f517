"""What a record is: one module a kind. Nothing here reads or writes."""
