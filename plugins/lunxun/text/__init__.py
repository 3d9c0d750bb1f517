"""Chinese text: folding, cleaning, numerals, and the marks used inside prose."""
