import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Benchmark, Task } from '../benchmark.js';
import { localAws } from '../local-aws.js';
import { type Measurement, measure } from '../measure.js';
import { RawConnection, s3Request } from '../raw-connection.js';
import { fixedAnswerServer } from '../server-process.js';

const ONE_PAGE = 'a page of 1,000, from the middle of 100,000';
const ALL_OF_LARGE = 'all pages of 100,000, one after another';
const ALL_OF_SMALL = 'all pages of 10,000, one after another';
const LIMIT = 'pages of 1,000, the limit';

/** What one waits for in `aws s3 ls`. The peer answers as much and looks nothing up. */
export const listing: Benchmark = {
  name: 'listing',
  about:
    'pages of 1,000 objects listed by local S3, one after another, with buckets of 10,000 and of 100,000 objects. Wanted are 50 ms a page.',
  unit: 'pages',
  rounds: 1,
  surroundings: () => localAws({ fill: fillBuckets }),
  contenders: [
    { name: ONE_PAGE, run: onePage },
    { name: ALL_OF_LARGE, run: (task) => allPages(task, LARGE) },
    { name: ALL_OF_SMALL, run: (task) => allPages(task, SMALL) },
    { name: LIMIT, surroundings: () => fixedAnswerServer(somePage()), run: theSame },
  ],
  comparisons: [ONE_PAGE, ALL_OF_LARGE, ALL_OF_SMALL].map((subject) => ({
    subject,
    peer: LIMIT,
    figure: 'rate',
  })),
};

interface Bucket {
  readonly name: string;
  readonly objects: number;
}

const SMALL: Bucket = { name: 'bench-small', objects: 10_000 };
const LARGE: Bucket = { name: 'bench-large', objects: 100_000 };
const PAGE = 1_000;

/** As Firehose calls them. */
const keyOf = (number: number) =>
  `customers/year=2026/month=02/day=04/lakehouse-customers-1-2026-02-04-21-35-54-${String(number).padStart(8, '0')}.parquet`;

async function onePage({ events = 100, endpoint }: Task): Promise<Measurement> {
  const after = encodeURIComponent(keyOf(LARGE.objects / 2));
  return repeated(endpoint, s3Request(`/${LARGE.name}?list-type=2&start-after=${after}`), events);
}

/** As long as a page of local S3. */
function somePage(): string {
  const contents = Array.from(
    { length: PAGE },
    (_, i) =>
      `<Contents><Key>${keyOf(i)}</Key><LastModified>2026-02-04T21:35:54.000Z</LastModified><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  return `<ListBucketResult>${contents.join('')}</ListBucketResult>`;
}

async function theSame({ events = 100, endpoint }: Task): Promise<Measurement> {
  return repeated(endpoint, s3Request('/'), events);
}

async function repeated(endpoint: string, request: Buffer, times: number): Promise<Measurement> {
  const connection = await RawConnection.open(endpoint);
  for (let turn = 0; turn < 10; turn++) await connection.send(request);
  const measurement = await measure(async () => {
    for (let turn = 0; turn < times; turn++) check(await connection.send(request));
    return times;
  });
  connection.close();
  return { ...measurement, note: perPage(measurement) };
}

/** From page to page, as every client does. */
async function allPages({ endpoint }: Task, bucket: Bucket): Promise<Measurement> {
  const connection = await RawConnection.open(endpoint);
  const measurement = await measure(async () => {
    let pages = 0;
    for (let token: string | undefined = ''; token !== undefined; pages++) {
      const behind = token && `&continuation-token=${encodeURIComponent(token)}`;
      const page = await connection.send(s3Request(`/${bucket.name}?list-type=2${behind}`));
      check(page);
      token = /<NextContinuationToken>([^<]*)</.exec(String(page))?.[1];
    }
    if (pages !== bucket.objects / PAGE) throw new Error(`There were ${pages} pages.`);
    return pages;
  });
  connection.close();
  return { ...measurement, note: perPage(measurement) };
}

const perPage = ({ seconds, amount }: Measurement) => `${((seconds / amount) * 1_000).toFixed(1)} ms a page`;

function check(page: Buffer): void {
  if (!page.includes('</Contents>')) throw new Error(`There is nothing in the page: ${page}`);
}

/**
 * Puts the objects into the store of a local AWS that does not run yet. All have the same content: to put so many by
 * requests would take most of a minute.
 */
async function fillBuckets(dataDir: string): Promise<void> {
  const [{ openStore }, { ContentFiles }, { ObjectTable }, { bucketKey }] = await Promise.all([
    import('../../local/store/store.js'),
    import('../../local/store/content.js'),
    import('../../local/s3/object-table.js'),
    import('../../local/s3/bucket-entry.js'),
  ]);
  const store = await openStore(dataDir);
  const content = new ContentFiles(dataDir);
  await content.open();
  const objects = new ObjectTable(store, content);
  const file = 'aa/content';
  await mkdir(dirname(content.pathOf(file)), { recursive: true });
  await writeFile(content.pathOf(file), '.');
  const entry = {
    file,
    size: 1,
    etag: '"d41d8cd98f00b204e9800998ecf8427e"',
    lastModified: Date.now(),
    headers: { ContentType: 'application/octet-stream' },
    metadata: {},
  };
  for (const { name, objects: amount } of [SMALL, LARGE]) {
    const place = { name, account: '000000000000', region: 'us-east-1', createdAt: Date.now() };
    const bucketId = await store.transaction(() => {
      const id = store.nextId();
      store.entries.put(bucketKey(name), { id, ...place });
      return id;
    });
    await objects.publish(Array.from({ length: amount }, (_, i) => ({ bucketId, key: keyOf(i), entry })));
  }
  await store.close();
}
