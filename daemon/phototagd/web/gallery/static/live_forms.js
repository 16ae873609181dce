// Forms that change words: sent without leaving the page, and shown live until they are written.

const WAITING_MS = 700;
const MOST_POLLS = 120;

/** Replace a part of this page by the same part of another answer of the server. */
export function adopt(text, id) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const name of [id, "toast"]) {
    const old = document.getElementById(name);
    const now = fresh.getElementById(name);
    if (old && now) {
      keepOpen(old, now);
      old.replaceWith(now);
    } else if (now) {
      document.getElementById("main").before(now);
    }
  }
  return document.getElementById(id);
}

function keepOpen(old, now) {
  for (const details of old.querySelectorAll("details[open][id]")) {
    now.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute("open", "");
  }
}

/** What a form sends when this button is pressed. */
export function send(form, button) {
  const fields = new FormData(form, button);
  return fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
}

/** Keeps the element with this id as the server has it, while it is marked as waiting. */
export class LivePart {
  #polls = 0;
  #timer = null;

  constructor(id) {
    this.id = id;
    this.address = location.href;
    this.wait();
  }

  get element() {
    return document.getElementById(this.id);
  }

  async submit(form, button) {
    form.setAttribute("aria-busy", "true");
    const answer = await send(form, button);
    const text = await answer.text();
    if (!text.includes(`id="${this.id}"`)) {
      location.assign(answer.redirected ? answer.url : location.pathname);
      return;
    }
    this.address = answer.redirected ? answer.url : this.address;
    this.show(text);
    this.#polls = 0;
    this.wait();
  }

  show(text) {
    const field = document.activeElement;
    const name = this.element.contains(field) ? field.id : "";
    adopt(text, this.id);
    if (name) {
      document.getElementById(name)?.focus();
    }
  }

  wait() {
    clearTimeout(this.#timer);
    if (this.element.hasAttribute("data-waiting") && this.#polls < MOST_POLLS) {
      this.#timer = setTimeout(() => this.poll(), WAITING_MS * (1 + Math.floor(this.#polls / 20)));
    }
  }

  async poll() {
    this.#polls += 1;
    if (!document.hidden && !this.isTyped()) {
      const answer = await fetch(this.address);
      if (answer.ok && !this.isTyped()) {
        this.show(await answer.text());
      }
    }
    this.wait();
  }

  /** Whether a person is in the middle of writing something here. */
  isTyped() {
    return [...this.element.querySelectorAll("input:not([type=hidden]), textarea")].some(
      (field) => field.value !== field.defaultValue,
    );
  }
}

/** Offer known keywords while a person types the last of several. */
export function complete(field) {
  let asked = 0;
  field.addEventListener("input", async () => {
    const [, before, word] = /^(.*[,;，；、]\s*)?(.*)$/s.exec(field.value);
    asked += 1;
    const turn = asked;
    if (!word.trim()) {
      return;
    }
    const answer = await fetch(`/keywords.json?q=${encodeURIComponent(word.trim())}`);
    if (answer.ok && turn === asked) {
      const words = await answer.json();
      field.list.replaceChildren(...words.map((known) => new Option(known, `${before ?? ""}${known}`)));
    }
  });
}
