import { Ellipsis, type IconNode } from 'lucide';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface MenuItem {
  label: string;
  icon?: IconNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  /** What it is a menu of, for those who don’t see where it stands: “Actions for Jane”. */
  label: string;
  items: readonly MenuItem[];
  /** Shown on the button in place of three dots. */
  text?: string;
}

/** A button that opens a list of actions: arrows move, Enter selects, Escape or a click elsewhere closes. */
export function Menu({ label, items, text }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  // Before the next key, or whoever is quick would be put back to the first.
  useLayoutEffect(() => {
    if (!isOpen) return;
    entries(root.current)[0]?.focus();
    const leave = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const all = entries(root.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (to === undefined) return;
    else all[(to + all.length) % all.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and the items inside
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={text === undefined ? 'button quiet' : 'button plain'}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        {...(text === undefined ? { 'aria-label': label, title: label } : {})}
        onClick={() => setOpen(!isOpen)}
      >
        {text === undefined ? <Icon of={Ellipsis} /> : <span>{text}</span>}
      </button>
      {isOpen && (
        <div class="menu-list" id={id} role="menu" aria-label={label}>
          {items.map(({ label: name, icon, danger, disabled, onSelect }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={danger ? 'danger' : undefined}
              disabled={disabled}
              onClick={() => {
                close();
                onSelect();
              }}
            >
              {icon && <Icon of={icon} />}
              <span>{name}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const entries = (root: HTMLElement | null): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)') ?? []),
];
