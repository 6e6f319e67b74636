import path from 'node:path';
import type { StatementTarget, WriteRequest } from '../../engine/statement-target.js';
import type { RequestContext } from '../../wire/operation.js';
import type { ExecutionRun } from '../execution-run.js';
import { NULL_PARTITION, partitionFolders } from '../location.js';
import { checkEmpty, dataObjects, manifestObject, targetFolder } from './data-objects.js';
import { invalid, writeFormat } from './write-properties.js';
import { MOST_PARTITIONS, type Writing } from './writing.js';

type Target = StatementTarget & { kind: 'unload' };

/**
 * UNLOAD: the rows of a query as objects in an empty folder, without a table.
 * @see https://docs.aws.amazon.com/athena/latest/ug/unload.html
 */
export function unload(
  run: ExecutionRun,
  _request: RequestContext,
  { location, properties }: Target,
): Writing {
  if (properties.format === undefined) throw invalid("UNLOAD has to have the property 'format'");
  const format = writeFormat(properties, ['compression']);
  const to = targetFolder(run, location, 'UNLOAD');
  checkEmpty(run, to, 'UNLOAD');
  const write: WriteRequest = {
    ...format,
    folder: path.join(run.folder, 'rows'),
    mostPartitions: MOST_PARTITIONS,
    withData: true,
  };
  return {
    write,
    finish: async ({ written = [], rows, columns }) => {
      const objects = dataObjects(run, written, write, (partition) => {
        const values = partition.map((value) => value ?? NULL_PARTITION);
        const folders = partitionFolders(write.partitionedBy, values);
        return folders === '' ? to.uri : `${to.uri}${folders}/`;
      });
      const manifest = await manifestObject(run, objects);
      return {
        columns,
        updateCount: rows,
        objects: [...objects, ...manifest],
        ...(manifest[0] && { manifest: manifest[0].uri }),
        alongside: () => checkEmpty(run, to, 'UNLOAD'),
      };
    },
  };
}
