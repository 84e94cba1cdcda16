"""The campaign as data: a pack of TOML files, and the loader that gives them types."""

from bot.campaign.load import load_pack, read_pack
from bot.campaign.pack import Pack

__all__ = ["Pack", "load_pack", "read_pack"]
