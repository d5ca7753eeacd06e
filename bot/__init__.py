"""The JOB helpdesk: everything except the assistant that Rasa runs."""
