// Highlights the slices of the article that the address names: #12-40 or #12-40,80-95.
//
// Offsets count code points in the article's text, the end exclusive, as the server does; a JavaScript string
// counts UTF-16 units, so every block's text is taken apart into code points first.
"use strict";

(() => {
  const MAX_SLICES = 100;
  const SLICE = /^(\d{1,9})-(\d{1,9})$/;

  const blocks = Array.from(document.querySelectorAll("[data-start]"), (element) => ({
    element,
    start: Number(element.dataset.start),
    points: Array.from(element.textContent),
  }));

  // The slices in a fragment, in order and without overlap; whatever is no slice is left out.
  function slicesOf(fragment) {
    let text;
    try {
      text = decodeURIComponent(fragment.replace(/^#/, ""));
    } catch {
      return [];
    }
    const slices = text
      .split(",")
      .slice(0, MAX_SLICES)
      .map((part) => SLICE.exec(part.trim()))
      .filter(Boolean)
      .map((match) => [Number(match[1]), Number(match[2])])
      .filter(([start, end]) => start < end)
      .sort((a, b) => a[0] - b[0]);
    const merged = [];
    for (const [start, end] of slices) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }

  function paint({ element, start, points }, slices) {
    const parts = [];
    let done = 0;
    for (const [from, to] of slices) {
      const first = Math.max(from - start, 0);
      const last = Math.min(to - start, points.length);
      if (first >= last) continue;
      const mark = document.createElement("mark");
      mark.textContent = points.slice(first, last).join("");
      parts.push(points.slice(done, first).join(""), mark);
      done = last;
    }
    if (!parts.length && !element.querySelector("mark")) return;
    element.replaceChildren(...parts, points.slice(done).join(""));
  }

  function highlight() {
    const slices = slicesOf(location.hash);
    for (const block of blocks) paint(block, slices);
    const first = document.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
  }

  // The chat page names the frame in which it shows articles.
  const framed = window.name === "juwen-article";
  document.documentElement.classList.toggle("framed", framed);
  addEventListener("keydown", (event) => {
    if (framed && event.key === "Escape" && !event.isComposing) parent.postMessage("juwen:close", location.origin);
  });
  addEventListener("hashchange", highlight);
  highlight();
})();
