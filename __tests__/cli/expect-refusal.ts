import { expect } from 'vitest';
import type { Run } from './run-cli.js';

/** Expects this exit code, one or two lines on stderr, no stack trace, and nothing on stdout. */
export function expectRefusal({ code, stdout, stderr }: Run, expected: number): void {
  expect(stderr.trimEnd().split('\n').length, stderr).toBeLessThanOrEqual(2);
  expect(stderr.trim()).not.toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code, stderr).toBe(expected);
}

/** Leaves out the first line where it says where the command acts; what is wrong comes after it. */
export function withoutNotice(run: Run): Run {
  return { ...run, stderr: run.stderr.replace(/^Local AWS .*\n/, '') };
}
