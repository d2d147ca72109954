import { useState } from 'preact/hooks';
import type { Answer, Refusal } from './api.ts';

/** Something that a form or a press sends: whether it is on its way, why it was refused, and what is done once it is taken. */
export function useSending<T>(ask: () => Promise<Answer<T>>, onTaken: (body: T) => void) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const send = async (): Promise<void> => {
    // A second press while the first is on its way means the same.
    if (isBusy) return;
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onTaken(answer.body);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void send();
  };
  return { isBusy, problem, send, submit };
}
