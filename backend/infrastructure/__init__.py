"""What the features stand on: database, HTTP door, WeChat, files, settings, jobs, audit. Knows nothing of the field."""
