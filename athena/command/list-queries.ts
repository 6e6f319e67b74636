import type { Output } from '../../cli/output.js';
import type { NamedQuery } from '../../queries/index.js';

/** Prints the named queries, what each answers, and its parameters. @returns the exit code */
export async function listQueries(queries: readonly NamedQuery[], output: Output): Promise<number> {
  for (const line of queryLines(queries)) await output.write(`${line}\n`);
  await output.flush();
  return 0;
}

/** The same, line by line. */
export function* queryLines(queries: readonly NamedQuery[]): Generator<string> {
  for (const { name, description, parameters } of queries) {
    yield name;
    yield `    ${description}`;
    for (const parameter of parameters)
      yield `    --param ${parameter.name}=<${parameter.type}>  ${parameter.description}`;
  }
}
