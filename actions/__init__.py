"""What Rasa calls. Each action is a few lines: it reads the tracker, asks the core, and speaks."""
