"""Flask-SQLAlchemy and marshmallow, on gunicorn's threads."""
