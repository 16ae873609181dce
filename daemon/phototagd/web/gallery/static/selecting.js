// Many photos at once: a click, Shift+click or "x" chooses them wherever tiles are shown.

import { adopt, complete, send } from "./live_forms.js";

const MOST = 500;

const bar = document.getElementById("selection");
const button = document.getElementById("select");
const chosen = new Set();
let isChoosing = false;
let anchor = null;

function idOf(link) {
  const [, id] = /^\/photos\/(\d+)$/.exec(link?.pathname ?? "") ?? [];
  return id ? Number(id) : null;
}

function tileAt(target) {
  const link = target.closest?.("main a.tile");
  return link && idOf(link) !== null ? link : null;
}

function paint() {
  document.body.classList.toggle("choosing", isChoosing);
  button.setAttribute("aria-pressed", String(isChoosing));
  for (const link of document.querySelectorAll("main a.tile")) {
    link.classList.toggle("chosen", chosen.has(idOf(link)));
  }
  bar.hidden = chosen.size === 0;
  const words = chosen.size >= MOST ? bar.dataset.most : bar.dataset.some;
  bar.querySelector("output").value = words.replace("{count}", chosen.size);
}

function choose(ids, isWanted) {
  for (const id of ids) {
    if (!isWanted) {
      chosen.delete(id);
    } else if (chosen.size < MOST) {
      chosen.add(id);
    }
  }
}

/** The photos from one to another in the order they are shown. */
async function between(from, to) {
  const timeline = document.getElementById("timeline");
  if (timeline?.photosBetween) {
    return timeline.photosBetween(from, to, MOST);
  }
  const ids = [...document.querySelectorAll("main a.tile")].map(idOf);
  const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return first < 0 ? [to] : ids.slice(first, last + 1);
}

async function toggle(link, isRange) {
  const id = idOf(link);
  isChoosing = true;
  if (isRange && anchor !== null) {
    choose(await between(anchor, id), true);
  } else {
    choose([id], !chosen.has(id));
  }
  anchor = id;
  paint();
}

function end() {
  isChoosing = false;
  anchor = null;
  chosen.clear();
  bar.reset();
  paint();
}

document.addEventListener("click", (event) => {
  const link = tileAt(event.target);
  if (link && (isChoosing || event.shiftKey || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    toggle(link, event.shiftKey);
  }
}, true);

document.addEventListener("keydown", (event) => {
  const link = tileAt(document.activeElement);
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (link && event.key.toLowerCase() === "x") {
    event.preventDefault();
    toggle(link, event.shiftKey);
  } else if (event.key === "Escape" && (isChoosing || chosen.size) && !bar.contains(document.activeElement)) {
    event.preventDefault();
    end();
  }
}, true);

button.addEventListener("click", () => {
  if (isChoosing) {
    end();
  } else {
    isChoosing = true;
    paint();
  }
});

bar.addEventListener("reset", () => setTimeout(() => chosen.size && end()));

bar.addEventListener("submit", async (event) => {
  event.preventDefault();
  for (const old of bar.querySelectorAll("input[name=ids]")) {
    old.remove();
  }
  for (const id of chosen) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "ids", value: id });
    bar.append(field);
  }
  const answer = await send(bar, event.submitter);
  const text = await answer.text();
  if (!answer.ok) {
    location.assign(answer.url);
    return;
  }
  end();
  adopt(text, "toast");
});

complete(document.getElementById("select-add"));

function offer() {
  button.classList.toggle("offered", document.querySelector("main a.tile") !== null);
  if (chosen.size) {
    paint();
  }
}

// Tiles come and go while the page is scrolled, and the same one shows another photo then.
new MutationObserver(offer).observe(document.getElementById("main"), {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["href"],
});
offer();
