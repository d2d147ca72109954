import type { EmbedView } from '../../../shared/embed.ts';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { directionOf } from '../../../shared/i18n/direction.ts';
import { formats } from '../../../shared/i18n/format.ts';
import { embedMain } from '../../../shared/view/embed.ts';
import { html, trustedHtml } from '../../../shared/view/html.ts';
import type { EmbedAssets } from './embed-assets.ts';

export type Theme = 'light' | 'dark' | 'auto';

/**
 * The document that another site shows in a frame. It reads well without scripts, is nothing for search engines to list,
 * and its links lead out of the frame.
 */
export function embedDocument(
  view: EmbedView,
  { theme, query, assets }: { theme: Theme; query: URLSearchParams; assets: EmbedAssets },
): string {
  const { timeline, origin, path, title, position } = view;
  const { slug, language, timeZone } = timeline;
  const messages = messagesFor(language);
  const date = view.kind === 'day' ? (view.updates[0]?.date ?? null) : null;
  const context = { slug, language, date, messages, formats: formats(language, timeZone) };
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}" data-position="${position}" data-timeline="${slug}" data-embed="${String(query)}">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>${title}</title>
      <meta name="robots" content="noindex">
      <link rel="canonical" href="${origin}${path}">
      <base target="_blank">
      <style>${trustedHtml(assets.css)}</style>
      <script type="module" src="${assets.script}"></script>
    </head>
    <body>
      <div class="daymark" data-theme="${theme}">
        ${embedMain(view, context)}
        <noscript><p class="fine">${messages.noScript}</p></noscript>
      </div>
    </body>
    </html>`.text;
}
