import { readFile } from 'node:fs/promises';
import { connectionFor, type Settings, stateKey } from '../settings/index.js';
import { type CdktfApp, stateFile } from './cdktf-app.js';
import { WorkflowError } from './workflow-error.js';

/** What Terraform knows that there is. */
export interface State {
  /** Where it is kept: a file's name, or an object's. */
  readonly place: string;
  readonly resources: readonly StateResource[];
}

export interface StateResource {
  /** Terraform's type, such as `aws_s3_bucket`. */
  readonly type: string;
  /** What Terraform last saw of it, by its own names. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Reads an app's state; one that is not there yet has no resources.
 * @throws WorkflowError for a state that is none; the SDK's error where S3 does not give it.
 */
export async function readState(app: CdktfApp, settings: Settings): Promise<State> {
  const { state } = settings;
  if (app.isStateShared && state.backend === 's3') {
    const key = stateKey(app.stack);
    return parse(`s3://${state.bucket}/${key}`, await fromS3(state.bucket, key, settings));
  }
  const file = stateFile(app);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return parse(file, text);
}

async function fromS3(bucket: string, key: string, settings: Settings): Promise<string | undefined> {
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    ...connectionFor(settings),
    forcePathStyle: settings.endpoint !== undefined,
  });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

function parse(place: string, text: string | undefined): State {
  if (text === undefined || text.trim() === '') return { place, resources: [] };
  let root: StateFile;
  try {
    root = JSON.parse(text) as StateFile;
  } catch {
    throw new WorkflowError([`The Terraform state ${place} is not JSON.`, 'Bring back a copy of it.']);
  }
  if (typeof root?.version !== 'number' || !Array.isArray(root.resources ?? [])) {
    throw new WorkflowError([`${place} is no Terraform state.`, 'Bring back a copy of it.']);
  }
  const resources = (root.resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, instances = [] }) =>
      instances.map(({ attributes = {} }) => ({ type: String(type), attributes })),
    );
  return { place, resources };
}

/** As much of a state's fourth format as matters here. */
interface StateFile {
  readonly version?: number;
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type?: string;
    readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}
