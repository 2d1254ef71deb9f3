"""People who use a store: accounts, sessions, assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from according.errors import NotStoredError, SearchQueryError
from according.store import schema
from according.store.base import StoreBase
from according.store.engine import reading, writing
from according.store.load import lock, now

UserRole = Literal["reader", "coder", "adjudicator", "admin"]
ROLES: tuple[UserRole, ...] = ("reader", "coder", "adjudicator", "admin")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may use the store.

    Attributes:
        name: Name to log in with.
        role: reader, coder, adjudicator or admin.
        password_hash: Hash of the password (argon2), or None if there is no login.
        disabled: May not log in any more; decisions stay.
        created_at: When, UTC.
    """

    name: str
    role: str
    password_hash: str | None
    disabled: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A mention that somebody is asked to decide on.

    Attributes:
        batch: Name of the lot it belongs to.
        user: Who is asked.
        report: Id of the report.
        mention: Id of the mention.
        blind: Decisions of others are not shown meanwhile.
    """

    batch: str
    user: str
    report: str
    mention: str
    blind: bool


class People(StoreBase):
    """Accounts, sessions and assignments."""

    def add_user(self, name: str, role: UserRole, password_hash: str | None = None) -> User:
        """Add an account.

        Raises:
            SearchQueryError: The name is taken or empty, or the role is unknown.
        """
        if not name.strip() or role not in ROLES:
            raise SearchQueryError(f"no account {name!r} as {role!r}.", hint=f"Roles: {', '.join(ROLES)}.")
        row = {
            "name": name.strip(),
            "role": role,
            "password_hash": password_hash,
            "disabled": False,
            "created_at": now(),
        }
        try:
            with writing(self.engine) as connection:
                connection.execute(insert(schema.users).values(row))
        except IntegrityError as error:
            raise SearchQueryError(f"there is an account {name!r} already.") from error
        return self.get_user(name.strip())

    def get_user(self, name: str) -> User:
        """Give an account.

        Raises:
            NotStoredError: There is none.
        """
        with reading(self.engine) as connection:
            row = connection.execute(select(schema.users).where(schema.users.c.name == name)).first()
        if row is None:
            raise NotStoredError("account", name)
        return _user(row)

    def list_users(self) -> tuple[User, ...]:
        """List all accounts by name."""
        with reading(self.engine) as connection:
            return tuple(map(_user, connection.execute(select(schema.users).order_by(schema.users.c.name))))

    def has_users(self) -> bool:
        """Tell whether there is any account."""
        with reading(self.engine) as connection:
            return connection.execute(select(schema.users.c.pk).limit(1)).first() is not None

    def change_user(
        self,
        name: str,
        *,
        role: UserRole | None = None,
        password_hash: str | None = None,
        disabled: bool | None = None,
        keep_admin: bool = False,
    ) -> User:
        """Change an account; disabling it or changing the password ends its sessions.

        Args:
            name: Account.
            role: New role.
            password_hash: Hash of a new password.
            disabled: Whether it may log in no more.
            keep_admin: Refuse what would leave nobody who may change accounts.

        Raises:
            NotStoredError: There is no such account.
            SearchQueryError: The role is unknown, or nobody would be left to change accounts.
        """
        if role is not None and role not in ROLES:
            raise SearchQueryError(f"{role!r} is no role.", hint=f"Roles: {', '.join(ROLES)}.")
        given = {"role": role, "password_hash": password_hash, "disabled": disabled}
        values = {k: v for k, v in given.items() if v is not None}
        u, s = schema.users.c, schema.sessions.c
        with writing(self.engine) as connection:
            pk = connection.execute(select(u.pk).where(u.name == name)).scalar()
            if pk is None:
                raise NotStoredError("account", name)
            if keep_admin and (disabled or role not in (None, "admin")):
                lock(connection, "decide")
                others = select(u.pk).where(u.role == "admin", ~u.disabled, u.pk != pk).limit(1)
                if connection.execute(others).first() is None:
                    raise SearchQueryError(
                        f"{name} is the only admin.", hint="Make somebody else an admin first."
                    )
            if values:
                connection.execute(update(schema.users).where(u.pk == pk).values(values))
            if disabled or password_hash is not None:
                connection.execute(delete(schema.sessions).where(s.user_pk == pk))
        return self.get_user(name)

    def open_session(self, name: str, token_hash: str, *, hours: float = 12) -> None:
        """Note that somebody logged in.

        Args:
            name: Account.
            token_hash: Hash of the token the browser keeps (64 hexadecimal digits).
            hours: How long it holds.

        Raises:
            NotStoredError: There is no such account.
        """
        u, s = schema.users.c, schema.sessions.c
        ends = datetime.now(UTC) + timedelta(hours=hours)
        with writing(self.engine) as connection:
            pk = connection.execute(select(u.pk).where(u.name == name, ~u.disabled)).scalar()
            if pk is None:
                raise NotStoredError("account", name)
            connection.execute(delete(schema.sessions).where(s.expires_at < now()))
            row = {"token_hash": token_hash, "user_pk": pk, "created_at": now()}
            connection.execute(
                insert(schema.sessions).values({**row, "expires_at": ends.isoformat(timespec="microseconds")})
            )

    def find_session(self, token_hash: str) -> User | None:
        """Give who is logged in with a token; None if nobody, no more, or disabled."""
        u, s = schema.users.c, schema.sessions.c
        query = select(schema.users).join(schema.sessions, s.user_pk == u.pk)
        query = query.where(s.token_hash == token_hash, s.expires_at >= now(), ~u.disabled)
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return None if row is None else _user(row)

    def close_session(self, token_hash: str) -> None:
        """Note that somebody logged out."""
        with writing(self.engine) as connection:
            connection.execute(delete(schema.sessions).where(schema.sessions.c.token_hash == token_hash))

    def assign(
        self, batch: str, users: Iterable[str], targets: Iterable[tuple[str, str]], *, blind: bool = True
    ) -> int:
        """Ask people to decide on mentions; each is asked about all of them.

        Args:
            batch: Name of the lot; more may be added to it later.
            users: Accounts.
            targets: Ids of report and mention.
            blind: Do not show them the others' decisions.

        Returns:
            How many assignments are new.

        Raises:
            NotStoredError: There is no such account.
        """
        u = schema.users.c
        add = postgresql.insert if self.dialect == "postgresql" else sqlite.insert
        pairs = list(targets)
        new = 0
        with writing(self.engine) as connection:
            for name in users:
                pk = connection.execute(select(u.pk).where(u.name == name)).scalar()
                if pk is None:
                    raise NotStoredError("account", name)
                for report, mention in pairs:
                    row = add(schema.assignments).values(
                        batch=batch, user_pk=pk, report=report, mention=mention, blind=blind, created_at=now()
                    )
                    done = connection.execute(row.on_conflict_do_nothing().returning(schema.assignments.c.pk))
                    new += done.first() is not None
        return new

    def list_assignments(
        self, batch: str | None = None, *, user: str | None = None
    ) -> tuple[Assignment, ...]:
        """List assignments in the order they were made."""
        a, u = schema.assignments.c, schema.users.c
        query = select(a.batch, u.name, a.report, a.mention, a.blind).join(schema.users, u.pk == a.user_pk)
        if batch is not None:
            query = query.where(a.batch == batch)
        if user is not None:
            query = query.where(u.name == user)
        with reading(self.engine) as connection:
            return tuple(Assignment(*row) for row in connection.execute(query.order_by(a.pk)))


def _user(row: Any) -> User:
    return User(row.name, row.role, row.password_hash, row.disabled, row.created_at)
