// Loaded before anything is drawn, as a classic script. Docs, pages and board share one choice of theme:
// the docs keep it as `starlight-theme`, Bull Board within its settings.
(() => {
  const key = 'starlight-theme';
  const boardKey = 'board-settings';
  const root = document.documentElement;

  const chosen = localStorage.getItem(key);
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  const settings = readSettings();
  if (settings.state.theme !== theme) {
    settings.state.theme = theme;
    localStorage.setItem(boardKey, JSON.stringify(settings));
  }
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  root.dataset.theme = theme === 'system' ? (prefersLight ? 'light' : 'dark') : theme;

  addEventListener('DOMContentLoaded', () => {
    document.getElementById('theme')?.addEventListener('click', () => {
      localStorage.setItem(key, root.dataset.theme === 'light' ? 'dark' : 'light');
      // Bull Board reads its settings when it starts.
      location.reload();
    });
    // Chosen in Bull Board's own settings.
    new MutationObserver(() => {
      root.dataset.theme = document.body.classList.contains('dark-mode') ? 'dark' : 'light';
      const now = readSettings().state.theme;
      if (now === 'light' || now === 'dark') localStorage.setItem(key, now);
    }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  });

  function readSettings(): { state: { theme?: string }; version: number } {
    try {
      const kept = JSON.parse(localStorage.getItem(boardKey) ?? '') as {
        state?: { theme?: string };
      };
      if (typeof kept.state === 'object')
        return kept as { state: { theme?: string }; version: number };
    } catch {
      // None yet, or not ours.
    }
    return { state: {}, version: 2 };
  }
})();
