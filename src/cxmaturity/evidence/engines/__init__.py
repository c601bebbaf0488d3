"""Where expressions are computed: DuckDB, which is built in, and databases that hold the data already."""
