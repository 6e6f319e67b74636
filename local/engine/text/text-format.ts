/** How the objects of a table are read that are text; gzip is known by an object's name. */
export type TextFormat =
  | {
      readonly kind: 'json';
      /** Whose rules a line is read by. */
      readonly serde: 'openx' | 'hive';
      /** Whether a line that is no JSON object is a row of nulls, and not an error. */
      readonly ignoreMalformed: boolean;
      /** Names of keys in the objects by the columns that are called otherwise. */
      readonly mappings: Readonly<Record<string, string>>;
      readonly skipLines: number;
    }
  | {
      /** Of Hive's LazySimpleSerDe. */
      readonly kind: 'delimited';
      readonly separator: string;
      readonly escape: string | undefined;
      /** What stands for a null. */
      readonly nullText: string;
      readonly skipLines: number;
    }
  | {
      /** Of Hive's OpenCSVSerde. */
      readonly kind: 'csv';
      readonly separator: string;
      readonly quote: string;
      readonly escape: string;
      readonly skipLines: number;
    };
