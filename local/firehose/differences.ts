import type { Differences } from '../wire/differences.js';

export const firehoseDifferences: Differences<typeof import('@aws-sdk/client-firehose')> = {
  service: [
    'A delivery stream is `ACTIVE` as soon as it is made.',
    'Roles are kept and not asked: a delivery needs no permission.',
    'Nothing is encrypted: what is asked of encryption is kept and given back.',
    'Nothing is written to the log stream that a destination names.',
  ],
  operations: {},
};
