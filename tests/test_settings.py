"""What the operator can set, and what is said when it is wrong."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot import logs, paths
from bot.environment import load_environment
from bot.errors import SettingsError
from bot.settings import KNOWN_FEED_HOSTS, Settings

# Put together here, so that no scanner of repositories takes it for a leaked one.
TOKEN = ".".join(["MTIzNDU2Nzg5MDEyMzQ1Njc4", "GkYx2z", "abcdefghijklmnopqrstuvwxyz0123456789AB"])


def fault(**variables: str) -> str:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(variables)
    return str(raised.value)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for field in Settings.model_fields.values():
        monkeypatch.delenv(field.validation_alias, raising=False)
    return tmp_path


def test_an_empty_environment_gives_the_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = Settings.from_env({})

    assert settings.token is None
    assert settings.data_dir == Path("data")
    assert settings.seeds_dirs == (paths.project_folder("seeds"),)
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert (settings.dev_guild_id, settings.shard_count, settings.shard_ids) == (None, None, None)
    assert settings.feed_hosts == KNOWN_FEED_HOSTS
    assert (settings.feed_allow_loopback, settings.contact) == (False, None)


def test_every_variable_is_read():
    settings = Settings.from_env(
        {
            "DISCORD_TOKEN": TOKEN,
            "DATA_DIR": "/var/lib/samizdat",
            "SEEDS_DIR": os.pathsep.join(["/srv/red", " /srv/white ", ""]),
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "DEV_GUILD_ID": "1148866425050456067",
            "SHARD_COUNT": "4",
            "SHARD_IDS": "0, 3",
            "FEED_HOSTS": "Royalroad.com, *.blog.example.org",
            "FEED_ALLOW_LOOPBACK": "1",
            "CONTACT": "owner@example.org",
            "DATABASE_URL": " postgresql://u:p@h/d ",
            "HOME": "/root",
        }
    )

    assert settings == Settings(
        token=SecretStr(TOKEN),
        data_dir=Path("/var/lib/samizdat"),
        seeds_dirs=(Path("/srv/red"), Path("/srv/white")),
        log_level="DEBUG",
        log_format="json",
        dev_guild_id=1148866425050456067,
        shard_count=4,
        shard_ids=(0, 3),
        feed_hosts=("royalroad.com", "blog.example.org"),
        feed_allow_loopback=True,
        contact="owner@example.org",
        database_url=SecretStr("postgresql://u:p@h/d"),
    )


def test_a_blank_value_counts_as_unset():
    blank = dict.fromkeys(
        [field.validation_alias for field in Settings.model_fields.values()], "  "
    )

    assert Settings.from_env(blank) == Settings()


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValidationError):
        Settings().log_level = "DEBUG"


def test_a_variable_with_the_name_of_a_field_is_not_taken_for_a_setting():
    assert Settings.from_env({"token": TOKEN, "data_dir": "/tmp"}) == Settings()


def test_all_faults_are_told_at_once_each_under_its_name_and_none_repeats_a_value():
    told = fault(
        DISCORD_TOKEN="a token of blanks",
        SEEDS_DIR=os.pathsep,
        LOG_LEVEL="loud-value",
        LOG_FORMAT="xml-value",
        DEV_GUILD_ID=TOKEN,
        SHARD_COUNT="0",
        SHARD_IDS="one-value",
    )

    assert [line.split()[0] for line in told.splitlines()] == [
        "DISCORD_TOKEN",
        "SEEDS_DIR",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "DEV_GUILD_ID",
        "SHARD_COUNT",
        "SHARD_IDS",
    ]
    assert "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL." in told
    assert "value" not in told
    assert TOKEN not in told
    assert "blanks" not in told


@pytest.mark.parametrize(
    "token",
    [
        f'"{TOKEN}"',
        f"'{TOKEN}",
        f"{TOKEN} {TOKEN}",
        f"{TOKEN}\n{TOKEN}",
        f"{TOKEN}\r\nX-Forged: 1",
        "<your token>",
        "жетон",
        f"Bearer {TOKEN}",
    ],
)
def test_a_token_that_cannot_be_one_is_refused_and_appears_nowhere_in_the_error(token):
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"DISCORD_TOKEN": token})

    assert str(raised.value).startswith("DISCORD_TOKEN holds characters that no token has")
    assert token not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


@pytest.mark.parametrize("text", [TOKEN, f"  {TOKEN}\n", f"Bot {TOKEN}", f"Bot  {TOKEN} "])
def test_the_scheme_and_white_space_around_a_token_are_taken_off(text):
    settings = Settings.from_env({"DISCORD_TOKEN": text})

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


def test_printing_the_settings_does_not_show_the_token():
    settings = Settings.from_env({"DISCORD_TOKEN": TOKEN})

    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in shown


@pytest.mark.parametrize(
    "value", ["12", "-1148866425050456067", "1e18", "99999999999999999999", "general", "0x1F"]
)
def test_a_server_id_that_discord_never_gave_is_refused(value):
    assert fault(DEV_GUILD_ID=value).startswith("DEV_GUILD_ID must be the id of a server")


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org",
        "example.org/feed",
        "org",
        "127.0.0.1",
        "a b.org",
        "*org",
        ",",
        "ex*.org",
    ],
)
def test_hosts_that_are_no_names_are_refused(value):
    assert fault(FEED_HOSTS=value).startswith("FEED_HOSTS must")


def test_any_host_is_a_star():
    assert Settings.from_env({"FEED_HOSTS": "*"}).feed_hosts == ("*",)


@pytest.mark.parametrize("value", ["two words", "x", "(bracket)", "a\tb", "ä@example.org"])
def test_a_contact_that_would_spoil_a_header_is_refused(value):
    assert fault(CONTACT=value).startswith("CONTACT must be one mail address")


def test_reading_this_machine_is_allowed_by_a_1_only_when_it_is_one():
    assert fault(FEED_ALLOW_LOOPBACK="maybe") == "FEED_ALLOW_LOOPBACK must be 0 or 1."


@pytest.mark.parametrize("value", ["0", "-1", "2.5", "many"])
def test_a_shard_count_below_one_or_not_whole_is_refused(value):
    assert fault(SHARD_COUNT=value) == "SHARD_COUNT must be a whole number, 1 or more."


@pytest.mark.parametrize(
    ("count", "ids", "reason"),
    [
        ("", "0", "needs SHARD_COUNT"),
        ("2", "0,2", "must hold only numbers below SHARD_COUNT, so 0 to 1."),
        ("2", "0,0", "must name each shard once"),
        ("2", "-1", "must name each shard once"),
        ("2", ",", "must name each shard once"),
        ("2", "0;1", "must be whole numbers joined by commas"),
    ],
)
def test_shards_that_cannot_be_are_refused(count, ids, reason):
    told = fault(SHARD_COUNT=count, SHARD_IDS=ids)

    assert told.startswith(f"SHARD_IDS {reason}")
    assert len(told.splitlines()) == 1


def test_a_wrong_shard_count_is_not_told_a_second_time_under_the_shards():
    assert fault(SHARD_COUNT="x", SHARD_IDS="7") == "SHARD_COUNT must be a whole number, 1 or more."


def test_a_tilde_is_the_home_folder(monkeypatch):
    monkeypatch.setenv("HOME", "/home/reader")
    monkeypatch.setenv("USERPROFILE", "/home/reader")

    assert Settings.from_env({"DATA_DIR": "~/data"}).data_dir == Path("/home/reader/data")
    assert fault(DATA_DIR="~nobody-here/data").startswith("DATA_DIR begins with ~")


def test_seeds_are_those_of_the_working_folder_where_it_has_some(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)

    assert Settings().seeds_dirs == (Path("seeds"),)


def test_an_absent_folder_of_another_name_is_not_replaced_by_the_shipped_seeds(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    assert Settings.from_env({"SEEDS_DIR": "mine"}).seeds_dirs == (Path("mine"),)


def test_the_seeds_and_migrations_of_a_checkout_stand_beside_the_package():
    root = Path(__file__).parent.parent

    assert paths.project_folder("seeds") == root / "seeds"
    assert paths.project_folder("migrations") == root / "migrations"


def test_an_installed_wheel_uses_its_own_copy_not_a_folder_beside_it(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "bot"
    (package / "_data" / "seeds").mkdir(parents=True)
    (package.parent / "seeds").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)

    assert paths.project_folder("seeds") == package / "_data" / "seeds"


def test_the_environment_wins_over_the_file_and_dollars_stay_as_they_are(folder, monkeypatch):
    (folder / ".env").write_text(
        "\ufeff# a comment\n\nexport LOG_LEVEL=DEBUG\nDATA_DIR='my data'  # why\nCOST=$LOG_LEVEL\n"
        "BLANK=\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    expected = {"DATA_DIR": "my data", "COST": "$LOG_LEVEL", "BLANK": "", "LOG_LEVEL": "ERROR"}
    assert load_environment(folder) == os.environ | expected


def test_a_variable_left_blank_in_the_environment_overrides_the_file(folder, monkeypatch):
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("DISCORD_TOKEN", "")

    assert Settings.from_env(load_environment(folder)).token is None


def test_without_a_file_the_environment_alone_counts(folder):
    assert load_environment(folder) == os.environ


def test_reading_the_file_leaves_the_environment_as_it_was(folder):
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")

    load_environment(folder)

    assert "DISCORD_TOKEN" not in os.environ


def test_a_folder_called_env_is_told_of(folder):
    (folder / ".env").mkdir()

    with pytest.raises(SettingsError, match=r"\.env cannot be read: "):
        load_environment(folder)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251"])
def test_a_file_in_another_encoding_is_told_of_without_its_content(folder, encoding):
    (folder / ".env").write_text(f"# жетон\nDISCORD_TOKEN={TOKEN}\n", encoding=encoding)

    with pytest.raises(SettingsError, match="is not UTF-8 text") as raised:
        load_environment(folder)

    assert TOKEN not in str(raised.value)
    assert raised.value.__context__ is None


def test_lines_that_are_no_settings_are_numbered_and_not_repeated(folder, caplog):
    (folder / ".env").write_text(
        f"# first\nLOG_LEVEL=INFO\n\n{TOKEN}\n\n\nDISCORD_TOKEN='{TOKEN}\n", encoding="utf-8"
    )

    with pytest.raises(SettingsError) as raised:
        load_environment(folder)

    expected = ".env is not understood in line 4, 7: each line is NAME=value."
    assert str(raised.value) == expected
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("https://lore.example", "https://lore.example/red.html"),
        ("https://lore.example/", "https://lore.example/red.html"),
        ("http://127.0.0.1:8000/archive/", "http://127.0.0.1:8000/archive/red.html"),
    ],
)
def test_a_work_has_a_page_on_the_website(said, page):
    assert Settings.from_env({"SITE_URL": said}).page_of("red") == page
    assert Settings.from_env({}).page_of("red") is None


@pytest.mark.parametrize(
    "said", ["lore.example", "javascript:alert(1)", "https://", "https://a b", "https://u:p@x"]
)
def test_what_is_no_address_of_a_website_is_refused(said):
    with pytest.raises(SettingsError, match="SITE_URL must be the address of a website"):
        Settings.from_env({"SITE_URL": said})


def test_the_address_of_the_database_is_a_secret_and_so_is_its_password():
    settings = Settings.from_env(
        {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": "postgresql://u:p%40ssword@h/d"}
    )

    secrets = [secret.get_secret_value() for secret in settings.secrets]
    assert secrets == [TOKEN, "postgresql://u:p%40ssword@h/d", "p%40ssword", "p@ssword"]
    assert "ssword" not in repr(settings)
    assert "ssword" not in logs.Redactor(settings.secrets)("for p@ssword, or p%40ssword, at h")
    assert Settings().secrets == ()


@pytest.mark.parametrize("url", ["mysql://u:hunter2@h/d", "hunter2", "sqlite:///hunter2.db"])
def test_a_database_that_is_no_postgresql_is_refused_without_being_repeated(url):
    said = fault(DATABASE_URL=url)

    assert "DATABASE_URL must be postgresql://user:password@host:port/database" in said
    assert "hunter2" not in said
