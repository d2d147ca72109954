import type { IconNode } from 'lucide';
import { h } from 'preact';

interface IconProps {
  /** One of lucide’s: `import { Pin } from 'lucide'`. */
  of: IconNode;
  /** What it says where no text beside it does; without one, screen readers pass it over. */
  label?: string;
  /** Mirrored in a page that runs right to left: for what points somewhere. */
  turns?: boolean;
}

export function Icon({ of, label, turns = false }: IconProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has an aria-label, or is passed over
    <svg
      class={turns ? 'icon turns' : 'icon'}
      viewBox="0 0 24 24"
      {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label })}
    >
      {of.map(([tag, attributes], i) => h(tag, { ...attributes, key: i }))}
    </svg>
  );
}
