import { DiagnosisWorker } from './diagnosis-worker.ts';
import { element } from './element.ts';
import type { Answer, PastedLog } from './messages.ts';
import { reportOf } from '../../catalog/report/report.ts';
import { reportForm } from './report-form.ts';
import { resultsElement } from './results.ts';

/** A text area slows a page down that holds more. */
const mostShown = 200_000;
/** Whoever types does not wait for an answer to each letter. */
const pauseMilliseconds = 250;
const around = { before: 30, after: 15 };

type Asked = Exclude<Answer, { tells: 'read' }>;

/** The field of the front page: reads what is pasted, typed, dropped or chosen, and shows what it is. */
class PasteLog extends HTMLElement {
  readonly #worker = new DiagnosisWorker();
  #pause: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const text = this.#text;
    const files = this.querySelector<HTMLInputElement>('input[type=file]');
    if (!files) throw new Error('expected a field for files in <paste-log>');
    const warmUp = (): void => void this.#worker.warmUp();
    for (const event of ['pointerenter', 'focusin', 'dragenter']) {
      this.addEventListener(event, warmUp, { once: true });
    }
    text.addEventListener('paste', (event) => {
      this.#paste(event);
    });
    text.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => void this.#readText(text.value), pauseMilliseconds);
    });
    files.addEventListener('change', () => {
      this.#readFiles(files.files);
      files.value = '';
    });
    this.#find('.choose').addEventListener('click', () => {
      files.click();
    });
    this.#find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#readText(text.value);
    });
    // A file that is dropped beside the field would replace the page.
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.classList.add('over');
    });
    document.addEventListener('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) this.classList.remove('over');
    });
    document.addEventListener('drop', (event) => {
      this.classList.remove('over');
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#readFiles(event.dataTransfer.files);
    });
    // What was typed before this ran.
    if (text.value !== '') void this.#readText(text.value);
  }

  get #text(): HTMLTextAreaElement {
    const found = this.querySelector('textarea');
    if (!found) throw new Error('expected a text area in <paste-log>');
    return found;
  }

  #find(selector: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`expected ${selector} in <paste-log>`);
    return found;
  }

  /** A log that is too long for the field goes past it. */
  #paste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (data?.files.length) {
      event.preventDefault();
      this.#readFiles(data.files);
      return;
    }
    const text = data?.getData('text/plain') ?? '';
    if (text.length > mostShown) {
      event.preventDefault();
      this.#text.value = '';
      void this.#read([{ name: 'what you pasted', content: new Blob([text]) }]);
    }
  }

  async #readText(text: string): Promise<void> {
    if (text.trim() === '') this.#show();
    else await this.#read([{ name: 'what you pasted', content: new Blob([text]) }]);
  }

  #readFiles(files: FileList | null): void {
    const logs = [...(files ?? [])].map((content) => ({ name: content.name, content }));
    if (logs.length > 0) void this.#read(logs);
  }

  async #read(logs: readonly PastedLog[]): Promise<void> {
    clearTimeout(this.#pause);
    const bar = element('progress', { max: '1', 'aria-label': 'Reading' });
    const names = logs.map(({ name }) => name).join(', ');
    this.#show(element('p', { class: 'reading' }, `Reading ${names} `, bar));
    const answer = await this.#worker.ask({ ask: 'diagnose', logs }, (bytes, of) => {
      bar.value = of === 0 ? 1 : bytes / of;
    });
    if (answer) this.#show(this.#told(answer, logs));
  }

  #told(answer: Asked, logs: readonly PastedLog[]): HTMLElement {
    if (answer.tells === 'failure') return element('p', { class: 'problem' }, answer.message);
    if (answer.tells === 'lines') throw new Error('expected a diagnosis');
    const { repository } = this.dataset;
    return resultsElement(answer, async (error) => {
      const log = logs.find(({ name }) => name === error.file) ?? logs[0];
      const lines =
        log && (await this.#worker.ask({ ask: 'lines', log, ...around, line: error.line }));
      const text = lines?.tells === 'lines' ? lines.lines : [];
      return reportForm(reportOf(error, text, answer.diagnoses), repository);
    });
  }

  #show(...shown: HTMLElement[]): void {
    const place = this.#find('.results');
    place.replaceChildren(...shown);
    const [first] = shown;
    if (first?.classList.contains('found')) {
      first.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }
}
customElements.define('paste-log', PasteLog);
