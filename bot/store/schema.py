"""The tables. Times are stored as UTC and come back aware; ids are 64 bits; lists are JSON.

Long because a schema is read best in one place.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; SQLite keeps no zone of its own. A naive one is a defect and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware to UTC; raises ValueError on a naive datetime."""
        del dialect
        if value is not None and value.tzinfo is None:
            msg = "a stored time must be aware"
            raise ValueError(msg)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """What the database gives, as aware UTC."""
        del dialect
        if value is None:
            return None
        when: datetime = value
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
# SQLite counts row ids only in a column declared plainly INTEGER; that is 64 bits there.
Id = BigInteger().with_variant(Integer, "sqlite")


def key() -> Column[int]:
    """A table's own id."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def link(name: str, target: str, *, nullable: bool = False, gone: str = "RESTRICT", index: bool = False) -> Column[int]:
    """A reference to another table's id."""
    return Column(name, Id, ForeignKey(f"{target}.id", ondelete=gone), nullable=nullable, index=index)


# One row: whose database this is (another bot's token is refused), and the pace all sending shares.
identity = Table(
    "identity",
    metadata,
    key(),
    Column("bot_id", BigInteger, nullable=True),
    Column("bot_username", String(64), nullable=True),
    # GCRA: the theoretical arrival time of the next send, in seconds of the Unix epoch.
    Column("pace_tat", Float, nullable=False, server_default=text("0")),
    Column("paused_until", UtcDateTime, nullable=True),
    # After Telegram's "too many requests" the rate is a share of the configured one; it recovers from then on.
    Column("slowed_to", Float, nullable=False, server_default=text("1")),
    Column("slowed_at", UtcDateTime, nullable=True),
    # So many answers said "gone" that sending stopped: the card that asks organisers, until they let it go on.
    Column("gone_card_id", Id, nullable=True),
    # Answers that were settled before then are not judged again.
    Column("gone_judged_at", UtcDateTime, nullable=True),
    # An organiser's /stopall: nothing in bulk leaves before an owner lifts it.
    Column("frozen_at", UtcDateTime, nullable=True),
    Column("frozen_by", BigInteger, nullable=True),
)

