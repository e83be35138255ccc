import * as z from 'zod/mini';
import { runBuilt } from '../cli/built.ts';

/** What the built program prints as JSON, with its exit code and what it said beside. */
export async function printed(...args: readonly string[]) {
	const { stdout, stderr, exitCode } = await runBuilt([...args, '-o', 'json']);
	return { body: JSON.parse(stdout), stderr, exitCode };
}

const panel = z.object({
	stepSeconds: z.number(),
	averagedOverSeconds: z.number(),
	lines: z.array(
		z.object({
			name: z.string(),
			query: z.string(),
			points: z.array(z.tuple([z.string(), z.nullable(z.union([z.number(), z.string()]))])),
		}),
	),
});

export type PrintedPanel = z.infer<typeof panel>;

const row = z.object({
	value: z.string(),
	ratePerSecond: z.number(),
	errorRatio: z.number(),
	p99Seconds: z.nullable(z.number()),
});

const service = z.object({
	incomplete: z.array(z.string()),
	target: z.object({ convention: z.string(), rateMetric: z.string(), selector: z.string() }),
	rate: panel,
	errors: panel,
	duration: panel,
	breakdown: z.object({ by: z.string(), rows: z.array(row) }),
	exemplars: z.array(z.object({ at: z.string(), seconds: z.number(), traceId: z.string() })),
});

/** A service's panels, with the exit code and what was said beside. */
export type PrintedService = z.infer<typeof service> & { readonly stderr: string; readonly exitCode: number | null };

/** A service's panels as the program printed them; throws when one of them is missing. */
export async function printedService(...args: readonly string[]): Promise<PrintedService> {
	const { body, stderr, exitCode } = await printed('service', ...args);
	return { ...service.parse(body), stderr, exitCode };
}
