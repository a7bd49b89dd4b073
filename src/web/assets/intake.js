// Files come in: dropped anywhere on the page, chosen, or a whole folder of them. Each one is read at once and shown as
// the same preview that the page without scripts shows; nothing is kept until somebody confirms it.

const form = document.querySelector("[data-files]");
const intake = document.querySelector("[data-intake]");
const list = intake.querySelector("[data-list]");
const bar = intake.querySelector("progress");
const count = intake.querySelector("#intake-count");
const importAll = intake.querySelector("[data-import-all]");
const review = intake.querySelector("[data-review]");
const words = intake.dataset;

// The server works on as many files at once as it has processors; more would only wait there.
const AT_ONCE = 2;
const waiting = [];
let running = 0;
let taken = 0;
let read = 0;
let confirming = 0;
let confirmed = 0;

// The parts of the page that the server answers with: a preview, what became of an import, or a problem.
async function ask(address, options) {
  const response = await fetch(address, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const cards = [...page.querySelectorAll("[data-card]")];
  const problem = page.querySelector(".problem");
  if (cards.length === 0 && problem) {
    problem.className = "outcome outcome-bad";
    problem.querySelector("h1")?.remove();
    problem.querySelector(".ways")?.remove();
    cards.push(problem);
  }
  if (cards.length === 0) throw new Error("no answer");
  return cards.map((card) => document.adoptNode(card));
}

function tell() {
  const ready = list.querySelectorAll("form[data-preview]").length;
  const importing = confirming > 0;
  bar.max = Math.max(importing ? confirming : taken, 1);
  bar.value = importing ? confirmed : read;
  count.textContent = `${bar.value} ${words.of} ${bar.max} ${importing ? words.done : words.read}`;
  importAll.hidden = ready < 2 || running > 0;
  review.hidden = !list.querySelector(".outcome:not(.outcome-bad)") || ready > 0;
}

function line(name, size) {
  const row = document.createElement("article");
  row.className = "incoming";
  const file = document.createElement("span");
  file.className = "file";
  file.textContent = name;
  const about = document.createElement("span");
  about.className = "quiet";
  about.textContent = size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
  const state = document.createElement("span");
  state.className = "incoming-state";
  state.textContent = words.waiting;
  row.append(file, about, state);
  return row;
}

function take(files) {
  const wanted = [...files].filter((file) => !file.name.startsWith("."));
  if (wanted.length === 0) return;
  const first = intake.hidden;
  intake.hidden = false;
  document.body.classList.add("taking-in");
  for (const file of wanted) {
    const row = line(file.name, file.size);
    list.append(row);
    waiting.push({ file, row });
    taken += 1;
  }
  confirming = 0;
  if (first) intake.scrollIntoView({ block: "start" });
  pump();
  tell();
}

function pump() {
  while (running < AT_ONCE && waiting.length > 0) {
    running += 1;
    preview(waiting.shift()).finally(() => {
      running -= 1;
      pump();
      tell();
    });
  }
}

async function preview(item) {
  const body = new FormData();
  body.append("file", item.file, item.file.name);
  for (const name of ["customer", "format"]) body.append(name, form.elements[name].value);
  item.row.querySelector(".incoming-state").textContent = words.reading;
  item.row.classList.add("incoming-now");
  try {
    item.row.replaceWith(...(await ask(form.action, { method: "POST", body })));
    read += 1;
  } catch {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button small";
    again.textContent = words.retry;
    again.addEventListener("click", () => {
      again.remove();
      waiting.push(item);
      pump();
    });
    item.row.classList.remove("incoming-now");
    item.row.querySelector(".incoming-state").textContent = words.broken;
    item.row.append(again);
  }
}

// What was asked last of each card: an answer that came too late is for a question that nobody has any more.
const asked = new WeakMap();

// Sends the form of a preview and puts what comes back in its place; the focus stays where it was.
async function send(preview, address, submitter) {
  const card = preview.closest("[data-card]");
  const question = {};
  asked.set(card, question);
  const focus = document.activeElement?.id;
  const body = new URLSearchParams(new FormData(preview, submitter));
  card.classList.add("incoming-now");
  card.setAttribute("aria-busy", "true");
  try {
    const cards = await ask(address, { method: "POST", body });
    if (asked.get(card) !== question) return false;
    card.replaceWith(...cards);
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    return true;
  } catch {
    const told = document.createElement("p");
    told.className = "notice notice-care";
    told.setAttribute("role", "alert");
    told.textContent = words.broken;
    card.classList.remove("incoming-now");
    card.removeAttribute("aria-busy");
    card.querySelector("footer")?.before(told);
    return false;
  } finally {
    tell();
  }
}

list.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-preview]")) return;
  event.preventDefault();
  const submitter = event.submitter;
  const address = submitter?.getAttribute("formaction") ?? event.target.getAttribute("action");
  const card = event.target.closest("[data-card]");
  const after = card.nextElementSibling;
  const sent = await send(event.target, address, submitter);
  const again = submitter?.hasAttribute("formaction");
  if (sent && !again) (after?.querySelector("form [name=customer]") ?? list.querySelector(".outcome .ways a"))?.focus();
});

function readAgain(preview) {
  send(preview, "/previews/again", preview.querySelector("[data-again]"));
}

// A side, a customer or a column that was chosen changes what can be proposed: the preview follows at once.
list.addEventListener("change", (event) => {
  const preview = event.target.closest("[data-preview]");
  if (preview && event.target.matches("[type=radio][name^=side-], [name=customer], [name=header], select")) readAgain(preview);
});

// The customer of all files fills what is still empty.
form.elements.customer.addEventListener("change", (event) => {
  for (const preview of list.querySelectorAll("form[data-preview]")) {
    const customer = preview.elements.customer;
    if (!customer || customer.value.trim() !== "") continue;
    customer.value = event.target.value;
    readAgain(preview);
  }
});

importAll.addEventListener("click", async () => {
  const previews = [...list.querySelectorAll("form[data-preview]")].filter((one) => one.querySelector("footer .button-main"));
  const fit = previews.filter((one) => one.checkValidity());
  confirming = fit.length;
  confirmed = 0;
  importAll.disabled = true;
  for (const one of fit) {
    await send(one, one.getAttribute("action"), undefined);
    confirmed += 1;
    tell();
  }
  importAll.disabled = false;
  tell();
  const unfit = previews.find((one) => one.isConnected && !one.checkValidity());
  if (unfit) unfit.reportValidity();
  else if (!review.hidden) review.focus();
});

form.addEventListener("submit", (event) => {
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  event.preventDefault();
  if (files.length === 0) form.elements.file[0]?.focus();
  take(files);
});
for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
}

function holdsFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

// A dropped folder is read to its end; a browser hands out its files a hundred at a time.
async function within(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await within(one)));
  }
}

addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) document.body.classList.remove("dropping");
});
addEventListener("drop", async (event) => {
  document.body.classList.remove("dropping");
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [...event.dataTransfer.files];
  if (entries.length === 0) return take(files);
  for (const entry of entries) take(await within(entry));
});

// What was read and not confirmed would be lost.
addEventListener("beforeunload", (event) => {
  if (running > 0 || waiting.length > 0 || list.querySelector("form[data-preview] footer .button-main")) event.preventDefault();
});
