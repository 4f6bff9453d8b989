"""A telephone line for an exercise: passes bytes between two ports of this machine; it can be cut, and mended."""

import contextlib
import socket
import threading


class Line:
    """Listens on a free loopback port and passes every connection on to *target* (host, port)."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._left: int | None = None
        self._lock = threading.Lock()
        self.cut = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_after(self, count: int) -> None:
        """Cut the line when the *count*-th byte from now goes towards the target; nothing passes until `mend`."""
        with self._lock:
            self._left = count
            self.cut.clear()

    def mend(self) -> None:
        """Let connections pass again."""
        self.cut.clear()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(caller,), daemon=True).start()

    def _pass(self, caller: socket.socket) -> None:
        with caller:
            if self.cut.is_set():
                return
            try:
                called = socket.create_connection(self._target, timeout=5)
            except OSError:
                return
            called.settimeout(None)
            with called:
                back = threading.Thread(target=self._copy, args=(called, caller), daemon=True)
                back.start()
                self._copy(caller, called, counted=True)
                back.join()

    def _copy(self, source: socket.socket, sink: socket.socket, *, counted: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.cut.is_set() or (counted and self._is_last(len(data))):
                    break
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_last(self, count: int) -> bool:
        with self._lock:
            if self._left is None:
                return False
            self._left -= count
            if self._left > 0:
                return False
            self._left = None
            self.cut.set()
            return True
