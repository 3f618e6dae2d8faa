/** One line of a log as a reader sees it. */
export interface LogLine {
  number: number;
  actor: string;
  text: string;
  /** Which of the log's actors wrote it, counted from 0 in order of appearance: a colour. */
  voice: number;
  /** Whether the signature the claim is about stands in this line. */
  telling: boolean;
}

/**
 * Splits the lines of an observation, `actor | text`, into columns.
 * A line without an actor keeps that of the line before: it continues it.
 *
 * @param tells by their indices, the lines in which the signature stands.
 */
export function logLines(log: string[], tells: (log: string[]) => number[] = () => []): LogLine[] {
  const telling = new Set(tells(log));
  const voices: string[] = [];
  let actor = '';
  return log.map((line, index) => {
    const parts = /^([\w@.-]+) \| ?(.*)$/s.exec(line);
    actor = parts?.[1] ?? actor;
    const text = parts?.[2] ?? line;
    if (!voices.includes(actor)) voices.push(actor);
    return {
      number: index + 1,
      actor,
      text,
      voice: voices.indexOf(actor),
      telling: telling.has(index),
    };
  });
}
