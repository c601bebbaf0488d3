"""What is asked: the questionnaire as data, and how it is loaded and checked."""
