"""Files that the bot sent, kept so that the chat page can show them and getFile can find them."""

import base64
from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]
FILES_KEPT = 200


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `id` is its file_id."""

    id: str
    name: str
    content_type: str
    content: bytes

    def file(self) -> JSON:
        """The Bot API's File."""
        path = f"files/{self.id}/{self.name}"
        return {"file_id": self.id, "file_unique_id": self.id, "file_size": len(self.content), "file_path": path}


class Files:
    """The newest FILES_KEPT files, by file_id."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(self, file: StoredFile) -> StoredFile:
        """Keep a file; the oldest goes."""
        self._files[file.id] = file
        if len(self._files) > FILES_KEPT:
            del self._files[next(iter(self._files))]
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """The file, if it is still kept."""
        return self._files.get(file_id)

    def snapshot(self) -> list[JSON]:
        """As JSON, contents in base64."""
        return [
            {"id": file.id, "name": file.name, "content_type": file.content_type}
            | {"content": base64.b64encode(file.content).decode()}
            for file in self._files.values()
        ]

    def restore(self, state: list[JSON]) -> None:
        """What `snapshot` gave."""
        self._files = {row["id"]: StoredFile(**row | {"content": base64.b64decode(row["content"])}) for row in state}
