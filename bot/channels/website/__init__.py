"""The website: the widget's API, and the widget itself in ``widget/``."""
