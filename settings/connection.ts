import type { Settings } from './schema.js';

/** What an AWS SDK client of this project is made with. */
export interface Connection {
  readonly region: string;
  /** Absent where the SDK finds AWS itself. */
  readonly endpoint?: string;
  /** Absent where the SDK's own chain of providers finds them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Local AWS takes any credentials; these name nobody. */
const DUMMY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** How the clients of an environment reach AWS: in `local` at its endpoint, with credentials that name nobody. */
export function connectionFor({ region, endpoint }: Pick<Settings, 'region' | 'endpoint'>): Connection {
  return endpoint ? { region, endpoint, credentials: DUMMY_CREDENTIALS } : { region };
}
