"""Files with places become records, and records one linked Library."""
