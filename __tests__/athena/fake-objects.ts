import type { ObjectLocation, ObjectPart, ObjectStore } from '../../athena/index.js';

/** A store of objects in memory, by `s3://bucket/key`, which notes what it was asked. */
export class FakeObjects implements ObjectStore {
  readonly objects: Map<string, Uint8Array>;
  readonly reads: { readonly start: number; readonly end: number }[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly removed: string[] = [];
  /** Thrown by the next reads, one each; or how many bytes of the answer arrive. */
  readonly troubles: (Error | number)[] = [];

  constructor(objects: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.objects = new Map(
      Object.entries(objects).map(([name, content]) => [
        name,
        typeof content === 'string' ? Buffer.from(content) : content,
      ]),
    );
  }

  async read(
    location: ObjectLocation,
    { start, end }: { readonly start: number; readonly end: number },
    signal?: AbortSignal,
  ): Promise<ObjectPart> {
    signal?.throwIfAborted();
    this.reads.push({ start, end });
    this.signals.push(signal);
    const trouble = this.troubles.shift();
    if (trouble instanceof Error) throw trouble;
    const object = this.objects.get(nameOf(location));
    if (!object) throw answered('NoSuchKey', 404);
    const bytes = object.subarray(start, Math.min(end, object.byteLength));
    return { bytes: bytes.subarray(0, trouble), size: object.byteLength, etag: '"etag"' };
  }

  async list({ bucket, key }: ObjectLocation): Promise<readonly string[]> {
    const prefix = `s3://${bucket}/`;
    return [...this.objects.keys()]
      .filter((name) => name.startsWith(`${prefix}${key}`))
      .map((name) => name.slice(prefix.length));
  }

  async remove(location: ObjectLocation): Promise<void> {
    this.removed.push(nameOf(location));
    this.objects.delete(nameOf(location));
  }

  close() {}
}

const nameOf = ({ bucket, key }: ObjectLocation) => `s3://${bucket}/${key}`;

/** An error that S3 itself answered. */
export const answered = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
