"""Answer sheets: what one person is asked, as a file to fill in, and how a filled-in one is read."""
