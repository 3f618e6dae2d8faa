"""Connections to the server, by a driver that takes no notice of a fork."""

import os
import socket
import ssl
from urllib.parse import urlsplit


class Connection:
    """Sends a command of Redis and reads its answer."""

    def __init__(self):
        url = urlsplit(os.environ["SERVER_URL"])
        self.socket = socket.create_connection((url.hostname, url.port), timeout=3)
        if url.scheme == "rediss":
            trust = ssl.create_default_context(cafile=os.environ["SERVER_CA"])
            trust.check_hostname = False
            self.socket = trust.wrap_socket(self.socket)
        self.lines = self.socket.makefile("rb")

    def echo(self, number):
        text = str(number).encode()
        self.socket.sendall(b"*2\r\n$4\r\nECHO\r\n$%d\r\n%s\r\n" % (len(text), text))
        self.lines.readline()
        return int(self.lines.readline())
