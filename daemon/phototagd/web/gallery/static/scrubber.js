// The years at the right edge: press or drag to travel, down to the oldest photo.

export class Scrubber {
  constructor(nav, { position, shareOf, travel }) {
    this.nav = nav;
    this.position = position;
    this.shareOf = shareOf;
    this.travel = travel;
    this.marker = document.createElement("div");
    this.marker.className = "marker";
    this.marker.setAttribute("aria-hidden", "true");
    nav.append(this.marker);
    nav.classList.add("scrubber");
    nav.addEventListener("click", (event) => this.#click(event));
    nav.addEventListener("pointerdown", (event) => this.#press(event));
    nav.addEventListener("pointermove", (event) => this.#drag(event));
    nav.addEventListener("pointerup", () => this.#release());
    nav.addEventListener("pointercancel", () => this.#release());
  }

  /** Put every year where it lies in the timeline, leaving out those without room. */
  arrange() {
    const height = this.nav.clientHeight;
    let free = 0;
    for (const link of this.nav.querySelectorAll("a")) {
      const top = this.shareOf(link.dataset.month) * (height - 24);
      link.hidden = top < free;
      if (!link.hidden) {
        link.style.top = `${top}px`;
        free = top + 22;
      }
    }
    this.mark();
  }

  /** Show where the timeline is. */
  mark() {
    const [share, label] = this.position();
    this.marker.style.top = `${share * (this.nav.clientHeight - 24)}px`;
    this.marker.textContent = label;
  }

  #click(event) {
    const link = event.target.closest("a");
    if (link) {
      event.preventDefault();
      if (event.detail === 0) { // by keyboard; the pointer has travelled already
        this.travel(this.shareOf(link.dataset.month));
      }
    }
  }

  #press(event) {
    event.preventDefault();
    this.nav.setPointerCapture(event.pointerId);
    this.nav.classList.add("dragged");
    this.#go(event);
  }

  #drag(event) {
    if (this.nav.classList.contains("dragged")) {
      this.#go(event);
    }
  }

  #release() {
    this.nav.classList.remove("dragged");
  }

  #go(event) {
    const box = this.nav.getBoundingClientRect();
    const share = (event.clientY - box.top - 12) / Math.max(box.height - 24, 1);
    this.travel(Math.min(Math.max(share, 0), 1));
  }
}
