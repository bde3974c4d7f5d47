// Deleting the conversation: the page's own event follows once the visitor is sure.
"use strict";

(() => {
  const phrase = (name) => JSON.parse(document.querySelector(".juwen-pane")?.dataset.phrases ?? "{}")[name] ?? "";
  let sure = false;
  let deleting = false;

  // Before everybody else, as the page's framework listens too.
  addEventListener("click", (event) => {
    const button = event.target.closest?.("#delete");
    if (!button || sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    askWhetherSure(button);
  }, true);

  // A frame of another site may not ask by confirm().
  function askWhetherSure(button) {
    const dialog = document.createElement("dialog");
    dialog.className = "juwen-dialog";
    const text = document.createElement("p");
    text.id = "juwen-sure";
    text.textContent = phrase("delete_sure");
    dialog.setAttribute("aria-labelledby", text.id);
    dialog.append(text);
    for (const name of ["keep", "delete"]) {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.textContent = phrase(name);
      choice.addEventListener("click", () => dialog.close(name));
      dialog.append(choice);
    }
    // Escape closes the dialog alone.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "delete") return;
      sure = deleting = true;
      button.click();
      sure = false;
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  new MutationObserver(() => {
    if (!deleting || document.querySelector("#talk .message")) return;
    deleting = false;
    document.querySelector(".juwen-status").textContent = phrase("deleted");
  }).observe(document.body, { childList: true, subtree: true });
})();
