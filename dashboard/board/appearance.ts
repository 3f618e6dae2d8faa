import type { UIConfig } from '@bull-board/api/typings/app';

const sans = 'system-ui, sans-serif';
const mono = 'ui-monospace, monospace';

/** How the board presents itself. @param environment where its jobs live, shown as a badge. */
export function appearance(environment: string): UIConfig {
  return {
    boardTitle: 'poolproof',
    hideDocsLink: true,
    miscLinks: [
      { text: 'Known bugs', url: '/' },
      { text: 'Health', url: '/healthz' },
    ],
    environment: { label: environment, color: '#0f766e', textColor: '#ffffff' },
    // The typefaces of Bull Board come from another host, and nothing here loads from one.
    theme: {
      light: { 'font-sans': sans, 'font-mono': mono },
      dark: { 'font-sans': sans, 'font-mono': mono },
    },
  };
}
