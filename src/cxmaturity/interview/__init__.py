"""An interview without its terminal: what comes next, what an input means, and the file that holds it."""
