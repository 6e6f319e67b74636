import { invalidRequest, violation, violations } from './invalid-request.js';

/** What asks for a page of a list. */
interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** How many items a page may be said to have; 0 stands for as many as there may be. */
interface Bounds {
  readonly least: number;
  /** @default - checked elsewhere */
  readonly most?: number;
}

/**
 * The page that is asked for.
 * @throws AwsError in the words that Athena has for it.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/work-groups.md
 */
export function pageRequest(input: PageInput, bounds: Required<Bounds>) {
  checkPage(input, bounds);
  const { MaxResults: limit, NextToken: token } = input;
  // Tokens are base64 of what the page before ended with; what is written in another way is none.
  if (token !== undefined && Buffer.from(token, 'base64').toString('base64') !== token)
    throw malformedToken(token);
  return { limit: limit ? Math.trunc(limit) : bounds.most, token };
}

/** What Athena checks of it before it looks at anything. @throws AwsError */
export function checkPage(
  { MaxResults: limit, NextToken: token }: PageInput,
  { least, most = Number.POSITIVE_INFINITY }: Bounds,
): void {
  const problems: string[] = [];
  if (token === '')
    problems.push(violation('nextToken', 'Member must have length greater than or equal to 1'));
  if (limit !== undefined && limit < least)
    problems.push(violation('maxResults', `Member must have value greater than or equal to ${least}`));
  if (limit !== undefined && limit > most)
    problems.push(violation('maxResults', `Member must have value less than or equal to ${most}`));
  if (problems.length > 0) throw invalidRequest(violations(problems));
}

export const malformedToken = (token = '') => invalidRequest(`The nextPageToken is malformed: ${token}`);
