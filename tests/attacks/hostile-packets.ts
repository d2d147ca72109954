import { frame } from './ws-frames.ts';

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));
const nested = (depth: number, open = '[', close = ']'): string => open.repeat(depth) + close.repeat(depth);

/** Values that parsers and careless code trip over, as JSON. */
const values: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '1e999',
  '-1e999',
  '1e-999',
  '9007199254740993',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"hasOwnProperty"',
  '"gaza"',
  '"gaza\\u0000"',
  '"GAZA"',
  '"gaza/../kyiv"',
  '"*"',
  '"timeline:gaza"',
  '{}',
  '[]',
  '{"__proto__":{"timeline":"gaza"}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"_placeholder":true,"num":0}',
  '{"length":-1}',
  '{"toString":1,"valueOf":1}',
  '{"then":1}',
  '[["gaza"]]',
  '{"$ne":null}',
  nested(500),
  nested(200, '{"a":', '}').replace('}', '1}'),
  '"k3v9x2:1e999"',
  '"k3v9x2:-1"',
  '"k3v9x2:99999999999999999999"',
  '":1"',
  '"k3v9x2:"',
  '"k3v9x2:1:1"',
  '"k3v9x2:0x1"',
  '"K3V9X2:1"',
  '"\\u202e:1"',
  `"${'9'.repeat(2_000)}"`,
  `"${'é'.repeat(1_000)}"`,
];

/** Requests that are one by their shape, with anything in them: the socket stays open and each is answered. */
export function requestPacket(random: Random, id: number): string {
  const timeline = pick(random, values);
  const since = random() < 0.5 ? '' : `,"since":${pick(random, values)}`;
  const extra =
    random() < 0.2 ? `,${pick(random, ['"__proto__":{"x":1}', '"constructor":1', '"role":"admin"', '"a":1e999'])}` : '';
  const name = random() < 0.8 ? 'follow' : 'unfollow';
  const packet = `42${id}["${name}",{"timeline":${timeline}${since}${extra}}]`;
  return packet.length < 4_000 ? packet : `42${id}["follow",{"timeline":""}]`;
}

/** Packets that no honest client sends. */
const malformed: readonly ((random: Random) => string)[] = [
  () => '',
  (random) => String.fromCharCode(upTo(random, 127)),
  (random) => `4${upTo(random, 99)}`,
  (random) => `4${pick(random, ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', '-1'])}${pick(random, values)}`,
  (random) =>
    `40${pick(random, ['/admin,', '/nowhere', '/__proto__,', '/'.repeat(500), '/\u0000,', ',', '/gaza,{"token":1}', '{'])}`,
  (random) => `41${pick(random, ['', '/admin,', '{}'])}`,
  (random) => `42${pick(random, ['/admin,', '/nowhere,', ''])}["follow",{"timeline":"gaza"}]`,
  (random) =>
    `421["${pick(random, ['publish', 'change', 'head', 'problem', 'connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener', 'error', '__proto__', 'constructor', 'join'])}",{"timeline":"gaza"}]`,
  (random) => `421["${'x'.repeat(upTo(random, 3_900))}",{}]`,
  (random) => `421[${pick(random, values)},${pick(random, values)}]`,
  (random) => `421["follow",${pick(random, values)},${pick(random, values)}]`,
  (random) =>
    `42${pick(random, ['-1', '99999999999999999999', '1.5', '1e3', '0x1', ' 1'])}["follow",{"timeline":"gaza"}]`,
  (random) => `43${upTo(random, 9)}[${pick(random, values)}]`,
  (random) => `44${pick(random, values)}`,
  (random) =>
    `45${pick(random, ['1-', '2-', '99-', '-1-', '9999999999-', '1e9-', ''])}["follow",{"_placeholder":true,"num":${upTo(random, 5)}}]`,
  (random) =>
    `46${upTo(random, 99)}-${upTo(random, 9)}[{"_placeholder":true,"num":${pick(random, ['0', '-1', '1e9', '"length"', '"__proto__"'])}}]`,
  (random) => `42["follow",${nested(upTo(random, 1_900))}]`,
  (random) => `421["follow",{"timeline":"gaza"}`.slice(0, upTo(random, 30)),
  (random) =>
    pick(random, ['0', '0{"sid":"x"}', '1', '2probe', '3probe', '5', '6', '7', 'b4', 'bAAAA', '\ud800', '\u0000']),
  (random) => `\u001e42["follow"]\u001e${pick(random, values)}`,
];

