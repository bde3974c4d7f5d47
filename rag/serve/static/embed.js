// Puts a button on any page of any site that opens the chat in a panel:
//
//   <script src="https://HOST/juwen/embed.js" async></script>
//
// Optional on the script tag: data-color="#0b6e4f" (any CSS colour), data-label="问问我们" (what the button is
// called), data-side="left".
//
// The page around is not ours. Everything stands in a shadow root, so that neither side's styles reach the other, and
// nothing here needs more of a strict Content-Security-Policy than our address under script-src and frame-src: the
// styles are a constructed sheet, and there is no inline style, handler or markup. Lengths are pixels, since a page may
// have set its rem to anything.
"use strict";

(() => {
  const PLACED = Symbol.for("juwen.embed");
  const ESCAPED = "juwen:close";
  const NARROW = "(max-width: 639px), (max-height: 479px)";
  const PHRASES = {
    zh: { label: "问问文章", close: "关闭" },
    en: { label: "Ask the articles", close: "Close" },
  };
  const DRAWINGS = {
    chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM8 9.5h8M8 12.8h5",
    cross: "M6 6l12 12M18 6L6 18",
  };
  // What is !important in a shadow root wins over what the page says of the host element, even over its !important.
  const STYLES = `
    :host {
      all: initial !important;
      position: fixed !important;
      inset: 0 !important;
      z-index: 2147483647 !important;
      color-scheme: light dark !important;
      pointer-events: none !important;
    }
    .all { font: 500 15px/1.4 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    .all { --accent: #a3261b; --on-accent: #fff; --paper: #fdfcf9; --ink: #22211e; --line: #e6e2d8; }
    @media (prefers-color-scheme: dark) {
      .all { --accent: #ef8a7d; --paper: #181816; --ink: #e4e1d9; --line: #34322d; }
    }
    /* Black or white, whichever is easier to see on a colour that we do not know. */
    @supports (color: lch(from red l c h)) {
      .all { --on-accent: lch(from var(--accent) calc((49.44 - l) * 1000) 0 0); }
    }
    button { margin: 0; border: 0; padding: 0; display: grid; place-items: center; cursor: pointer; }
    button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; box-shadow: 0 0 0 2px var(--paper); }
    svg { width: 26px; height: 26px; fill: none; stroke: currentcolor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }

    .launcher {
      position: absolute;
      right: calc(20px + env(safe-area-inset-right, 0px));
      bottom: calc(20px + env(safe-area-inset-bottom, 0px));
      width: 56px;
      height: 56px;
      border: 1px solid transparent; /* seen where the system forces its own colours */
      border-radius: 50%;
      background: var(--accent);
      color: var(--on-accent);
      box-shadow: 0 4px 14px rgb(0 0 0 / .28);
      pointer-events: auto;
    }
    .left .launcher { right: auto; left: calc(20px + env(safe-area-inset-left, 0px)); }
    .launcher .cross, .launcher[aria-expanded="true"] .chat { display: none; }
    .launcher[aria-expanded="true"] .cross { display: block; }

    dialog {
      position: absolute;
      inset: auto calc(20px + env(safe-area-inset-right, 0px)) calc(88px + env(safe-area-inset-bottom, 0px)) auto;
      box-sizing: border-box;
      width: min(420px, 100vw - 40px);
      height: min(680px, 100vh - 108px);
      max-width: none;
      max-height: none;
      margin: 0;
      border: 1px solid var(--line);
      border-radius: 14px;
      padding: 0;
      overflow: hidden;
      background: var(--paper);
      color: var(--ink);
      box-shadow: 0 12px 40px rgb(0 0 0 / .3);
      pointer-events: auto;
    }
    .left dialog { right: auto; left: calc(20px + env(safe-area-inset-left, 0px)); }
    dialog[open] { display: flex; flex-direction: column; }
    .head { flex: none; display: flex; align-items: center; justify-content: space-between; padding: 4px 4px 4px 16px; border-bottom: 1px solid var(--line); }
    .title { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .close { flex: none; width: 44px; height: 44px; border-radius: 10px; background: none; color: inherit; }
    .close svg { width: 20px; height: 20px; }
    iframe { flex: 1; display: block; width: 100%; min-height: 0; border: 0; }

    @media ${NARROW} {
      dialog, .left dialog {
        position: fixed;
        inset: 0;
        width: 100%;
        height: 100%;
        border: 0;
        border-radius: 0;
        padding: env(safe-area-inset-top, 0px) env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px) env(safe-area-inset-left, 0px);
      }
    }
    @media (prefers-reduced-motion: no-preference) {
      .launcher { transition: transform .15s ease-out; }
      .launcher:hover { transform: scale(1.06); }
      dialog[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media print { .all { display: none; } }
  `;

  const script = document.currentScript;
  // A page may carry the script twice, and a site that swaps its pages' bodies may run it again: then the button is
  // made anew only if it went away with the body that held it.
  const before = window[PLACED];
  if (!script || (before && (before.isConnected || !document.body))) return;

  const chat = new URL("../", script.src);
  const { color, label, side } = script.dataset;
  const language = (document.documentElement.lang || navigator.language || "").toLowerCase();
  const phrases = PHRASES[language.startsWith("zh") ? "zh" : "en"];
  const name = label?.trim() || phrases.label;

  const host = document.createElement("juwen-chat");
  host.lang = phrases === PHRASES.zh ? "zh-CN" : "en";
  window[PLACED] = host;

  const all = element("div", { class: side === "left" ? "all left" : "all" });
  const launcher = element("button", {
    class: "launcher",
    type: "button",
    title: name,
    "aria-label": name,
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    "aria-controls": "panel",
  });
  const panel = element("dialog", { id: "panel", "aria-label": name });
  const head = element("div", { class: "head" });
  const title = element("span", { class: "title" });
  const close = element("button", { class: "close", type: "button", title: phrases.close, "aria-label": phrases.close });
  const frame = element("iframe", { title: name, allow: "clipboard-write" });

  title.textContent = name;
  launcher.append(drawing("chat"), drawing("cross"));
  close.append(drawing("cross"));
  head.append(title, close);
  panel.append(head);
  all.append(launcher, panel);
  if (color && CSS.supports("color", color)) all.style.setProperty("--accent", color);

  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  root.append(all);

  launcher.addEventListener("click", () => (panel.open ? panel.close() : open()));
  close.addEventListener("click", () => panel.close());
  // Also what closes a panel that fills the screen by the system's own means, such as the "back" of a phone.
  panel.addEventListener("close", closed);

  if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host), { once: true });

  function open() {
    if (!frame.isConnected) {
      frame.src = chat.href;
      panel.append(frame);
    }
    // Where the panel hides the page, nothing of the page may be reached with the Tab key.
    if (matchMedia(NARROW).matches) panel.showModal();
    else panel.show();
    launcher.setAttribute("aria-expanded", "true");
    document.addEventListener("keydown", closeOnEscape);
    window.addEventListener("message", closeOnMessage);
    // So that one can type at once; the chat puts the cursor into its field by itself.
    frame.focus();
  }

  function closed() {
    launcher.setAttribute("aria-expanded", "false");
    document.removeEventListener("keydown", closeOnEscape);
    window.removeEventListener("message", closeOnMessage);
    launcher.focus();
  }

  function closeOnEscape(event) {
    // Escape also leaves the list of words of a Chinese input method; then it is not meant for us.
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) panel.close();
  }

  // Keys that are pressed inside the frame are the chat's alone; it tells us when Escape was one of them.
  function closeOnMessage(event) {
    if (event.source === frame.contentWindow && event.origin === chat.origin && event.data === ESCAPED) panel.close();
  }

  function element(tag, attributes) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function drawing(key) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("class", key);
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", DRAWINGS[key]);
    svg.append(path);
    return svg;
  }
})();
