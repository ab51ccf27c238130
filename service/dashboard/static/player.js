// Plays the recording beside its transcript: a click on a word goes there, the word that is spoken is marked.

const audio = document.querySelector("audio[data-player]");
const conversation = document.getElementById("conversation");

const words = conversation ? [...conversation.querySelectorAll("[data-at]")] : [];
const starts = words.map((word) => Number(word.dataset.at));
const order = starts.map((_, place) => place).sort((a, b) => starts[a] - starts[b]); // parties may overlap
const sorted = order.map((place) => starts[place]);
const turns = conversation ? [...conversation.querySelectorAll(".turn[data-start]")] : [];
let marked = [];

function before(moment) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function spoken(moment) {
  const found = [];
  for (let place = before(moment); place >= 0 && sorted[place] > moment - 10000; place -= 1) {
    const word = words[order[place]];
    if (Number(word.dataset.to) > moment) found.push(word);
  }
  return found;
}

function show() {
  const moment = audio.currentTime * 1000;
  const now = spoken(moment).concat(
    turns.filter((turn) => Number(turn.dataset.start) <= moment && moment < Number(turn.dataset.end)),
  );
  for (const element of marked) if (!now.includes(element)) element.classList.remove("now");
  for (const element of now) element.classList.add("now");
  marked = now;
  if (!audio.paused) requestAnimationFrame(show);
}

function seek(milliseconds) {
  audio.currentTime = milliseconds / 1000;
  audio.play().catch(() => undefined); // a browser may want a click on the player first
}

function clicked(event) {
  const time = event.target.closest("[data-seek]");
  if (time) {
    event.preventDefault();
    return seek(Number(time.dataset.seek));
  }
  const word = event.target.closest("[data-at]");
  if (word && getSelection().isCollapsed) return seek(Number(word.dataset.at));
  const mark = event.target.closest(".chart a");
  const turn = mark && document.querySelector(mark.getAttribute("href"));
  if (turn?.dataset.start) audio.currentTime = Number(turn.dataset.start) / 1000;
  return undefined;
}

if (audio && conversation) {
  conversation.addEventListener("click", clicked);
  for (const event of ["play", "seeked", "timeupdate"]) audio.addEventListener(event, show);
}
