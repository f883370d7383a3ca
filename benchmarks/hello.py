"""The floor: a bare Flask application, served with the same settings as the real one."""

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def hello() -> dict[str, str]:
    return {"message": "你好，温州"}
