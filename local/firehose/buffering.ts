/** What Firehose buffers where a destination that converts does not say. */
export const BUFFERING_DEFAULTS = { SizeInMBs: 128, IntervalInSeconds: 300 } as const;
