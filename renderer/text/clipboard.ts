/**
 * Puts text on the clipboard. By the page's own copy command: Electron's window refuses every permission, that of the newer interface among them.
 * Returns whether it worked.
 */
export function copyText(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', give, { capture: true, once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
  return done;
}
