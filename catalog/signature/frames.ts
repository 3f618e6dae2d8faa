/** The frames of a traceback stand at most so many lines before its message, or of a stack behind it. */
const before = 4;
const after = 3;
/** Enough positions for the lines that a scanner holds back. */
const remembered = 128;

const python = /\bFile "[^"]+", line \d+/;
const node = /(?:^|\s)at \S/;
/** How a frame of Node ends: `file.js:3:7)`, or without a place. */
const place = /(?::\d+:\d+|<anonymous>|\(native\))\)?,?(?: \{)?\s*$/;
const longestPlace = 100;
/** Every program has such frames. */
const internal = /\(?node:internal[\\/]/;
/** A bundler puts all libraries into one file, and often gives their functions other names. */
const bundled = /webpack|chunk|bundle|[\\/](?:dist|build|out|\.next|\.output)[\\/]/;
const library = /node_modules|site-packages|dist-packages/;
/** Programs in other languages have other frames: `at a.b.C.run(C.java:12)`, `at A.B() in C:\\a.cs:line 3`. */
const foreign =
  /^\s*at [\w$.<>]+(?:\([^()]*\.\w+:\d+\)|\(Native Method\)|\(.*\) in .+:line \d+)\s*$/;

/** Remembers in which lines the frames of a stack or a traceback stand that tell whose it is. */
export class Frames {
  readonly #positions: number[] = [];
  /** Where the stack begins whose frames follow each other without a gap, and where it ends by now. */
  #stack = { start: 0, end: 0 };

  add({ text, position }: { readonly text: string; readonly position: number }): void {
    if (node.test(text) && position > this.#stack.end) {
      const start = position === this.#stack.end + 1 ? this.#stack.start : position;
      this.#stack = { start, end: position };
    }
    if (!isTellingFrame(text)) return;
    // A stack of Node may begin with many frames of Node itself: the whole of it is by the message.
    this.#note(position === this.#stack.end ? this.#stack.start : position);
    this.#note(position);
  }

  #note(position: number): void {
    if (this.#positions.includes(position)) return;
    this.#positions.push(position);
    if (this.#positions.length > remembered) this.#positions.shift();
  }

  /** Whether such a frame belongs to a message at this position. */
  beside(position: number): boolean {
    return this.#positions.some((frame) => frame >= position - before && frame <= position + after);
  }
}

function isTellingFrame(text: string): boolean {
  if (python.test(text)) return true;
  if (foreign.test(text)) return true;
  if (!node.test(text) || !place.test(text.slice(-longestPlace))) return false;
  return library.test(text) || !(internal.test(text) || bundled.test(text));
}
