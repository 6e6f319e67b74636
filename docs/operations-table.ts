import { fileURLToPath } from 'node:url';
import { athenaDifferences } from '../local/athena/differences.js';
import { cloudWatchDifferences } from '../local/cloudwatch/differences.js';
import { firehoseDifferences } from '../local/firehose/differences.js';
import { glueDifferences } from '../local/glue/differences.js';
import { iamDifferences } from '../local/iam/differences.js';
import { kinesisDifferences } from '../local/kinesis/differences.js';
import { kmsDifferences } from '../local/kms/differences.js';
import type { LocalAws } from '../local/local-aws.js';
import { logsDifferences } from '../local/logs/differences.js';
import { s3Differences } from '../local/s3/differences.js';
import { snsDifferences } from '../local/sns/differences.js';
import { stsDifferences } from '../local/sts/differences.js';
import type { Differences } from '../local/wire/differences.js';
import { operationModels, type ServiceName } from '../local/wire/service-model.js';
import { refusedMembers } from './refused-members.js';

/** What local AWS has of each service, in Markdown: from its operations, AWS's models, and what its code says of both. */
export async function operationsTable({ operations }: Pick<LocalAws, 'operations'>): Promise<string> {
  const sections: string[] = [];
  for (const chapter of CHAPTERS) sections.push(await section(chapter, operations[chapter.service]));
  return sections.join('\n\n');
}

interface Chapter {
  readonly service: ServiceName;
  readonly title: string;
  readonly differences: Differences<object> & { readonly operations: Readonly<Record<string, string>> };
  /** In `local/`. @default - the service's name */
  readonly folder?: string;
}

const CHAPTERS: readonly Chapter[] = [
  { service: 'kinesis', title: 'Kinesis Data Streams', differences: kinesisDifferences },
  { service: 'firehose', title: 'Data Firehose', differences: firehoseDifferences },
  { service: 's3', title: 'S3', differences: s3Differences },
  { service: 'glue', title: 'Glue Data Catalog', differences: glueDifferences },
  { service: 'athena', title: 'Athena', differences: athenaDifferences },
  { service: 'sts', title: 'STS', differences: stsDifferences },
  { service: 'iam', title: 'IAM', differences: iamDifferences },
  { service: 'kms', title: 'KMS', differences: kmsDifferences },
  { service: 'logs', title: 'CloudWatch Logs', differences: logsDifferences },
  { service: 'monitoring', title: 'CloudWatch', differences: cloudWatchDifferences, folder: 'cloudwatch' },
  { service: 'sns', title: 'SNS', differences: snsDifferences },
];

async function section(
  { service, title, differences, folder = service }: Chapter,
  operations: readonly string[],
): Promise<string> {
  const models = await operationModels(service);
  const there = operations.filter((name) => models.has(name));
  const path = fileURLToPath(new URL(`../local/${folder}`, import.meta.url));
  const refused = await refusedMembers(
    path,
    there.flatMap((name) => models.get(name) ?? []),
  );
  const rows = there.map((name) => {
    const members = (refused.get(name) ?? []).map(
      ({ name, isConditional }) => `\`${name}\`${isConditional ? '*' : ''}`,
    );
    return `| \`${name}\` | ${members.join(' ')} | ${differences.operations[name] ?? ''} |`;
  });
  const absent = [...models.keys()].filter((name) => !there.includes(name)).sort();
  return [
    `### ${title}`,
    differences.service.map((sentence) => `- ${sentence}`).join('\n'),
    ['| operation | refuses | differs from AWS |', '|---|---|---|', ...rows].join('\n'),
    ...(absent.length > 0 ? [refusedOperations(absent)] : []),
  ].join('\n\n');
}

const refusedOperations = (names: readonly string[]) =>
  `<details><summary>Refused by name: ${names.length} others</summary>\n\n${names.join(', ')}\n\n</details>`;
