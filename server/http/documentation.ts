import { createHash } from 'node:crypto';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { problemTable } from '../../shared/problems.ts';
import { type Html, html } from '../../shared/view/html.ts';
import { type Assets, documentShell } from '../../shared/view/layout.ts';
import type { OpenApiDocument, OpenApiOperation } from './openapi.ts';
import { schemaSection, schemaText } from './schema-view.ts';

export interface DocumentationParts {
  /** Made when it is asked for: it takes as long as all else that a start puts together. */
  openApi: () => OpenApiDocument;
  assets: Assets;
  /** Begins canonical addresses; null: they are paths. */
  publicUrl: string | null;
}

/** What these pages need beyond the style of all others. */
const ownStyle =
  'main h2{margin-block:2rem .5rem;font-size:1.375rem}main h4{margin-block:1rem .25rem;font-size:1rem}code{font-size:.875em}nav li{margin-block:.35rem}main td,main thead th{text-align:start}main td+td{width:60%}';

const styleOf = (assets: Assets): string => assets.css + assets.sheets.lists + ownStyle;

/** CSP source of the style inside the pages of the documentation. */
export const documentationStyleSource = (assets: Assets): string =>
  `'sha256-${createHash('sha256').update(styleOf(assets)).digest('base64')}'`;

/** The interface and its problems, as pages: made from the document and the table themselves, so they can’t differ. */
export function documentationPages({ openApi, assets, publicUrl }: DocumentationParts) {
  const shell = (path: string, title: string, description: string, main: Html, json?: string): string =>
    documentShell(
      {
        language: 'en',
        messages: messagesFor('en'),
        title: `${title} · Daymark`,
        description,
        canonical: (publicUrl ?? '') + path,
        ...(json === undefined ? {} : { json }),
        kind: 'website',
        root: {},
        live: false,
        main,
      },
      { ...assets, css: styleOf(assets) },
    );
  return {
    api: () =>
      shell('/docs/api', 'Interface', 'The HTTP interface of Daymark.', apiMain(openApi()), '/api/v1/openapi.json'),
    problems: () => shell('/docs/problems', 'Problems', 'Every refusal that Daymark gives.', problemsMain()),
  };
}

function apiMain({ info, paths, components }: OpenApiDocument): Html {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = ['Public', 'Staff'].map((tag) => ({
    tag,
    members: operations.filter(({ operation }) => operation.tags.includes(tag)),
  }));
  return html`
    <main>
      <header class="day">
        <h1>${info.title}’s interface</h1>
        <p class="state">Version ${info.version} · <a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href="/docs/problems">Problems</a></p>
      </header>
      <div class="body">${paragraphs(info.description)}</div>
      <nav aria-label="Contents">
        ${groups.map(
          ({ tag, members }) => html`
          <h2>${tag}</h2>
          <ul class="list">${members.map(({ path, method, operation }) => html`<li><a href="#${operation.operationId}">${method} ${path}</a> ${operation.summary}</li>`)}</ul>`,
        )}
      </nav>
      <section aria-labelledby="operations"><h2 id="operations">Operations</h2>${operations.map(operationView)}</section>
      <section aria-labelledby="objects"><h2 id="objects">Objects</h2>${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema))}</section>
    </main>`;
}

function operationView({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: OpenApiOperation;
}): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return html`
    <article id="${operationId}" aria-labelledby="${operationId}-title">
      <h3 id="${operationId}-title">${summary}</h3>
      <p><code>${method} ${path}</code></p>
      <div class="body">
        ${description && paragraphs(description)}
        ${
          parameters.length > 0 &&
          html`
          <h4>Parameters</h4>
          <ul>${parameters.map((one) => html`<li><code>${one.name}</code> in ${placeOf(one.in)}${one.required && ', required'}: ${schemaText(one.schema)}. ${inline(one.description ?? '')}</li>`)}</ul>`
        }
        ${requestBody && html`<h4>Body</h4><ul>${contentList(requestBody.content)}</ul>`}
        <h4>Answers</h4>
        <ul>${Object.entries(responses).map(([status, answer]) => answerView(status, answer))}</ul>
      </div>
    </article>`;
}

function answerView(status: string, { description, content, headers }: OpenApiOperation['responses'][string]): Html {
  const isRefusal = content !== undefined && 'application/problem+json' in content;
  const parts = isRefusal
    ? []
    : [
        ...contentList(content ?? {}),
        ...Object.keys(headers ?? {}).map((name) => html`<li>header <code>${name}</code></li>`),
      ];
  return html`<li><b>${status}</b> ${inline(description)}${parts.length > 0 && html`<ul>${parts}</ul>`}</li>`;
}

const placeOf = (place: string): string =>
  ({ path: 'the path', query: 'the query', header: 'a header' })[place] ?? place;

const contentList = (content: Record<string, { schema: Record<string, unknown> }>): Html[] =>
  Object.entries(content).map(([type, { schema }]) => html`<li><code>${type}</code>: ${schemaText(schema)}</li>`);

function problemsMain(): Html {
  return html`
    <main>
      <header class="day">
        <h1>Problems</h1>
        <p class="state">Every refusal is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is stable; <code>detail</code> is for people and may change.</p>
      </header>
      <table class="list">
        <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th></tr></thead>
        <tbody>${Object.entries(problemTable).map(([code, { status, title }]) => html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td></tr>`)}</tbody>
      </table>
    </main>`;
}

const paragraphs = (text: string): Html[] => text.split('\n\n').map((part) => html`<p>${inline(part)}</p>`);

/** The one mark of Markdown that our descriptions use: \`code\`. */
const inline = (text: string): Html[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
