"""The application."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.templating import Jinja2Templates
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from benchmarks.peers import facts, models
from benchmarks.peers.fastapi_async.schemas import CardOut

app = FastAPI()
_engine = create_async_engine(
    os.environ["PEER_DATABASE_URL"].replace("+psycopg", "+asyncpg"),
    pool_size=16,
    max_overflow=0,
    connect_args={"server_settings": {"search_path": "peer"}},
)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)
_templates = Jinja2Templates(directory=Path(__file__).parents[1] / "templates")


async def _session() -> AsyncGenerator[AsyncSession]:
    async with _sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]


@app.get("/api/v1/badges/{token}", response_model=CardOut)
async def card(token: str, session: Session) -> dict[str, Any]:
    return await _scanned(session, token)


@app.get("/b/{token}")
async def page(request: Request, token: str, session: Session) -> Response:
    found = await _scanned(session, token)
    return _templates.TemplateResponse(request, "badge.html", {"card": found, "token": token})


async def _scanned(session: AsyncSession, token: str) -> dict[str, Any]:
    badge = (await session.scalars(models.badge_of(token))).one_or_none()
    if badge is None:
        raise HTTPException(404)
    unit_id = badge.unit_id
    found = facts.card(
        badge,
        (await session.scalars(models.certificate_of(unit_id))).one(),
        (await session.scalars(models.commitments_of(unit_id))).all(),
        (await session.execute(models.ratings_of(unit_id))).mappings().one(),
        (await session.execute(models.complaints_of(unit_id))).mappings().one(),
    )
    session.add(models.Scan(badge_id=badge.id, at=facts.now()))
    await session.commit()
    return found
