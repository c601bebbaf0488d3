"""The follow-up: two results of one organisation held against each other, on result data only."""
