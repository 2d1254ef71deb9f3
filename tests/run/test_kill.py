"""Runs that are really killed, on disks that are really full."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from small_runs import contents

DRIVE = Path(__file__).with_name("drive.py")


def command(corpus: Path, folder: Path, *, workers: int = 2, file_limit: int = 0) -> list[str]:
    return [sys.executable, str(DRIVE), str(corpus), str(folder), str(workers), "6", str(file_limit)]


def finish(corpus: Path, folder: Path, **options: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(corpus, folder, **options), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Reports of which each takes 20 ms, a few are bad and one kills its worker."""
    path = tmp_path / "corpus.jsonl"
    words = ["slow"] * 90
    words[13] = words[50] = "bad"
    words[31] = "die"
    path.write_text("".join(f'{{"id": "r{n}", "text": "{w} {n}"}}\n' for n, w in enumerate(words)), "utf-8")
    return path


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill_after(process: subprocess.Popen[str], reports: int, seconds: float) -> bool:
    """Kill a run some time after it told of so many reports; False if it ended first."""
    if process.stdout is None:
        return False
    with process.stdout as told:
        for count, _ in enumerate(told, 1):
            if count == reports:
                time.sleep(seconds)
                break
        orphans = workers_of(psutil.Process(process.pid)) if process.poll() is None else []
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
    # Workers end by themselves when the run is gone.
    assert psutil.wait_procs(orphans, timeout=20)[1] == []
    return killed


@pytest.mark.parametrize("seed", range(3))
def test_a_run_killed_again_and_again_ends_as_if_undisturbed(corpus: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    assert finish(corpus, tmp_path / "calm").returncode == 0
    calm = contents(tmp_path / "calm")
    folder = tmp_path / "killed"
    kills = 0
    for _ in range(6):
        process = subprocess.Popen(
            command(corpus, folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        kills += kill_after(process, chance.randint(1, 20), chance.uniform(0, 0.1))
        left = {n: data for n, data in contents(folder).items() if not Path(n).name.startswith(".")}
        assert left.items() <= calm.items()
    assert kills >= 2
    assert finish(corpus, folder).returncode == 0
    assert contents(folder) == calm


def test_a_kill_loses_no_more_than_the_shards_in_flight(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    process = subprocess.Popen(
        command(corpus, folder, workers=1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    parts = folder / "parts"
    end = time.monotonic() + 60
    while time.monotonic() < end and (not parts.is_dir() or len(list(parts.glob("*.json"))) < 4):
        time.sleep(0.01)
    process.kill()
    process.wait()
    before = {p.name: p.stat().st_mtime_ns for p in parts.glob("0*.json")}
    assert len(before) >= 4
    assert finish(corpus, folder, workers=1).returncode == 0
    assert {p.name: p.stat().st_mtime_ns for p in parts.glob("0*.json") if p.name in before} == before


@pytest.mark.parametrize("how", ["worker killed", "worker stopped and killed"])
def test_workers_killed_from_outside_are_replaced(corpus: Path, tmp_path: Path, how: str) -> None:
    assert finish(corpus, tmp_path / "calm").returncode == 0
    folder = tmp_path / "out"
    process = subprocess.Popen(
        command(corpus, folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    watched = psutil.Process(process.pid)
    hit: set[int] = set()
    while process.poll() is None and len(hit) < 2:
        for worker in workers_of(watched):
            # Some parts apart: a report that is hit twice in a row would rightly be set aside.
            if worker.pid not in hit and len(list((folder / "parts").glob("*.json"))) > 6 * len(hit):
                if how == "worker stopped and killed":
                    worker.suspend()
                worker.kill()
                hit.add(worker.pid)
                break
        time.sleep(0.02)
    assert process.wait(timeout=120) == 0
    if process.stderr is not None:
        process.stderr.close()
    assert hit
    assert contents(folder) == contents(tmp_path / "calm")


def test_a_file_that_may_not_grow_stops_the_run_and_keeps_what_is_done(corpus: Path, tmp_path: Path) -> None:
    assert finish(corpus, tmp_path / "calm").returncode == 0
    folder = tmp_path / "out"
    stopped = finish(corpus, folder, file_limit=1500)
    assert stopped.returncode == 2
    assert "[output]" in stopped.stderr
    assert os.strerror(errno.EFBIG) in stopped.stderr
    assert not (folder / "manifest.json").exists()
    assert finish(corpus, folder).returncode == 0
    assert contents(folder) == contents(tmp_path / "calm")


def test_a_full_disk_stops_the_run_and_keeps_what_is_done(corpus: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted without the right to")
    try:
        assert finish(corpus, tmp_path / "calm").returncode == 0
        (disk / "ballast").write_bytes(b"x" * 40_000)
        folder = disk / "out"
        stopped = finish(corpus, folder)
        assert stopped.returncode == 2
        assert os.strerror(errno.ENOSPC) in stopped.stderr
        assert not (folder / "manifest.json").exists()
        done = len(list((folder / "parts").glob("0*.json")))
        assert done >= 1
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        again = finish(corpus, folder)
        assert again.returncode == 0
        assert contents(folder) == contents(tmp_path / "calm")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
