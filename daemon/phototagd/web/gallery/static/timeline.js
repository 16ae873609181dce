// The timeline: every photo has its place, but only what is in sight is in the document.
//
// Offsets are in two measures. "Content" is as high as all rows together; "page" is what the
// browser scrolls, which it cuts off at some ten million pixels, so above that one page pixel
// stands for several of content.

import { follow } from "./arrivals.js";
import { Cells, MOST_CELLS } from "./cells.js";
import { Headings } from "./headings.js";
import { after, estimate, justify, rowHeight } from "./layout.js";
import { fetchMonth, Tiles, Titles } from "./months.js";
import { Scrubber } from "./scrubber.js";
import { Walker } from "./walking.js";

const PAGE_LIMIT = 12_000_000;
const KEPT_MONTHS = 24;
const CALM_MS = 90; // after the last scroll, until pictures that fly by are asked for

class Timeline {
  constructor(root, nav, months, language, photos) {
    this.root = root;
    this.hold(months);
    this.loaded = new Map();
    this.asking = new Map();
    this.isCalm = true;
    this.words = JSON.parse(document.getElementById("words").textContent);
    this.titles = new Titles(language, this.words["timeline.undated"]);
    this.tiles = new Tiles(() => this.draw());
    const place = (...whereabouts) => this.place(...whereabouts);
    this.cells = new Cells(root, { tiles: this.tiles, words: this.words, place });
    this.headings = new Headings(root, { language, place });
    this.adopt(photos);
    this.scrubber = new Scrubber(nav, {
      position: () => this.position(),
      shareOf: (name) => this.shareOf(name),
      travel: (share) => this.travel(share),
    });
    this.measure();
    this.listen();
    this.restore();
  }

  hold(months) {
    this.months = months;
    this.count = months.names.length;
    this.offsets = new Float64Array(this.count + 1);
    this.heights = new Float64Array(this.count);
  }

  /** Take over what the server has drawn, with the month that is to be seen first. */
  adopt([month, photos]) {
    this.loaded.set(month, photos);
    for (const link of this.root.querySelectorAll("a.tile")) {
      const image = link.querySelector("img");
      const [, , version] = new URL(image.src).pathname.split("/");
      this.tiles.put(Number(link.pathname.split("/").pop()), version, image.alt);
    }
    this.root.replaceChildren();
    this.root.classList.add("scrolled");
    this.root.photosBetween = (from, to, most) => this.photosBetween(from, to, most);
    this.root.setAttribute("role", "list");
  }

  listen() {
    addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(this.root);
    addEventListener("resize", () => this.resized());
    addEventListener("pagehide", () => this.remember());
    new Walker(this).listen();
  }

  // Measures

  measure() {
    this.width = this.root.clientWidth;
    const styles = getComputedStyle(this.root);
    this.gap = Number.parseFloat(styles.getPropertyValue("--gap")) || 6;
    this.bar = Number.parseFloat(styles.getPropertyValue("--bar")) || 64;
    this.row = rowHeight(this.width, innerHeight);
    for (let month = 0; month < this.count; month += 1) {
      const photos = this.loaded.get(month);
      if (photos) {
        photos.boxes = justify(photos.aspects, this.width, this.row, this.gap);
      }
      this.heights[month] = photos
        ? photos.boxes.total
        : estimate(this.months.aspects[month], this.width, this.row, this.gap);
    }
    this.stack(0);
  }

  stack(from) {
    for (let month = from; month < this.count; month += 1) {
      this.offsets[month + 1] = this.offsets[month] + this.heights[month];
    }
    this.total = this.offsets[this.count];
    this.scale = Math.max(1, this.total / PAGE_LIMIT);
    this.root.style.height = `${this.total / this.scale}px`;
    this.scrubber?.arrange();
  }

  get start() {
    return this.root.offsetTop - this.bar;
  }

  get top() {
    return Math.max(0, scrollY - this.start) * this.scale;
  }

  set top(content) {
    scrollTo(0, this.start + content / this.scale);
  }

  monthAt(content) {
    return Math.min(Math.max(after(this.offsets, content) - 1, 0), this.count - 1);
  }

  /** The photos from one to another, in either direction, months that are not here yet too. */
  async photosBetween(from, to, most) {
    const ends = [];
    for (const [month, photos] of this.loaded) {
      for (const id of [from, to]) {
        const index = photos.ids.indexOf(id);
        if (index >= 0) {
          ends.push({ month, index });
        }
      }
    }
    if (ends.length < 2) {
      return [to];
    }
    ends.sort((a, b) => a.month - b.month || a.index - b.index);
    const [first, last] = [ends[0], ends.at(-1)];
    const ids = [];
    for (let month = first.month; month <= last.month && ids.length < most; month += 1) {
      const photos = this.loaded.get(month) ?? (await fetchMonth(this.months.names[month]));
      const start = month === first.month ? first.index : 0;
      const end = month === last.month ? last.index + 1 : photos.ids.length;
      ids.push(...photos.ids.slice(start, end));
    }
    return ids;
  }

  // Travelling

  get room() {
    return Math.max(this.total - (innerHeight - this.bar) * this.scale, 1);
  }

  shareOf(name) {
    const month = this.months.names.indexOf(name);
    return month < 0 ? 0 : Math.min(this.offsets[month] / this.room, 1);
  }

  position() {
    return [Math.min(this.top / this.room, 1), this.title(this.monthAt(this.top + 1))];
  }

  travel(share) {
    this.top = share * this.room;
  }

  title(month) {
    return this.titles.of(this.months.names[month]);
  }

  remember() {
    const month = this.monthAt(this.top);
    history.replaceState({ month: this.months.names[month], below: this.top - this.offsets[month] }, "");
  }

