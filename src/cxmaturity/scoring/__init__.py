"""Answers to scores: pure numeric functions, one idea a file. The rules are in docs/methodology.md."""
