// Completions while a query is typed, and copying a hit with its reference. Without this script the page searches just as
// well.

const field = document.getElementById("q");
const ways = document.getElementById("q-ways");
let asked = "";

async function complete() {
  const q = field.value;
  if (q === asked || q.trim().length < 2) return;
  asked = q;
  const answer = await fetch(`/api/v1/search/completions?q=${encodeURIComponent(q)}`);
  if (!answer.ok || field.value !== q) return;
  const { completions } = await answer.json();
  ways.replaceChildren(
    ...completions.map((one) => {
      const option = document.createElement("option");
      option.value = one.query;
      option.label = one.text;
      return option;
    }),
  );
}

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(complete, 120);
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}
