// Starlight declares `Astro.locals.starlightRoute` where its integration is declared.
import '@astrojs/starlight';
