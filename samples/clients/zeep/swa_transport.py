"""SOAP with Attachments for zeep, which reads attachments but cannot send any: a transport that sends them, streamed."""

import os
import uuid
from contextlib import contextmanager

import zeep

BLOCK = 1024 * 1024


class SwaTransport(zeep.Transport):
    """Sends the messages of the calls within attach() as multipart/related with one attachment, and all others as zeep does."""

    def __init__(self, *args, chunked=False, **kwargs):
        """chunked: send the HTTP body in chunks instead of with Content-Length."""
        super().__init__(*args, **kwargs)
        self._chunked = chunked
        self._attachment = None

    @contextmanager
    def attach(self, path, offset=0, length=None):
        """Attaches a part of a file to the call made within; gives the reference to be put into the swaRef element."""
        content_id = f"{uuid.uuid4()}@linkgateway-client"
        if length is None:
            length = os.path.getsize(path) - offset
        self._attachment = (content_id, path, offset, length)
        try:
            yield "cid:" + content_id
        finally:
            self._attachment = None

    def post(self, address, message, headers):
        if self._attachment is None:
            return super().post(address, message, headers)
        body = _Multipart(message, headers["Content-Type"], *self._attachment)
        return self.session.post(
            address,
            # requests chunks what has no length.
            data=iter(body) if self._chunked else body,
            headers={**headers, "Content-Type": body.content_type},
            timeout=self.operation_timeout,
        )


class _Multipart:
    """A message body that is read from the file while it is sent, so that its size does not matter."""

    def __init__(self, envelope, envelope_type, content_id, path, offset, length):
        boundary = "=_" + uuid.uuid4().hex
        # Outside, charset is a parameter that some firewalls stop; inside, it belongs to the envelope.
        media_type = envelope_type.split(";")[0]
        self.content_type = f'multipart/related; type="{media_type}"; start="<root>"; boundary="{boundary}"'
        self._before = (
            f"--{boundary}\r\nContent-Type: {envelope_type}\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root>\r\n\r\n".encode()
            + envelope
            + f"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
            f"Content-ID: <{content_id}>\r\n\r\n".encode()
        )
        self._after = f"\r\n--{boundary}--\r\n".encode()
        self._path, self._offset, self._length = path, offset, length
        # requests takes it for Content-Length.
        self.len = len(self._before) + length + len(self._after)

    def __iter__(self):
        yield self._before
        left = self._length
        with open(self._path, "rb") as file:
            file.seek(self._offset)
            while left:
                block = file.read(min(BLOCK, left))
                if not block:
                    raise OSError(f"{self._path} became shorter while it was sent")
                left -= len(block)
                yield block
        yield self._after
