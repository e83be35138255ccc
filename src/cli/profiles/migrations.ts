/** The layout of the file that this version of the program writes. */
export const layoutVersion = 2;

/** The layout that a file has; the first was not named in it. */
export const layoutOf = (json: unknown): number =>
	isRecord(json) && typeof json.version === 'number' && json.version >= 1 ? json.version : 1;

/** From each layout to the next. What is not of the form that is expected is left for the schema to name. */
const migrations: Readonly<Record<number, (file: Fields) => Fields>> = {
	/** Several tenants were one text with `|` between; now they are a list. */
	1: file => ({ ...file, profiles: mapped(file.profiles, profile => mapped(profile, withTenants)) }),
};

/** The file as this version would have written it; files of newer versions as they are. */
export function migrated(json: unknown): unknown {
	if (!isRecord(json)) return json;
	let file = json;
	for (let layout = layoutOf(json); layout < layoutVersion; layout++) {
		file = { ...(migrations[layout]?.(file) ?? file), version: layout + 1 };
	}
	return file;
}

function withTenants(connection: unknown): unknown {
	if (!isRecord(connection) || connection.url === undefined) return connection;
	const { tenant } = connection;
	const tenants = typeof tenant === 'string' ? tenant.split('|').filter(each => each !== '') : [];
	return tenants.length > 1 ? { ...connection, tenant: tenants } : connection;
}

type Fields = Readonly<Record<string, unknown>>;

const mapped = (fields: unknown, change: (value: unknown) => unknown): unknown =>
	isRecord(fields) ? Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value)])) : fields;

const isRecord = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
