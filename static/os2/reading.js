// Whoever opens a case while reading ahead has most likely read it: the point is set to "read" unless something is
// chosen already. It is only a choice on the page; nothing is saved before the form is.

document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.open || !event.target.matches("details[data-reads]")) return;
    const point = event.target.closest(".os2-read");
    const nothing = point.querySelector('.os2-mark input[value=""]');
    const read = point.querySelector('.os2-mark input[value="read"]');
    if (!nothing?.checked || !read) return;
    read.checked = true;
    read.dispatchEvent(new Event("input", { bubbles: true }));
  },
  true,
);
