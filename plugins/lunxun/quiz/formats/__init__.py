"""Banks in the forms that other people and programs use: one or two modules a form, values in, values out."""
