"""`python -m bot check`: what is right and what is wrong, as a table a person can read."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.campaign import load_pack
from bot.config import Config
from bot.errors import AlertsError
from bot.feeds import fetch_feed
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.net import Client
from bot.sending import build_bot
from bot.store import Store
from bot.store.identity import claim_identity
from bot.store.own_feeds import list_said
from bot.workers import Workers


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at."""

    subject: str
    good: bool
    says: str
    feed: FeedSpec | None = None


async def run_checks(config: Config, *, feeds: bool, try_disabled: bool) -> list[Result]:
    """Look at everything; a wrong thing stops no later one."""
    results = [Result("configuration", good=True, says="every key is known and has a value of its kind")]
    results += [await check_database(config)]
    results += [*check_campaign(config)]
    results += [result async for result in check_telegram(config)]
    if feeds:
        results += await check_feeds(config, try_disabled=try_disabled)
    return results


async def check_database(config: Config) -> Result:
    """Whether it opens and is at this version."""
    try:
        store = await Store.open(config.database_url)
    except AlertsError as error:
        return Result("database", good=False, says=str(error))
    await store.close()
    return Result("database", good=True, says=f"{store.dialect}, at this version")


def check_campaign(config: Config) -> list[Result]:
    """The pack, and what /privacy must say."""
    try:
        pack = load_pack(config.campaign.pack)
    except AlertsError as error:
        return [Result("campaign", good=False, says=str(error))]
    results = [Result("campaign", good=True, says=f"{config.campaign.pack}: {len(pack.institutions)} institutions")]
    if not config.sandboxed:
        for key in ("organisation", "contact"):
            value = getattr(config.campaign, key)
            says = value or f"set {key} under [campaign]: /privacy must name who runs the bot"
            results.append(Result(key, good=bool(value), says=says))
    return results


async def check_telegram(config: Config) -> AsyncIterator[Result]:
    """The token, whose database it is, BotFather's settings, and the organisers."""
    if config.sandboxed:
        yield Result("token", good=True, says="none: the bot runs in the sandbox")
        return
    bot = build_bot(config.token, api_url=config.telegram.api_url)
    try:
        async with bot:
            yield Result("token", good=True, says=f"@{bot.username}")
            yield await check_identity(config, bot)
            for result in check_settings(bot):
                yield result
            yield tell_webhook(config.telegram.mode, await bot.get_webhook_info())
            async for result in check_organisers(config, bot):
                yield result
    except InvalidToken:
        yield Result("token", good=False, says="Telegram does not accept it; ask @BotFather for the token")
    except TelegramError as error:
        yield Result("Telegram", good=False, says=f"does not answer: {error.message}")


async def check_identity(config: Config, bot: Bot) -> Result:
    """Whether the database is this bot's."""
    try:
        store = await Store.open(config.database_url)
        try:
            async with store.write() as connection:
                await claim_identity(connection, bot_id=bot.id, username=bot.username)
        finally:
            await store.close()
    except AlertsError as error:
        return Result("database's bot", good=False, says=str(error))
    return Result("database's bot", good=True, says=f"@{bot.username}")


def check_settings(bot: Bot) -> list[Result]:
    """What only BotFather can change."""
    groups = bot.bot.can_join_groups
    says = "may join groups" if groups else "may not join groups: @BotFather, /setjoingroups, Enable"
    inline = bot.bot.supports_inline_queries
    offers = "can be asked in any chat" if inline else "cannot be asked in other chats: @BotFather, /setinline"
    return [Result("groups", good=bool(groups), says=says), Result("inline", good=bool(inline), says=offers)]


def tell_webhook(mode: str, there: WebhookInfo) -> Result:
    """How Telegram's deliveries go, where it brings updates."""
    if mode == "polling":
        says = "a webhook is set; it is removed once the bot polls" if there.url else "none: the bot polls"
        return Result("webhook", good=True, says=says)
    waiting = there.pending_update_count
    if there.last_error_date is not None and waiting:
        failed = f"{there.last_error_message} ({there.last_error_date:%Y-%m-%d %H:%M} UTC)"
        return Result("webhook", good=False, says=f"Telegram cannot bring updates; {waiting} wait: {failed}")
    says = f"{waiting} updates wait" if there.url else "not set yet: the bot does it when it starts"
    return Result("webhook", good=True, says=says)


