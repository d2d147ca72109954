/**
 * What a reader’s own browser remembers of him: where he stopped reading, and how he wants to read. Nothing of it leaves the
 * browser, and a browser that keeps nothing is one that remembers nothing.
 */
const key = (name: string): string => `daymark:${name}`;

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null; // storage is forbidden here
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), value);
  } catch {
    // Forbidden or full: then it is not remembered.
  }
}
