// The chat page's own behaviour: the article beside the conversation, and what can be done with an answer.
//
// The page works without it: links then open in the frame beside the conversation by themselves.
"use strict";

(() => {
  const NARROW = matchMedia("(max-width: 60rem)");
  const MESSAGE_SECONDS = 4;
  const RETRY_SECONDS = 2;

  // What article.js tells this page, and this page the one around it (embed.js), when Escape is pressed inside.
  const ESCAPED = "juwen:close";

  const pane = () => document.querySelector(".juwen-pane");
  const frame = () => pane()?.querySelector("iframe");
  let openedBy = null;

  function phrase(name) {
    return JSON.parse(pane()?.dataset.phrases ?? "{}")[name] ?? "";
  }

  // One live region for all that is said in passing; a screen reader only speaks of one that was there before.
  const status = document.createElement("p");
  status.className = "juwen-status";
  status.setAttribute("role", "status");
  let silence = 0;

  function say(text) {
    status.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { status.textContent = ""; }, MESSAGE_SECONDS * 1000);
  }

  // The article.

  function showInPane(link) {
    // Open first: in a frame that is not shown nothing can be scrolled to.
    if (NARROW.matches) openPane(link);
    const inside = frame().contentWindow;
    // In place of the entry before it, so that "back" leaves the page instead of walking through citations.
    if (inside.location.href === link.href) inside.dispatchEvent(new Event("hashchange"));
    else inside.location.replace(link.href);
  }

  function openPane(link) {
    openedBy = link;
    document.documentElement.classList.add("juwen-reading");
    for (const element of behindPane()) element.inert = true;
    pane().querySelector("[data-action=close]").focus();
  }

  function closePane() {
    if (!document.documentElement.classList.contains("juwen-reading")) return;
    document.documentElement.classList.remove("juwen-reading");
    for (const element of behindPane()) element.inert = false;
    if (openedBy?.isConnected) openedBy.focus();
    openedBy = null;
  }

  function escape() {
    if (document.documentElement.classList.contains("juwen-reading")) closePane();
    else if (parent !== window) parent.postMessage(ESCAPED, "*");
  }

  // On a phone the article covers the conversation, which the Tab key must then not reach.
  function behindPane() {
    return document.querySelectorAll("#conversation");
  }

  // An answer.

  function described(answer) {
    const text = (selector) => Array.from(answer.querySelectorAll(selector), (element) => element.innerText.trim());
    const sources = Array.from(answer.querySelectorAll(".cards a"), (card) => {
      const place = card.querySelector(".place").innerText.replace(/\s+/g, " ").trim();
      return `${place}\n${card.querySelector("q").innerText.trim()}\n${card.href}`;
    });
    const words = [...text(".short"), ...text(".words"), ...text(".formula"), ...text(".note")];
    return [answer.dataset.asked, "", ...words, "", phrase("sources"), ...sources].join("\n");
  }

  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Where a page may not use the clipboard, in a frame of another site say, an old way sometimes works.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "juwen-offscreen";
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      if (!copied) return say(phrase("not_copied"));
    }
    say(phrase(done));
  }

  function share(answer) {
    const link = new URL(location.pathname, location.href);
    link.searchParams.set("q", answer.dataset.understood);
    copy(link.href, "shared");
  }

  async function vote(answer, button) {
    const choice = button.dataset.action;
    for (const other of answer.querySelectorAll("[aria-pressed]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    answer.querySelector(".comment")?.remove();
    if (choice === "down") askWhy(answer, button);
    await send(answer, choice, "");
  }

  function askWhy(answer, button) {
    const form = document.createElement("form");
    form.className = "comment";
    const field = document.createElement("input");
    field.maxLength = 500;
    field.placeholder = phrase("comment");
    field.setAttribute("aria-label", phrase("comment"));
    const buttons = ["send", "skip"].map((name) => {
      const made = document.createElement("button");
      made.type = name === "send" ? "submit" : "button";
      made.textContent = phrase(name);
      return made;
    });
    form.append(field, ...buttons);
    const leave = () => { form.remove(); button.focus(); };
    buttons[1].addEventListener("click", leave);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (field.value.trim()) await send(answer, "down", field.value.trim());
      leave();
    });
    answer.append(form);
    field.focus();
  }

  async function send(answer, choice, comment) {
    const sources = Array.from(answer.querySelectorAll(".cards a"), (card) => card.getAttribute("href"));
    const text = Array.from(answer.querySelectorAll(".short, .words"), (line) => line.innerText).join("\n");
    const body = {
      question: answer.dataset.asked,
      answer: text.slice(0, 4000),
      sources,
      vote: choice,
      comment,
      channel: "page",
      session_id: answer.dataset.conversation,
    };
    try {
      const response = await fetch("api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      say(phrase(response.ok ? "thanks" : "not_sent"));
    } catch {
      say(phrase("not_sent"));
    }
  }

  const ACTIONS = {
    close: closePane,
    copy: (button, answer) => copy(described(answer), "copied"),
    share: (button, answer) => share(answer),
    up: (button, answer) => vote(answer, button),
    down: (button, answer) => vote(answer, button),
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.('a[target="juwen-article"]');
    if (link && frame()) {
      event.preventDefault();
      showInPane(link);
      return;
    }
    const button = event.target.closest?.("button[data-action]");
    if (button) ACTIONS[button.dataset.action]?.(button, button.closest(".juwen-answer"));
    else if (event.target.id === "pane") closePane();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) escape(); });
  addEventListener("message", (event) => {
    if (event.source === frame()?.contentWindow && event.data === ESCAPED) escape();
  });
  NARROW.addEventListener("change", closePane);

  // The connection. The framework's own word for a lost one says neither what is kept nor what to do.

  const ask = window.fetch;
  window.fetch = async (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    try {
      const response = await ask(...request);
      if (response.status >= 502 && address.includes("gradio_api/queue")) lost();
      return response;
    } catch (error) {
      if (address.includes("gradio_api/queue") && error.name !== "AbortError") lost();
      throw error;
    }
  };

  // An answer that breaks off half-way is only seen as the framework's own complaint.
  async function checkConnection() {
    try {
      await ask("healthz", { cache: "no-store" });
    } catch {
      lost();
    }
  }

  function lost() {
    if (document.querySelector(".juwen-lost")) return;
    const banner = document.createElement("div");
    banner.className = "juwen-lost";
    banner.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = phrase("lost");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = phrase("retry");
    button.addEventListener("click", () => retry(button));
    banner.append(text, button);
    document.body.append(banner);
  }

  async function retry(button) {
    button.disabled = true;
    const asked = lastQuestionWithoutAnswer();
    for (;;) {
      try {
        if ((await ask("healthz", { cache: "no-store" })).ok) break;
      } catch {
        // Still away.
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_SECONDS * 1000));
    }
    const again = new URL(location.pathname, location.href);
    if (asked) again.searchParams.set("q", asked);
    location.replace(again);
  }

  function lastQuestionWithoutAnswer() {
    const rows = Array.from(document.querySelectorAll("#talk .user.message, #talk .juwen-answer"));
    const last = rows.at(-1);
    return last?.matches(".user") ? last.innerText.trim() : "";
  }

  // A shared question is asked once: a reload or a bookmark afterwards is the visitor's own conversation.
  function forgetSharedQuestion() {
    const here = new URL(location.href);
    if (!here.searchParams.has("q")) return;
    here.searchParams.delete("q");
    history.replaceState(history.state, "", here);
  }

  const drawn = new MutationObserver(() => {
    if (document.querySelector(".juwen-answer")) forgetSharedQuestion();
    if (document.querySelector(".toast-body.error")) checkConnection();
    // The framework calls its examples a list, which may not hold buttons.
    document.querySelector("#talk .examples[role=list]")?.setAttribute("role", "group");
  });

  document.body.append(status);
  drawn.observe(document.body, { childList: true, subtree: true });
})();
