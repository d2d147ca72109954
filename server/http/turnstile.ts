/** Lets so many through at once, of one address and in all. Nobody waits: who is not let in comes back later. */
export class Turnstile {
  readonly #perAddress: number;
  readonly #inAll: number;
  readonly #inside = new Map<string, number>();
  #count = 0;

  constructor(most: { perAddress: number; inAll: number }) {
    this.#perAddress = most.perAddress;
    this.#inAll = most.inAll;
  }

  /** How to go out again (once), or null where it is full. */
  enter(address: string): (() => void) | null {
    const here = this.#inside.get(address) ?? 0;
    if (this.#count >= this.#inAll || here >= this.#perAddress) return null;
    this.#count += 1;
    this.#inside.set(address, here + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#count -= 1;
      const left = (this.#inside.get(address) ?? 1) - 1;
      if (left > 0) this.#inside.set(address, left);
      else this.#inside.delete(address);
    };
  }
}