async def check_organisers(config: Config, bot: Bot) -> AsyncIterator[Result]:
    """Whether there are enough, and whether each can be written to."""
    owners = config.organisers.owners
    single = config.organisers.single_organiser
    enough = len(owners) > 1 or (len(owners) == 1 and single)
    says = f"{len(owners)} owners" + (" (single_organiser)" if single else "")
    fix = "; a broadcast needs two: add an owner, or set single_organiser = true under [organisers]"
    yield Result("organisers", good=enough, says=says + ("" if enough else fix))
    for chat in (*owners, *filter(None, [config.organisers.review_chat])):
        try:
            await bot.get_chat(chat)
        except TelegramError as error:
            says = f"{error.message}: they must write /start to the bot once (a group must have it as a member)"
            yield Result(f"chat {chat}", good=False, says=says)
        else:
            yield Result(f"chat {chat}", good=True, says="can be written to")


async def check_feeds(config: Config, *, try_disabled: bool) -> list[Result]:
    """Fetch and parse each feed once: those of the list as organisers switched them, and those that they added."""
    specs = await list_specs(config)
    chosen = [spec for spec in specs if spec.enabled or try_disabled]
    workers = Workers()
    trying = track(chosen, description="Trying feeds", console=Console(stderr=True), transient=True)
    async with Client(config.fetch.user_agent, config.fetch.allow_hosts) as client:
        results = [await check_feed(client, workers, spec) for spec in trying]
    await workers.close()
    return results


async def list_specs(config: Config) -> Sequence[FeedSpec]:
    """The list's feeds, where the database knows them with what organisers said of them, and organisers' own."""
    listed = feed_specs(config) or load_pack(config.campaign.pack).feeds
    try:
        store = await Store.open(config.database_url)
    except AlertsError:  # said already
        return listed
    try:
        async with store.read() as connection:
            said = await list_said(connection)
    finally:
        await store.close()
    ours = [spec for spec in said.own if spec.url not in {one.url for one in listed}]
    switched = [replace(spec, enabled=said.switched.get(spec.url, spec.enabled)) for spec in listed]
    return [*(spec for spec in switched if spec.url not in said.removed), *ours]


async def check_feed(client: Client, workers: Workers, spec: FeedSpec) -> Result:
    """One feed."""
    subject = spec.name if spec.enabled else f"{spec.name} (disabled)"
    try:
        fetched = await fetch_feed(client, workers, FeedState(id=0, spec=spec))
    except AlertsError as error:
        return Result(subject, good=not spec.enabled, says=str(error))
    return Result(subject, good=True, says=f"{len(fetched.entries)} entries", feed=spec)


def feed_specs(config: Config) -> tuple[FeedSpec, ...]:
    """The config's own feeds; empty where the pack's list holds."""
    return tuple(FeedSpec(**{**row.model_dump(), "kind": FeedKind(row.kind)}) for row in config.feeds)


def feeds_toml(specs: Sequence[FeedSpec]) -> str:
    """These feeds as rows for config.toml, all enabled."""
    return "\n".join(
        f'[[feeds]]\nname = {json.dumps(spec.name)}\nurl = {json.dumps(spec.url)}\nkind = "{spec.kind.value}"\n'
        f'every = "{round(spec.every.total_seconds() / 60)}m"\n'
        for spec in specs
    )


def show(results: Sequence[Result]) -> None:
    """Print the table; where disabled feeds answered, how to poll them too."""
    table = Table(title="Child Prison Alerts: check", title_justify="left")
    for heading in ("", "what", "says"):
        table.add_column(heading, overflow="fold")
    for result in results:
        # Our sentences name sections in brackets, which the table would take for colours.
        table.add_row("right" if result.good else "[bold red]wrong[/]", escape(result.subject), escape(result.says))
    Console().print(table)
    answered = [result.feed for result in results if result.good and result.feed is not None]
    if any(not spec.enabled for spec in answered):
        click.echo("\nDisabled feeds answered. To poll them, put these rows into config.toml; they replace the list:\n")
        click.echo(feeds_toml(answered))
