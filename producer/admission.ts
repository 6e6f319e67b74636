/** Memory that is to be shared out. */
export interface Room {
  hasRoomFor(bytes: number): boolean;
  /** Resolves when it is worth asking again. */
  change(): Promise<void>;
  /** Throws where nobody is let in any more. */
  throwIfStopped(): void;
}

/** Lets in, one after another, who needs room: nobody overtakes, and nobody is let in for room that another has taken. */
export class Admission {
  /** Settles when the last who waits has been let in, or turned away; it never rejects. */
  #queue: Promise<void> | undefined;

  constructor(private readonly room: Room) {}

  /**
   * Takes at once where there is room and nobody waits, and else in turn.
   * @param take called when there is room; what it throws is thrown here.
   */
  async enter(bytes: number, take: () => void): Promise<void> {
    this.room.throwIfStopped();
    if (!this.#queue && this.room.hasRoomFor(bytes)) {
      take();
      return;
    }
    const turn = (this.#queue ?? Promise.resolve()).then(() => this.#wait(bytes, take));
    const over = turn.catch(() => {});
    this.#queue = over;
    void over.then(() => {
      if (this.#queue === over) this.#queue = undefined;
    });
    await turn;
  }

  /** Resolves when nobody waits. */
  async empty(): Promise<void> {
    while (this.#queue) await this.#queue;
  }

  async #wait(bytes: number, take: () => void): Promise<void> {
    for (;;) {
      this.room.throwIfStopped();
      if (this.room.hasRoomFor(bytes)) break;
      await this.room.change();
    }
    take();
  }
}
