import { expect } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';

export const trace = '0af7651916cd43dd8448eb211c80319c';
export const span = 'b7ad6b7169203331';
export const uuid = '7f3c2a10-1111-4222-8333-444455556666';

/** Fields that a record must have beside its columns. */
type Beside = Readonly<Record<string, string>>;
/** What is to be made out of a line. */
export type Told = {
	readonly level: string;
	readonly message: string;
	readonly request?: string;
	readonly trace?: string;
	readonly span?: string;
	readonly beside?: Beside;
};

/** Names under which loggers write the time, which has a column of its own. */
const timeNames =
	/^(?:@?timestamp|timestamp(?:Seconds|Nanos)|ts|time|@t|T|t\.\$date|datetime|asctime|start_time|StartUTC|time_local|instant\..*|timeMillis|record\.time\..*)$/;

/** What is made out of a line, of the fields beside its columns those that are expected. Time has its own column. */
export function told(line: string, { beside }: Told): Told {
	const { level, message, requestId, traceId, spanId, fields } = recordOf({
		at: 1_795_336_565_117_000_000n,
		line,
		labels: { service_name: 'edge' },
		metadata: {},
		parsed: {},
	});
	expect(fields.filter(({ name }) => timeNames.test(name))).toEqual([]);
	const values = new Map(fields.map(({ name, value }) => [name, value]));
	return {
		level,
		message,
		...(requestId === undefined ? {} : { request: requestId.value }),
		...(traceId === undefined ? {} : { trace: traceId.value }),
		...(spanId === undefined ? {} : { span: spanId.value }),
		...(beside === undefined
			? {}
			: { beside: Object.fromEntries(Object.keys(beside).map(name => [name, values.get(name) ?? 'absent'])) }),
	};
}
