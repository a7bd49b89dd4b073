// The whole page takes dropped files, and the names of the chosen ones are shown. Without this script the zone itself
// is a file field that takes both clicks and drops.

const form = document.querySelector("[data-files]");
const input = form.querySelector("input[type=file]");
const list = form.querySelector("[data-chosen]");

function show() {
  list.replaceChildren(
    ...[...input.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }),
  );
}

function holdsFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

input.addEventListener("change", () => {
  show();
  if (input.files.length > 0) form.elements.customer.focus();
});
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!holdsFiles(event) || event.target === input) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change"));
});
show();
