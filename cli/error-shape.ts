/** What an unknown error calls itself: its `name`, or what it is where it has none. */
export function errorName(error: unknown): string {
  return textAt(error, 'name') || typeof error;
}

/** The error's code, such as Node's `ECONNREFUSED`; empty where it has none. */
export function errorCode(error: unknown): string {
  return textAt(error, 'code') || textAt(causeOf(error), 'code');
}

/** The first line of an error's message that says something. */
export function firstLine(error: unknown): string {
  const text = textAt(error, 'message') || (typeof error === 'string' ? error : '');
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find(Boolean) ?? 'no message'
  );
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}

function textAt(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : '';
}
