import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

type Look = 'main' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon'> {
  look?: Look;
  icon?: IconNode;
  /** Something is under way: it can’t be pressed again, and keeps its width. */
  busy?: boolean;
  children?: ComponentChildren;
}

/** `look`: `main` for the one thing that a page is for, `danger` for what can’t be undone, `quiet` inside rows and bars. */
export function Button({ look = 'plain', icon, busy = false, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={classOf(look, rest.class)}
      aria-busy={busy}
      disabled={busy || rest.disabled === true}
    >
      {icon && <Icon of={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A button with an icon alone; `label` is what it is called, and its tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: Omit<ButtonProps, 'children' | 'icon'> & { icon: IconNode; label: string }) {
  return <Button look="quiet" {...rest} icon={icon} aria-label={label} title={label} />;
}

/** What looks like a button and leads somewhere. */
export function LinkButton({
  look = 'plain',
  icon,
  href,
  children,
}: {
  look?: Look;
  icon?: IconNode;
  href: string;
  children: ComponentChildren;
}) {
  return (
    <a class={classOf(look, undefined)} href={href}>
      {icon && <Icon of={icon} />}
      <span>{children}</span>
    </a>
  );
}

const classOf = (look: Look, more: unknown): string =>
  ['button', look, typeof more === 'string' ? more : ''].filter(Boolean).join(' ');
