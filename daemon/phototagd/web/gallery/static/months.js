// What the server said of months and photos, asked for when it is needed and kept while it is.

const KEPT_TILES = 4000;
const AT_ONCE = 120;

/** The columns of one month, as typed arrays. */
export async function fetchMonth(name, signal) {
  const answer = await fetch(`/timeline/${encodeURIComponent(name)}.json`, { signal });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const columns = await answer.json();
  return {
    ids: Uint32Array.from(columns.ids),
    aspects: Float32Array.from(columns.aspects, (value) => Math.min(Math.max(value / 100, 0.4), 4)),
    days: Uint8Array.from(columns.days),
  };
}

/** What months are called: November 2026, or a day of a month that is too full to be opened at once. */
export class Titles {
  constructor(language, undated) {
    const month = { year: "numeric", month: "long", timeZone: "UTC" };
    this.undated = undated;
    this.month = new Intl.DateTimeFormat(language, month);
    this.day = new Intl.DateTimeFormat(language, { ...month, day: "numeric", weekday: "long" });
  }

  of(name) {
    if (name === "undated") {
      return this.undated;
    }
    const isDay = name.length === "2026-11-21".length;
    return (isDay ? this.day : this.month).format(new Date(`${name}${isDay ? "" : "-01"}T00:00:00Z`));
  }
}

/** Versions and captions of photos, in as few requests as possible. */
export class Tiles {
  #known = new Map();
  #asked = new Set();

  constructor(onTiles) {
    this.onTiles = onTiles;
  }

  get(id) {
    return this.#known.get(id);
  }

  put(id, version, caption) {
    this.#known.set(id, { version, caption });
  }

  forget(ids) {
    ids.forEach((id) => this.#known.delete(id));
  }

  forgetAll() {
    this.#known.clear();
  }

  async want(ids) {
    const missing = ids.filter((id) => !this.#known.has(id) && !this.#asked.has(id));
    for (let start = 0; start < missing.length; start += AT_ONCE) {
      await this.#ask(missing.slice(start, start + AT_ONCE));
    }
  }

  async #ask(ids) {
    ids.forEach((id) => this.#asked.add(id));
    try {
      const answer = await fetch(`/timeline/tiles.json?ids=${ids.join(",")}`);
      if (answer.ok) {
        for (const [id, version, caption] of await answer.json()) {
          this.put(id, version, caption);
        }
        this.#shrink();
        this.onTiles();
      }
    } finally {
      ids.forEach((id) => this.#asked.delete(id));
    }
  }

  #shrink() {
    for (const id of this.#known.keys()) {
      if (this.#known.size <= KEPT_TILES) {
        return;
      }
      this.#known.delete(id);
    }
  }
}
