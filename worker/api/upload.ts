import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { Refusal } from './problem.ts';

const csvTypes = ['text/csv', 'text/plain', 'application/csv', 'application/vnd.ms-excel'];

/**
 * The file of a request as it arrives: the body itself, or the first file of a form.
 * @param largestFile in bytes.
 * @throws Refusal for another kind of body, one that was broken off or a too large one.
 */
export async function* readUpload(
  request: IncomingMessage,
  largestFile: number,
): AsyncGenerator<Buffer> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  let size = 0;
  const file = type === 'multipart/form-data' ? firstFile(request) : csvBody(request, type);
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestFile) {
        throw new Refusal(413, `expected a file of at most ${largestFile} bytes, got a larger one`);
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Refusal || !request.destroyed || request.complete) throw error;
    throw new Refusal(400, 'expected the whole file, got an upload that was broken off');
  }
}

function csvBody(request: IncomingMessage, type: string): Readable {
  if (csvTypes.includes(type)) return request;
  throw new Refusal(
    415,
    `expected a body of text/csv or multipart/form-data, got "${type}". Send -H "content-type: text/csv"`,
  );
}

function firstFile(request: IncomingMessage): Readable {
  const content = new PassThrough();
  const fail = (error: unknown) => {
    content.destroy(error instanceof Refusal ? error : new Refusal(400, malformed(error)));
  };
  let found = false;
  let form: busboy.Busboy;
  try {
    form = busboy({ headers: request.headers, limits: { files: 1 } });
  } catch (error) {
    throw new Refusal(400, malformed(error));
  }
  form.on('file', (_field, file) => {
    found = true;
    pipeline(file, content).catch(fail);
  });
  form.on('close', () => {
    if (!found) fail(new Refusal(400, 'expected a file in the form, got none'));
  });
  pipeline(request, form).catch(fail);
  return content;
}

function malformed(error: unknown): string {
  return `expected a well-formed multipart form: ${error instanceof Error ? error.message : String(error)}`;
}
