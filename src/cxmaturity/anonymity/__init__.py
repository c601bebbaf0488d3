"""The anonymity minimum over everything that is published: which cells may be shown, and what was before."""
