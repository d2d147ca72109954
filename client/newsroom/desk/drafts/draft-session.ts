import type { Timeline } from '../../../../shared/timeline.ts';
import type { NewUpdate, Update, UpdatePatch } from '../../../../shared/update.ts';
import type { Answer, Refusal } from '../../api.ts';
import { differing, type Form, formOf, inputOf, isBlank, patchOf } from '../composer/form.ts';
import { isPassing } from '../outbox/posting.ts';
import type { LocalDraft } from './local-drafts.ts';

export interface DraftPorts {
  create: (input: NewUpdate, idempotencyKey: string) => Promise<Answer<Update>>;
  revise: (id: string, revision: number, patch: UpdatePatch) => Promise<Answer<Update>>;
  keep: (draft: LocalDraft) => Promise<void>;
  now: () => number;
  onChange: (state: DraftState) => void;
}

/** How safe the text is: here alone, on the server, or refused by it. */
export type Saving = 'empty' | 'here' | 'saving' | 'saved' | 'offline' | 'refused';

export interface DraftState {
  draft: LocalDraft;
  saving: Saving;
  problem: Refusal | null;
  /** Somebody has saved another version since: theirs as it now stands. */
  conflict: Update | null;
  /** Another number whenever something other than typing put the text there: the controls begin anew then. */
  sheet: number;
}

/** Waits after a keystroke: the browser’s copy, and the server’s. */
const keepMs = 250;
const saveMs = 1_200;
const againMs = 5_000;

let sheets = 0;

/**
 * One text from its first letter until it is published or thrown away. Every change is kept in the browser at once and on the
 * server soon after; what is typed while a save is under way goes with the next one.
 */
export class DraftSession {
  readonly #ports: DraftPorts;
  readonly #timeline: Timeline;
  #state: DraftState;
  /** The form as the server was last sent it. */
  #sent: Form | null;
  #running: Promise<void> | null = null;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #isPaused = false;

  constructor(draft: LocalDraft, timeline: Timeline, ports: DraftPorts) {
    this.#ports = ports;
    this.#timeline = timeline;
    this.#sent = draft.of?.base ?? null;
    const saving = isBlank(draft.form) ? 'empty' : 'here';
    this.#state = { draft, saving, problem: null, conflict: null, sheet: ++sheets };
  }

  get state(): DraftState {
    return this.#state;
  }

  change(change: Partial<Form>): void {
    const { draft } = this.#state;
    const form = { ...draft.form, ...change };
    const savedAt = new Date(this.#ports.now()).toISOString();
    this.#tell({ draft: { ...draft, form, savedAt }, saving: isBlank(form) ? 'empty' : 'here', problem: null });
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => void this.#keep(), keepMs);
    this.#later(saveMs);
  }

  /** Saves now; resolves when the server has answered. */
  async save(): Promise<void> {
    clearTimeout(this.#saveTimer);
    await this.#keep();
    while (this.#running) await this.#running;
    if (this.#isClosed || this.#isPaused || !this.#mayBeSaved()) return;
    this.#running = this.#saveOnce().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Goes on from what both have written. */
  resolve(form: Form, theirs: Update): void {
    const base = formOf(theirs, this.#timeline.timeZone);
    const { draft } = this.#state;
    const isDraft = theirs.status === 'draft' || theirs.status === 'scheduled';
    this.#sent = base;
    const of = { id: theirs.id, revision: theirs.revision, base, isDraft };
    this.#tell({ draft: { ...draft, form, of }, conflict: null, sheet: ++sheets });
    this.change(form);
  }

  /** What a save that somebody else has overtaken was told. */
  overtaken(theirs: Update): void {
    this.#tell({ conflict: theirs, saving: 'here' });
  }

  /**
   * Saves nothing until `goOn`: what goes out must not be overtaken by its own draft, or its writer would be told that somebody
   * else has changed it. Resolves when nothing is under way any more.
   */
  async pause(): Promise<void> {
    this.#isPaused = true;
    await this.settled();
  }

  goOn(): void {
    this.#isPaused = false;
    if (this.#mayBeSaved()) this.#later(saveMs);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#keepTimer);
    clearTimeout(this.#saveTimer);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #mayBeSaved(): boolean {
    const { draft, conflict } = this.#state;
    // An edit of what is public is saved when somebody says so, and then for all to see.
    if (conflict !== null || draft.of?.isDraft === false || isBlank(draft.form)) return false;
    return this.#sent === null || differing(this.#sent, draft.form).length > 0;
  }

  async #saveOnce(): Promise<void> {
    const { draft } = this.#state;
    const { form, of, id } = draft;
    this.#tell({ saving: 'saving' });
    if (of) {
      const patch = patchOf(this.#sent ?? of.base, form, this.#timeline, this.#ports.now());
      if (patch) this.#take(await this.#ports.revise(of.id, of.revision, patch), form);
      else this.#tell({ saving: 'here' });
      return;
    }
    // Its outcome may stay unknown: then the very same is sent again, and what was typed since goes as a revision of it.
    const creating = draft.creating ?? this.#creationOf(form);
    if (!creating) {
      this.#tell({ saving: 'here' });
      return;
    }
    this.#tell({ draft: { ...this.#state.draft, creating } });
    await this.#keep();
    this.#take(await this.#ports.create(creating.input, `${id}-draft`), creating.form);
  }

  #creationOf(form: Form): LocalDraft['creating'] {
    const input = inputOf(form, this.#timeline, this.#ports.now());
    return input && { input: { ...input, status: 'draft' }, form };
  }

  #take(answer: Answer<Update>, sent: Form): void {
    if (this.#isClosed) return;
    if (!answer.ok) {
      this.#refused(answer.problem);
      return;
    }
    const { creating: _, ...draft } = this.#state.draft;
    const { id, revision } = answer.body;
    this.#sent = sent;
    const of = { id, revision, base: formOf(answer.body, this.#timeline.timeZone), isDraft: true };
    const isCurrent = differing(sent, draft.form).length === 0;
    this.#tell({ draft: { ...draft, of }, saving: isCurrent ? 'saved' : 'here', problem: null });
    void this.#keep();
    if (!isCurrent) this.#later(saveMs);
  }

  #refused(problem: Refusal): void {
    if (problem.code === 'stale-revision') {
      this.overtaken(problem.current as Update);
      return;
    }
    if (isPassing(problem)) {
      this.#tell({ saving: 'offline', problem });
      this.#later(againMs);
      return;
    }
    const { creating: _, ...draft } = this.#state.draft;
    // Thrown away by somebody else: the text is still here, and becomes a new draft.
    const isGone = problem.code === 'removed' || problem.code === 'not-found';
    if (isGone) this.#sent = null;
    this.#tell({ draft: isGone ? { ...draft, of: null, id: crypto.randomUUID() } : draft, saving: 'refused', problem });
  }

  #later(ms: number): void {
    clearTimeout(this.#saveTimer);
    if (!this.#isClosed) this.#saveTimer = setTimeout(() => void this.save(), ms);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keepTimer);
    if (!this.#isClosed) await this.#ports.keep(this.#state.draft);
  }

  #tell(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    this.#ports.onChange(this.#state);
  }
}
