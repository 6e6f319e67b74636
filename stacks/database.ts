import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database/index.js';
import { Construct } from 'constructs';
import type { Account } from './account.js';
import { checkName } from './limits.js';

/** What a database is made from. */
export interface DatabaseProps {
  /** The database's name, which SQL can use unquoted. */
  readonly name: string;
  /** What it holds, in a sentence. */
  readonly description: string;
}

/**
 * A database of the Glue Data Catalog, which holds the tables.
 *
 * @example
 * const database = new Database(this, 'database', { name: 'lakehouse_dev', description: 'The lake.' });
 */
export class Database extends Construct {
  /** The database's name, as a reference that waits for the database. */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, description }: DatabaseProps) {
    super(scope, id);
    checkName(this, 'catalog', name);
    const database = new GlueCatalogDatabase(this, 'Default', { name, description });
    this.name = database.name;
    this.arn = database.arn;
  }

  /** The ARN by which a policy names all of its tables, those that people make among them. */
  tablesArn(account: Account): string {
    return account.arn('glue', `table/${this.name}/*`);
  }
}
