import type { Piecework } from './piecework.ts';

/** A question to one of the demo's servers, as far as they care. */
export type DemoRequestLine = {
	readonly method: string;
	/** Below the server's root, decoded by nobody yet: `/api/v1/query`. */
	readonly path: string;
	/** The query and, of a form, the body: one after the other. */
	readonly parameters: URLSearchParams;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** The body when it is no form. */
	readonly body: string;
};

export type DemoReply = {
	readonly status: number;
	/** Absent when the real server sends an empty body without a type. */
	readonly contentType: string | undefined;
	readonly body: string;
};

/** A reply, or the work that leads to one when that takes long. */
export type DemoAnswer = DemoReply | Piecework<DemoReply>;

/** Answers what it knows and leaves the rest (`undefined`) to the next route. */
export type DemoRoute = (request: DemoRequestLine) => DemoAnswer | undefined;

export const jsonReply = (value: unknown, status = 200): DemoReply => ({
	status,
	contentType: 'application/json',
	body: JSON.stringify(value),
});

export const textReply = (status: number, body: string): DemoReply => ({
	status,
	contentType: 'text/plain; charset=utf-8',
	body,
});
