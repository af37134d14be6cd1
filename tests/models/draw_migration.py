"""Writes the first revision from the specs: `python -m tests.models.draw_migration`. Only until the first release."""

from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from app.models import migrations
from app.models.tables import METADATA

HEADER = '''"""The first form of the register: every record type, the log of writes, and what exchange keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
'''


def main() -> None:
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection)
        code = render_python_code(produce_migrations(context, METADATA).upgrade_ops, render_as_batch=False)
    code = code.replace("app.models.tables.Json()", "sa.Text()").replace("Json()", "sa.Text()")
    body = "\n".join(line for line in code.splitlines() if not line.strip().startswith(("#", "import", "from")))
    target = Path(migrations.__file__).parent / "versions" / "0001_first.py"
    target.write_text(HEADER + body.replace("\n\n", "\n").rstrip() + "\n")


if __name__ == "__main__":
    main()
