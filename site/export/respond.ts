/** A file of JSON, as text that people can read. */
export function jsonFile(content: unknown): Response {
  return textFile(`${JSON.stringify(content, undefined, 2)}\n`, 'application/json');
}

/** A file of text of some kind. */
export function textFile(content: string, type: string): Response {
  return new Response(content, { headers: { 'content-type': `${type}; charset=utf-8` } });
}
