// Loaded before anything is drawn, as a classic script: a page must not flash in the other theme.
// The docs keep the choice under the same name (Starlight).
(() => {
  const key = 'starlight-theme';
  const chosen = localStorage.getItem(key);
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  const root = document.documentElement;
  root.dataset.theme =
    chosen === 'light' || chosen === 'dark' ? chosen : prefersLight ? 'light' : 'dark';
  addEventListener('DOMContentLoaded', () => {
    document.getElementById('theme')?.addEventListener('click', () => {
      root.dataset.theme = root.dataset.theme === 'light' ? 'dark' : 'light';
      localStorage.setItem(key, root.dataset.theme);
    });
  });
})();
