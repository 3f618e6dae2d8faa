/** The input of the search dialog, which is made only when the browser is idle. */
export function inputOfSearch(): Promise<HTMLInputElement> {
  const find = () => document.querySelector<HTMLInputElement>('#starlight__search input');
  return new Promise((resolve) => {
    const observer = new MutationObserver(settle);
    observer.observe(document.body, { childList: true, subtree: true });
    settle();

    function settle(): void {
      const input = find();
      if (!input) return;
      observer.disconnect();
      resolve(input);
    }
  });
}
