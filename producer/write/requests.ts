import type { SendPutRecords } from './kinesis-connection.js';
import type { KinesisRecord } from './kinesis-record.js';
import { neverConnected, type Outcome, outcomeOfError, outcomesOfAnswer } from './outcome.js';
import { type Parcel, putRecordsEntry } from './parcel.js';

interface RequestOptions {
  readonly streamName: string;
  readonly send: SendPutRecords;
  readonly maxInFlight: number;
}

/** Sends PutRecords requests, and says of each parcel what became of it. */
export class Requests<R extends KinesisRecord> {
  #everConnected = false;
  /** Answers in a row that the credentials have expired. */
  #expirations = 0;

  constructor(private readonly options: RequestOptions) {}

  /** Sends one request; gives as many outcomes as there are parcels, and never rejects. */
  async send(batch: readonly Parcel<R>[]): Promise<readonly Outcome[]> {
    try {
      const answer = await this.options.send({
        StreamName: this.options.streamName,
        Records: batch.map(putRecordsEntry),
      });
      this.#everConnected = true;
      this.#expirations = 0;
      return outcomesOfAnswer(batch.length, answer);
    } catch (error) {
      this.#everConnected ||= !neverConnected(error);
      const outcome = this.#patiently(outcomeOfError(error, this.#everConnected), error);
      return batch.map(() => outcome);
    }
  }

  /** Credentials that have expired may be renewed; where they are not, trying on does not help. */
  #patiently(outcome: Outcome, error: unknown): Outcome {
    if (outcome.kind !== 'try-again') return outcome;
    this.#expirations = outcome.expired ? this.#expirations + 1 : 0;
    const isHopeless = this.#expirations > this.options.maxInFlight + MOST_EXPIRATIONS;
    return isHopeless ? { kind: 'fatal', error } : outcome;
  }
}

/** Expired answers in a row, beyond those that were under way, after which the credentials will not come back. */
const MOST_EXPIRATIONS = 4;
