import { GripVertical } from 'lucide';
import { Icon } from '../components/icon.tsx';
import { type Dragged, startDrag } from './drag.ts';

/** Where something is taken hold of with a pointer; those with a keyboard have the arrows beside it. */
export function Grip({ kind, id, label }: { kind: Dragged; id: string; label: string }) {
  return (
    // for pointers alone
    <span class="grip" draggable aria-hidden="true" onDragStart={(event) => startDrag(event, kind, id, label)}>
      <Icon of={GripVertical} />
    </span>
  );
}