  restore() {
    const kept = history.state;
    const month = this.months.names.indexOf(kept?.month);
    if (month >= 0) {
      this.wanted = { month, below: kept.below };
      this.top = this.offsets[month] + kept.below;
    }
    this.draw();
  }

  scrolled() {
    this.isCalm = false;
    clearTimeout(this.calming);
    this.calming = setTimeout(() => {
      this.isCalm = true;
      this.draw();
    }, CALM_MS);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.isCalm ||= Math.abs(this.top - (this.lastTop ?? 0)) < innerHeight / 4;
      this.lastTop = this.top;
      this.draw();
    });
  }

  resized() {
    if (this.width === this.root.clientWidth && this.seenHeight === innerHeight) {
      return;
    }
    this.seenHeight = innerHeight;
    const month = this.monthAt(this.top);
    const share = (this.top - this.offsets[month]) / this.heights[month];
    this.measure();
    this.top = this.offsets[month] + share * this.heights[month];
    this.draw();
  }

  // Months

  async load(month) {
    if (this.loaded.has(month) || this.asking.has(month)) {
      return;
    }
    const control = new AbortController();
    this.asking.set(month, control);
    try {
      const photos = await fetchMonth(this.months.names[month], control.signal);
      photos.boxes = justify(photos.aspects, this.width, this.row, this.gap);
      this.loaded.set(month, photos);
      this.settle(month, photos.boxes.total);
      this.unload();
      this.draw();
    } catch (error) {
      if (error.name !== "AbortError") {
        console.warn(`month ${this.months.names[month]}: ${error}`);
      }
    } finally {
      this.asking.delete(month);
    }
  }

  /** A month is as high as it is: what is in sight stays where it is. */
  settle(month, height) {
    const grown = height - this.heights[month];
    const isAbove = this.offsets[month + 1] <= this.top;
    this.heights[month] = height;
    this.stack(month);
    if (this.wanted && month <= this.wanted.month) {
      this.top = this.offsets[this.wanted.month] + this.wanted.below;
      this.wanted = month === this.wanted.month ? null : this.wanted;
    } else if (isAbove && grown !== 0) {
      this.top += grown;
    }
  }

  unload() {
    if (this.loaded.size <= KEPT_MONTHS) {
      return;
    }
    const here = this.monthAt(this.top);
    const farthest = [...this.loaded.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    this.loaded.delete(farthest[0]);
  }

  // Drawing

  draw() {
    const top = this.top;
    const view = innerHeight;
    const over = view / 2;
    const first = this.monthAt(Math.max(top - over, 0));
    const last = this.monthAt(top + view + over);
    for (const [month, control] of this.asking) {
      if (month < first || month > last) {
        control.abort();
      }
    }
    const seen = [];
    const headings = [];
    for (let month = first; month <= last; month += 1) {
      headings.push([month, this.title(month), this.months.counts[month], this.offsets[month]]);
      this.collect(month, top - over, top + view + over, seen);
    }
    const centre = top + view / 2;
    if (seen.length > MOST_CELLS) {
      seen.sort((a, b) => Math.abs(a.y - centre) - Math.abs(b.y - centre));
      seen.length = MOST_CELLS;
    }
    this.headings.draw(headings, top);
    this.cells.draw(seen, { counts: this.months.counts, top, isCalm: this.isCalm });
    this.scrubber.mark();
  }

  collect(month, from, to, seen) {
    const photos = this.loaded.get(month);
    if (!photos) {
      if (this.isCalm) {
        this.load(month);
      }
      return;
    }
    const { boxes } = photos;
    const base = this.offsets[month];
    for (let index = after(boxes.top, from - base - this.row * 1.5); index < photos.ids.length; index += 1) {
      const y = base + boxes.top[index];
      if (y > to) {
        break;
      }
      if (y + boxes.height[index] >= from) {
        seen.push({
          key: `${month}.${index}`,
          id: photos.ids[index],
          month,
          index,
          y,
          left: boxes.left[index],
          width: boxes.width[index],
          height: boxes.height[index],
        });
      }
    }
  }

  /** Where a piece of content lies on the page. */
  place(element, content, top, left = 0) {
    const y = top / this.scale + (content - top);
    element.style.transform = `translate(${left}px, ${y}px)`;
  }

  /** Other months take the place of these; what was looked at stays where it is. */
  replace(months, photos, isNearTop) {
    const before = this.months;
    const at = this.monthAt(this.top);
    const below = isNearTop ? 0 : this.top - this.offsets[at];
    const loaded = new Map();
    months.names.forEach((month, index) => {
      const old = before.names.indexOf(month);
      const isSame = old >= 0 && before.counts[old] === months.counts[index];
      const known = photos.get(month) ?? (isSame ? this.loaded.get(old) : null);
      if (known) {
        loaded.set(index, known);
      }
    });
    this.asking.forEach((control) => control.abort());
    this.cells.clear();
    this.headings.clear();
    this.loaded = loaded;
    this.hold(months);
    this.measure();
    const now = isNearTop ? 0 : months.names.indexOf(before.names[at]);
    this.top = now > 0 ? this.offsets[now] + below : below;
    this.draw();
  }
}

async function begin(root) {
  const months = JSON.parse(document.getElementById("months").textContent);
  history.scrollRestoration = "manual";
  const kept = Math.max(months.names.indexOf(history.state?.month), 0);
  const photos = await fetchMonth(months.names[kept]);
  const nav = document.getElementById("years");
  follow(new Timeline(root, nav, months, document.documentElement.lang, [kept, photos]));
}

const root = document.getElementById("timeline");
if (root) {
  begin(root);
}
