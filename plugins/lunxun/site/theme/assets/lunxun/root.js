// Marks the root of the site for 404.html; it has nothing to do.
