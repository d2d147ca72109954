import { type FoundUpdate, updatesPerShard, type WordFile, wordShard } from '../../shared/search/archive-index.ts';
import { formsInQuestion, tokensOf } from '../../shared/search/words.ts';

/** Rows shown; whoever wants fewer asks for more words. */
const mostShown = 200;

declare global {
  /** Files of the index call this with what is in them. */
  var daymarkArchive: (name: string, content: unknown) => void;
}

const arrived = new Map<string, unknown>();
globalThis.daymarkArchive = (name, content) => arrived.set(name, content);

/** Loads a file of the index as a script, as that works from a disk too; null where there is none. */
function load<T>(name: string): Promise<T | null> {
  if (arrived.has(name)) return Promise.resolve(arrived.get(name) as T);
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = `search/${name}.js`;
    script.onload = () => resolve((arrived.get(name) as T | undefined) ?? null);
    script.onerror = () => resolve(null);
    document.head.append(script);
  });
}

/** Numbers of the updates that have a word, in any of its forms; of the last word its beginning is enough. */
async function withWord(word: string, isLast: boolean): Promise<Set<number>> {
  const numbers = new Set<number>();
  for (const form of formsInQuestion(word)) {
    const file = await load<WordFile>(`words-${wordShard(form)}`);
    for (const [known, updates] of Object.entries(file ?? {}))
      if (known === form || (isLast && form.length > 1 && known.startsWith(form)))
        for (const number of updates) numbers.add(number);
  }
  return numbers;
}

async function numbersFor(question: string): Promise<number[]> {
  const words = tokensOf(question, false).map(({ word }) => word);
  if (words.length === 0) return [];
  const sets = await Promise.all(words.map((word, i) => withWord(word, i === words.length - 1)));
  const [first = new Set<number>(), ...others] = sets;
  return [...first].filter((number) => others.every((set) => set.has(number))).sort((a, b) => a - b);
}

async function rowFor(number: number): Promise<HTMLTableRowElement> {
  const updates = await load<FoundUpdate[]>(`updates-${Math.floor(number / updatesPerShard)}`);
  const [href, date, text] = updates?.[number % updatesPerShard] ?? ['', '', ''];
  const row = document.createElement('tr');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  const when = document.createElement('td');
  when.textContent = date;
  const what = document.createElement('td');
  what.append(link);
  row.append(when, what);
  return row;
}

let asked = 0;

async function answer(form: HTMLFormElement, question: string): Promise<void> {
  asked += 1;
  const mine = asked;
  const numbers = await numbersFor(question);
  const rows = await Promise.all(numbers.slice(0, mostShown).map(rowFor));
  // A later question has been asked while this one’s files came.
  if (mine !== asked) return;
  const { found = '', nothing = '', language = 'en' } = form.dataset;
  const count = new Intl.NumberFormat(language).format(numbers.length);
  document.querySelector('#archive-found')?.replaceChildren(numbers.length > 0 ? `${found} ${count}` : nothing);
  document.querySelector('#archive-hits')?.replaceChildren(...rows);
}

const form = document.querySelector<HTMLFormElement>('#archive-search');
const input = form?.querySelector('input');
if (form && input) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer(form, input.value);
  });
  const given = new URLSearchParams(location.search).get('q');
  if (given) {
    input.value = given;
    void answer(form, given);
  }
}
