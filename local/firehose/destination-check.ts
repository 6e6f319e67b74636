import { timestampFormatObstacle } from '../engine/json/timestamp-format.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import { BUFFER_MIB } from './buffering.js';
import { convertedBy } from './conversion.js';
import { checkConversion } from './conversion-check.js';
import { type Destination, invalid } from './delivery-entry.js';
import { checkPrefixes } from './prefix-check.js';

/**
 * Checks a destination as a whole in the order that Firehose does, then refuses what local AWS does not do.
 * @throws AwsError for the first thing that is wrong.
 */
export function checkDestination(destination: Destination, entries: Entries, account: string): void {
  const conversion = convertedBy(destination);
  if (conversion) checkConversion(destination, conversion, entries, account);
  checkPlace(destination);
  checkTimeZone(destination.CustomTimeZone);
  const { S3BackupMode: mode, S3BackupConfiguration: backup } = destination;
  if (mode === 'Enabled' && !backup) {
    throw invalid('S3 backup destination configuration is required when enabling S3 backup.');
  }
  if (backup) checkPlace(backup);
  checkSupported(destination);
}

type Place = Pick<
  Destination,
  'BufferingHints' | 'Prefix' | 'ErrorOutputPrefix' | 'EncryptionConfiguration' | 'CloudWatchLoggingOptions'
>;

/** What holds for a destination and for the backup of its source. */
function checkPlace(place: Place): void {
  const { SizeInMBs: size = 1 } = place.BufferingHints ?? {};
  if (size > BUFFER_MIB.most) {
    throw invalid(`BufferingHints.SizeInMBs must be at most ${BUFFER_MIB.most}, and not ${size}.`);
  }
  checkPrefixes(place.Prefix, place.ErrorOutputPrefix);
  const { NoEncryptionConfig: none, KMSEncryptionConfig: key } = place.EncryptionConfiguration ?? {
    NoEncryptionConfig: 'NoEncryption',
  };
  if ((none === undefined) === (key === undefined)) {
    throw invalid('Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified');
  }
  const {
    Enabled: isLogging,
    LogGroupName: group,
    LogStreamName: stream,
  } = place.CloudWatchLoggingOptions ?? {};
  if (isLogging && !group)
    throw invalid('CloudWatch Log Group Name is required if CloudWatch Logging is enabled');
  if (isLogging && !stream)
    throw invalid('CloudWatch Log Stream Name is required if CloudWatch Logging is enabled');
}

/** UTC, or a name of the IANA database with its region. Left empty it is not given. */
function checkTimeZone(timeZone = ''): void {
  if (timeZone === '' || timeZone === 'UTC') return;
  try {
    if (!timeZone.includes('/')) throw new RangeError();
    new Intl.DateTimeFormat('en-US', { timeZone });
  } catch {
    throw invalid(`CustomTimeZone ${timeZone} is not a supported time zone.`);
  }
}

/** What AWS takes and local AWS would get wrong: refused by its name. */
function checkSupported(destination: Destination): void {
  const { ProcessingConfiguration: processing, DynamicPartitioningConfiguration: partitioning } = destination;
  if (processing?.Enabled) {
    const [processor] = processing.Processors ?? [];
    if (!processor) refuse(destination, 'ProcessingConfiguration');
    else throw notThere(`the processor ${processor.Type}`);
  }
  if (partitioning?.Enabled) refuse(destination, 'DynamicPartitioningConfiguration');
  const conversion = convertedBy(destination);
  if (conversion?.OutputFormatConfiguration?.Serializer?.OrcSerDe) throw notThere('OrcSerDe');
  const formats = conversion?.InputFormatConfiguration?.Deserializer?.HiveJsonSerDe?.TimestampFormats ?? [];
  for (const format of formats) {
    if (timestampFormatObstacle(format)) throw notThere(`the timestamp format ${format}`);
  }
  checkCompression(destination);
  if (destination.S3BackupConfiguration) checkCompression(destination.S3BackupConfiguration);
}

function checkCompression({
  CompressionFormat: format = 'UNCOMPRESSED',
}: Pick<Destination, 'CompressionFormat'>) {
  if (format !== 'UNCOMPRESSED' && format !== 'GZIP') throw notThere(`the compression ${format}`);
}

const notThere = (what: string) =>
  new AwsError('NotImplemented', `Local AWS does not implement ${what}.`, 501);
