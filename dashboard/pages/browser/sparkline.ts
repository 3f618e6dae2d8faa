const svg = 'http://www.w3.org/2000/svg';
const width = 96;
const height = 24;

/** A bar for each number. @param words what it shows, for those who cannot see it. */
export function sparkline(numbers: readonly number[], words: string): SVGSVGElement {
  const most = Math.max(1, ...numbers);
  const step = width / Math.max(1, numbers.length);
  const picture = document.createElementNS(svg, 'svg');
  set(picture, {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    class: 'sparkline',
  });
  picture.setAttribute('aria-label', words);
  for (const [index, number] of numbers.entries()) {
    const tall = number === 0 ? 1 : Math.max(3, (number / most) * height);
    const bar = document.createElementNS(svg, 'rect');
    set(bar, { x: index * step, y: height - tall, width: step - 1, height: tall });
    if (number === 0) bar.setAttribute('class', 'none');
    picture.append(bar);
  }
  return picture;
}

function set(node: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}
