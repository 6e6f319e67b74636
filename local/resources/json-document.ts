import type { AwsError } from '../wire/aws-error.js';

/**
 * The text of a policy or a dashboard, which is kept and given back as it came.
 * @throws `malformed` where it is no JSON object.
 */
export function jsonDocument(text: string, malformed: AwsError): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed;
  return text;
}
