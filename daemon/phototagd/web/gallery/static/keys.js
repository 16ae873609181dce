// Keys that every page understands: "/" to search, Esc to go back, arrows between photos.

const search = document.getElementById("q");

function isTyping(target) {
  return target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function follow(relation) {
  document.querySelector(`main a[rel="${relation}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === "Escape") {
      event.target.blur();
    }
    return;
  }
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape") {
    follow("up");
  } else if (event.key === "ArrowLeft") {
    follow("prev");
  } else if (event.key === "ArrowRight") {
    follow("next");
  }
});
