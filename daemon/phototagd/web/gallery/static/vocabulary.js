// The vocabulary: how many words are chosen, and lists read from a file. All works without it.

const tend = document.getElementById("tend");
const chosen = document.getElementById("chosen");
const file = document.getElementById("file");

function count() {
  const number = tend.querySelectorAll("input[name=words]:checked").length;
  const { one, other } = chosen.dataset;
  chosen.hidden = number === 0;
  chosen.value = number === 1 ? one : other.replace("{count}", number.toLocaleString(document.documentElement.lang));
  for (const button of tend.querySelectorAll("button")) {
    button.disabled = number === 0 || (button.value === "rename" && number > 1);
  }
}

if (tend) {
  tend.addEventListener("change", count);
  // Coming back, the browser restores what was chosen after this script has run.
  window.addEventListener("pageshow", count);
  tend.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "target") {
      event.preventDefault(); // which of the buttons is meant?
    }
  });
  count();
}

file.hidden = false;
file.addEventListener("change", async () => {
  const [given] = file.files;
  if (given) {
    const bytes = new Uint8Array(await given.arrayBuffer());
    const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const encoding = !isWide ? "utf-8" : bytes[0] === 0xff ? "utf-16le" : "utf-16be";
    document.getElementById("text").value = new TextDecoder(encoding).decode(bytes);
  }
});
