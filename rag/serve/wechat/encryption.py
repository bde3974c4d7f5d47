"""Signatures and encryption of messages, as 公众号 and 企业微信 share them.

Source: WeChat's 消息加解密说明 and its published test vectors.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from rag.errors import SettingsError
from rag.serve.wechat.errors import SignatureError, WeChatError

_KEY_CHARACTERS: Final = re.compile(r"[A-Za-z0-9+/]{43}")
_BLOCK: Final = 32  # of the padding; AES itself has 16
_RANDOM_BYTES: Final = 16
_LENGTH_BYTES: Final = 4


def signature(token: str, *parts: str) -> str:
    """The signature of ``parts``: 40 hexadecimal digits.

    Example:
        >>> signature("AAAAA", "1714036504", "1514711492")
        'f464b24fc39322e44b38aa78f5edd27bd1441696'
    """
    # WeChat asks for SHA-1.
    return hashlib.sha1("".join(sorted((token, *parts))).encode("utf-8"), usedforsecurity=False).hexdigest()


def check_signature(given: str, token: str, *parts: str) -> None:
    """Refuse what does not carry the signature of ``parts``.

    Raises:
        SignatureError: it does not.
    """
    # On bytes, as text outside ASCII cannot be compared; in constant time, so that nothing is learned from trying.
    if not hmac.compare_digest(given.encode("utf-8", "replace"), signature(token, *parts).encode("ascii")):
        raise SignatureError("the signature is wrong; the token here and the one set at WeChat must be the same")


def check_time(timestamp: str, now: float, seconds: float) -> None:
    """Refuse what was signed more than ``seconds`` away from ``now``, which is in seconds since 1970.

    Raises:
        SignatureError: it was, or ``timestamp`` is no number.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise SignatureError(f"the timestamp {timestamp[:20]!r} is no number of seconds")
    if abs(now - int(timestamp)) > seconds:
        raise SignatureError(
            f"the request was signed {abs(now - int(timestamp)):.0f} s away from the time here; set the clock right"
        )


@dataclass(frozen=True, slots=True)
class EncryptedReply:
    """An encrypted message with what proves where it comes from."""

    encrypted: str
    signature: str
    timestamp: str
    nonce: str


class MessageCipher:
    """Encrypts and decrypts the messages of one account.

    Args:
        token: as it is set at WeChat.
        keys: EncodingAESKeys of 43 characters, the present one first; what was encrypted with any of them is
            understood, so that a key can be changed while messages are under way.
        receiver: the AppID of a 公众号, the CorpID of a 企业微信 app, "" for a 智能机器人.

    Raises:
        SettingsError: a key is none. The message does not hold it.
    """

    def __init__(self, token: str, keys: Sequence[str], receiver: str) -> None:
        self._token = token
        self._keys = [_decoded_key(key) for key in keys]
        self._receiver = receiver.encode("utf-8")

    def decrypt(self, encrypted: str, msg_signature: str, timestamp: str, nonce: str) -> str:
        """The text of a message that WeChat has encrypted and signed.

        Raises:
            SignatureError: the signature is not WeChat's.
            WeChatError: it cannot be decrypted, or is for another account.
        """
        check_signature(msg_signature, self._token, timestamp, nonce, encrypted)
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError) as error:
            raise WeChatError(f"the encrypted message is not base64: {error}") from error
        for key in self._keys:
            opened = _opened(data, key)
            if opened is not None and opened[1] == self._receiver:
                return _text(opened[0])
        raise WeChatError("the message is for another account or under another EncodingAESKey; compare the settings")

    def encrypt(self, message: str, timestamp: str, nonce: str, random: bytes | None = None) -> EncryptedReply:
        """``message`` encrypted with the present key, and signed.

        ``random`` is 16 bytes that nobody can guess; it is given only to repeat what was once encrypted.
        """
        random = random or secrets.token_bytes(_RANDOM_BYTES)
        content = message.encode("utf-8")
        data = random + len(content).to_bytes(_LENGTH_BYTES, "big") + content + self._receiver
        padding = _BLOCK - len(data) % _BLOCK
        key = self._keys[0]
        encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
        sealed = encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()
        encrypted = base64.b64encode(sealed).decode("ascii")
        return EncryptedReply(encrypted, signature(self._token, timestamp, nonce, encrypted), timestamp, nonce)


def _decoded_key(key: str) -> bytes:
    if not _KEY_CHARACTERS.fullmatch(key):
        raise SettingsError(
            f"an EncodingAESKey has 43 letters and digits, this one {len(key)}; copy it from WeChat's console"
        )
    # The last character holds two bits too many, which WeChat does not keep at zero.
    return base64.b64decode(key + "=")


def _opened(data: bytes, key: bytes) -> tuple[bytes, bytes] | None:
    """The message and the receiver in ``data``, or None where ``key`` is not its key."""
    if not data or len(data) % 16:
        return None
    decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    padding = padded[-1]
    if not 1 <= padding <= _BLOCK or padding > len(padded):
        return None
    plain = padded[:-padding]
    start = _RANDOM_BYTES + _LENGTH_BYTES
    end = start + int.from_bytes(plain[_RANDOM_BYTES:start], "big")
    return (plain[start:end], plain[end:]) if start <= end <= len(plain) else None


def _text(message: bytes) -> str:
    try:
        return message.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WeChatError("the decrypted message is not UTF-8") from error
