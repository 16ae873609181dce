// Walking through the timeline by arrows: the focus goes from photo to photo, the page along.

import { after } from "./layout.js";

export class Walker {
  constructor(timeline) {
    this.timeline = timeline;
    this.current = null;
  }

  listen() {
    document.addEventListener("keydown", (event) => this.key(event));
    this.timeline.root.addEventListener("focusin", (event) => {
      const cell = event.target.closest(".cell");
      if (cell) {
        this.current = { month: Number(cell.dataset.month), index: Number(cell.dataset.index) };
      }
    });
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: "up", ArrowDown: "down" };
    const step = steps[event.key];
    const isOurs = this.timeline.root.contains(document.activeElement);
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || (!isOurs && document.activeElement !== document.body && document.activeElement?.id !== "main")) {
      return;
    }
    event.preventDefault();
    const next = isOurs && this.current ? this.beside(this.current, step) : this.firstInSight();
    if (next) {
      this.focus(next);
    }
  }

  firstInSight() {
    const month = this.timeline.monthAt(this.timeline.top + this.timeline.bar);
    const photos = this.timeline.loaded.get(month);
    if (!photos) {
      return null;
    }
    const index = after(photos.boxes.top, this.timeline.top - this.timeline.offsets[month] - 1);
    return { month, index: Math.min(index, photos.ids.length - 1) };
  }

  beside({ month, index }, step) {
    const photos = this.timeline.loaded.get(month);
    if (!photos) {
      return null;
    }
    const next = typeof step === "number" ? index + step : inNextRow(photos.boxes, index, step);
    if (next >= 0 && next < photos.ids.length) {
      return { month, index: next };
    }
    const other = month + (step === -1 || step === "up" ? -1 : 1);
    const neighbour = this.timeline.loaded.get(other);
    if (!neighbour) {
      return null;
    }
    return { month: other, index: other < month ? neighbour.ids.length - 1 : 0 };
  }

  focus({ month, index }) {
    const { boxes } = this.timeline.loaded.get(month);
    const y = this.timeline.offsets[month] + boxes.top[index];
    const bottom = y + boxes.height[index];
    if (y < this.timeline.top + 8) {
      this.timeline.top = Math.max(0, y - this.timeline.bar);
    } else if (bottom > this.timeline.top + innerHeight - this.timeline.bar) {
      this.timeline.top = bottom - innerHeight + this.timeline.bar + 24;
    }
    this.timeline.isCalm = true;
    this.timeline.draw();
    this.timeline.cells.get(`${month}.${index}`)?.firstChild.focus({ preventScroll: true });
  }
}

/** The photo above or below: the one in the neighbouring row whose middle is nearest. */
function inNextRow(boxes, index, step) {
  const middle = boxes.left[index] + boxes.width[index] / 2;
  const direction = step === "up" ? -1 : 1;
  let at = index;
  while (at >= 0 && at < boxes.top.length && boxes.top[at] === boxes.top[index]) {
    at += direction;
  }
  if (at < 0 || at >= boxes.top.length) {
    return at;
  }
  const row = boxes.top[at];
  let best = at;
  for (; at >= 0 && at < boxes.top.length && boxes.top[at] === row; at += direction) {
    const distance = Math.abs(boxes.left[at] + boxes.width[at] / 2 - middle);
    if (distance < Math.abs(boxes.left[best] + boxes.width[best] / 2 - middle)) {
      best = at;
    }
  }
  return best;
}
