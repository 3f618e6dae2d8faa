import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UIConfig } from '@bull-board/api/dist/types.js';
import { projectRoot } from '../../catalog/project.ts';

const mark = `data:image/svg+xml,${encodeURIComponent(
  readFileSync(path.join(projectRoot, 'site', 'public', 'favicon.svg'), 'utf8'),
)}`;
const sans = 'system-ui, sans-serif';
const mono = 'ui-monospace, monospace';

/** How the board presents itself below our bar, which says where its jobs live. */
export function appearance(): UIConfig {
  return {
    boardTitle: 'Queues',
    // Our bar has the mark.
    boardLogo: { path: '', width: 0, height: 0 },
    favIcon: { default: mark, alternative: mark },
    hideDocsLink: true,
    // The typefaces of Bull Board come from another host, and nothing here loads from one.
    theme: {
      light: { 'font-sans': sans, 'font-mono': mono, primary: '#0a6b78' },
      dark: { 'font-sans': sans, 'font-mono': mono, primary: '#7fdde0' },
    },
  };
}
