"""FastAPI, pydantic and SQLAlchemy's asyncio side on asyncpg, on uvicorn with uvloop and httptools."""
