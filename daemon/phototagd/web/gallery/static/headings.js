// The headings of the months in sight: a name, and how many photos there are.

export class Headings {
  #headings = new Map();

  /** `place(element, content, top)` moves an element to where its content lies. */
  constructor(root, { language, place }) {
    this.root = root;
    this.place = place;
    this.numbers = new Intl.NumberFormat(language);
  }

  clear() {
    this.#headings.forEach((heading) => heading.remove());
    this.#headings.clear();
  }

  /** Draw the headings of these months, `[month, title, count, content]` each, and no others. */
  draw(months, top) {
    const wanted = new Set(months.map(([month]) => month));
    for (const [month, heading] of this.#headings) {
      if (!wanted.has(month)) {
        heading.remove();
        this.#headings.delete(month);
      }
    }
    for (const [month, title, count, content] of months) {
      const heading = this.#headings.get(month) ?? this.#make(month, title, count);
      this.place(heading, content, top);
    }
  }

  #make(month, title, count) {
    const heading = document.createElement("h2");
    const small = document.createElement("small");
    heading.className = "heading";
    small.textContent = this.numbers.format(count);
    heading.append(title, small);
    this.#headings.set(month, heading);
    this.root.append(heading);
    return heading;
  }
}
