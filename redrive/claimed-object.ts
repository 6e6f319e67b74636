import type { LakeBucket, WriteCondition } from './lake-bucket.js';
import { type Claim, type Mark, markKey, markText } from './mark.js';
import { HEARTBEAT } from './marked-object.js';
import { NumberRanges } from './number-ranges.js';

/** What an object's mark is taken over from: nothing, or what was found. */
export interface ClaimFrom {
  readonly condition: WriteCondition;
  /** What has been sent already; absent where everything is to be sent. */
  readonly mark?: Mark | undefined;
}

/**
 * An object whose records this run alone is sending, and its mark. The mark is written only over the one that was
 * written last, so that two runs that claim the same object cannot both go on.
 */
export class ClaimedObject {
  readonly #done: NumberRanges;
  readonly #partly: Map<number, NumberRanges>;
  readonly #heartbeat: NodeJS.Timeout;
  #condition: WriteCondition;
  #revision: number;
  #sent: number;
  #leftOut: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly bucket: LakeBucket,
    private readonly object: string,
    private readonly claim: Claim,
    { condition, mark }: ClaimFrom,
  ) {
    this.#condition = condition;
    this.#done = mark?.done ?? new NumberRanges();
    this.#partly = new Map(mark?.partly);
    this.#revision = mark?.revision ?? 0;
    this.#sent = mark?.sent ?? 0;
    this.#leftOut = mark?.leftOut ?? 0;
    // Whoever reads the mark sees by its age that somebody is at work. What goes wrong here is told by the next save.
    this.#heartbeat = setInterval(() => this.save().catch(() => {}), HEARTBEAT).unref();
  }

  /** Claims an object; undefined where somebody else was faster. */
  static async claim(
    bucket: LakeBucket,
    object: string,
    claim: Claim,
    from: ClaimFrom,
  ): Promise<ClaimedObject | undefined> {
    const claimed = new ClaimedObject(bucket, object, claim, from);
    try {
      await claimed.save();
      return claimed;
    } catch (error) {
      clearInterval(claimed.#heartbeat);
      if (error instanceof ClaimLostError) return undefined;
      throw error;
    }
  }

  /** How many of the object's records are done. */
  get recordsDone(): number {
    return this.#done.size;
  }

  /** Whether an event of a record, counted from 0, has been sent or left out. */
  isDone(record: number, event: number): boolean {
    return this.#done.has(record) || this.#partly.get(record)?.has(event) === true;
  }

  /** Notes what became of events of a record that has `events` in all. */
  note(record: number, events: number, { done, sent, leftOut }: Progress): void {
    this.#sent += sent;
    this.#leftOut += leftOut;
    const all = this.#partly.get(record) ?? new NumberRanges();
    for (const event of done) all.add(event);
    if (all.size < events) {
      if (all.size > 0) this.#partly.set(record, all);
      return;
    }
    this.#done.add(record);
    this.#partly.delete(record);
  }

  /**
   * Writes the mark.
   * @throws ClaimLostError where another run has taken the object over.
   */
  save(): Promise<void> {
    return this.#write(this.claim, false);
  }

  /** Writes the mark for the last time, for whoever comes next; `complete` where there is nothing left to send. */
  async release(complete: boolean): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#write(undefined, complete);
  }

  #write(claim: Claim | undefined, complete: boolean): Promise<void> {
    // One after the other, whatever became of the one before: each is about the ETag that the last one gave.
    const writing = this.#writing.catch(() => {}).then(() => this.#writeNow(claim, complete));
    this.#writing = writing;
    return writing;
  }

  async #writeNow(claim: Claim | undefined, complete: boolean): Promise<void> {
    const key = markKey(this.object);
    this.#revision++;
    const text = markText({
      object: this.object,
      claim,
      updated: new Date().toISOString(),
      revision: this.#revision,
      complete,
      sent: this.#sent,
      leftOut: this.#leftOut,
      done: this.#done,
      partly: this.#partly,
    });
    const etag = await this.bucket.writeSmall(key, text, this.#condition);
    // Refused, it may have been written all the same, by a first try whose answer was lost.
    const now = etag ?? (await this.#etagOf(key, text));
    if (now === undefined) throw new ClaimLostError(this.object);
    this.#condition = { kind: 'unchanged', etag: now };
  }

  async #etagOf(key: string, text: string): Promise<string | undefined> {
    const found = await this.bucket.readSmall(key);
    return found?.text === text ? found.etag : undefined;
  }
}

/** What became of some events of a record. */
export interface Progress {
  /** The events, counted from 0, that were sent or left out. */
  readonly done: Iterable<number>;
  /** How many the stream has said it has. */
  readonly sent: number;
  /** How many a mapping left out. */
  readonly leftOut: number;
}

/** Another run writes an object's mark: this one must not go on with the object. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
  constructor(readonly object: string) {
    super(`Another run has taken over ${object}.`);
  }
}
