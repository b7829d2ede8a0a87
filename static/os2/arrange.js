// An agenda is ordered by dragging its rows. The numbers beside them follow, and it is they that are sent: without
// JavaScript one writes them, or uses the buttons. Nothing is saved before the form is.

const table = document.querySelector("table[data-arrange]");
const rows = table?.tBodies[0];
let held = null;

function renumber() {
  [...rows.rows].forEach((row, place) => {
    const field = row.querySelector('input[name^="number_"]');
    if (field && field.value !== String(place + 1)) {
      field.value = place + 1;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

for (const row of rows?.rows ?? []) {
  row.draggable = true;
  row.classList.add("os2-drag");
}
rows?.addEventListener("dragstart", (event) => {
  // A drag that begins in a field selects text.
  if (event.target.nodeName === "INPUT") return;
  held = event.target.closest("tr");
  event.dataTransfer.effectAllowed = "move";
  held.classList.add("os2-drag--held");
});
rows?.addEventListener("dragover", (event) => {
  const over = event.target.closest("tr");
  if (!held || !over || over === held) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
});
rows?.addEventListener("drop", (event) => event.preventDefault());
rows?.addEventListener("dragend", () => {
  held?.classList.remove("os2-drag--held");
  held = null;
  renumber();
});
