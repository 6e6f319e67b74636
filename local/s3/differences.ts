import type { Differences } from '../wire/differences.js';

export const s3Differences: Differences<typeof import('@aws-sdk/client-s3')> = {
  service: [
    'Whoever has credentials of the bucket’s account, or none where that is 000000000000, may do everything: policies, public access blocks and ownership controls are kept and not held to, and ACLs other than `private` are refused.',
    'Signatures are not checked. Addresses that were signed beforehand expire.',
    'Nothing is encrypted: what a request says of encryption is kept and given back.',
    'Checksums and MD5s are held to for the bodies of objects and parts, and passed over for documents such as that of DeleteObjects.',
    'All objects are of the class `STANDARD`.',
    'Lifecycle rules, access logs and request payment are kept or told, and nothing is done by them.',
    'A bucket is in the region that it was made in, and answers in every one: there is no redirect.',
  ],
  operations: {
    GetBucketLogging: 'What was put is given back; no log is delivered.',
    GetObjectAttributes:
      'Of an object with checksums of its parts the parts are refused; else they are counted.',
    ListBuckets: 'Of all regions, in the order of their names.',
    PutBucketLifecycleConfiguration: 'The rules are kept; nothing expires and nothing moves.',
    PutBucketPolicy: 'Is kept where it is JSON; nothing is allowed or denied by it.',
  },
};
