"""Who answered what: the columnar responses and their readers."""
