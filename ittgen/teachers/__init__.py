"""Teachers: whoever answers requests, and the wrappers around them."""
