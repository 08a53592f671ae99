"""Asking one web address whether it still leads somewhere, politely.

The standard library does: a few hundred addresses one after the other need no pool, no HTTP/2 and
no dependency that must be kept up to date.
"""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from eerstelijn.links.models import CheckedLink

State = CheckedLink.State

#: How often an address may lead on.
MOST_STEPS = 5
#: What leads on, and of those what does so for good.
LEADS_ON, FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
#: What says that the page is there, but not for programs; and what that there is none.
CLOSED, GONE = (401, 403, 407, 429, 451), (404, 410)


@dataclass(frozen=True)
class Answer:
    """What an address said: how it stands, the number, why not, and where it moved for good."""

    state: str
    status: int | None = None
    problem: str = ""
    moved_to: str = ""


class CannotAsk(Exception):
    """An address that we do not ask, or that cannot be reached; the text says why, in Dutch."""


@dataclass(frozen=True)
class Asker:
    """Who asks: by what name, and how many seconds it waits for each answer.

    `may_ask_inside` is for tests: an address inside our own network is none of the web.
    """

    name: str
    timeout: float = 15
    may_ask_inside: bool = False

    def ask(self, url: str) -> Answer:
        """HEAD first; GET where that is refused, of which no more than the head is read."""
        answer = self._follow("HEAD", url)
        if answer.status is not None and answer.status >= 400:
            answer = self._follow("GET", url)
        return answer

    def _follow(self, method: str, url: str) -> Answer:
        here, moved_to, is_for_good = url, "", True
        try:
            for _ in range(MOST_STEPS + 1):
                status, leads_to = self._one(method, here)
                if status not in LEADS_ON or not leads_to:
                    return _judged(status, moved_to)
                here = _led_on(here, leads_to)
                is_for_good = is_for_good and status in FOR_GOOD
                moved_to = here[:500] if is_for_good else moved_to
        except CannotAsk as problem:
            return Answer(str(State.SILENT), None, str(problem))
        return Answer(str(State.SILENT), None, "leidt in een kring rond")

    def _one(self, method: str, url: str) -> tuple[int, str]:
        """The status of one answer, and where it leads on."""
        connection, path = self._connection(url)
        # Each wait is limited by itself; this ends one who answers a letter at a time.
        limit = Timer(2 * self.timeout, _break_off, [connection])
        limit.daemon = True
        limit.start()
        try:
            headers = {"User-Agent": self.name, "Accept": "*/*"}
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
        except TimeoutError:
            raise CannotAsk("antwoordt niet op tijd") from None
        except ssl.SSLError:
            raise CannotAsk("heeft geen geldig certificaat") from None
        except socket.gaierror:
            raise CannotAsk("de naam van de site bestaat niet (meer)") from None
        except (OSError, http.client.HTTPException):
            raise CannotAsk("de verbinding brak af") from None
        except (ValueError, UnicodeError):
            raise CannotAsk("is geen leesbaar adres") from None
        finally:
            limit.cancel()
            connection.close()

    def _connection(self, url: str) -> tuple[http.client.HTTPConnection, str]:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise CannotAsk("is geen leesbaar adres") from None
        if parts.scheme not in ("http", "https") or not host:
            raise CannotAsk("is geen adres op het web")
        if not self.may_ask_inside:
            _refuse_inside(host)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        if parts.query:
            path += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?[]')}"
        is_safe = parts.scheme == "https"
        kind = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
        try:
            return kind(host, port, timeout=self.timeout), path
        except http.client.InvalidURL:
            raise CannotAsk("is geen leesbaar adres") from None


def _led_on(here: str, leads_to: str) -> str:
    try:
        return urljoin(here, leads_to)
    except ValueError:
        raise CannotAsk("leidt naar geen leesbaar adres") from None


def _break_off(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):  # it ended by itself meanwhile
            connection.sock.shutdown(socket.SHUT_RDWR)


def _judged(status: int, moved_to: str) -> Answer:
    if status < 400:
        return Answer(str(State.GOOD), status, "", moved_to)
    if status in GONE:
        return Answer(str(State.GONE), status)
    return Answer(str(State.CLOSED if status in CLOSED else State.SILENT), status)


def _refuse_inside(host: str) -> None:
    """An address inside our own network tells an editor nothing, and should not tell them more."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise CannotAsk("de naam van de site bestaat niet (meer)") from None
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise CannotAsk("is geen adres op het web")
