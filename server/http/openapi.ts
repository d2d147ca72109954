import { z } from 'zod';
import { type ProblemCode, problemTable } from '../../shared/problems.ts';
import { problemSchema } from './answer-schemas.ts';
import { type Operation, operations } from './operations.ts';

type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document, as far as we look into it ourselves. */
export interface OpenApiDocument extends Json {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Json[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  requestBody?: { required: true; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; headers?: Json; content?: Record<string, { schema: Json }> }>;
}

/** Describes the whole API from the schemas that validate it. */
export function openApiDocument(version: string): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = route.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: described(template, operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Daymark',
      version,
      description: overview,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [{ name: 'Public' }, { name: 'Staff' }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes,
    },
  } as OpenApiDocument;
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A token of `POST /api/v1/tokens`.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'daymark',
    description:
      'The newsroom’s session, from `POST /api/v1/session`; over https the cookie is called `__Host-daymark`. It counts only beside the header `Daymark-Newsroom: 1` and in requests of our own origin.',
  },
};

const overview = `The live record of a war, day by day.

Every visible alteration is one change of the timeline’s log, and every follower can prove where in it they stand: at a position, \`epoch:seq\`. Besides this interface there is a socket (Socket.IO 4 at \`/socket.io/\`): \`follow\` \`{timeline, since?}\`, then \`change\` and \`head\`.

Public answers carry an ETag and are fresh at once at this server; any origin may read them. Instants are RFC 3339 in UTC with milliseconds; those that you send need an offset. Each refusal is a problem (RFC 9457) with a stable code: see /docs/problems.`;

function described(template: string, operation: Operation): OpenApiOperation {
  const { id, summary, description, role, body } = operation;
  const forRole = role && `Takes the role ${role}.`;
  const text = [description, forRole].filter((part) => part !== undefined).join(' ');
  return {
    operationId: id,
    summary,
    ...(text ? { description: text } : {}),
    tags: [isPublic(operation) ? 'Public' : 'Staff'],
    security: securityOf(operation),
    parameters: parametersOf(template, operation),
    ...(body
      ? {
          requestBody: { required: true as const, content: { [body.type ?? json]: { schema: schemaOf(body.schema) } } },
        }
      : {}),
    responses: responsesOf(operation),
  };
}

const isPublic = ({ role, access, kept }: Operation): boolean => !role && !access && kept !== false;

function securityOf({ id, role, access }: Operation): Json[] {
  if (access === 'person') return [{ session: [] }];
  if (role) return [{ bearer: [] }, { session: [] }];
  return id === 'update' ? [{}, { bearer: [] }, { session: [] }] : [];
}

const json = 'application/json';

interface ObjectSchema {
  properties?: Record<string, Json>;
  required?: string[];
}

const pathParameters: Record<string, Json> = {
  slug: { type: 'string', example: 'gaza' },
  id: { type: 'string' },
  day: { type: 'integer', minimum: 1, example: 124 },
};

function parametersOf(template: string, { query, headers = {} }: Operation): OpenApiOperation['parameters'] {
  const inPath = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    return { name, in: 'path', required: true, schema: pathParameters[name] ?? {} };
  });
  const { properties = {}, required = [] } = query ? (schemaOf(query) as ObjectSchema) : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => {
    return { name, in: 'query', required: required.includes(name), schema };
  });
  const inHeader = Object.entries(headers).map(([name, { description, required }]) => {
    return { name, in: 'header', required, description, schema: { type: 'string' } };
  });
  return [...inPath, ...inQuery, ...inHeader];
}

function responsesOf(operation: Operation): OpenApiOperation['responses'] {
  const answers = Object.entries(operation.answers).map(([status, answer]) => {
    const { description, schema, type = json, headers } = answer;
    const content = schema && { content: { [type]: { schema: schemaOf(schema) } } };
    const named = headers ?? (!isPublic(operation) || type !== json ? [] : ['ETag']);
    const written =
      named.length > 0 ? { headers: Object.fromEntries(named.map((name) => [name, headerSchemas[name]])) } : {};
    return [status, { description, ...written, ...content }];
  });
  const notModified =
    !isPublic(operation) || answers.length !== 1 || !isCached(operation)
      ? []
      : [['304', { description: 'Not modified.' }]];
  return Object.fromEntries([...answers, ...notModified, ...refusals(operation)]);
}

const isCached = ({ answers }: Operation): boolean => answers[200]?.type === undefined;

const headerSchemas: Record<string, Json> = {
  ETag: { description: 'Begins with the revision, where there is one.', schema: { type: 'string' } },
  Location: { description: 'The address of the object.', schema: { type: 'string' } },
  'Daymark-Removed': {
    description: 'What was taken out of the image: `location`, `metadata`, `motion`, where there was any.',
    schema: { type: 'string', example: 'location, metadata' },
  },
  'Idempotent-Replay': { description: 'This was done before.', schema: { type: 'string', const: 'true' } },
};

/** The refusals of a route, together with those that its kind brings along; codes of one status share an entry. */
function refusals(operation: Operation): [string, OpenApiOperation['responses'][string]][] {
  const { role, access, body } = operation;
  const byKind: ProblemCode[] = ['too-many-requests', 'internal', 'store-unavailable'];
  if (role) byKind.push('unauthenticated', 'forbidden', 'foreign-request', 'second-factor-missing');
  if (access === 'person') byKind.push('unauthenticated', 'session-wanted', 'foreign-request');
  if (access === 'open') byKind.push('foreign-request');
  if (operation.id === 'update') byKind.push('unauthenticated');
  if (body) byKind.push('unsupported-media-type');
  if (body && !body.type) byKind.push('malformed-json', 'too-large', 'validation-failed');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...(operation.problems ?? []), ...byKind])) {
    const { status } = problemTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [String(status), refusal(codes)]);
}

function refusal(codes: readonly ProblemCode[]): OpenApiOperation['responses'][string] {
  const description = codes.map((code) => `\`${code}\`: ${problemTable[code].title}.`).join(' ');
  return { description, content: { 'application/problem+json': { schema: schemaOf(problemSchema) } } };
}

const reference = (id: string): string => `#/components/schemas/${id}`;

/** A schema with an id is referred to; others are written out. */
function schemaOf(schema: z.ZodType): Json {
  const id = schema.meta()?.id;
  if (id) return { $ref: reference(id) };
  return withoutHeading(z.toJSONSchema(schema, { io: 'input' }));
}

function namedSchemas(): Record<string, Json> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: reference });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutHeading(schema)]));
}

/** What is true of a document alone, not of a part of one. */
function withoutHeading({ $schema: _schema, $id: _id, id: _name, ...schema }: Json): Json {
  return schema;
}
