// News from the daemon while a page is in sight: one stream for all scripts of the page.
//
// A hidden page lets go of its stream (browsers allow few of them together) and asks from where it
// was when it is looked at again.

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;
const HIDDEN_MS = 10_000;

class Live {
  #listeners = new Set();
  #place = "";
  #wait = FIRST_WAIT_MS;
  #source = null;
  #timer = null;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
    this.#open();
  }

  /** Calls `hear({ kind, photos, work })` for each piece of news; kind "lost" while there are none. */
  listen(hear) {
    this.#listeners.add(hear);
  }

  #open() {
    clearTimeout(this.#timer);
    if (this.#source || document.hidden) {
      return;
    }
    const since = this.#place ? `?since=${encodeURIComponent(this.#place)}` : "";
    this.#source = new EventSource(`/news${since}`);
    for (const kind of ["snapshot", "news"]) {
      this.#source.addEventListener(kind, (event) => this.#heard(kind, event));
    }
    this.#source.addEventListener("error", () => this.#lost());
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }

  #heard(kind, event) {
    this.#place = event.lastEventId;
    this.#wait = FIRST_WAIT_MS;
    this.#tell({ kind, ...JSON.parse(event.data) });
  }

  /** The browser tries again by itself, unless the answer was no stream at all. */
  #lost() {
    this.#tell({ kind: "lost", photos: [], work: null });
    if (this.#source?.readyState === EventSource.CLOSED) {
      this.#close();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    }
  }

  #look() {
    clearTimeout(this.#timer);
    if (document.hidden) {
      this.#timer = setTimeout(() => this.#close(), HIDDEN_MS);
    } else {
      this.#open();
    }
  }

  #tell(news) {
    for (const hear of this.#listeners) {
      hear(news);
    }
  }
}

export const live = new Live();

// The sign in the bar: how the work stands, on every page.

const pulse = document.getElementById("pulse");

function stateOf(work) {
  if (!work) {
    return "lost";
  }
  if (work.paused || work.closed || (work.state === "waiting" && work.queued)) {
    return "waiting";
  }
  return work.running || work.eta_seconds !== null ? "busy" : "calm";
}

live.listen(({ kind, work }) => {
  if (!pulse || (kind !== "lost" && !work)) {
    return;
  }
  pulse.dataset.state = stateOf(work);
  if (work) {
    const waiting = work.queued + work.running;
    const count = pulse.querySelector(".count");
    count.textContent = waiting ? new Intl.NumberFormat(document.documentElement.lang).format(waiting) : "";
    pulse.toggleAttribute("data-dead", work.dead > 0);
  }
});
