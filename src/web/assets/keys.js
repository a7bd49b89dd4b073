// Keys for people who review without a mouse. Every key presses something that the page shows anyway:
// an element says its key in `data-key`; `r` opens the reasons, and 1 to 7 press them while they are open.

const WRITING = "input:not([type=hidden]), textarea, select, [contenteditable]";

function shown(element) {
  return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : element.getClientRects().length > 0;
}

// Where several suggestions lie on one page, the keys mean the one that has the focus; `j` and `k` move it.
function step() {
  return document.activeElement?.closest("[data-step]");
}

function target(key) {
  const here = step();
  const fits = (element) =>
    element.dataset.key === key && element.closest("[data-step]") === (here ?? null) && shown(element);
  const all = [...document.querySelectorAll("[data-key]")];
  return all.find(fits) ?? all.find((element) => element.dataset.key === key && !element.closest("[data-step]") && shown(element));
}

function walk(key) {
  const steps = [...document.querySelectorAll("[data-step]")];
  const here = step();
  const head = document.querySelector(".head").getBoundingClientRect().bottom;
  const top = location.hash.length > 1 ? document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top : undefined;
  const line = top === undefined || top < 0 || top > innerHeight ? head : Math.min(top, innerHeight);
  let place = steps.indexOf(here);
  if (here) place += key === "j" ? 1 : -1;
  else if (key === "j") place = steps.findIndex((one) => one.getBoundingClientRect().top >= line - 1);
  else place = steps.findLastIndex((one) => one.getBoundingClientRect().top < line);
  const next = steps[place];
  if (!next) return false;
  next.focus({ preventScroll: true });
  next.closest("li")?.scrollIntoView({ block: "center" });
  return true;
}

function press(element) {
  if (element.matches("input")) {
    element.focus();
    element.select();
    return;
  }
  if (element.dataset.opens) {
    document.getElementById(element.dataset.opens)?.showModal();
    return;
  }
  element.click();
  const details = element.closest("summary")?.parentElement;
  const first = details?.open && details.querySelector("textarea, form button");
  if (first) first.focus();
  if (first instanceof HTMLTextAreaElement) first.select();
}

function closePanels() {
  const open = [...document.querySelectorAll("details.act-more[open], details.no[open]")];
  for (const details of open) {
    details.open = false;
    details.querySelector("summary")?.focus();
  }
  return open.length > 0;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const writing = event.target.matches?.(WRITING);
  if (event.key === "Escape") {
    if (writing) event.target.blur();
    if (closePanels()) event.preventDefault();
    return;
  }
  if (event.key === "Enter" && writing && event.target.matches("textarea") && event.shiftKey === false) return;
  if (writing || event.repeat) return;
  if ((event.key === "j" || event.key === "k") && walk(event.key)) {
    event.preventDefault();
    return;
  }
  const element = target(event.key);
  if (!element) return;
  event.preventDefault();
  press(element);
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener && event.isTrusted) document.getElementById(opener.dataset.opens)?.showModal();
  for (const details of document.querySelectorAll("details.act-more[open]")) {
    if (!details.contains(event.target)) details.open = false;
  }
});

// A choice in a filter applies at once; the button stays for browsers without scripts.
for (const filters of document.querySelectorAll("[data-submits]")) {
  filters.addEventListener("change", (event) => event.target.form?.requestSubmit());
}

// A link to an entry of a map opens it. A link to a turn that lies on another page of its transcript goes there.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  const turn = /^#t(\d+)$/.exec(location.hash)?.[1];
  const address = `${location.pathname}?turn=${turn}#t${turn}`;
  if (turn && !target && document.querySelector("[data-turns]") && !location.href.endsWith(address)) location.replace(address);
}
addEventListener("hashchange", openTarget);
openTarget();

// A decision is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const button of document.querySelectorAll(".help-button")) button.hidden = false;
