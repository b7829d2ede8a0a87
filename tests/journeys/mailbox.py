"""A post office: a small mail server (SMTP, RFC 5321) on this machine that keeps what is sent to it.

Python's own socketserver is enough for one polite sender; a library would be one more thing to keep up for one test.
"""

import queue
import socketserver
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

ANSWERS = {b"MAIL": b"250 OK", b"RCPT": b"250 OK", b"RSET": b"250 OK", b"NOOP": b"250 OK", b"DATA": b"354 Go on"}


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say(b"220 post")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"QUIT":
                return self._say(b"221 Bye")
            self._say(b"250 post" if command in (b"EHLO", b"HELO") else ANSWERS.get(command, b"502 Unknown"))
            if command == b"DATA":
                self.server.letters.put(self._letter())
                self._say(b"250 OK")
        return None

    def _letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines), policy=default)

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Mailbox(socketserver.ThreadingTCPServer):
    """Use as a context; `url` is what EMAIL_URL takes."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: queue.Queue[EmailMessage] = queue.Queue()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        super().__exit__(*_error)

    @property
    def url(self) -> str:
        """Where it listens."""
        return "smtp://{}:{}".format(*self.server_address)

    def next_letter(self, *, seconds: float = 30) -> EmailMessage:
        """The next letter that comes in; raises queue.Empty when none does."""
        return self.letters.get(timeout=seconds)
