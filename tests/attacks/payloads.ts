import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { randomFrom } from '../support/random.ts';

/** Public lists of what has broken out of pages, where they lie beside the repository; never part of it. */
const folder = ['../shared/data/payloads', process.env['PAYLOADS'] ?? ''].find((one) => one !== '' && existsSync(one));

/** One way out of each place that a text of ours stands in, and what has fooled sanitisers. */
export const ownPayloads: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  '</textarea><svg onload=alert(1)>',
  '--><img src=x onerror=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
  "' onfocus='alert(1)' autofocus tabindex=0 x='",
  'x onfocus=alert(1) autofocus tabindex=0',
  '<img src=x onerror=alert(1)//',
  '<svg/onload=alert(1)>',
  '<svg><script xlink:href="data:,alert(1)"/></svg>',
  '<svg><animate xlink:href=#a attributeName=href values=javascript:alert(1) /><a id=a><text y=20>x',
  '<svg></p><style><g title="</style><img src onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#10;script&colon;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:alert(1)">x</a>',
  '<a href="//evil.example/">x</a>',
  '<a href="\\\\evil.example/">x</a>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css"; body{background:url(https://evil.example/)}</style>',
  '<p style="position:fixed;inset:0;background:url(https://evil.example/x)">x</p>',
  '<input onfocus=alert(1) autofocus>',
  '<details open ontoggle=alert(1)>x</details>',
  '<video><source onerror=alert(1)></video>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<p id=main name=body class=note>x</p><a id=location name=location href=x>x</a>',
  '<custom-element onpointerrawupdate=alert(1)>x</custom-element>',
  '[x](javascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '![x](https://evil.example/x.png)',
  '![x"onerror="alert(1)](x)',
  '<javascript:alert(1)>',
  '<https://evil.example/"onmouseover="alert(1)>',
  '[x]: javascript:alert(1) "x"\n[x]',
  '`<img src=x onerror=alert(1)>`',
  '{{constructor.constructor("alert(1)")()}}',
  '<%= alert(1) %>',
  "'-alert(1)-'",
  'javascript:alert(1)',
  'javascript://example.org/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  '\ufeff<script>alert(1)</script>',
  '\u202e<script>alert(1)</script>\u202c',
  '\ud800<script>alert(1)</script>\udc00',
  '\u0000<script\u0000>alert(1)</script>',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '\u2028alert(1)\u2029',
  '=cmd|"/c calc"!A1',
  // Cut in the middle of a character where words of the index end.
  `x${'\u{10330}'.repeat(120)}`,
  '__proto__',
  '../../../../etc/passwd',
];

/** Every payload of the lists, without doubles; null where they are not on this machine. */
export function listedPayloads(): string[] | null {
  if (folder === undefined) return null;
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n'));
  const payloads = lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { payload: string }).payload);
  return [...new Set(payloads)].filter((payload) => payload.trim() !== '');
}

/** Our own and `count` of the lists, the same ones for the same seed. */
export function samplePayloads(count: number, seed: number): string[] {
  const listed = listedPayloads();
  if (!listed) {
    console.warn('The payload lists are not on this machine: only those of the repository are tried.');
    return [...ownPayloads];
  }
  const random = randomFrom(seed);
  const drawn = Array.from({ length: count }, () => listed[Math.floor(random() * listed.length)] ?? '');
  return [...new Set([...ownPayloads, ...drawn])];
}
