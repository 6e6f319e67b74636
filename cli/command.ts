import { Command } from 'commander';

/**
 * A command line of the project: its usage as people type it, its errors thrown, so that `runCommand` gives each the
 * exit code 2.
 *
 * @param script the npm script that runs it.
 * @param description one sentence that says what it does.
 */
export function defineCommand(script: string, description: string): Command {
  return new Command()
    .name(`npm run ${script} --`)
    .description(description)
    .exitOverride()
    .showHelpAfterError(`See npm run ${script} -- --help.`);
}
