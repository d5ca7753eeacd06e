/**
 * The one script a site loads:  <script src="https://HELPDESK/widget/job-helpdesk.js" defer></script>
 *
 * It is a classic script, so that it also works where a site cannot set type="module", and because only a classic
 * script knows its own tag (document.currentScript) and with it the data-… attributes. The rest are small ES modules
 * beside it, loaded from the same origin.
 *
 * window.JobHelpdesk.open() and .close() exist at once; a call before the widget has loaded is kept and done then.
 */
(() => {
  "use strict";
  if (window.JobHelpdesk) return; // The tag twice on one page: one chat.

  const tag = document.currentScript || document.querySelector('script[src*="job-helpdesk.js"]');
  const address = new URL(tag.src, document.baseURI);

  const widget = import(new URL("parts/widget.js", address).href).then(async ({ mount }) => {
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    return mount(tag, address);
  });
  widget.catch((error) => console.error("JOB-chat kan niet laden:", error));

  window.JobHelpdesk = Object.freeze({
    /** Opens the chat and puts the focus in it. */
    open: () => widget.then((it) => it.open()),
    /** Closes the chat; the conversation stays. */
    close: () => widget.then((it) => it.close()),
  });
})();
