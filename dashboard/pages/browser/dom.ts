/** What goes into an element: other nodes, and text. Nothing is ever read as HTML. */
type Child = Node | string | number | null | undefined | false;

type Attributes = Readonly<Record<string, string | number | boolean | undefined | (() => void)>>;

/**
 * Makes an element. An attribute that is a function is called on the event of its name without `on`;
 * one that is `true` is set without a value, one that is `false` or undefined is left out.
 * @throws TypeError for an address that is not http(s) or of this site: data must not become a script.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(key.replace(/^on/, ''), value);
    else if (key === 'href' && !/^https?:$/.test(new URL(String(value), location.href).protocol)) {
      throw new TypeError(`expected an http(s) address, got ${String(value)}`);
    } else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(
    ...children
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map((child) => (child instanceof Node ? child : String(child))),
  );
  return made;
}

/** The place that a page fills. */
export function content(): HTMLElement {
  return byId('content');
}

/** Says something that screen readers read out as well. Empty text takes it away. */
export function say(text: string): void {
  byId('status').textContent = text;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`expected #${id} on this page`);
  return found;
}

/** Whether the person of this page may do what a role may. The API decides; this only hides buttons. */
export function may(role: 'operator' | 'admin'): boolean {
  const mine = document.getElementById('main')?.dataset.role;
  return mine === 'admin' || mine === role;
}

/** How long ago, in words: `3 min ago`. */
export function ago(time: number, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}
