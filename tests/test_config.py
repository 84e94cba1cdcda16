import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.errors import ConfigError

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
TOKEN = "123456789:" + "a" * 35


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text)
    return path


def complaint(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(write(folder, text), environ or {})
    return str(caught.value)


def test_the_example_says_every_key_with_its_default() -> None:
    assert load_config(EXAMPLE, {}) == Config(folder=EXAMPLE.parent)
    uncommented = re.sub(r"^# (?=\w+ = |\[\[)", "", EXAMPLE.read_text(), flags=re.MULTILINE)
    written = tomllib.loads(uncommented)
    for name, field in Config.model_fields.items():
        if name == "folder":
            continue
        section = written["feeds"][0] if name == "feeds" else written[name]
        model = Config.model_fields["feeds"].annotation.__args__[0] if name == "feeds" else field.annotation  # type: ignore[union-attr]
        assert set(section) == set(model.model_fields), name  # type: ignore[union-attr]


def test_each_key_of_the_example_has_a_comment() -> None:
    for line in EXAMPLE.read_text().splitlines():
        if re.match(r"\w+ = ", line):
            assert "#" in line, line


def test_without_a_file_and_a_token_it_is_the_sandbox_with_its_own_database() -> None:
    config = load_config(None, {})
    assert config.sandboxed
    assert config.database_url == f"sqlite+aiosqlite:///{Path('data/sandbox.db').absolute()}"
    assert config.sandbox_file == Path("data/sandbox.json").absolute()
    assert config.secrets() == []


def test_relative_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, ""), {"TELEGRAM_TOKEN": TOKEN})
    assert config.database_url == f"sqlite+aiosqlite:///{tmp_path / 'data' / 'alerts.db'}"


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("sqlite:////var/alerts.db", "sqlite+aiosqlite:////var/alerts.db"),
        ("sqlite://", "sqlite+aiosqlite://"),
    ],
)
def test_databases_are_named_as_hosts_name_them(written: str, used: str) -> None:
    assert load_config(None, {"TELEGRAM_TOKEN": TOKEN, "DATABASE_URL": written}).database_url == used


def test_the_environment_wins_and_takes_toml_literals(tmp_path: Path) -> None:
    path = write(tmp_path, '[log]\nlevel = "debug"\n[organisers]\nowners = [1]\n')
    environ = {
        "TELEGRAM_TOKEN": TOKEN,
        "PORT": "8123",
        "BOT__LOG__LEVEL": "error",
        "BOT__ORGANISERS__OWNERS": "[7, 8]",
        "BOT__ORGANISERS__COOLING_OFF": "5m",
        "BOT__CAMPAIGN__ORGANISATION": "A Charity",
        "HOME": "/root",
    }
    config = load_config(path, environ)
    assert config.log.level == "error"
    assert config.organisers.owners == (7, 8)
    assert config.organisers.cooling_off == timedelta(minutes=5)
    assert config.campaign.organisation == "A Charity"
    assert config.web.port == 8123


def test_a_platform_that_sets_the_port_reaches_us_from_outside(tmp_path: Path) -> None:
    environ = {"TELEGRAM_TOKEN": TOKEN, "PORT": "8123"}
    assert load_config(None, environ).web.host == "0.0.0.0"  # noqa: S104
    path = write(tmp_path, '[web]\nhost = "127.0.0.1"\n')
    assert load_config(path, environ).web.host == "127.0.0.1"


def test_secrets_do_not_show_and_are_known_to_be_hidden() -> None:
    config = load_config(None, {"TELEGRAM_TOKEN": TOKEN, "BOT__READING__MODEL_KEY": "sk-very-secret"})
    assert TOKEN not in repr(config)
    assert "sk-very-secret" not in repr(config)
    assert config.secrets() == [TOKEN, "sk-very-secret"]


def test_every_mistake_is_told_at_once_with_key_and_fix(tmp_path: Path) -> None:
    said = complaint(
        tmp_path,
        '[telegram]\ntokn = "x"\n[loog]\n[organisers]\nowners = "me"\ncooling_off = "soon"\n'
        '[[feeds]]\nname = "A"\nurl = "ftp://a"\nkind = "blog"\nevry = "5m"\n',
    )
    assert '[telegram] tokn: there is no such key; did you mean "token"?' in said
    assert '[loog]: there is no such section; did you mean "log"?' in said
    assert "[organisers] owners" in said
    assert '[organisers] cooling_off: write a duration as a number and a unit: "60s"' in said
    assert '[[feeds]] row 1, url: write a whole address, with "https://"' in said
    assert "[[feeds]] row 1, kind" in said
    assert '[[feeds]] row 1, evry: there is no such key; did you mean "every"?' in said
    assert "config.toml" in said


def test_a_key_like_no_other_points_at_the_example(tmp_path: Path) -> None:
    assert "[log] zzz: there is no such key; config.example.toml lists" in complaint(tmp_path, "[log]\nzzz = 1\n")


