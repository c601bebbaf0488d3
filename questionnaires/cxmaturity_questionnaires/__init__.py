"""The questionnaires that come with cxmaturity: data, read through :mod:`importlib.resources`."""
