"""Files that the bot sent, kept so that the chat page can show them and getFile can find them."""

import base64
from dataclasses import dataclass
from typing import Any

from bot.sandbox.pictures import measure

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


def described(file: StoredFile, caption: str, entities: list[JSON]) -> JSON:
    """A message's content that holds this file: a photo if it is a picture, else a document."""
    words: JSON = {"caption": caption} if caption else {}
    words |= {"caption_entities": entities} if entities else {}
    about = {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.content)}
    size = measure(file.content)
    if size is None:
        return {"document": about | {"file_name": file.name, "mime_type": file.content_type}} | words
    return {"photo": [about | {"width": size[0], "height": size[1]}]} | words


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