def test_a_malformed_token_is_explained_and_not_repeated(tmp_path: Path) -> None:
    said = complaint(tmp_path, '[telegram]\ntoken = "123456:half-of-one"\n')
    assert "[telegram] token: this is no bot token: copy it whole from @BotFather" in said
    assert "half-of-one" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[log\n", "is not TOML"),
        ("telegram = 3\n", "[telegram]"),
        ('[database]\nurl = "alerts.db"\n', "[database] url: write a URL"),
        ('[database]\nurl = "mysql://x/y"\n', "[database] url: only sqlite:// and postgresql://"),
        ("[web]\nport = 70000\n", "[web] port"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_a_file_that_is_not_there_or_not_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no file"):
        load_config(tmp_path / "none.toml", {})
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, {})


def test_a_variable_that_names_no_key_is_told() -> None:
    with pytest.raises(ConfigError, match="BOT__LEVEL names no key"):
        load_config(None, {"BOT__LEVEL": "debug"})
    with pytest.raises(ConfigError, match="telegram"):
        load_config(None, {"BOT__FEEDS__NAME": "x", "BOT__TELEGRAM__TOKN": "x"})


def test_public_hosts_are_polled_once_a_minute_at_most(tmp_path: Path) -> None:
    row = '[[feeds]]\nname = "A"\nurl = "http://127.0.0.1:9/f"\nkind = "news"\nevery = "2s"\n'
    assert "[[feeds]] row 1, every: at least 60s" in complaint(tmp_path, row)
    config = load_config(write(tmp_path, f'[fetch]\nallow_hosts = ["127.0.0.1:9"]\n{row}'), {})
    assert config.feeds[0].every == timedelta(seconds=2)


def test_more_than_telegram_allows_is_refused_but_for_paid_broadcast_and_loopback(tmp_path: Path) -> None:
    fast = "[delivery]\nmessages_per_second = 100\n"
    assert "[delivery] messages_per_second: Telegram allows 30" in complaint(tmp_path, fast)
    for allowed in ("paid_broadcast = true", 'api_url = "http://127.0.0.1:8081"'):
        assert load_config(write(tmp_path, f"{fast}[telegram]\n{allowed}\n"), {}).delivery.messages_per_second == 100


def test_a_single_organiser_is_one_owner(tmp_path: Path) -> None:
    said = complaint(tmp_path, "[organisers]\nowners = [1, 2]\nsingle_organiser = true\n")
    assert "[organisers] single_organiser: there are 2 owners; it is for one organiser alone" in said
    config = load_config(write(tmp_path, "[organisers]\nowners = [1]\nsingle_organiser = true\n"), {})
    assert config.organisers.single_organiser


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("https://bot.example", "", "[telegram] webhook_secret"),
        ("https://bot.example", "with spaces in its middle", "[telegram] webhook_secret"),
        ("", "a-secret-of-16-or-more", "[web] public_url: a webhook needs"),
        ("http://bot.example", "a-secret-of-16-or-more", "by https only"),
        ("https://bot.example:8000", "a-secret-of-16-or-more", "443, 80, 88 or 8443"),
    ],
)
def test_a_webhook_needs_a_secret_and_an_address_that_telegram_takes(
    tmp_path: Path, url: str, secret: str, said: str
) -> None:
    assert said in complaint(tmp_path, a_webhook(url, secret), {"TELEGRAM_TOKEN": TOKEN})


@pytest.mark.parametrize("url", ["https://bot.example", "https://bot.example:8443", "http://127.0.0.1:8000"])
def test_a_webhook_may_be_on_telegrams_ports_or_on_this_machine(tmp_path: Path, url: str) -> None:
    path = write(tmp_path, a_webhook(url, "a-secret-of-16-or-more"))
    assert load_config(path, {"TELEGRAM_TOKEN": TOKEN}).web.public_url == url


def a_webhook(url: str, secret: str) -> str:
    return f'[telegram]\nmode = "webhook"\nwebhook_secret = "{secret}"\n[web]\npublic_url = "{url}"\n'


@pytest.mark.parametrize(
    ("text", "environ", "said"),
    [
        ("", {"DATABASE_URL": "postgres://h/n"}, "no TELEGRAM_TOKEN: set it, or unset DATABASE_URL"),
        ("", {"DATABASE_URL": "postgres://h/n", "PORT": "80"}, "or unset DATABASE_URL and PORT"),
        ('[telegram]\nmode = "webhook"\n', {}, 'or unset [telegram] mode = "webhook"'),
        ("[sandbox]\nenabled = false\n", {}, "no TELEGRAM_TOKEN: set it, or set enabled = true under [sandbox]"),
    ],
)
def test_a_forgotten_token_never_starts_the_sandbox_where_real_people_are(
    tmp_path: Path, text: str, environ: dict[str, str], said: str
) -> None:
    assert said in complaint(tmp_path, text, environ)


def test_a_model_has_an_address_and_a_name_and_its_host_may_be_this_machine(tmp_path: Path) -> None:
    named = '[reading]\nmodel_url = "http://LOCALHOST:11434/v1"\nmodel_name = "small"'
    assert load_config(write(tmp_path, named), {}).reading.model_hosts == ("localhost:11434",)
    assert load_config(None, {}).reading.model_hosts == ()
    assert "set both" in complaint(tmp_path, '[reading]\nmodel_url = "https://host.example/v1"')
    said = complaint(tmp_path, '[reading]\nmodel_url = "host.example"\nmodel_name = "small"')
    assert "[reading] model_url: write a whole address" in said
