"""The file of a SQLite database, before SQLite itself touches it."""

from pathlib import Path

from bot.errors import NotADatabaseError, ReadOnlyError


def make_folder(file: Path) -> None:
    """Make the folder of a database file; raises ReadOnlyError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(
            f"The folder {file.parent} cannot be made: {error.strerror}. Name another in [database] url.",
        ) from error


def check_file(database: str | None) -> None:
    """Make the folder; refuse what is certainly no database. One in memory has no file, and a URI is SQLite's own."""
    if database in {None, "", ":memory:"} or str(database).startswith("file:"):
        return
    path = Path(str(database))
    make_folder(path)
    if path.is_dir():
        raise NotADatabaseError(f"{path} is a folder, not a database file. Name a file in [database] url.")
