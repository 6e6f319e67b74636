export { type Connection, connectionFor } from './connection.js';
export { ENVIRONMENTS, type Environment, environmentFrom } from './environment.js';
export { FOLDERS } from './folders.js';
export {
  type BucketPurpose,
  type Job,
  type Names,
  namesFor,
  stateKey,
  type TeamNames,
  teamNamesFor,
} from './names.js';
export { PARTITIONS } from './partitions.js';
export type { Settings } from './schema.js';
export { checkSettings, loadSettings } from './settings.js';
export { SettingsError } from './settings-error.js';
export { oldestTerraform } from './terraform-version.js';
