"""Where tables come from: files of several kinds, and databases."""
