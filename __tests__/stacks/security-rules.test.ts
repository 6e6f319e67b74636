import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { pageViews } from '../datasets/page-views.js';
import { rules } from './security-rules.js';
import { settingsOf, synthesize } from './synthesized.js';

const document = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const rows = [...document.matchAll(/^\| ([A-Z0-9]+-\d+) (.+?) \| (\w+) \| (.+) \|$/gm)].map(
  ([, id = '', rule = '', met = '', reason = '']) => ({ id, rule, met, reason }),
);
const stackOf = (environment: 'dev' | 'prod') => synthesize(settingsOf(environment), [customers, pageViews]);
const [dev, prod] = [stackOf('dev'), stackOf('prod')];

describe('docs/security.md', () => {
  it('has a row for each rule that is checked, and a check for each row', () => {
    expect(rows.map(({ id }) => id)).toEqual(Object.keys(rules));
    expect(document.match(/^\| /gm)).toHaveLength(rows.length + 1);
  });

  it.each(rows)('$id is true: $rule ($met)', ({ id, met, reason }) => {
    expect(['yes', 'no', 'prod']).toContain(met);
    expect(reason).toMatch(/\.$/);
    const [inDev, inProd] = [rules[id]?.(dev), rules[id]?.(prod)];
    expect({ inDev, inProd }).toEqual({ inDev: met === 'yes', inProd: met !== 'no' });
  });
});
