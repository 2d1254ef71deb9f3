"""One worker process as its run sees it: start it, send it reports, wait for each, end it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import IO, Any

from according import errors
from according.errors import AccordingError, WorkerError
from according.records import Issue, Report
from according.run.frames import read_frame, write_frame
from according.run.model import Coding, Limits, Spec

WORKER = (sys.executable, "-m", "according.run.worker")
"""The program a worker process runs; it is given its setup as one more word."""

START_SECONDS = 300.0
"""A worker that is not ready by then has failed to start."""

START_ATTEMPTS = 3
"""How often a worker is started that is killed before it is ready."""

# Every worker keeps to one processor; the run decides how many there are.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"
)


class DiedError(Exception):
    """The worker is gone, or had to be ended; `code` and `reason` say why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Child:
    """A worker process that is started when first needed and replaced when it dies."""

    def __init__(self, spec: Spec, limits: Limits, program: tuple[str, ...] = WORKER) -> None:
        """Prepare; nothing is started yet."""
        self.spec, self.limits, self.program = spec, limits, program
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._told: IO[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id, or None while there is no process."""
        return None if self._process is None else self._process.pid

    def send(self, reports: Sequence[Report]) -> None:
        """Give the worker a job; one result a report is then to be received.

        Raises:
            DiedError: It is gone.
            AccordingError: It cannot load what it needs.
        """
        if self._closed:
            raise WorkerError("the run was stopped.")
        if self._process is None:
            self._start()
        process = self._process
        if process is None or process.stdin is None:
            raise WorkerError("a worker process has no input.")
        try:
            write_frame(process.stdin, {"reports": [r.model_dump(mode="json") for r in reports]})
        except OSError:
            raise self._died() from None

    def receive(self) -> Coding:
        """Wait for what became of the next report.

        Raises:
            DiedError: The worker died, or took too long or too much memory.
            AccordingError: A data file cannot be used.
        """
        try:
            message = self._messages.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.stop()
            raise DiedError(
                "report-timeout", f"coding took longer than {self.limits.seconds:g} seconds"
            ) from None
        if message is None:
            raise self._died()
        if "memory" in message:
            self.stop()
            raise DiedError("report-memory", f"coding took more than {self.limits.memory_mb:,} MB of memory")
        if "failed" in message:
            self.stop()
            raise rebuild_error(message["failed"])
        return str(message["line"]) if "line" in message else Issue.model_validate(message["issue"])

    def close(self) -> None:
        """End the process for good; nothing can be sent any more."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the process, at once; the next job starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, self._told):
            if stream is not None:
                _close(stream)
        self._told = None

    def _start(self) -> None:
        """Start a process and wait until it is ready; one that is killed meanwhile is started again."""
        for attempt in range(START_ATTEMPTS):
            self._launch()
            try:
                message = self._messages.get(timeout=START_SECONDS)
            except queue.Empty:
                self.stop()
                raise WorkerError(f"a worker was not ready within {START_SECONDS:g} seconds.") from None
            if message is None:
                died = self._died()
                if attempt + 1 == START_ATTEMPTS:
                    raise WorkerError(
                        f"a worker ended before it was ready: {died.reason}.", hint="Try fewer workers."
                    )
            elif "failed" in message:
                self.stop()
                raise rebuild_error(message["failed"])
            else:
                return

    def _launch(self) -> None:
        spec = {
            "codebook": self.spec.codebook,
            "language_model": self.spec.language_model,
            "actors": self.spec.actors,
            "memory_mb": self.limits.memory_mb,
        }
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        try:
            self._process = subprocess.Popen(
                [*self.program, json.dumps(spec)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._told,
                env={**os.environ, **_ONE_THREAD},
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerError(f"a worker process cannot be started ({error.strerror}).") from error
        self._messages = queue.Queue()
        threading.Thread(target=_pump, args=(self._process, self._messages), daemon=True).start()

    def _died(self) -> DiedError:
        """Tell why the process is gone, and clear up after it."""
        process, told = self._process, self._told
        status: int | None = None
        if process is not None:
            try:
                status = process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                status = None
        last = ""
        if told is not None:
            told.seek(max(0, told.seek(0, os.SEEK_END) - 4000))
            lines = told.read().decode("utf-8", "replace").strip().splitlines()
            last = lines[-1].strip() if lines else ""
        self.stop()
        how = f"signal {-status}" if status is not None and status < 0 else f"exit status {status}"
        return DiedError("report-crashed", f"the worker process died ({how}{': ' + last if last else ''})")


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # a pipe whose reader has gone has nothing left to lose


def _pump(process: subprocess.Popen[bytes], messages: queue.Queue[dict[str, Any] | None]) -> None:
    """Hand on what a process says until it says no more; None marks the end."""
    stream = process.stdout
    if stream is not None:
        with stream:
            while (message := read_frame(stream)) is not None:
                messages.put(message)
    messages.put(None)


def rebuild_error(told: dict[str, str]) -> AccordingError:
    """Make the error a worker told of again.

    Args:
        told: What `worker.describe_error` gave.

    Returns:
        An error of the same class with the same message and hint.
    """
    kind = getattr(errors, told["type"], AccordingError)
    if not (isinstance(kind, type) and issubclass(kind, AccordingError)):
        kind = AccordingError
    error: AccordingError = kind.__new__(kind)
    error.args = (told["message"],)
    error.hint = told["hint"]
    return error
