import { equals, type Matcher, matches } from '../model/labels.ts';
import { serviceLabels } from './label-roles.ts';
import type { RedFamily, ServiceForm, ServiceRole } from './red-family.ts';
import { escapeRegex } from './string-literal.ts';

const commonRole = (label: string): ServiceRole => ({ label, form: label.endsWith('job') ? 'namespaced' : 'plain' });

/** Labels that may name a service in any family. */
export const commonServiceRoles: readonly ServiceRole[] = serviceLabels.map(commonRole);

/** Where the series of a family may name a service: its own labels first. */
export const serviceRolesOf = ({ services = [] }: Pick<RedFamily, 'services'>): readonly ServiceRole[] => [
	...services,
	...commonServiceRoles,
];

/** The matcher by which a label names this service. A value that is written in full always matches itself. */
export function roleMatcher({ label, form }: ServiceRole, service: string): Matcher {
	return form === 'plain' ? equals(label, service) : matches(label, patterns[form](escapeRegex(service)));
}

const patterns: Readonly<Record<Exclude<ServiceForm, 'plain'>, (service: string) => string>> = {
	namespaced: service => `(.+/)?${service}`,
	qualified: service => `${service}([.:].+)?`,
	// Kubernetes writes namespace, name and port; of other providers the name is all.
	provider: service => `${service}|(.+-)?${service}(-([0-9]+|https?|web|grpc|[0-9a-f]{20}))?@.+`,
	path: service => `(.+/)?${service}(/.+)?`,
	address: service => `(https?://)?${service}([:/?].*)?`,
};

/** The same for a label of any family: OpenTelemetry's `job` may have a namespace before the name. */
export const serviceMatcher = (label: string, service: string): Matcher => roleMatcher(commonRole(label), service);
