"""What every response carries for safety, and which of the chat page's own routes are closed."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.serve.envelope import ApiError

COMMON_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
# Our own pages need nothing but their own files.
PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
# The page of the documentation also fetches what a reader tries, and its viewer's style sheet carries icons as data.
DOCS_POLICY: Final = PAGE_POLICY.replace("img-src 'self'", "img-src 'self' data:") + "; connect-src 'self'"

# What the chat page really uses of its framework's routes.
_OPEN_POSTS: Final = frozenset({"/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset"})
_OPEN_GETS: Final = frozenset({"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt"})
_OPEN_FOLDERS: Final = ("/assets/", "/static/", "/svelte/", "/gradio_api/")
_API_FOLDERS: Final = ("/api/", "/v1/")
_CLOSED_FOLDERS: Final = ("/gradio_api/proxy=", "/gradio_api/deep_link", "/gradio_api/vibe-code", "/gradio_api/file")


def frame_ancestors(sites: str) -> str:
    """The directive that names whose pages may hold ours in a frame.

    Args:
        sites: as `Settings.embed_sites` holds them after its check.
    """
    return "frame-ancestors *" if sites == "*" else " ".join(["frame-ancestors", "'self'", *sites.split()])


def page_headers(sites: str, policy: str = PAGE_POLICY) -> dict[str, str]:
    """The headers of our own pages.

    Args:
        sites: whose pages may hold them in a frame.
        policy: what they may load.
    """
    return {"Content-Security-Policy": f"{policy}; {frame_ancestors(sites)}"}


class SecurityHeaders:
    """ASGI middleware that adds to every response what it lacks of `COMMON_HEADERS`, and who may frame it.

    What the API says is for who asked it, now: no cache may keep it. Strict-Transport-Security is not among the
    headers: whether a site is reached by https only is known to the proxy that has its certificate.

    Args:
        app: what answers.
        embed_sites: the sites whose pages may hold a response in a frame. It is said of every response, so that
            no page that is added later is forgotten.
    """

    def __init__(self, app: ASGIApp, embed_sites: str) -> None:
        self.app = app
        self._headers = {**COMMON_HEADERS, "Content-Security-Policy": frame_ancestors(embed_sites)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(_API_FOLDERS):
                    headers.setdefault("Cache-Control", "no-store")
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class PageGuard:
    """ASGI middleware before the chat page that closes the routes of its framework that the page does not use.

    The framework offers uploads, a proxy and more to every visitor, whether or not a page has a use for them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on where its route is open."""
        if scope["type"] == "http" and not _is_open(scope["method"], scope["path"]):
            error = ApiError(404, "not_found", f"there is nothing at {scope['path'][:200]}")
            await error.response()(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_open(method: str, path: str) -> bool:
    if method == "POST":
        return path.rstrip("/") in _OPEN_POSTS
    if method not in {"GET", "HEAD"} or path.startswith(_CLOSED_FOLDERS):
        return False
    return path in _OPEN_GETS or path.startswith(_OPEN_FOLDERS)
