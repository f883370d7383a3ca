// Conveniences only: every page works without this file.
"use strict";

(() => {
  // Ask before an act that cannot be taken back: data-confirm on its button holds the question.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter && event.submitter.dataset.confirm;
    if (question && !form.dataset.sent && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    // A body that is too large is not read at all, and what was typed would go with it.
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    if (files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.mostBytes || Infinity)) {
      event.preventDefault();
      window.alert("照片太大，一次最多 15 MB。请少选几张，分几次保存。");
      return;
    }
    // One tap, one submission; the server's idempotency key is what really guards it.
    if (form.matches("form[data-once]")) {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      form.setAttribute("aria-busy", "true");
    }
  });

  // A long form is not left by a stray tap once something was typed.
  for (const form of document.querySelectorAll("form[data-kept]")) {
    form.addEventListener("input", () => {
      form.dataset.typed = "yes";
    });
    window.addEventListener("beforeunload", (event) => {
      if (form.dataset.typed && !form.dataset.sent) {
        event.preventDefault();
      }
    });
  }

  // A page that comes back from the browser's cache may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });

  // A refused form: put the reader at the summary.
  const summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
  }

  // A line of places that is swiped along: show where the reader is.
  const here = document.querySelector(".console-nav [aria-current]");
  if (here) {
    here.scrollIntoView({ block: "nearest", inline: "center" });
  }

  // Characters left in a long text, said politely.
  for (const area of document.querySelectorAll("textarea[data-count]")) {
    const counter = document.createElement("p");
    counter.className = "hint";
    counter.setAttribute("aria-live", "polite");
    const tell = () => {
      const most = Number(area.maxLength);
      const remaining = most - area.value.length;
      counter.textContent = remaining < most / 5 ? `还可以填写 ${remaining} 个字` : `最多 ${most} 个字`;
    };
    area.addEventListener("input", tell);
    area.after(counter);
    tell();
  }

  // Buttons that only a script can serve appear only when there is one.
  const reveal = (selector, act) => {
    for (const button of document.querySelectorAll(selector)) {
      button.hidden = false;
      button.addEventListener("click", () => act(button));
    }
  };
  reveal("[data-print]", () => window.print());
  if (navigator.clipboard) {
    reveal("[data-copy]", async (button) => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "已复制";
    });
  }
})();
