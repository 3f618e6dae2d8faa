import { loadPagefind, type PageFound } from './pagefind.ts';

const mostShown = 8;
const pauseMilliseconds = 120;

/** The search of the header. Nothing of it is loaded before somebody opens it. */
class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('[data-open-modal]');
    const dialog = this.querySelector('dialog');
    const input = this.querySelector('input');
    if (!open || !dialog || !input) return;
    const show = (): void => {
      dialog.showModal();
      input.select();
      void loadPagefind();
    };
    open.disabled = false;
    open.addEventListener('click', show);
    for (const event of ['pointerenter', 'focus']) {
      open.addEventListener(event, () => void loadPagefind(), { once: true });
    }
    addEventListener('keydown', (event) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        if (dialog.open) dialog.close();
        else show();
      }
    });
    // A click on the dialog itself is one beside what it holds.
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog || (target as Element).closest('a, [data-close-modal]')) dialog.close();
    });
    input.addEventListener('input', () => void this.#search(input.value));
    input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.querySelector<HTMLAnchorElement>('ol a')?.click();
    });
  }

  async #search(words: string): Promise<void> {
    try {
      const pagefind = await loadPagefind();
      const found = await pagefind.debouncedSearch(words, {}, pauseMilliseconds);
      if (!found) return;
      const pages = await Promise.all(
        found.results.slice(0, mostShown).map((result) => result.data()),
      );
      this.#show(words, found.results.length, pages);
    } catch {
      this.#say('The search could not be loaded. Reload the page, or look through all bugs.');
    }
  }

  #show(words: string, count: number, pages: readonly PageFound[]): void {
    this.querySelector('ol')?.replaceChildren(...pages.map(itemOf));
    if (words.trim() === '') this.#say('');
    else
      this.#say(count === 0 ? 'Nothing found.' : `${count} page${count === 1 ? '' : 's'} found.`);
  }

  #say(text: string): void {
    const output = this.querySelector('output');
    if (output) output.textContent = text;
  }
}

function itemOf({ url, excerpt, meta }: PageFound): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  link.textContent = meta.title ?? url;
  const text = document.createElement('p');
  // Of our own pages, escaped by Pagefind.
  text.innerHTML = excerpt;
  item.append(link, text);
  return item;
}
customElements.define('site-search', SiteSearch);
