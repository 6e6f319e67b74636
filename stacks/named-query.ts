import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query/index.js';
import { Construct } from 'constructs';
import type { Database } from './database.js';
import { checkLength, checkName } from './limits.js';
import type { Workgroup } from './workgroup.js';

/** What a named query is made from. */
export interface NamedQueryProps {
  /** Its name, by which people find it. */
  readonly name: string;
  /** What it answers, in a sentence. */
  readonly description: string;
  /** The statement, as Athena is to run it. */
  readonly sql: string;
  /** The workgroup whose people find it. */
  readonly workgroup: Workgroup;
  /** The database that its tables are in. */
  readonly database: Database;
}

/**
 * A query that a workgroup keeps by name.
 *
 * @example
 * new NamedQuery(this, 'newest', { name: 'newest', description: 'The newest orders.', sql, workgroup, database });
 *
 * @throws InvalidConstructError for what is longer than Athena takes.
 */
export class NamedQuery extends Construct {
  constructor(scope: Construct, id: string, props: NamedQueryProps) {
    super(scope, id);
    const { name, description, sql, workgroup, database } = props;
    checkName(this, 'namedQuery', name);
    checkLength(this, 'description', description);
    checkLength(this, 'sql', sql);
    new AthenaNamedQuery(this, 'Default', {
      name,
      description: asText(description),
      query: asText(sql),
      workgroup: workgroup.name,
      database: database.name,
    });
  }
}

/** What Terraform would take for a template of its own, escaped. */
function asText(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, '$&$&');
}
