import type { Migration } from '../migrate.ts';
import { firstSchema } from './0001-first-schema.ts';

/** In order; the schema's number is how many of them have run. */
export const MIGRATIONS: readonly Migration[] = [firstSchema];
