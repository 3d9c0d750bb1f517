"""Questions at work: drafted by rule from records, and looked at bank by bank."""
