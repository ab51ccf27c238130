// Keeps the parts of a page marked data-live="seconds" up to date: the page is fetched again and those parts exchanged.
// Without script the page is simply as old as its last load.

const parts = () => [...document.querySelectorAll("[id][data-live]")].filter((part) => part.dataset.live);

function busy(part) {
  return part.contains(document.activeElement) || part.matches(":hover");
}

async function refresh() {
  if (document.hidden || !parts().length) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts()) {
    const other = fresh.getElementById(part.id);
    if (!other || busy(part) || other.innerHTML === part.innerHTML) continue;
    if (part.dataset.stage !== other.dataset.stage) return location.reload(); // another stage: everything has changed
    part.replaceChildren(...other.childNodes);
    part.dataset.live = other.dataset.live;
  }
}

function wait() {
  const seconds = Math.min(...parts().map((part) => Number(part.dataset.live)));
  if (!Number.isFinite(seconds) || seconds <= 0) return;
  setTimeout(() => refresh().catch(() => undefined).finally(wait), seconds * 1000); // a lost connection is tried again
}

wait();
