export { type Backoff, DEFAULT_BACKOFF } from './backoff.js';
export { BLOCK, type GeneratedEvent, type GenerateOptions, generate, REFERENCE_DATE } from './generate.js';
export { connectKinesis, type KinesisConnection, type SendPutRecords } from './kinesis-connection.js';
export { type KinesisRecord, sizeOf } from './kinesis-record.js';
export { LIMITS } from './limits.js';
export type { Acknowledged } from './outcome.js';
export {
  type JsonEvent,
  type Packed,
  type PackedRecord,
  pack,
  type Refusal,
  type RefusalCode,
} from './pack.js';
export { type ProduceOptions, type ProduceReport, produce } from './produce.js';
export type { Timers } from './timers.js';
export type { FailureCount, WriteReport } from './write-report.js';
export { RecordWriter } from './writer.js';
export type { Settled, WriterOptions } from './writer-options.js';
export { WriterStoppedError } from './writer-stopped-error.js';
