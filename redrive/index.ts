export { Delivery } from './delivery.js';
export { type FoundObject, findObjects } from './find-objects.js';
export { LakeBucket } from './lake-bucket.js';
export type { Mapped, MappedFrom, Mapping } from './mapping.js';
export { EVENTS_A_MARK, type SendingOptions, type UnsendableEvent } from './object-sending.js';
export { type Plan, planRedrive } from './plan.js';
export { type RedriveOptions, type RedriveReport, redrive } from './redrive.js';
