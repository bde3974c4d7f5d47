"""Runs the steps on the connection that `rag.state.database` hands over."""

from __future__ import annotations

from alembic import context

from rag.state.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,  # SQLite cannot change a column: the table is copied there
)
context.run_migrations()
