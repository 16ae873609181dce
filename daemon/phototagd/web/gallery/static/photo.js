// One photo: corrections are shown live, and a swipe leads to the next photo.

import { complete, LivePart } from "./live_forms.js";

const SWIPE_PX = 60;

const parts = [new LivePart("sheet"), new LivePart("ask")];

document.addEventListener("submit", (event) => {
  const part = parts.find(({ element }) => element.contains(event.target));
  if (part) {
    event.preventDefault();
    part.submit(event.target, event.submitter);
  }
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-complete]") && !event.target.dataset.offers) {
    event.target.dataset.offers = "yes";
    complete(event.target);
  }
});

const figure = document.querySelector("article.photo figure");
let start = null;

figure.addEventListener("touchstart", (event) => {
  start = event.touches.length === 1 ? event.touches[0] : null;
}, { passive: true });

figure.addEventListener("touchend", (event) => {
  const end = event.changedTouches[0];
  const isZoomed = (window.visualViewport?.scale ?? 1) > 1.01;
  if (start === null || isZoomed) {
    return;
  }
  const [across, along] = [end.clientX - start.clientX, end.clientY - start.clientY];
  start = null;
  if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(along)) {
    document.querySelector(`main a[rel="${across > 0 ? "prev" : "next"}"]`)?.click();
  }
}, { passive: true });
