"""What operators install by: the container, the compose file, the service: hardened, in step."""

import configparser
import re
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from bot.health import HEALTHY_FILE
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
ENVIRONMENT = {str(field.validation_alias) for field in Settings.model_fields.values()}
PYTHONS = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def unit():
    parser = configparser.RawConfigParser(strict=False, delimiters="=")
    parser.optionxform = str
    parser.read(ROOT / "samizdat.service", "utf-8")
    return parser


def test_the_image_is_not_root_and_starts_without_a_shell():
    lines = DOCKERFILE.splitlines()
    user, entry = (next(i for i, line in enumerate(lines) if line.startswith(word))
                   for word in ("USER samizdat", "ENTRYPOINT ["))  # fmt: skip
    assert user < entry
    assert 'CMD ["run"]' in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def test_the_image_holds_every_folder_the_program_reads():
    copied = set(re.findall(r"^COPY (\w+) ", DOCKERFILE, re.MULTILINE))
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }

    assert copied == {"bot", "cogs", "migrations", "seeds"}
    assert copied | {"requirements/run.txt"} == let_in


def test_what_is_set_for_the_bot_are_settings_it_has():
    said = re.search(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)[1]
    names = {each.split("=")[0] for each in said.split()}
    names |= {each.split("=")[0] for each in unit()["Service"]["Environment"].split()}
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    names |= set(compose["services"]["samizdat"]["environment"])

    assert names - PYTHONS <= ENVIRONMENT


def test_the_health_check_looks_at_the_file_that_is_touched():
    assert f"/data/{HEALTHY_FILE}" in DOCKERFILE


def test_the_container_may_do_nothing_it_need_not():
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["samizdat"]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["init"] is True


def test_the_service_may_do_nothing_it_need_not_and_is_restarted_when_that_helps():
    service = unit()["Service"]

    for setting in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictSUIDSGID"):
        assert service[setting] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["User"] == "samizdat"
    # Exit code 2 is something for a person to change.
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("on-failure", "2")


CLUSTER = (ROOT / "compose.cluster.yaml").read_text("utf-8")


def cluster(**chosen):
    """Return the file as compose would read it, with what it takes from `.env` filled in."""
    filled = re.sub(r"\$\{(\w+)(?::\?[^}]*)?\}", lambda found: chosen[found[1]], CLUSTER)
    assert "$" not in filled
    return yaml.safe_load(filled)


def bots_of(whole):
    return [each for each in whole["services"].values() if each["image"] == "samizdat"]


def test_the_cluster_is_two_processes_with_shards_of_their_own_and_volumes_of_their_own():
    bots = bots_of(cluster(POSTGRES_PASSWORD="red"))
    settings = [each["environment"] for each in bots]

    assert {name for each in settings for name in each} <= ENVIRONMENT
    shards = [number for each in settings for number in each["SHARD_IDS"].split(",")]
    assert sorted(map(int, shards)) == list(range(int(settings[0]["SHARD_COUNT"])))
    assert len({each["SHARD_COUNT"] for each in settings}) == 1
    assert len({each["volumes"][0] for each in bots}) == len(bots)
    for each in bots:
        assert each["read_only"]
        assert each["cap_drop"] == ["ALL"]


def test_what_the_cluster_sets_is_what_the_program_takes_and_the_server_has():
    whole = cluster(POSTGRES_PASSWORD="Red1917")
    server = whole["services"]["postgres"]
    for each in bots_of(whole):
        settings = Settings.from_env(each["environment"] | {"DISCORD_TOKEN": "a.b.c"})
        address = urlsplit(settings.database_url.get_secret_value())

        assert whole["services"][address.hostname] is server
        said = {
            name: server["environment"][f"POSTGRES_{name}"] for name in ("USER", "PASSWORD", "DB")
        }
        login = {"USER": address.username, "PASSWORD": address.password, "DB": address.path[1:]}
        assert login == said
        assert f"{settings.data_dir}" in [place.partition(":")[2] for place in each["volumes"]]
    assert {"--encoding=UTF8"} <= set(server["environment"]["POSTGRES_INITDB_ARGS"].split())


def test_every_name_in_the_cluster_stands_for_something_in_it():
    whole = cluster(POSTGRES_PASSWORD="red")
    volumes = {
        place.partition(":")[0] for each in whole["services"].values() for place in each["volumes"]
    }

    assert volumes == set(whole["volumes"])
    # What is to be filled in is said at the top, and refused by compose when it is not there.
    named = set(re.findall(r"\$\{(\w+)", CLUSTER))
    assert named == set(re.findall(r"\$\{(\w+):\?", CLUSTER))
    assert {"DISCORD_TOKEN", *named} <= set(
        re.findall(r"\b[A-Z_]{5,}\b", CLUSTER.split("x-samizdat")[0])
    )
    for each in bots_of(whole):
        for name, when in each["depends_on"].items():
            assert when == {"condition": "service_healthy"}
            assert "healthcheck" in whole["services"][name]
        # Ten seconds for a stop are promised; the engine must not lose patience before.
        assert int(each["stop_grace_period"].removesuffix("s")) > 10
