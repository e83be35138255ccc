import * as z from 'zod/mini';
import type { ManagedAlert } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { FailureError } from '../../model/failure.ts';
import type { NewSilence, Silence } from '../../model/silence.ts';
import { whoOf } from '../endpoint.ts';
import type { Asking, Http, HttpRequest, HttpResponse } from '../http.ts';
import { alertsAnswer, createdAnswer, silencesAnswer, statusAnswer } from './schema.ts';
import { alertsOf, postableOf, silencesOf } from './to-model.ts';

/** The questions smokejumper has for Alertmanager, and the changes it makes. Each rejects with a `FailureError`. */
export type Alertmanager = {
	/** All alerts that have not ended, also silenced, inhibited and muted ones: the API has neither pages nor a limit. */
	alerts(asking: Asking): Promise<Answer<readonly ManagedAlert[]>>;
	/** Active, pending and expired ones: versions before 0.34 cannot leave any out. */
	silences(asking: Asking): Promise<Answer<readonly Silence[]>>;
	/**
	 * Makes a silence, and answers with its ID. It is put once and never again by itself: nothing tells the server that
	 * two of them are the same.
	 */
	createSilence(silence: NewSilence, asking: Asking): Promise<Answer<string>>;
	/** Ends a silence; one that has ended already stays as it is. */
	expireSilence(id: string, asking: Asking): Promise<Answer<undefined>>;
	/** How it stands with its peers; `undefined` where it says nothing of a cluster. */
	cluster(asking: Asking): Promise<Answer<ClusterStatus | undefined>>;
};

/** `ready`, `settling` or `disabled`, and how many members the cluster has, itself included. */
export type ClusterStatus = { readonly status: string; readonly members: number };

/** Alertmanager behind one HTTP door. */
export const createAlertmanager = (http: Http): Alertmanager => ({
	alerts: async asking => alertsOf(await http.json({ path: '/api/v2/alerts' }, alertsAnswer, asking)),
	silences: async asking => silencesOf(await http.json({ path: '/api/v2/silences' }, silencesAnswer, asking)),
	createSilence: async (silence, asking) => {
		const { silenceID } = await http.json(creationOf(silence), createdAnswer, asking);
		return answer(silenceID);
	},
	expireSilence: async (id, asking) => {
		const request = expiryOf(id);
		const response = await http.send(request, asking);
		if (isUnknownSilence(response)) throw unknownSilence(http, response);
		// Alertmanager answers with an empty body, Grafana with a message: nobody needs either.
		http.parse(response.status < 300 ? { ...response, body: '' } : response, request, z.unknown());
		return answer(undefined);
	},
	cluster: async asking => {
		const { cluster } = await http.json({ path: '/api/v2/status' }, statusAnswer, asking);
		return answer(cluster?.status ? { status: cluster.status, members: cluster.peers?.length ?? 0 } : undefined);
	},
});

const creationOf = (silence: NewSilence): HttpRequest => ({
	method: 'POST',
	path: '/api/v2/silences',
	json: postableOf(silence),
	retry: false,
	change: {
		noun: 'silence',
		unclear: 'It may have been made: look in the list (:silences) before you make it again.',
	},
});

const expiryOf = (id: string): HttpRequest => ({
	method: 'DELETE',
	path: `/api/v2/silence/${encodeURIComponent(id)}`,
	change: { noun: 'end of the silence', unclear: 'It may have ended: look in the list (:silences), or try again.' },
});

/** 404 with an empty body; 500 with these words from older releases (0.25). */
const isUnknownSilence = ({ status, body }: HttpResponse): boolean =>
	status === 404 || (status === 500 && body.includes('silence not found'));

/** The path that the general sentence names tells nobody anything. */
const unknownSilence = ({ endpoint }: Http, { status }: HttpResponse): FailureError =>
	new FailureError({
		kind: 'not-found',
		backend: endpoint.backend,
		status,
		what: `${whoOf(endpoint)} does not know this silence (${status}).`,
		next: 'It may be gone for long: look in the list (:silences).',
	});
