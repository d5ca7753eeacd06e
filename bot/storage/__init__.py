"""The database: tables, repositories, unit of work, migrations. Uses the core only."""
