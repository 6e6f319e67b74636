import type { PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';

/** What the stream does with one request. */
export type Fault =
  | { readonly kind: 'none' }
  /** Entries whose index modulo `every` is zero fail with `code`, the others are taken. */
  | { readonly kind: 'entries'; readonly every: number; readonly code: string }
  /** The whole request is an error; `committed` says whether its records were taken all the same. */
  | { readonly kind: 'error'; readonly error: Error; readonly committed: boolean }
  /** Everything is taken, but the answer has only so many entries. */
  | { readonly kind: 'short'; readonly entries: number }
  /** Everything is taken, but the answer is this. */
  | { readonly kind: 'garbage'; readonly answer: unknown };

/** An error as the AWS SDK throws it. */
export function sdkError(name: string, extra: { status?: number; code?: string } = {}): Error {
  const { status, code } = extra;
  return Object.assign(new Error(`${name} by script`), {
    name,
    ...(code && { code }),
    ...(status && { $metadata: { httpStatusCode: status } }),
  });
}

/** A stream that plays a script of faults, one a request, and is well once the script is over. */
export class ScriptedStream {
  /** Data of the records taken, as text, in order. */
  readonly taken: string[] = [];
  readonly requests: PutRecordsCommandInput[] = [];
  mostInFlight = 0;
  #inFlight = 0;
  #sequence = 0;
  readonly #script: Fault[];

  constructor(script: readonly Fault[] = []) {
    this.#script = [...script];
  }

  readonly send = async (input: PutRecordsCommandInput): Promise<PutRecordsCommandOutput> => {
    this.requests.push(input);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.#inFlight);
    // Answers come when those who wait for nothing have gone on.
    await new Promise((resolve) => setImmediate(resolve));
    this.#inFlight--;
    const fault = this.#script.shift() ?? { kind: 'none' };
    const $metadata = { httpStatusCode: 200 };
    switch (fault.kind) {
      case 'none':
        return { Records: this.#take(input), $metadata };
      case 'entries':
        return { Records: this.#take(input, (index) => index % fault.every === 0, fault.code), $metadata };
      case 'short':
        return { Records: this.#take(input).slice(0, fault.entries), $metadata };
      case 'garbage':
        this.#take(input);
        return fault.answer as PutRecordsCommandOutput;
      case 'error':
        if (fault.committed) this.#take(input);
        throw fault.error;
    }
  };

  #take(input: PutRecordsCommandInput, fails: (index: number) => boolean = () => false, code = '') {
    return (input.Records ?? []).map(({ Data }, index) => {
      if (fails(index)) return { ErrorCode: code, ErrorMessage: `${code} by script` };
      this.taken.push(Buffer.from(Data ?? []).toString());
      return { ShardId: 'shardId-000000000000', SequenceNumber: String(++this.#sequence) };
    });
  }
}
