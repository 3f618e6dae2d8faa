/** What is used of Pagefind's programming interface: https://pagefind.app/docs/api/ */
interface Pagefind {
  readonly options: (options: { excerptLength: number }) => Promise<void>;
  readonly init: () => Promise<void>;
  /** Nothing when another search came within the pause. */
  readonly debouncedSearch: (
    words: string,
    options?: object,
    pause?: number,
  ) => Promise<{ results: readonly { data: () => Promise<PageFound> }[] } | null>;
}

/** A page in which words were found. */
export interface PageFound {
  readonly url: string;
  /** HTML of Pagefind: text with `<mark>` around what was found. */
  readonly excerpt: string;
  readonly meta: { readonly title?: string };
}

let loaded: Promise<Pagefind> | undefined;

/** Loads the index, which lies beside the pages once they are built. */
export function loadPagefind(): Promise<Pagefind> {
  return (loaded ??= load());
}

async function load(): Promise<Pagefind> {
  const address = '/pagefind/pagefind.js';
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  await pagefind.options({ excerptLength: 18 });
  await pagefind.init();
  return pagefind;
}
