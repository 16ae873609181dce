// The photos of the timeline that are in the document: few, and used again as others come in sight.

export const MOST_CELLS = 100;

export class Cells {
  #cells = new Map();
  #pool = [];

  /** `place(element, content, top, left)` moves an element to where its content lies. */
  constructor(root, { tiles, words, place }) {
    this.root = root;
    this.tiles = tiles;
    this.words = words;
    this.place = place;
  }

  get(key) {
    return this.#cells.get(key);
  }

  clear() {
    this.#cells.forEach((cell) => cell.remove());
    this.#cells.clear();
  }

  /** Draw what is seen and nothing else; pictures only in calm, not while photos fly by. */
  draw(seen, { counts, top, isCalm }) {
    const wanted = new Set(seen.map((photo) => photo.key));
    for (const [key, cell] of this.#cells) {
      if (!wanted.has(key) && !cell.contains(document.activeElement)) {
        this.#cells.delete(key);
        cell.remove();
        this.#pool.push(cell);
      }
    }
    this.#pool.length = Math.min(this.#pool.length, MOST_CELLS);
    const missing = [];
    for (const photo of seen) {
      const cell = this.#cells.get(photo.key) ?? this.#fill(photo, counts);
      cell.style.width = `${photo.width}px`;
      cell.style.height = `${photo.height}px`;
      this.place(cell, photo.y, top, photo.left);
      const tile = this.tiles.get(photo.id);
      if (!tile) {
        missing.push(photo.id);
      } else if (isCalm) {
        this.#show(cell, photo, tile);
      }
    }
    if (missing.length && isCalm) {
      this.tiles.want(missing);
    }
  }

  #fill(photo, counts) {
    const cell = this.#pool.pop() ?? newCell();
    const link = cell.firstChild;
    const image = link.firstChild;
    cell.dataset.month = photo.month;
    cell.dataset.index = photo.index;
    cell.setAttribute("aria-posinset", sum(counts.slice(0, photo.month)) + photo.index + 1);
    cell.setAttribute("aria-setsize", sum(counts));
    link.href = `/photos/${photo.id}`;
    image.removeAttribute("src");
    image.alt = this.words["timeline.photo"];
    image.classList.remove("shown");
    this.#cells.set(photo.key, cell);
    this.root.append(cell);
    return cell;
  }

  #show(cell, photo, tile) {
    const image = cell.firstChild.firstChild;
    const source = `/thumbnails/${tile.version}/${photo.id}/256.webp`;
    image.alt = tile.caption || this.words["timeline.photo"];
    if (image.getAttribute("src") !== source) {
      image.src = source;
    }
  }
}

const sum = (counts) => counts.reduce((all, count) => all + count, 0);

function newCell() {
  const cell = document.createElement("div");
  const link = document.createElement("a");
  const image = document.createElement("img");
  cell.className = "cell";
  cell.setAttribute("role", "listitem");
  link.className = "tile";
  image.decoding = "async";
  image.addEventListener("load", () => image.classList.add("shown"));
  link.append(image);
  cell.append(link);
  return cell;
}
