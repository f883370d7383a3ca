"""Django, its ORM and templates, and Django REST framework, on gunicorn's threads."""