export const malformedPacket = (random: Random): string => pick(random, malformed)(random);

/** What breaks the WebSocket protocol itself, or stretches it. */
const frames: readonly ((random: Random) => Buffer)[] = [
  (random) => frame(malformedPacket(random), { opcode: pick(random, [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
  (random) => frame('42["follow"]', { reserved: 1 + upTo(random, 6) }),
  () => frame('42["follow"]', { masked: false }),
  (random) => frame('42', { length: pick(random, [4_097, 65_535, 2 ** 31, 2n ** 62n, 2n ** 63n, 2n ** 64n - 1n]) }),
  (random) => frame('x'.repeat(4_097 + upTo(random, 4_000))),
  (random) => frame('x'.repeat(200), { opcode: pick(random, [8, 9, 10]) }),
  (random) => frame('', { opcode: pick(random, [8, 9, 10]), last: false }),
  () => frame('x', { opcode: 0 }),
  () => Buffer.concat([frame('4', { last: false }), frame('2', { opcode: 1 })]),
  (random) =>
    Buffer.concat([
      frame('4', { last: false }),
      ...Array.from({ length: upTo(random, 40) }, () => frame('', { opcode: 0, last: false })),
    ]),
  (random) =>
    Buffer.concat([
      frame('4', { last: false }),
      ...Array.from({ length: upTo(random, 40) }, () => frame('x'.repeat(200), { opcode: 0, last: false })),
    ]),
  (random) => frame(Buffer.from([0xc3, 0x28, 0xff, upTo(random, 255)])),
  (random) => frame(Buffer.from(Array.from({ length: 1 + upTo(random, 60) }, () => upTo(random, 255))), { opcode: 2 }),
  (random) =>
    Buffer.concat([
      frame('451-["follow",{"_placeholder":true,"num":0}]'),
      ...Array.from({ length: upTo(random, 3) }, () => frame('x', { opcode: 2 })),
    ]),
  (random) => frame(Buffer.from([upTo(random, 255), upTo(random, 255)]), { opcode: 8 }),
  () => frame('', { opcode: 8 }),
  () => frame('x', { opcode: 8 }),
  (random) => Buffer.from(Array.from({ length: 1 + upTo(random, 400) }, () => upTo(random, 255))),
  (random) => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1 + upTo(random, 5))),
];

export interface Volley {
  bytes: Buffer;
  packets: number;
  /** Requests that ask for something which is there: the only ones that may be granted. */
  lawful: ReadonlySet<number>;
  /** Whether the last one is a lawful request too, under an odd number. */
  lastIsLawful: boolean;
}

/** What one socket sends: some requests, then something that ends it, or that is never finished. */
export function volley(random: Random): Volley {
  const requests = random() < 0.2 ? 100 + upTo(random, 300) : upTo(random, 5);
  const parts: Buffer[] = [];
  const lawful = new Set<number>();
  for (let id = 0; id < requests; id++) {
    const packet = requestPacket(random, id);
    if (isLawful(packet)) lawful.add(id);
    parts.push(frame(packet));
  }
  const last = random() < 0.5 ? frame(malformedPacket(random)) : pick(random, frames)(random);
  const lastIsLawful = last.includes('["follow",{"timeline":"gaza"}]');
  return { bytes: Buffer.concat([...parts, last]), packets: requests + 1, lawful, lastIsLawful };
}

/** A follow of `gaza` from a position that is one, or an unfollow of anything that is called something. */
function isLawful(packet: string): boolean {
  const [name, { timeline, since }] = JSON.parse(packet.replace(/^\d+/, '')) as [
    string,
    { timeline: unknown; since?: unknown },
  ];
  if (name === 'unfollow') return typeof timeline === 'string';
  const isPosition =
    since === undefined || (typeof since === 'string' && /^[\w-]{1,64}:(0|[1-9]\d{0,14})$/.test(since));
  return timeline === 'gaza' && isPosition;
}
