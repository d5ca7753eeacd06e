"""Our Rasa components. They run inside Rasa and use the core only."""
