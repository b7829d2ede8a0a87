// What the browser can add when JavaScript is there. Nothing needs it: every page and form works without.

// The error summary is read first: focus goes to it, as the design system does.
document.querySelector('[data-module="error-summary"]')?.focus();

// A double click sends a form once. The mark goes when the page comes back from the browser's memory, and after a while
// by itself, because an answer that is a file to save leaves the page standing.
const QUIET_MS = 15000;
const sent = new WeakSet();
function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
  setTimeout(release, QUIET_MS, form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) release(form);
});

// Unsaved text is not lost by a stray click: forms marked data-guard ask before the page is left.
const edited = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) edited.add(form);
});
window.addEventListener("beforeunload", (event) => {
  for (const form of edited) if (!sent.has(form) && form.isConnected) event.preventDefault();
});
