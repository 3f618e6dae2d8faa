import { fits, statusOf, type Listed, type Wanted } from './fits.ts';

const names = ['q', 'engine', 'platform', 'pool', 'topic', 'version'] as const;

/** Hides in its lists what a reader does not look for. What is looked for stands in the address. */
class FilterList extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    form.hidden = false;
    const asked = new URL(location.href).searchParams;
    for (const name of names) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = asked.get(name) ?? '';
      }
    }
    const show = (): void => {
      const values = new FormData(form);
      const value = (name: string): string => {
        const given = values.get(name);
        return typeof given === 'string' ? given.trim() : '';
      };
      const wanted = Object.fromEntries(
        names.map((name) => [name, value(name)]),
      ) as unknown as Wanted;
      this.#remember(wanted);
      this.#show(wanted);
    };
    form.addEventListener('input', show);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    show();
  }

  #remember(wanted: Wanted): void {
    const address = new URL(location.href);
    for (const name of names) {
      if (wanted[name] === '') address.searchParams.delete(name);
      else address.searchParams.set(name, wanted[name]);
    }
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  #show(wanted: Wanted): void {
    let found = 0;
    for (const section of this.querySelectorAll('section')) {
      const items = [...section.querySelectorAll<HTMLElement>('li')];
      for (const item of items) {
        const bug = listed(item);
        item.hidden = !fits(bug, wanted);
        const status = statusOf(bug, wanted.version);
        item.dataset.status = status ?? '';
        item
          .querySelector('.asked')
          ?.replaceChildren(status === undefined ? '' : `${wanted.version}: ${status}`);
      }
      const shown = items.filter((item) => !item.hidden).length;
      section.hidden = shown === 0;
      found += shown;
    }
    const output = this.querySelector('output');
    const isAsked = Object.values(wanted as unknown as Record<string, string>).some(Boolean);
    if (output) output.textContent = isAsked ? `${found} found` : '';
  }
}

function listed(item: HTMLElement): Listed {
  const { engine = '', topic = '', platforms = '', pools = '' } = item.dataset;
  return {
    text: item.textContent,
    engine,
    topic,
    platforms: platforms.split(' '),
    pools: pools.split(' '),
    versions: [...item.querySelectorAll<HTMLElement>('.bar i')].map((mark) => ({
      version: mark.dataset.version ?? '',
      status: mark.dataset.status ?? '',
    })),
  };
}
customElements.define('filter-list', FilterList);
