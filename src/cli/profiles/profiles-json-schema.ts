import { toJSONSchema } from 'zod/mini';
import { profilesSchema } from './profile.ts';

/** What the file names as its schema: a file beside it, since a jumpbox may reach no network. */
export const schemaName = 'profiles.schema.json';

/** The JSON Schema of the profiles file, made of the schema that reads it. */
export const profilesJsonSchema = (): string =>
	`${JSON.stringify({ title: 'Profiles of smokejumper', ...toJSONSchema(profilesSchema, { io: 'input' }) }, null, '\t')}\n`;