feeds = Table(
    "feeds",
    metadata,
    key(),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("every_seconds", Float, nullable=False),
    Column("index_url", Text),
    # Whether it is in the current list (the pack's, or the config's); a feed that left the list keeps its memory.
    Column("listed", Boolean, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("fetch_url", Text),  # where a permanent redirect led, once that parsed
    Column("identity_rule", Text),
    Column("body_digest", Text),  # of the last body that parsed: the same one again is not parsed again
    Column("ttl_seconds", Float),  # how long that body asked to be left alone
    Column("etag", Text),
    Column("last_modified", Text),
    Column("next_poll_at", UtcDateTime, index=True),
    Column("history_at", UtcDateTime),
    Column("last_polled_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("last_change_at", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("failure", Text),
    Column("failing_since", UtcDateTime),
    # The second ear: whose links are known (the first look at a page is history), when to look again, what went wrong.
    Column("index_known_url", Text),
    Column("index_due_at", UtcDateTime),
    Column("index_failures", Integer, nullable=False, server_default=text("0")),
    Column("index_failure", Text),
    Column("gone", Boolean, nullable=False, server_default=false()),  # the last failure said that it has ended
    # What organisers say in chat wins over the list: added, switched on (true) or off (false), removed.
    Column("own", Boolean, nullable=False, server_default=false()),
    Column("switched", Boolean),
    Column("removed_at", UtcDateTime),
    # Its habit (bot.model.health), as of rhythm_at; and which troubles organisers have been told of.
    Column("last_entry_at", UtcDateTime),
    Column("usual_gap_seconds", Float),
    Column("long_gap_seconds", Float),
    Column("rhythm_at", UtcDateTime),
    Column("told", JSON, nullable=False, server_default=text("'{}'")),
)

# A feed that an organiser is adding in chat: what was found at the address, tried, chosen.
feed_drafts = Table(
    "feed_drafts",
    metadata,
    key(),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("found", JSON, nullable=False),
    Column("url", Text),
    Column("trial", JSON(none_as_null=True)),
    Column("kind", String(16)),
    Column("ended_at", UtcDateTime),
)

stories = Table(
    "stories",
    metadata,
    key(),
    Column("state", String(16), nullable=False),
    Column("waiting_reason", String(16)),  # sensitive, doubtful, fuse
    Column("lead_entry_id", Id, nullable=True),
    Column("feed_id", Id, ForeignKey("feeds.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigInteger),
    Column("dismissed_reason", Text),
    # When a published story's page is to be read again (bot.flows.rereading): by the schedule, or now if it changed.
    Column("reread_at", UtcDateTime, index=True),
    Column("reread_failures", Integer, nullable=False, server_default=text("0")),
    # Stories too, by id: the one that an organiser put this into, and the one whose materially new turn this is.
    Column("merged_into", Id, index=True),
    Column("follows_story_id", Id),
    Index("ix_stories_state_created_at", "state", "created_at"),
)

entries = Table(
    "entries",
    metadata,
    key(),
    link("feed_id", "feeds"),
    Column("identity", Text, nullable=False),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("categories", JSON, nullable=False),
    Column("published_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime),
    # The canonical address (bot.feeds.identity): the page, whatever identity its feed gives it.
    Column("place", Text),
    # The time that a publisher writes into its ids: when this wording is from.
    Column("stamp", Text, nullable=False, server_default=text("''")),
    # Found on the source's page and not in its feed (bot.flows.second_ear).
    Column("missed_by_feed", Boolean, nullable=False, server_default=false()),
    Column("history", Boolean, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("verdict", JSON, nullable=False),
    Column("traces", JSON, nullable=False),
    link("story_id", "stories", nullable=True, index=True),
    UniqueConstraint("feed_id", "identity"),
    Index("ix_entries_outcome_first_seen_at", "outcome", "first_seen_at"),
    Index("ix_entries_feed_id_place", "feed_id", "place"),
)

# What a story's entry is about (bot.store.subjects), and its day. Its words are indexed beside these tables (revision
# 0010): on SQLite in `entry_words`, which triggers on `entries` keep, so that whoever rebuilds that table makes them
# again; on PostgreSQL in its column `words`.
entry_subjects = Table(
    "entry_subjects",
    metadata,
    link("entry_id", "entries", gone="CASCADE"),
    Column("subject", String(128), nullable=False),
    Column("dated_at", UtcDateTime, nullable=False),
    UniqueConstraint("entry_id", "subject"),
    Index("ix_entry_subjects_subject_dated_at", "subject", "dated_at", "entry_id"),
)

# The words that an entry had before its publisher changed them; the newest are the entry's own.
entry_versions = Table(
    "entry_versions",
    metadata,
    key(),
    link("entry_id", "entries", gone="CASCADE", index=True),
    Column("since_at", UtcDateTime, nullable=False),
    Column("until_at", UtcDateTime, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("stamp", Text, nullable=False),
)

# Links of a feed's listing page that the feed did not deliver (bot.flows.second_ear).
listed_links = Table(
    "listed_links",
    metadata,
    key(),
    link("feed_id", "feeds", gone="CASCADE"),
    Column("place", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("polls", Integer, nullable=False, server_default=text("0")),  # good polls of the feed since then
    Column("settled_at", UtcDateTime),  # None: the feed still has its chance
    UniqueConstraint("feed_id", "place"),
)

findings = Table(
    "findings",
    metadata,
    key(),
    link("story_id", "stories"),
    Column("read_at", UtcDateTime, nullable=False),
    Column("url", Text),
    Column("from_page", Boolean, nullable=False),  # False: the page could not be read and the feed's own text serves
    Column("finding", JSON, nullable=False),  # what the alert was composed from
    Column("ask", String(64)),  # what an organiser chose to ask for: an action's id, "" for nothing; null: the pack's
    Column("latest", JSON(none_as_null=True)),  # what the page said when it was last read again
    Column("last_read_at", UtcDateTime),
    UniqueConstraint("story_id"),
)

# What an organiser chooses for a story's alert, until it is applied or dropped: which sentences, and the ask.
edits = Table(
    "edits",
    metadata,
    key(),
    link("story_id", "stories"),
    Column("card_id", Id, nullable=False),
    Column("editor_id", BigInteger, nullable=False),
    Column("chosen", JSON, nullable=False),  # the sentences' numbers in the finding's text
    Column("ask", String(64)),  # as in findings
    Column("base", String(64), nullable=False),  # the hash of the finding that it began from
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

messages = Table(
    "messages",
    metadata,
    key(),
    Column("kind", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("stopped_at", UtcDateTime),
    Column("asked_at", UtcDateTime),  # when organisers were asked what to do with copies that are too late
    Column("paused_at", UtcDateTime),  # an organiser lets what is left of it wait
    Column("withdrawn_at", UtcDateTime),
    Column("corrected_at", UtcDateTime),
)

# What became of deliveries whose rows are erased, so that a message's totals stay what they were.
message_totals = Table(
    "message_totals",
    metadata,
    link("message_id", "messages", gone="CASCADE"),
    Column("state", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("message_id", "state"),
)

message_texts = Table(
    "message_texts",
    metadata,
    link("message_id", "messages", gone="CASCADE"),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("picture", LargeBinary),
    Column("picture_file_id", Text),  # Telegram's name for it, once it was uploaded
    Column("attachment", JSON(none_as_null=True)),  # a photo or document that Telegram has (bot.model.message)
    UniqueConstraint("message_id", "language"),
)

alerts = Table(
    "alerts",
    metadata,
    key(),
    link("story_id", "stories"),
    link("message_id", "messages"),
    Column("published_at", UtcDateTime, nullable=False),
    Column("published_by", BigInteger),  # None: unattended
    UniqueConstraint("story_id"),
    UniqueConstraint("message_id"),
    Index("ix_alerts_published_at", "published_at"),
)

subscribers = Table(
    "subscribers",
    metadata,
    key(),
    Column("chat_id", BigInteger, nullable=False),
    # 0 where there is none: a null would not be unique on either database.
    Column("thread_id", BigInteger, nullable=False, server_default=text("0")),
    Column("language", String(8), nullable=False),
    Column("source", String(64)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("blocked_at", UtcDateTime),
    Column("left_at", UtcDateTime),
    # What they chose (bot.model.subscriber.Choices). Hours are those of the campaign's time zone, Monday is day 0.
    Column("language_chosen", Boolean, nullable=False, server_default=false()),
    Column("digest_hour", Integer, nullable=False, server_default=text("8")),
    Column("digest_day", Integer, nullable=False, server_default=text("0")),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("urgent_at_once", Boolean, nullable=False, server_default=false()),
    Column("calls_per_week", Integer),
    Column("constituency", String(128)),
    Column("paused_until", UtcDateTime),
    # The last time that nothing reached them (a pause, a block): /missed tells of it.
    Column("away_from", UtcDateTime),
    Column("away_until", UtcDateTime),
    UniqueConstraint("chat_id", "thread_id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    key(),
    link("subscriber_id", "subscribers", gone="CASCADE"),
    Column("wants", String(16), nullable=False),
    Column("follows", String(128), nullable=False),
    Column("frequency", String(8), nullable=False, server_default=text("'now'")),
    Column("consent_version", String(32), nullable=False),
    Column("consented_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_reason", String(16)),
    UniqueConstraint("subscriber_id", "wants", "follows"),
    Index("ix_subscriptions_wants_follows", "wants", "follows"),
)

deliveries = Table(
    "deliveries",
    metadata,
    key(),
    link("message_id", "messages"),
    link("subscriber_id", "subscribers", gone="CASCADE", index=True),
    link("subscription_id", "subscriptions", nullable=True, gone="SET NULL", index=True),
    Column("state", String(8), nullable=False),
    Column("urgency", Integer, nullable=False),  # 0 first: alerts, then calls to action, then digests
    Column("due_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("claimed_by", String(40)),
    Column("claimed_at", UtcDateTime),
    Column("settled_at", UtcDateTime, index=True),
    Column("telegram_message_id", BigInteger),
    Column("reason", Text),
    UniqueConstraint("message_id", "subscriber_id"),
    # Only open rows are in these, so that a claim costs the same after a million deliveries. SQLite takes them only
    # where a question says the same words.
    Index(
        "ix_deliveries_pending",
        "urgency",
        "due_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "ix_deliveries_claimed",
        "claimed_at",
        sqlite_where=text("state = 'claimed'"),
        postgresql_where=text("state = 'claimed'"),
    ),
    Index("ix_deliveries_message_id_state", "message_id", "state"),
)

# An alert that waits for somebody's digest, because they read one or because it came in their quiet hours. `due_at` is
# when that digest is made; None: to be worked out by what they have chosen (bot.flows.digest).
digest_items = Table(
    "digest_items",
    metadata,
    link("subscriber_id", "subscribers", gone="CASCADE"),
    link("message_id", "messages", gone="CASCADE", index=True),
    link("subscription_id", "subscriptions", nullable=True, gone="SET NULL"),
    Column("held_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, index=True),
    UniqueConstraint("subscriber_id", "message_id"),
)

# Which alerts a digest lists.
digest_stories = Table(
    "digest_stories",
    metadata,
    link("message_id", "messages", gone="CASCADE"),
    Column("alert_message_id", Id, ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("message_id", "alert_message_id"),
)

# What somebody pressed under a message that asks for something (bot.model.action): one row for a person and a subject.
marks = Table(
    "marks",
    metadata,
    key(),
    link("subscriber_id", "subscribers", gone="CASCADE"),
    Column("subject", String(32), nullable=False),  # "story:12", "broadcast:3"
    Column("action", String(64), nullable=False, server_default=text("''")),
    Column("mark", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime, index=True),
    Column("follow_up_at", UtcDateTime, index=True),
    Column("replied", Boolean),
    UniqueConstraint("subscriber_id", "subject"),
    Index("ix_marks_subject_mark", "subject", "mark"),
)

# Whom Telegram calls gone: nothing more is sent to them, and they are ended when the answer is believed (flows.gone).
endings = Table(
    "endings",
    metadata,
    Column("subscriber_id", Id, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

updates_seen = Table(
    "updates_seen",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", UtcDateTime, nullable=False, index=True),
)

cards = Table(
    "cards",
    metadata,
    key(),
    Column("kind", String(16), nullable=False),
    Column("subject_ids", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigInteger),
    Column("decision", String(32)),
    Column("copies_edited_at", UtcDateTime),  # when every copy was told of the decision
    Column("reminded_at", UtcDateTime),
    Column("escalated_at", UtcDateTime),
    Column("similar", JSON, nullable=False, server_default=text("'[]'")),  # stories like the one it is about
)

card_copies = Table(
    "card_copies",
    metadata,
    link("card_id", "cards", gone="CASCADE"),
    Column("chat_id", BigInteger, nullable=False),
    Column("telegram_message_id", BigInteger, nullable=False),
    UniqueConstraint("card_id", "chat_id"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    key(),
    Column("author_id", BigInteger, nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Column("approver_id", BigInteger),
    Column("approved_at", UtcDateTime),
    Column("approved_digest", String(64)),
    Column("send_at", UtcDateTime),
    link("message_id", "messages", nullable=True),
    Column("ended_by", BigInteger),
    Column("ended_reason", Text),
    Column("receipt_at", UtcDateTime),
    # The rest of the draft (bot.model.broadcast): what goes with the words, for whom, until when, and at what time.
    Column("draft", JSON, nullable=False, server_default=text("'{}'")),
    Column("editor_id", BigInteger),  # whose edit was the last
    Column("submitted_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("progress_at", UtcDateTime),  # when its progress was last shown
    Column("training", Boolean, nullable=False, server_default=false()),
    Column("retry_of", Id),  # the broadcast whose failed copies it tries again
)

# Organisers beside the config's owners. Who was removed keeps a row, so that the audit can name them.
organisers = Table(
    "organisers",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("since_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Column("removed_by", BigInteger),
)

# Invitations: the link's secret is kept only as a hash; it is used once, and counts when the inviter has confirmed.
invites = Table(
    "invites",
    metadata,
    key(),
    Column("secret_digest", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("inviter_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(16)),  # confirmed, refused, withdrawn
)

# A message that was sent is corrected or withdrawn: its copies are gone through in the order of deliveries' ids.
amendments = Table(
    "amendments",
    metadata,
    key(),
    link("message_id", "messages", index=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False, server_default=text("''")),  # what readers are told of it
    Column("texts", JSON, nullable=False, server_default=text("'{}'")),
    Column("tell", Boolean, nullable=False, server_default=false()),
    Column("digest", String(64), nullable=False, server_default=text("''")),
    Column("approver_id", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("position", Id, nullable=False, server_default=text("0")),
    Column("changed", Integer, nullable=False, server_default=text("0")),
    Column("failed", Integer, nullable=False, server_default=text("0")),
    Column("ended_at", UtcDateTime),
    Column("body", JSON, nullable=False, server_default=text("'{}'")),  # what the author chose below the note
    Column("marked", Integer, nullable=False, server_default=text("0")),
    # Copies that were in somebody's hands when it was decided: they may have left as they were, and come first.
    Column("in_flight", JSON, nullable=False, server_default=text("'[]'")),
    Column("told_id", Id),  # the short message to who has a copy
    Column("progress_at", UtcDateTime),
)

# Counts of people by day, none of them a person: how many there were, by where they came from and by language.
daily_figures = Table(
    "daily_figures",
    metadata,
    Column("day", String(10), nullable=False),
    Column("figure", String(32), nullable=False),
    Column("name", String(128), nullable=False, server_default=text("''")),
    Column("number", Integer, nullable=False),
    UniqueConstraint("day", "figure", "name"),
)

# Triggers (revision 0012) refuse every UPDATE and DELETE here, so that whoever rebuilds this table makes them again.
audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("user_id", BigInteger, nullable=False),
    Column("verb", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("digest", String(64)),
)

# What an organiser said an entry is. There is no person in it, so that labels may leave the house.
labels = Table(
    "labels",
    metadata,
    key(),
    link("entry_id", "entries"),
    Column("label", String(16), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("entry_id"),
)

# What an organiser said of two stories, the earlier first: one event, or two.
pairs = Table(
    "pairs",
    metadata,
    key(),
    link("first_id", "stories"),
    link("second_id", "stories"),
    Column("same", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("first_id", "second_id"),
)
