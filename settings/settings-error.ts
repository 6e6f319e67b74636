/** A setting whose value cannot be used. The message names the setting, its value and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    readonly setting: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${setting} is ${JSON.stringify(value) ?? 'not set'}, but must be ${allowed}.`);
  }
}
