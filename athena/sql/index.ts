export { type Identifier, identifier } from './identifier.js';
export { InvalidStatementError } from './invalid-statement-error.js';
export { InvalidValueError } from './invalid-value-error.js';
export { literal, type Parameter } from './literal.js';
export { join, Sql, type SqlInsert, sql } from './sql.js';
export { statementsOf } from './statements.js';
export { date, decimal, TypedValue, timestamp } from './typed-value.js';
