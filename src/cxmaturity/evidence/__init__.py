"""What customer data shows: tables of the organisation's own records, and the metrics computed from them."""
