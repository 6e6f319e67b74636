import type { Settings } from '../settings/index.js';
import { errorCode, errorName, firstLine } from './error-shape.js';

/** What kind of trouble an error is: a command's exit code follows from it. */
export type FaultKind =
  | 'none'
  | 'usage'
  | 'unmet'
  | 'unreachable'
  | 'credentials'
  | 'denied'
  | 'missing'
  | 'unknown';

/** An error in the user's terms. */
export interface Fault {
  readonly kind: FaultKind;
  /** What was wrong, then what to do; none where the user has been told already. */
  readonly lines: readonly string[];
}

/** What is known where the error came up. */
export interface FaultContext {
  settings?: Settings;
  /** Tells a line of it. @default - writes it to stderr. */
  say?: (line: string) => void;
}

/**
 * An error in the user's terms. Errors are told apart by name and code, not by class, so that no AWS SDK has to be
 * loaded to explain that there is none to talk to.
 */
export function faultOf(error: unknown, { settings }: FaultContext = {}): Fault {
  const name = errorName(error);
  const code = errorCode(error);
  const message = firstLine(error);

  // Commander has printed its own message, or the help that was asked for.
  if (code.startsWith('commander.')) {
    const asked = (error as { exitCode?: number }).exitCode === 0;
    return { kind: asked ? 'none' : 'usage', lines: [] };
  }
  // It knows what to say.
  if (name === 'WorkflowError' && error instanceof Error)
    return { kind: 'unmet', lines: error.message.split('\n') };
  if (USAGE.has(name)) return { kind: 'usage', lines: [message] };
  if (UNREACHABLE.has(code) || UNREACHABLE.has(name)) return unreachable(code || name, settings);
  if (EXPIRED.has(name) || (NO_CREDENTIALS.has(name) && /expired/i.test(message)))
    return {
      kind: 'credentials',
      lines: [
        `The AWS credentials have expired: ${message}`,
        'Sign in again (for example "aws sso login"), then repeat the command.',
      ],
    };
  if (NO_CREDENTIALS.has(name)) return noCredentials(message, settings);
  if (REJECTED.has(name))
    return {
      kind: 'credentials',
      lines: [
        `AWS does not accept the credentials: ${message}`,
        'Check AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.',
      ],
    };
  if (DENIED.has(name))
    return {
      kind: 'denied',
      lines: [`AWS refused: ${message}`, 'The credentials in use lack this permission.'],
    };
  if (MISSING.has(name) || NOT_FOUND.test(message)) return missing(message, settings);
  if (code === 'ENOSPC') return { kind: 'unknown', lines: [`No space is left to write to: ${message}`] };
  return { kind: 'unknown', lines: [`${name}: ${message}`, 'LAKEHOUSE_DEBUG=1 shows where it came from.'] };
}

/** What to do where something does not exist yet. */
export function deployFirst(settings: Settings | undefined): string {
  if (settings?.environment === 'local')
    return 'Create it with "npm run local -- --provision", or with LAKEHOUSE_ENV=local npm run deploy.';
  return `Deploy it with LAKEHOUSE_ENV=${settings?.environment ?? 'dev'} npm run deploy, or check AWS_REGION.`;
}

function unreachable(code: string, settings: Settings | undefined): Fault {
  const endpoint = settings?.endpoint;
  const lines = endpoint
    ? [
        `No local AWS answers at ${endpoint} (${code}).`,
        'Start it with "npm run local" in another terminal, or set AWS_ENDPOINT_URL to where it runs.',
      ]
    : [
        `AWS cannot be reached in ${settings?.region ?? 'its region'} (${code}).`,
        'Check the network, AWS_REGION and, if it is set, AWS_ENDPOINT_URL.',
      ];
  return { kind: 'unreachable', lines };
}

function noCredentials(message: string, settings: Settings | undefined): Fault {
  return {
    kind: 'credentials',
    lines: [
      `No AWS credentials for environment ${settings?.environment ?? 'dev'}: ${message}`,
      'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or LAKEHOUSE_ENV=local to work without an account.',
    ],
  };
}

function missing(message: string, settings: Settings | undefined): Fault {
  return { kind: 'missing', lines: [message, deployFirst(settings)] };
}

const USAGE = new Set(['SettingsError', 'UsageError']);

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
]);

const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const REJECTED = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'AuthFailure',
  'OptInRequired',
]);
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'KMSAccessDeniedException',
]);
const MISSING = new Set(['ResourceNotFoundException', 'EntityNotFoundException', 'NoSuchBucket']);

/** Athena answers InvalidRequestException where there is no such workgroup: only its text says so. */
const NOT_FOUND = /^work\s?group .*(not found|not exist)/i;
