// Photos dropped or chosen are sent one after the other; their words appear when they are there.

import { LivePart } from "./live_forms.js";

const form = document.getElementById("upload");
const words = JSON.parse(document.getElementById("upload-words").textContent);
const live = new LivePart("uploaded");
const received = new URLSearchParams(location.search).get("photos")?.split(",").filter(Boolean) ?? [];
let turn = Promise.resolve();

function line(name) {
  const item = document.createElement("li");
  const title = Object.assign(document.createElement("strong"), { textContent: name });
  const state = Object.assign(document.createElement("span"), { textContent: words["upload.waiting"] });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", name);
  item.append(title, state, bar);
  document.getElementById("sending").append(item);
  return { item, state, bar };
}

function fail({ item, state, bar }, text) {
  item.classList.add("bad");
  state.textContent = text;
  bar.remove();
}

/** What the server answered, `{status, body}`; the only sender that tells how much has gone. */
function send(file, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/uploads?name=${encodeURIComponent(file.name.slice(-255))}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("loadend", () => resolve({ status: request.status, body: request.response }));
    request.send(file);
  });
}

async function upload(file, shown) {
  if (file.size > Number(form.dataset.mostBytes)) {
    fail(shown, words["upload.too_large"]);
    return;
  }
  shown.state.textContent = words["upload.sending"];
  const { status, body } = await send(file, (share) => {
    shown.bar.value = share;
    shown.state.textContent = share < 1 ? words["upload.sending"] : words["upload.checking"];
  });
  if (status !== 201) {
    fail(shown, words[`upload.refused.${status}`] ?? words["upload.broken"]);
    shown.state.title = [body?.detail, body?.remedy].filter(Boolean).join("; ");
    return;
  }
  if (body.photo === null) {
    shown.bar.remove();
    shown.state.textContent = words["upload.kept"];
    return;
  }
  shown.item.remove();
  show(String(body.photo));
}

/** Show a photo's card, and keep it fresh until its words are there. */
function show(photo) {
  received.push(photo);
  const address = `/upload?photos=${received.slice(-200).join(",")}`;
  history.replaceState(null, "", address);
  live.address = address;
  live.element.setAttribute("data-waiting", "");
  live.wait();
}

function take(files) {
  for (const file of files) {
    const shown = line(file.name);
    turn = turn.then(() => upload(file, shown));
  }
}

if (form) {
  const chosen = document.getElementById("files");
  form.querySelector("button").hidden = true;
  chosen.addEventListener("change", () => {
    take([...chosen.files]);
    chosen.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    document.addEventListener(name, () => form.classList.remove("over"));
  }
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}
