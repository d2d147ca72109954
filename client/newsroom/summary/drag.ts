/** What is dragged within the summary editor; the kind is in the type, as only that can be read before the drop. */
export type Dragged = 'update' | 'point' | 'section';

const typeOf = (kind: Dragged): string => `application/x-daymark-${kind}`;

export function startDrag(event: DragEvent, kind: Dragged, id: string, label: string): void {
  const { dataTransfer } = event;
  if (!dataTransfer) return;
  dataTransfer.setData(typeOf(kind), id);
  dataTransfer.setData('text/plain', label);
  dataTransfer.effectAllowed = kind === 'update' ? 'copy' : 'move';
  event.stopPropagation();
}

export const isDragging = (event: DragEvent, kind: Dragged): boolean =>
  event.dataTransfer?.types.includes(typeOf(kind)) === true;

export const draggedId = (event: DragEvent, kind: Dragged): string | null =>
  event.dataTransfer?.getData(typeOf(kind)) || null;

/** Whether the pointer is in the lower half of an element: what is dropped goes behind it. */
export function isLowerHalf(event: DragEvent): boolean {
  const { top, height } = (event.currentTarget as Element).getBoundingClientRect();
  return event.clientY > top + height / 2;
}
