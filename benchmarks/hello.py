"""The floor: a bare Flask application, served by gunicorn's threads with the parser in C."""

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def hello() -> dict[str, str]:
    return {"message": "你好，温州"}
