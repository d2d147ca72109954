import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { operations } from '../../server/http/operations.ts';
import { problemTable } from '../../shared/problems.ts';
import { site } from './support.ts';

const the = site();

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
}

const document = async (): Promise<Document> => (await the().request.get('/api/v1/openapi.json').expect(200)).body;

describe('the OpenAPI document', () => {
  test('HTTP50 is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate({ ...(await document()) });
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test('HTTP50 describes every route of the API, and no other', async () => {
    const described = Object.entries((await document()).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const routes = the()
      .app.routes.filter(({ path }) => path.startsWith('/api/') || path === '/oembed')
      .map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual(routes.sort());
    expect(Object.keys(operations).sort()).toEqual(routes.sort());
  });

  test('HTTP50 refers to nothing that is not there', async () => {
    const text = JSON.stringify(await document());
    const { components } = JSON.parse(text) as { components: { schemas: object } };
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
    expect(Object.keys(components.schemas).sort()).toEqual(expect.arrayContaining([...referred].sort()));
    expect(referred.size).toBeGreaterThan(15);
  });

  test('HTTP50 names every status that a code of the table can bring', async () => {
    const statuses = new Set(
      Object.values((await document()).paths).flatMap((path) =>
        Object.values(path).flatMap(({ responses }) => Object.keys(responses)),
      ),
    );
    for (const [code, { status }] of Object.entries(problemTable)) {
      if (code !== 'method-not-allowed') expect([code, statuses.has(String(status))]).toEqual([code, true]);
    }
  });

  test('HTTP51 can be read as a page, every operation and object of it', async () => {
    const { text } = await the().request.get('/docs/api').expect(200);
    const { paths } = await document();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { operationId }] of Object.entries(methods)) {
        expect(text).toContain(`<article id="${operationId}"`);
        expect(text).toContain(`${method.toUpperCase()} ${path}`);
      }
    }
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(text).not.toContain('<script');
  });
});

describe('the table of problems', () => {
  const rows = Object.entries(problemTable).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );

  test('HTTP33 docs/problems.md lists its codes, all of them and no others', () => {
    const listed = readFileSync('docs/problems.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(listed).toEqual(rows);
  });

  test('HTTP33 /docs/problems lists them under the address that problems give', async () => {
    const { text } = await the().request.get('/docs/problems').expect(200);
    const listed = [...text.matchAll(/<tr id="([^"]+)"/g)].map(([, code]) => code);
    expect(listed).toEqual(Object.keys(problemTable));
  });
});
