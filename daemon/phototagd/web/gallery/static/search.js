// Search as you type: the page of results comes in, in place or over what is looked at.

import { adopt } from "./live_forms.js";

const PAUSE_MS = 200;
const field = document.getElementById("q");
let timer = null;
let asking = null;
let shown = field?.value.trim() ?? "";
let overlay = null;

const wide = /[\u2E80-\uFFDC]/u; // one character of Chinese is a word

function isEnough(text) {
  return text.length > 1 || wide.test(text);
}

function address(text) {
  const kept = new URLSearchParams(location.pathname === "/search" ? location.search : "");
  const wanted = new URLSearchParams({ q: text });
  if (kept.get("order")) {
    wanted.set("order", kept.get("order"));
  }
  return `/search?${wanted}`;
}

function typed() {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE_MS);
}

async function search() {
  const text = field.value.trim();
  if (text === shown) {
    return;
  }
  asking?.abort();
  if (!isEnough(text)) {
    close();
    return;
  }
  shown = text;
  await fetchInto(address(text));
}

async function fetchInto(url, options = {}) {
  asking = new AbortController();
  field.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { ...options, signal: asking.signal });
    const body = await answer.text();
    if (answer.ok) {
      place(body, answer.redirected ? answer.url : url);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      shown = ""; // whatever is typed next is asked for again
    }
  } finally {
    field.removeAttribute("aria-busy");
  }
}

function place(body, url) {
  if (!document.getElementById("found")) {
    open();
  }
  adopt(body, "found");
  if (location.pathname === "/search") {
    history.replaceState(history.state, "", url);
    document.title = new DOMParser().parseFromString(body, "text/html").title;
  }
}

/** Results over the page that is there, which keeps its place. */
function open() {
  overlay = document.createElement("div");
  overlay.className = "overlay";
  overlay.innerHTML = '<div id="found"></div>';
  document.body.append(overlay);
  document.getElementById("main").inert = true;
}

function close() {
  shown = "";
  overlay?.remove();
  overlay = null;
  document.getElementById("main").inert = false;
}

if (field) {
  field.addEventListener("input", (event) => {
    if (!event.isComposing) {
      typed();
    }
  });
  field.addEventListener("compositionend", typed);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay) {
      event.preventDefault();
      clearTimeout(timer);
      asking?.abort();
      field.value = field.defaultValue;
      close();
      field.blur();
    }
  }, { capture: true });
  document.addEventListener("submit", (event) => {
    if (event.target.closest("#found") && event.target.getAttribute("action") === "/search/not-this") {
      event.preventDefault();
      const fields = new FormData(event.target, event.submitter);
      fetchInto(event.target.action, { method: "POST", body: new URLSearchParams(fields) });
    }
  });
}
