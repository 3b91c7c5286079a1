"""Who is connected here: sign-ins that end, access that changes, sockets that are too many, too quiet or too late."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.accounts.selectors import Identity, live_sessions
from realtime.bells import CONTROL, Bell
from realtime.live.topic import LiveTopic
from realtime.protocol import Close, op
from realtime.topics import concerns, find_topic

if TYPE_CHECKING:
    from core.accounts.models import User
    from realtime.connection import Connection
    from realtime.hub import Hub

Asked = tuple[int | None, str]  # a person's id, None for whoever is not signed in, and a topic
HELLO_S = 5.0  # to say hello after connecting
RENEW_S = 60.0  # to say hello again after the access token ended
PONG_S = 30.0  # to answer a ping
HUB_KNOWN_S = 60.0  # since then it is forgotten


class People:
    """Connections by person; all methods run on the hub's loop."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._here: dict[int, list[Connection]] = {}  # by user id, oldest first
        self._elsewhere: dict[int, dict[str, list[float]]] = {}  # user id -> hub id -> when its sockets opened
        self._hubs: dict[str, float] = {}  # other hubs by their last beat
        self._everybody = 0  # counts how often what anybody may hear was said to have changed
        self.endings = 0  # counts sign-ins and people said to have changed, so that a hello under way can look again

    # -- who is here -------------------------------------------------------------------------------

    def greet(self, connection: "Connection", identity: Identity | None) -> None:
        """`connection` said hello; the same person again renews the token. Who has left meanwhile is not here."""
        connection.greeted = True
        if not connection.open:
            return
        if identity is None:
            return
        connection.session_id = identity.session_id
        connection.expires_at = self._hub.loop.time() + identity.expires_at.timestamp() - time.time()
        if connection.user is None:
            connection.user = identity.user
            self._here.setdefault(identity.user.id, []).append(connection)
            self._elsewhere.pop(identity.user.id, None)  # whoever lives says it again: the dead hold no place
            self._tell(identity.user.id, ask=True)
            self._close_oldest(identity.user.id)

    def leave(self, connection: "Connection") -> None:
        """`connection` is gone."""
        self._hub.connections.discard(connection)
        for topic in connection.cursors:
            topic.listeners.discard(connection)
        connection.cursors.clear()
        here = self._here.get(connection.user.id, []) if connection.user else []
        if connection in here:
            here.remove(connection)
            self._tell(connection.user.id, ask=False)
            if not here:
                del self._here[connection.user.id]
                self._elsewhere.pop(connection.user.id, None)

    def count_here(self) -> int:
        return len(self._here)

    # -- too many ----------------------------------------------------------------------------------

    def count(self, bell: Bell) -> None:
        """Another process says which sockets a person has there."""
        self.hub_lives(bell["hub"], self._hub.loop.time())
        user_id = bell["sockets"]
        if user_id in self._here:
            if bell["ask"]:
                self._elsewhere.pop(user_id, None)
                self._tell(user_id, ask=False)
            self._elsewhere.setdefault(user_id, {})[bell["hub"]] = bell["opened"]
            self._close_oldest(user_id)

    def hub_lives(self, hub_id: str, now: float) -> None:
        """Another process beats."""
        self._hubs[hub_id] = now

    def last_beat(self, hub_id: str) -> float:
        """When that process was heard last, by this loop's clock."""
        return self._hubs.get(hub_id, 0.0)

    def _tell(self, user_id: int, *, ask: bool) -> None:
        if settings.CHANNEL_LAYERS:
            opened = [connection.since for connection in self._here[user_id]]
            self._hub.rope.pull(CONTROL, {"sockets": user_id, "hub": self._hub.id, "opened": opened, "ask": ask})

    def _close_oldest(self, user_id: int) -> None:
        """Beyond the limit over all processes the oldest socket goes; each process closes its own."""
        opened: list[tuple[float, Connection | None]] = [(c.since, c) for c in self._here[user_id] if c.open]
        opened += [(at, None) for ats in self._elsewhere.get(user_id, {}).values() for at in ats]
        opened.sort(key=lambda pair: pair[0])
        for _, connection in opened[: -settings.ENV.ws_sockets_per_user]:
            if connection is not None:
                connection.end(Close.TOO_MANY)

    # -- sign-ins and access -----------------------------------------------------------------------

    def end_sessions(self, user_id: int, session_ids: Iterable[str] | None, keep: str | None) -> None:
        """Close the sockets of sign-ins that ended: those named, or all of the person but `keep`."""
        self.endings += 1
        ended = None if session_ids is None else set(session_ids)
        for connection in list(self._here.get(user_id, ())):
            if connection.session_id != keep and (ended is None or connection.session_id in ended):
                connection.end(Close.SIGNED_OUT)

    async def check_sessions(self) -> None:
        """Close sockets whose sign-in is over (the bell may have been lost); know the others as they are now."""
        await self._read_again([connection for connections in self._here.values() for connection in connections])

    async def _read_again(self, here: "list[Connection]") -> None:
        versions = [connection.access_version for connection in here]
        live = await self._hub.read(live_sessions, {connection.session_id for connection in here}) if here else {}
        for connection, version in zip(here, versions, strict=True):
            if connection.session_id not in live:
                connection.end(Close.SIGNED_OUT)
            elif connection.access_version == version:  # else a later reading knows better
                connection.user = live[connection.session_id]

    def access_of(self, connection: "Connection") -> tuple[int, int]:
        """Another one after each time that what `connection` may hear was said to have changed."""
        return connection.access_version, self._everybody

    def ask_again(self, user_id: int | None, prefix: str) -> None:
        """What the person shows, or may hear under `prefix`, changed: read them anew, ask for each subscription; None:
        ask for everybody's, whoever they are."""
        self.endings += 1
        if user_id is None:
            self._everybody += 1
            heard = [topic for topic in self._hub.topics.values() if concerns(prefix, topic.name)]
            self._hub.spawn(self._ask([(it, topic) for topic in heard for it in topic.listeners]))
            self._hub.spawn(self._hub.keys.check())
            return
        self._hub.presence.end_grace(user_id)
        here = list(self._here.get(user_id, ()))
        for connection in here:
            connection.access_version += 1
        if here:
            self._hub.spawn(self._ask_again(here, prefix))

    async def _ask_again(self, here: "list[Connection]", prefix: str) -> None:
        await self._read_again(here)
        for connection in here:
            for topic in connection.cursors:
                if concerns(prefix, topic.name):
                    self._hub.spawn(self._ask_again_for(connection, topic))

    async def _ask_again_for(self, connection: "Connection", topic: LiveTopic) -> None:
        family, key = find_topic(topic.name)
        if not await self._hub.read(family.may_hear, connection.user, key):
            self.unsubscribe(connection, topic, "revoked")

    async def check_access(self) -> None:
        """Ask for every subscription whether it is still allowed: the bell that said no may have been lost."""
        await self._ask([(it, topic) for topic in self._hub.topics.values() for it in topic.listeners])

    async def _ask(self, heard: "Sequence[tuple[Connection, LiveTopic]]") -> None:
        """End those of these subscriptions that are not allowed; who is not signed in is asked about once a topic. Who
        came with a key hears what it opens."""
        heard = [(connection, topic) for connection, topic in heard if connection.key is None]
        before = [self.access_of(connection) for connection, _ in heard]
        whose = [(it.user and it.user.id, topic.name) for it, topic in heard]
        people = {key: it.user for key, (it, _) in zip(whose, heard, strict=True)}
        may = await self._hub.read(_may_hear, people)
        for (connection, topic), key, version in zip(heard, whose, before, strict=True):
            if not may[key] and self.access_of(connection) == version:
                self.unsubscribe(connection, topic, "revoked")

    def unsubscribe(self, connection: "Connection", topic: LiveTopic, code: str | None, **answer: Any) -> None:
        """`connection` hears nothing more of `topic`, and is told so."""
        topic.listeners.discard(connection)
        if connection.cursors.pop(topic, None) is not None:
            connection.say(op("unsubscribed", topic=topic.name, code=code, **answer))

    def unsubscribe_all(self, topic: LiveTopic, code: str) -> None:
        """The thing behind `topic` is gone."""
        for connection in list(topic.listeners):
            self.unsubscribe(connection, topic, code)

    # -- time --------------------------------------------------------------------------------------

    def look(self, now: float) -> None:
        """Whoever is late or silent is reminded or closed."""
        self._hubs = {hub_id: at for hub_id, at in self._hubs.items() if now - at < HUB_KNOWN_S}
        for connection in list(self._hub.connections):
            if not connection.greeted and connection.working is None and now - connection.opened_at > HELLO_S:
                connection.end(Close.NO_HELLO)
            elif connection.expires_at is not None and now > connection.expires_at + RENEW_S:
                connection.end(Close.BAD_TOKEN)
            elif connection.pinged_at is None:
                if now - connection.heard_at > connection.idle_s:
                    connection.ping()
            elif now - connection.pinged_at > PONG_S:
                connection.end(Close.TOO_SLOW)


def _may_hear(people: "Mapping[Asked, User | None]") -> "dict[Asked, bool]":
    listeners: dict[str, list[Asked]] = {}
    for asked in people:
        listeners.setdefault(asked[1], []).append(asked)
    answers: dict[Asked, bool] = {}
    for name, here in listeners.items():
        family, key = find_topic(name)
        users = [people[asked] for asked in here]
        ask = family.who_may_hear
        may = ask(users, key) if ask else [family.may_hear(user, key) for user in users]
        answers |= dict(zip(here, may, strict=True))
    return answers
