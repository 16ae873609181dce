// The activity page follows the daemon: asked for anew when there is news, at most once at a time.

import { live } from "./live.js";
import { adopt } from "./live_forms.js";

const element = () => document.getElementById("activity");
const lost = document.getElementById("lost");
let isAsking = false;
let isStale = false;

async function renew() {
  isStale = true;
  if (isAsking) {
    return;
  }
  isAsking = true;
  try {
    while (isStale) {
      isStale = false;
      const answer = await fetch("/activity");
      if (answer.ok) {
        show(await answer.text());
      }
    }
  } catch {
    isStale = false; // the next news comes when the line is back
  } finally {
    isAsking = false;
  }
}

function show(text) {
  const held = document.activeElement;
  const name = element().contains(held) ? held.id : "";
  adopt(text, "activity");
  if (name) {
    document.getElementById(name)?.focus();
  }
}

live.listen(({ kind }) => {
  lost.hidden = kind !== "lost";
  if (kind !== "lost") {
    renew();
  }
});
document.addEventListener("submit", async (event) => {
  if (!element().contains(event.target)) {
    return;
  }
  event.preventDefault();
  const form = event.target;
  const fields = new FormData(form, event.submitter);
  form.setAttribute("aria-busy", "true");
  await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) }).catch(() => form.submit());
  renew();
});
