// New photos appear in the timeline by themselves: at once at its top, elsewhere when asked to.

import { live } from "./live.js";
import { fetchMonth } from "./months.js";

const NEAR_TOP = 80;
const CALM_MS = 1500;

const sum = (counts) => counts.reduce((all, count) => all + count, 0);

/** Keep a timeline up to date. */
export function follow(timeline) {
  new Arrivals(timeline);
}

class Arrivals {
  #timer = null;

  constructor(timeline) {
    this.timeline = timeline;
    this.language = document.documentElement.lang;
    live.listen((news) => this.#hear(news));
    addEventListener("scroll", () => this.pill && scrollY < NEAR_TOP && this.#soon(), { passive: true });
  }

  #hear({ kind, photos }) {
    if (kind === "lost" || (kind === "news" && !photos.length)) {
      return;
    }
    this.timeline.tiles.forget(photos); // their words, or how they look, may be others now
    this.#soon();
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#look();
    }, CALM_MS);
  }

  async #look() {
    const answer = await fetch("/timeline/months.json").catch(() => null);
    if (!answer?.ok) {
      return;
    }
    this.fresh = await answer.json();
    const more = sum(this.fresh.counts) - sum(this.timeline.months.counts);
    if (more > 0 && scrollY >= NEAR_TOP) {
      this.#offer(more);
    } else if (more !== 0) {
      await this.#renew();
    } else {
      this.timeline.draw();
    }
  }

  #offer(count) {
    if (!this.pill) {
      this.pill = document.createElement("button");
      this.pill.className = "pill";
      this.pill.type = "button";
      this.pill.setAttribute("role", "status");
      this.pill.addEventListener("click", async () => {
        await this.#renew();
        scrollTo({ top: 0 });
      });
      document.getElementById("main").before(this.pill);
    }
    const form = new Intl.PluralRules(this.language).select(count);
    const { words } = this.timeline;
    const text = words[`timeline.new.${form}`] ?? words["timeline.new.other"];
    this.pill.textContent = text.replace("{count}", new Intl.NumberFormat(this.language).format(count));
  }

  async #renew() {
    this.pill?.remove();
    this.pill = null;
    const { fresh, timeline } = this;
    const years = new Set([...timeline.scrubber.nav.querySelectorAll("a")].map((link) => link.dataset.month.slice(0, 4)));
    if (!fresh.names.length || fresh.names.some((name) => !years.has(name.slice(0, 4)))) {
      location.reload(); // a year more or less: the page is made anew
      return;
    }
    timeline.replace(fresh, await this.#inSight(fresh), scrollY < NEAR_TOP);
  }

  /** The months in sight that have changed, so that nothing goes blank. */
  async #inSight(fresh) {
    const { timeline } = this;
    const first = timeline.monthAt(timeline.top);
    const last = timeline.monthAt(timeline.top + innerHeight);
    const names = new Set(timeline.months.names.slice(first, last + 1));
    names.add(fresh.names[0]);
    const found = await Promise.all(
      [...names]
        .filter((name) => fresh.names.includes(name))
        .map(async (name) => [name, await fetchMonth(name).catch(() => null)]),
    );
    return new Map(found.filter(([, photos]) => photos));
  }
}

// A timeline without photos has no script yet: the first photo makes the page anew.
if (document.querySelector("[data-empty]")) {
  live.listen(({ photos, kind }) => {
    if (kind === "news" && photos.length) {
      location.reload();
    }
  });
}
