import { X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';

export interface Toast {
  text: string;
  /** Stays until it is put away. */
  isFault?: boolean;
  action?: { label: string; run: () => void };
}

interface Shown extends Toast {
  id: number;
}

const shownForMs = 6_000;
let count = 0;
let show: (toast: Shown) => void = () => undefined;

/** Says in a corner what has just happened; screen readers hear it. What somebody must act on belongs into the page. */
export function toast(said: string | Toast): void {
  show({ ...(typeof said === 'string' ? { text: said } : said), id: ++count });
}

/** Where toasts appear: once, beside the shell. */
export function Toasts() {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  useEffect(() => {
    show = (next) => setToasts((before) => [...before.slice(-2), next]);
  }, []);
  const drop = (id: number): void => setToasts((before) => before.filter((one) => one.id !== id));
  return (
    <div class="toasts" role="status">
      {toasts.map((one) => (
        <ToastView key={one.id} toast={one} onGone={() => drop(one.id)} />
      ))}
    </div>
  );
}

function ToastView({ toast: { text, isFault = false, action }, onGone }: { toast: Shown; onGone: () => void }) {
  // The time runs from its appearance, once.
  useEffect(() => {
    if (isFault || action) return;
    const timer = setTimeout(onGone, shownForMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={isFault ? 'toast fault' : 'toast'}>
      <p>{text}</p>
      {action && (
        <Button
          look="quiet"
          onClick={() => {
            onGone();
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label="Put away" onClick={onGone} />
    </div>
  );
}
