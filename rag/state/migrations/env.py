"""Runs the steps on the connection that `rag.state.database` hands over."""

from __future__ import annotations

from alembic import context

from rag.state.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
