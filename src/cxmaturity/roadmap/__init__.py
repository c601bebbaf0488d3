"""What to do about the result: catalogues of recommendations, and the plan made of them."""
