// Any button of a site can open the chat.
document.querySelector("[data-open-chat]").addEventListener("click", () => window.JobHelpdesk.open());
