import type { EmbedView } from '../embed.ts';
import type { Update } from '../update.ts';
import type { ViewContext } from './context.ts';
import { type Html, html, trustedHtml } from './html.ts';
import { summarySection } from './summary.ts';
import { updateArticle } from './update.ts';

/**
 * What stands in another site’s page, in a frame or a shadow tree: a head, what was chosen, and who it comes from. The parts
 * have names, so that the host’s styles reach them (docs/contracts/widget.md).
 */
export function embedMain(view: EmbedView, context: ViewContext): Html {
  return html`
    <header part="header">
      <a href="${view.origin}${view.path}" part="title">${view.title}</a>
      <span data-connection="catching-up" part="connection"></span>
    </header>
    <div data-new-updates role="status" part="notice"></div>
    ${embedContent(view, context)}
    <footer part="footer"><a href="${view.origin}/${view.timeline.slug}">${view.timeline.title}</a> · Daymark</footer>`;
}

/** The part that changes. */
export function embedContent(view: EmbedView, context: ViewContext): Html {
  const { kind, summary, updates, empty } = view;
  const isEmpty = kind === 'summary' ? summary === null : updates.length === 0;
  return html`
    <main part="content">
      ${kind === 'summary' && summary && embedSummary(view, context)}
      ${isEmpty && html`<p class="empty" part="empty">${empty}</p>`}
      ${updates.map((update) => embedArticle(update, view, context))}
    </main>`;
}

export function embedArticle(update: Update, view: EmbedView, context: ViewContext): Html {
  return absolute(updateArticle(update, context), view);
}

/** Its points lead to pages of ours: the updates behind them do not stand here. */
function embedSummary(view: EmbedView, context: ViewContext): Html | null {
  if (!view.summary) return null;
  const { text } = summarySection(view.summary, () => null, context);
  return absolute(trustedHtml(text.replace(/<h2 [^>]*>.*?<\/h2>/, '')), view);
}

/** Addresses of ours are written from the root; on another site they have to say whose. */
function absolute({ text }: Html, { origin }: EmbedView): Html {
  const sets = (whole: string): string => whole.replace(/([" ])\//g, `$1${origin}/`);
  return trustedHtml(text.replace(/ srcset="[^"]*"/g, sets).replace(/ (href|src)="\//g, ` $1="${origin}/`));
}
