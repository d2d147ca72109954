import { html } from '../../../shared/view/html.ts';
import type { NewsroomAssets } from './newsroom-assets.ts';

/** The document that the newsroom’s application runs in. It says nothing of anybody: what is shown comes by the interface. */
export function newsroomShell({ script, styles }: NewsroomAssets, icon: string): string {
  return html`<!doctype html>
    <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
      <title>Newsroom · Daymark</title>
      <meta name="robots" content="noindex">
      <link rel="icon" href="${icon}">
      ${styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}
      <script type="module" src="${script}"></script>
    </head>
    <body>
      <div id="newsroom"></div>
      <noscript><p>The newsroom needs JavaScript. Reading does not: <a href="/">to the timelines</a>.</p></noscript>
    </body>
    </html>`.text;
}
