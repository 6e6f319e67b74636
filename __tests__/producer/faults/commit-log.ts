/** Events in the order in which a shard took them: four bytes each, since there are millions. */
export class CommitLog {
  #events = new Uint32Array(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * @param id of the event, below 2^31.
   * @param heard whether the answer that acknowledges it reaches the writer.
   */
  add(id: number, heard: boolean): void {
    if (this.#length === this.#events.length) {
      const larger = new Uint32Array(this.#events.length * 2);
      larger.set(this.#events);
      this.#events = larger;
    }
    this.#events[this.#length++] = id * 2 + Number(heard);
  }

  forEach(look: (id: number, heard: boolean) => void): void {
    for (let index = 0; index < this.#length; index++) {
      const event = this.#events[index] ?? 0;
      look(event >>> 1, (event & 1) === 1);
    }
  }
}
