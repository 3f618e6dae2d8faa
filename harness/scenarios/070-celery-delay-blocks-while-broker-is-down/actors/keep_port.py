"""Keeps a port at which nobody listens, as `keep_port.py PORT`: connections are refused, and no server can take it."""

import socket
import sys

with socket.socket() as kept:
    # Without SO_REUSEADDR, with which Linux would let a server have the port as well.
    kept.bind(("127.0.0.1", int(sys.argv[1])))
    print("kept", flush=True)
    sys.stdin.read()
