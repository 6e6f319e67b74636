/** Where in the data bucket lies what is no table's data: folders outside every table's, the first three with one folder a table. */
export const FOLDERS = {
  /** The records that could not be delivered. */
  errors: 'errors/',
  /** The records as they came. */
  source: 'source/',
  /** What has been sent again of the other two: a mark for each of their objects, under the object's own key. */
  redriven: 'redriven/',
  /** What people make by statements of their own: the tables' files in `tables/` in it, unloaded ones in `unloaded/`. */
  movements: 'movements/',
} as const;
